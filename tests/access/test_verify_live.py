"""Rows changed, inserted and deleted behind the application's back are found, whatever table they are in."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from kumppani.access.journalled import EVIDENCE, JOURNALLED, Carried, Exempt, Recorded
from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.demo import story
from kumppani.domain.journal.models import Event
from kumppani.domain.programmes.models import Programme
from kumppani.workflow.feedback import give_feedback
from kumppani.workflow.identities import link_identity, note_identity
from kumppani.workflow.invitations import invite_person
from kumppani.workflow.people import admit_person
from tests.access.verifying import in_chains, in_rows, raw
from tests.universe import Universe

MODELS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kumppani.domain.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_told_by_its_own_events_or_its_owners_or_is_exempt_with_a_reason(model: type[Model]) -> None:
    how = JOURNALLED[model._meta.label]
    if isinstance(how, Exempt):
        assert len(how.reason) > 10
    elif isinstance(how, Carried) and how.by != EVIDENCE:
        owner = JOURNALLED[how.by]
        assert isinstance(owner, Recorded)
        assert [part.owner for part in owner.parts if part.label == model._meta.label]


def test_the_register_names_no_model_that_is_gone() -> None:
    assert set(JOURNALLED) == {model._meta.label for model in MODELS}


def test_nothing_is_wrong_with_what_acts_wrote(universe: Universe) -> None:
    assert in_chains() == []
    assert in_rows() == []


TOLD = [model for model in MODELS if not isinstance(JOURNALLED[model._meta.label], Exempt) and model is not Programme]
"""Everything hangs on a programme: a test of its own deletes one."""


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model._meta.label)
def test_a_row_deleted_from_any_table_is_found(universe: Universe, model: type[Model]) -> None:
    give_feedback(by=STRANGER, programme=universe.programme, topic="other", message="Words", email="", language="fi", page="/fi/", attempt="1" * 32)
    noted = note_identity(by=SYSTEM, provider="entra", issuer="https://provider.example", subject="x")
    linked = admit_person(by=SYSTEM, key="linked", name="", programme=universe.programme)
    link_identity(by=SYSTEM, person=linked, code=noted.code)
    invite_person(by=SYSTEM, person=linked, programme=None, email="", language="fi")
    if not model._default_manager.exists():
        # The story negotiates, which the universe does not.
        story.rebuild()
        assert in_rows() == []
    thing = model._default_manager.order_by("pk").last()
    assert thing is not None, f"neither universe nor story has a {model._meta.label}: give them one, so that this can be tried"
    raw_delete(thing)
    found = in_rows()
    assert found
    assert all("gone" in line or "not as its last event" in line for line in found)


def raw_delete(thing: Model) -> None:
    """With everything that points to it, for databases that see to foreign keys."""
    for relation in thing._meta.related_objects:
        for other in relation.related_model._default_manager.filter(**{relation.field.name: thing}):
            raw_delete(other)
    raw(f'DELETE FROM "{thing._meta.db_table}" WHERE id = %s', thing.pk)  # noqa: S608 names of our own


def test_a_row_changed_by_raw_sql_is_found_and_named_with_its_field(universe: Universe) -> None:
    raw("UPDATE agreements_commitment SET due_on = '2027-01-01' WHERE key = %s", "fi-2021-01-c1")
    number = Event.objects.get(kind="commitment", key="fi-2021-01-c1").number
    assert in_rows() == [f"chain “fi-2021”, event {number}, commitment fi-2021-01-c1: it is not as its last event left it: due_on"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE agreements_territory SET is_core = NOT is_core WHERE position = 2",
            "agreement fi-2021-01: it is not as its last event left it: territory",
        ),
        ("UPDATE parties_identifier SET value = 'TRAINING-0009'", "organisation university: it is not as its last event left it: identifiers"),
        (
            "UPDATE sources_evidence SET mark = 'ours' WHERE kind = 'version' AND field = 'valid_to' AND root = 'fi-2021-01'",
            "evidence version/fi-2021-01/1",
        ),
        ("DELETE FROM agreements_measurepartner", "partners"),
        (
            (
                "UPDATE agreements_prioritytheme SET category_id = (SELECT id FROM programmes_category WHERE key = 'digital')"
                " WHERE priority_id = (SELECT id FROM agreements_priority WHERE key = 'fi-2021-01-p1')"
            ),
            "themes",
        ),
        ("UPDATE publishing_publication SET opened_at = '2020-01-01 00:00:00' WHERE version_id IS NOT NULL", "publication fi-2021-01/1"),
    ],
)
def test_rows_that_have_no_events_of_their_own_are_found_too(universe: Universe, statement: str, named: str) -> None:
    assert raw(statement) > 0
    assert any(named in line for line in in_rows())


def test_a_row_inserted_by_raw_sql_is_found_and_named(universe: Universe) -> None:
    columns = (
        "agreement_id, key, number, subject, promise, side, promised_by_id, promised_to_id, promised_on, priority_id, due_on, fulfilled_on"
        ", released_on"
    )
    values = columns.replace(" key, number,", " 'fi-2021-01-c99', 99,")
    raw(f"INSERT INTO agreements_commitment ({columns}) SELECT {values} FROM agreements_commitment WHERE key = %s", "fi-2021-01-c1")  # noqa: S608 names of our own
    assert in_rows() == ["chain “fi-2021”, commitment fi-2021-01-c99: the journal says nothing of it: it was inserted behind the application's back"]


def test_only_the_programme_asked_for_is_looked_at(universe: Universe) -> None:
    raw("UPDATE agreements_agreement SET position = 9 WHERE key = %s", universe.training_agreement.key)
    assert in_rows("fi-2021") == []
    assert len(in_rows("harjoitus")) == 1


def test_a_field_added_to_a_model_later_is_no_change(universe: Universe) -> None:
    """A migration that adds a column changes no object: what an event did not tell cannot differ from it."""
    model = apps.get_model("agreements.Priority")
    event = Event.objects.filter(kind="priority").first()
    assert event is not None
    text = event.text.replace('"title":', '"title_before_it_was_renamed":')
    raw("UPDATE journal_event SET text = %s WHERE id = %s", text, event.pk)
    assert in_rows() == []
    assert model._default_manager.count() > 1
