"""The training programme: whole, in every state, in three languages, the same each time, and nothing in it that could be taken for real."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection, models

from kumppani.access import load, visible
from kumppani.access.viewer import STRANGER
from kumppani.demo import chapters, story
from kumppani.domain.agreements.models import (
    AgreementVersion,
    Approval,
    ChangeRequest,
    ClosingReport,
    Comment,
    Commitment,
    CooperationParty,
    Measure,
    Negotiator,
    Priority,
    StatedGoal,
)
from kumppani.domain.agreements.queries import approved_by, turn_of
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side, Validity, commitment_state_on, measure_state_on, validity_on
from kumppani.domain.bodies.models import ActionPoint, Meeting
from kumppani.domain.bodies.queries import expected_of
from kumppani.domain.bodies.states import ActionPointStatus, MeetingStatus
from kumppani.domain.documents import store
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Identifier, Municipality, Organisation, Person, Region
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.roles import STANDARD_ROLES
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Evidence, Source
from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.text import LANGUAGES
from kumppani.workflow.training import rows_of
from tests.demo.dumps import domain_models, rows_in

DAY = date(2026, 11, 24)


@pytest.fixture
def programme(db: None) -> Programme:
    return story.build()[0]


def test_it_is_marked_as_training_and_lies_in_no_country(programme: Programme) -> None:
    assert programme.is_training
    assert programme.country == "ZZ"


def test_it_is_told_within_thirty_seconds(db: None) -> None:
    started = time.perf_counter()
    story.build()
    assert time.perf_counter() - started < 30


def test_three_agreements_are_open_and_a_fourth_was(programme: Programme) -> None:
    assert [agreement.key for agreement in visible.agreements(STRANGER, programme)] == ["harjoitus-01", "harjoitus-02", "harjoitus-03"]
    withdrawn = load.withdrawn_agreement(STRANGER, programme, "harjoitus-04")
    assert set(withdrawn.publication.reason) == set(LANGUAGES)


def test_commitments_of_both_sides_are_in_every_state(programme: Programme) -> None:
    found = Counter(
        (commitment.side, commitment_state_on(commitment, DAY)) for commitment in Commitment.objects.filter(agreement__key="harjoitus-01")
    )
    states = set(CommitmentState) - {CommitmentState.NOT_YET_MADE}
    assert set(found) == {(side.value, state) for side in Side for state in states}


def test_both_sides_promise_under_the_same_headings(programme: Programme) -> None:
    sides: dict[str, set[str]] = {}
    for commitment in Commitment.objects.filter(agreement__key="harjoitus-01"):
        sides.setdefault(commitment.subject["fi"], set()).add(commitment.side)
    assert len(sides) == 4
    assert all(found == set(Side) for found in sides.values())


def test_measures_are_in_every_state_with_leads_and_partners(programme: Programme) -> None:
    found = {measure_state_on(measure, DAY) for measure in Measure.objects.filter(agreement__key="harjoitus-01")}
    assert found == set(MeasureState) - {MeasureState.NOT_YET_STATED}
    assert all(measure.partners.exists() for measure in Measure.objects.all())


def test_the_first_agreement_was_amended_and_the_third_has_a_known_start(programme: Programme) -> None:
    first, second = AgreementVersion.objects.filter(agreement__key="harjoitus-01").order_by("number")
    assert validity_on(first, DAY) is Validity.ENDED
    assert validity_on(second, DAY) is Validity.IN_FORCE
    third = AgreementVersion.objects.get(agreement__key="harjoitus-03", number=1)
    assert validity_on(third, date(2026, 1, 25)) is Validity.NOT_YET_VALID
    assert AgreementVersion.objects.get(agreement__key="harjoitus-02").valid_from is None


def test_every_part_of_an_agreement_occurs(programme: Programme) -> None:
    for model in (Approval, Negotiator, StatedGoal, CooperationParty):
        assert rows_of(model, programme.key).exists()
    assert CooperationParty.objects.filter(organisation__successor__isnull=False, valid_to__isnull=False).exists()
    assert {len(agreement.priorities.all()) for agreement in visible.agreements(STRANGER, programme)} == {2, 3}
    assert Category.objects.filter(parent__isnull=False).exists()
    assert Organisation.objects.filter(names__valid_to__isnull=False).get().names.count() == 2


def test_the_negotiating_table_has_a_draft_an_amendment_that_waits_a_change_asked_for_and_a_closing_report_and_none_of_it_is_public(
    programme: Programme,
) -> None:
    draft = AgreementVersion.objects.get(agreement__key="harjoitus-05")
    assert (draft.status, Comment.objects.filter(clause__version=draft, resolved_at__isnull=True).count()) == ("draft", 2)
    amendment = AgreementVersion.objects.get(agreement__key="harjoitus-03", number=2)
    assert (amendment.status, len(approved_by(amendment)), len(turn_of(amendment))) == ("proposed", 1, 1)
    assert ChangeRequest.objects.get().status == "asked"
    assert [promise["state"] for promise in ClosingReport.objects.get().promises] == ["fulfilled", "late"]
    shown = {version.key for version in visible.versions(STRANGER, programme)}
    assert shown.isdisjoint({"harjoitus-03/2", "harjoitus-05/1", "harjoitus-06/1"})


def test_a_steering_group_met_with_a_recusal_and_meets_again_with_what_is_left_to_do(programme: Programme) -> None:
    first, second = Meeting.objects.filter(body__programme=programme).order_by("number")
    assert (first.status, second.status) == (MeetingStatus.MINUTES_APPROVED, MeetingStatus.CALLED)
    assert [entry["seat"] for entry in first.minutes["items"][0]["recusals"]] == ["vellamonlinna-steering/2"]
    done, left = ActionPoint.objects.filter(item__meeting=first).order_by("number")
    assert (done.status, left.status) == (ActionPointStatus.DONE, ActionPointStatus.OPEN)
    carried = second.items.filter(about_kind="actionpoint").values_list("about_key", flat=True)
    assert list(carried) == [left.key]
    expected = expected_of(second)[0]
    assert expected.standing_in == {"vellamonlinna-steering/2": "vellamonlinna-steering/4"}
    assert expected.is_quorate
    assert {item.about_kind for item in second.items.all()} >= {"priority", "commitment", "actionpoint"}


def test_statements_about_money_disagree_and_one_was_withdrawn(programme: Programme) -> None:
    groups: dict[str, set[tuple[int | None, int | None, int | None]]] = {}
    for figure in Figure.objects.all():
        groups.setdefault(figure.group, set()).add((figure.exact, figure.lower, figure.upper))
    assert sum(len(amounts) > 1 for amounts in groups.values()) >= 2
    assert [figure.key for figure in Figure.objects.filter(publication__status=PublicationStatus.WITHDRAWN)] == ["f-008"]
    assert Evidence.objects.filter(programme=programme, chosen=False).count() >= 2


def test_the_texts_are_kept_and_say_that_they_are_invented(programme: Programme) -> None:
    texts = [store.read(settings.FILES_FOLDER, version.text.digest).decode() for version in AgreementVersion.objects.filter(text__isnull=False)]
    assert len(texts) == 3
    assert all(text.startswith(("HARJOITUS – KEKSITTY", "ÖVNING – PÅHITTAD")) for text in texts)


def test_every_word_stands_in_the_three_languages(programme: Programme) -> None:
    missing = []
    for model in domain_models():
        fields = [field.name for field in model._meta.concrete_fields if isinstance(field, LocalisedTextField)]
        for thing in rows_of(model, programme.key):
            missing += [
                f"{model._meta.label} {thing} {name}" for name in fields if getattr(thing, name) and set(getattr(thing, name)) != set(LANGUAGES)
            ]
    assert missing == []


def test_what_must_have_words_has_them(programme: Programme) -> None:
    named: list[models.QuerySet[models.Model]] = [Commitment.objects.all(), Measure.objects.all(), Priority.objects.all(), Figure.objects.all()]
    for rows in named:
        for thing in rows:
            assert getattr(thing, "promise", None) or getattr(thing, "title", None) or getattr(thing, "label", None)


def test_codes_and_identifiers_cannot_be_real(programme: Programme) -> None:
    assert all(re.fullmatch(r"T\d\d", place.code) for place in Municipality.objects.filter(programme=programme))
    assert all("T" in region.code for region in Region.objects.filter(programme=programme))
    assert all(re.fullmatch(r"TRAINING-\d{4}", one.value) and one.scheme == "training" for one in Identifier.objects.all())
    assert not Source.objects.filter(programme=programme).exclude(address="").exists()
    assert all("nnett" in source.title["sv"] or "påhitt" in source.title["sv"] for source in Source.objects.filter(programme=programme))


def test_no_place_bears_the_name_of_one_of_the_facts(programme: Programme) -> None:
    with (settings.REFERENCE_FOLDER / "municipalities.csv").open(encoding="utf-8", newline="") as handle:
        real = {row["value"] for row in csv.DictReader(handle) if row["field"] in {"name", "region_name"}}
    invented = {name for place in Municipality.objects.filter(programme=programme) for name in place.name.values()}
    assert not invented & real


def test_the_cast_plays_every_part_with_its_own_permissions(programme: Programme) -> None:
    people = Person.objects.filter(programme=programme)
    assert {membership.role.key for person in people for membership in person.memberships.all()} == set(STANDARD_ROLES)
    for person in people:
        assert person.memberships.get().programme == programme
    told = {event.actor for event in Event.objects.filter(chain=programme.key)}
    assert told >= {
        f"harjoitus-{key}" for key in ("administrator", "official", "coordinator", "vellamo", "tapio", "kullervo", "preparer", "applicant")
    }
    assert all(Permission.RESET_TRAINING not in role.permissions for role in STANDARD_ROLES.values())


def test_the_installation_itself_only_sets_up(programme: Programme) -> None:
    by_system = Event.objects.filter(chain=programme.key, actor="system").values_list("act", flat=True)
    assert set(by_system) == {"create_programme", "admit_person", "grant_role", "cite"}


def test_the_journal_tells_it_in_the_order_of_time(programme: Programme) -> None:
    times = list(Event.objects.filter(chain=programme.key).order_by("number").values_list("at", flat=True))
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[0].date() == story.FIRST_DAY
    assert times[-1].date() < DAY


def test_building_when_it_is_there_changes_nothing(programme: Programme) -> None:
    before = rows_in(programme.key)
    same, built = story.build()
    assert (same.pk, built) == (programme.pk, False)
    assert rows_in(programme.key) == before


def test_telling_it_twice_gives_the_same_rows_and_digests(programme: Programme) -> None:
    before = rows_in(programme.key)
    assert sum(map(len, before.values())) > 500
    story.rebuild()
    after = rows_in(programme.key)
    assert after == before


def test_a_story_that_breaks_off_leaves_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapters, "TEXTS", chapters.TEXTS / "nowhere")
    with pytest.raises(OSError, match="nowhere"):
        story.build()
    assert not Programme.objects.exists()
    assert not Event.objects.exists()
    assert not connection.needs_rollback
