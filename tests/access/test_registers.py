"""Registers that fail the build: every field is classified, every model knows its programme, every status has an owner and names."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Model

from kumppani.access.fields import FIELDS, Kind
from kumppani.domain.agreements.states import CHANGE_ACTS, CHANGE_NAMES, VERSION_ACTS, VERSION_NAMES, ChangeStatus, VersionStatus
from kumppani.domain.bodies.states import ACTION_POINT_ACTS, ACTION_POINT_NAMES, MEETING_ACTS, MEETING_NAMES, ActionPointStatus, MeetingStatus
from kumppani.domain.dialogue.states import FEEDBACK_ACTS, FEEDBACK_NAMES, FeedbackStatus
from kumppani.domain.parties.permissions import READINGS, Permission
from kumppani.domain.publishing.states import PUBLICATION_ACTS, PUBLICATION_NAMES, PublicationStatus

MODELS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kumppani.domain.")]
TABLES = [
    (VERSION_ACTS, VERSION_NAMES, VersionStatus),
    (CHANGE_ACTS, CHANGE_NAMES, ChangeStatus),
    (PUBLICATION_ACTS, PUBLICATION_NAMES, PublicationStatus),
    (FEEDBACK_ACTS, FEEDBACK_NAMES, FeedbackStatus),
    (MEETING_ACTS, MEETING_NAMES, MeetingStatus),
    (ACTION_POINT_ACTS, ACTION_POINT_NAMES, ActionPointStatus),
]
OLDEST_FIRST = [
    "journal",
    "programmes",
    "sources",
    "parties",
    "notices",
    "documents",
    "bodies",
    "agreements",
    "ecosystems",
    "rounds",
    "publishing",
    "dialogue",
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_open_internal_or_personal(model: type[Model]) -> None:
    assert set(FIELDS[model._meta.label]) == {field.name for field in model._meta.concrete_fields}


def test_the_register_names_no_model_that_is_gone() -> None:
    assert set(FIELDS) == {model._meta.label for model in MODELS}


def test_names_addresses_and_words_of_people_are_personal() -> None:
    for label, field in [
        ("parties.Person", "name"),
        ("parties.User", "login"),
        ("notices.Recipient", "email"),
        ("dialogue.Feedback", "email"),
        ("dialogue.Feedback", "message"),
    ]:
        assert FIELDS[label][field] is Kind.PERSONAL


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_by_which_path_its_programme_is_found_or_why_it_is_shared(model: type[Model]) -> None:
    path: str = model.programme_path  # type: ignore[attr-defined] every domain model declares it: that is what is tested
    if path.startswith("shared: "):
        assert len(path) > len("shared: ") + 10
    else:
        list(model._default_manager.filter(**{path: "p"}).query.alias_map)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_foreign_key_points_to_the_same_concept_or_an_older_one(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        if field.concrete and field.is_relation and field.related_model is not None:
            other = field.related_model._meta.app_label  # type: ignore[union-attr] a related model is a class here
            assert OLDEST_FIRST.index(other) <= OLDEST_FIRST.index(model._meta.app_label)


@pytest.mark.parametrize(("table", "names", "statuses"), TABLES)
def test_every_status_is_reached_by_some_act_and_has_an_owner_and_three_names(table: dict, names: dict, statuses: type) -> None:  # type: ignore[type-arg] tables of several statuses
    assert {row.next for row in table.values()} == set(statuses) == set(names)
    for name in names.values():
        assert all(str(words) for words in (name.owner, name.staff, name.public, name.before))


@pytest.mark.parametrize(("table", "names", "statuses"), TABLES)
def test_every_row_starts_from_a_known_status_and_takes_a_known_permission(table: dict, names: dict, statuses: type) -> None:  # type: ignore[type-arg] likewise
    for (status, act), row in table.items():
        assert status is None or status in set(statuses)
        assert row.permission in set(Permission)
        assert row.event == act


def test_every_permission_is_an_act_of_the_workflow_by_the_same_name() -> None:
    modules = [
        import_module(f"kumppani.workflow.{name}")
        for name in (
            "programmes",
            "organisations",
            "mandates",
            "agreements",
            "publishing",
            "corrections",
            "feedback",
            "people",
            "identities",
            "invitations",
            "training",
            "drafting",
            "negotiation",
            "changes_asked",
            "bodies",
            "agendas",
            "meetings",
            "action_points",
            "reports",
            "contact_points",
            "workbooks",
            "ecosystems",
            "rounds",
            "heads",
            "notices",
        )
    ]
    acts = {name for module in modules for name in vars(module) if callable(getattr(module, name))}
    assert {permission.value for permission in set(Permission) - READINGS} <= acts
