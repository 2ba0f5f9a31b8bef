"""Forgetting the training programme: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.demo import story
from kumppani.domain.documents import store
from kumppani.domain.documents.models import File
from kumppani.domain.journal.models import Head
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.workflow.agreements import TakingPart
from kumppani.workflow.documents import keep_text
from kumppani.workflow.people import establish_roles
from kumppani.workflow.training import children_first, reset_training, rows_of
from tests.builders import published_agreement
from tests.demo.dumps import domain_models, everything_but, rows_in
from tests.universe import Universe, build_universe

Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


@pytest.fixture
def universe(db: None) -> Universe:
    """A world with a programme of its own, and a training programme of the same key as the story's."""
    return build_universe()


def test_nothing_of_other_programmes_changes(universe: Universe) -> None:
    establish_roles(by=SYSTEM)
    before = everything_but(story.KEY)
    assert sum(map(len, before.values())) > 100
    reset_training(by=SYSTEM, programme=universe.training)
    assert everything_but(story.KEY) == before

    story.build()
    with_story = everything_but(story.KEY)
    story.rebuild()
    assert everything_but(story.KEY) == with_story

    assert with_story == before


def test_not_a_row_and_not_a_link_of_the_chain_is_left(db: None) -> None:
    programme, _built = story.build()
    reset_training(by=SYSTEM, programme=programme)
    assert all(rows == [] for rows in rows_in(story.KEY).values())
    assert not Head.objects.filter(chain=story.KEY).exists()


def test_every_model_says_where_its_rows_belong() -> None:
    for model in domain_models():
        path = model.__dict__["programme_path"]
        assert path.startswith("shared: ") or str(rows_of(model, "nowhere").query)


def test_a_row_is_deleted_before_what_it_points_to() -> None:
    order = list(children_first())
    assert set(order) == set(domain_models())
    for model in order:
        for field in model._meta.concrete_fields:
            if isinstance(field.related_model, type) and field.related_model is not model:
                assert order.index(model) < order.index(field.related_model), f"{model.__name__}.{field.name}"


def test_a_real_programme_is_never_forgotten(universe: Universe) -> None:
    before = rows_in(universe.programme.key)
    with pytest.raises(RuleBroken) as refusal:
        reset_training(by=SYSTEM, programme=universe.programme)
    assert refusal.value.code == "not-a-training-programme"
    assert rows_in(universe.programme.key) == before


def test_the_mark_in_the_database_counts_and_not_the_one_at_hand(universe: Universe) -> None:
    universe.programme.is_training = True
    with pytest.raises(RuleBroken):
        reset_training(by=SYSTEM, programme=universe.programme)


@pytest.mark.parametrize("viewer", [STRANGER, Viewer("keeper", (Grant(story.KEY, frozenset(Permission) - {Permission.RESET_TRAINING}),))])
def test_it_takes_its_own_permission(universe: Universe, viewer: Viewer) -> None:
    with pytest.raises(NotAllowed):
        reset_training(by=viewer, programme=universe.training)
    assert Programme.objects.filter(key=story.KEY).exists()


def test_a_row_in_use_elsewhere_stops_it_whole(universe: Universe) -> None:
    """Training rows are never shared; should one be all the same, nothing is lost."""
    borrowed = universe.training_agreement.versions.get().signatories.first()
    assert borrowed is not None
    places = universe.places["Etelä"]
    published_agreement(
        universe.programme,
        "fi-2021-09",
        9,
        universe.organisations.ministry,
        universe.organisations.city_south,
        places,
        cooperation_parties=[TakingPart(borrowed.organisation)],
    )
    before = rows_in(story.KEY)
    with pytest.raises(RuleBroken) as refusal:
        reset_training(by=SYSTEM, programme=universe.training)
    assert refusal.value.code == "training-row-in-use"
    assert rows_in(story.KEY) == before


def test_its_files_leave_the_disk_with_it(db: None, tmp_path: Path, django_capture_on_commit_callbacks: Commits) -> None:
    with override_settings(FILES_FOLDER=tmp_path), django_capture_on_commit_callbacks(execute=True):
        programme, _built = story.build()
        digests = set(File.objects.values_list("digest", flat=True))
        assert all(store.path_of(tmp_path, digest).exists() for digest in digests)
        assert len(digests) == 3
        reset_training(by=SYSTEM, programme=programme)
    assert not any(store.path_of(tmp_path, digest).exists() for digest in digests)


def test_files_that_a_row_still_names_stay(universe: Universe, django_capture_on_commit_callbacks: Commits) -> None:
    text = universe.text
    content = store.read(settings.FILES_FOLDER, text.digest)
    keep_text(by=SYSTEM, programme=universe.training, content=content, media_type="application/pdf", name="same.pdf", language="fi")
    with django_capture_on_commit_callbacks(execute=True):
        reset_training(by=SYSTEM, programme=universe.training)
    assert store.read(settings.FILES_FOLDER, text.digest) == content


def test_building_anew_keeps_the_texts(db: None, django_capture_on_commit_callbacks: Commits) -> None:
    story.build()
    with django_capture_on_commit_callbacks(execute=True):
        story.rebuild()
    assert all(store.read(settings.FILES_FOLDER, digest) for digest in File.objects.values_list("digest", flat=True))
