"""What waits for somebody: each kind appears when it does, for those it waits for, and a slow second answer says the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from kumppani.access.inbox import NEAR, Kind, Waiting, waiting
from kumppani.access.viewer import Viewer
from kumppani.access.work import negotiations
from kumppani.domain.agreements.models import Agreement, AgreementVersion, ChangeRequest, Comment, Commitment, Measure
from kumppani.domain.agreements.queries import parties_of, signatories_of, turn_of
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, commitment_state_on, is_stale_on
from kumppani.domain.bodies.models import ActionPoint, Meeting
from kumppani.domain.bodies.rules import Outcome
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.workflow.action_points import finish_action_point, state_action_point
from kumppani.workflow.agendas import call_meeting
from kumppani.workflow.changes_asked import decide_change, request_change
from kumppani.workflow.drafting import comment, pass_draft, resolve_comment
from kumppani.workflow.meetings import approve_minutes, close_meeting, resolve_item
from kumppani.workflow.negotiation import agree
from kumppani.workflow.seen import seen_of
from tests.builders import NOON, TODAY, category_in, commitment_in, measure_in, priority_of
from tests.steering import SAID, STARTS, Group, lay_group
from tests.workflow.test_negotiation import Table, lay_table


@pytest.fixture
def table(db: None, noon: None) -> Table:
    return lay_table()


@pytest.fixture
def group(db: None, noon: None) -> Group:
    return lay_group()


def asked(viewer: Viewer, programme: Programme) -> list[Waiting]:
    return waiting(viewer, programme, negotiations(viewer, programme))


def kinds(viewer: Viewer, programme: Programme) -> list[Kind]:
    return [one.kind for one in asked(viewer, programme)]


def of(viewer: Viewer, programme: Programme, kind: Kind) -> Waiting:
    (found,) = (one for one in asked(viewer, programme) if one.kind is kind)
    return found


def days_later(days: int) -> Any:
    return clock.stopped_at(NOON + timedelta(days))


def test_a_turn_waits_since_it_was_handed_over_and_for_nobody_else(table: Table) -> None:
    city, ministry = table.person("city"), table.person("ministry")
    table.draft()
    assert (kinds(city, table.programme), kinds(ministry, table.programme), kinds(table.person("other"), table.programme)) == ([Kind.TURN], [], [])
    with days_later(3):
        assert of(city, table.programme, Kind.TURN).since == TODAY
        pass_draft(by=city, version=AgreementVersion.objects.get(agreement__key="fi-2021-09"), to=table.ministry)
        assert of(ministry, table.programme, Kind.TURN).since == TODAY + timedelta(3)


def test_a_proposal_waits_for_those_who_have_not_approved_and_then_for_its_drafter_since_the_last_approval(table: Table) -> None:
    city, ministry = table.person("city"), table.person("ministry")
    version = table.proposed()
    with days_later(2):
        table.approve(version, "city")
        assert kinds(city, table.programme) == []
        assert of(ministry, table.programme, Kind.TURN).since == TODAY
    with days_later(5):
        table.approve(version, "ministry")
    with days_later(9):
        assert kinds(ministry, table.programme) == []
        assert of(city, table.programme, Kind.TURN).since == TODAY + timedelta(5)
        agree(by=city, version=AgreementVersion.objects.get(pk=version.pk))
        assert of(city, table.programme, Kind.TURN).since == TODAY + timedelta(9)


def test_comments_of_others_wait_for_the_drafter_until_they_are_resolved(table: Table) -> None:
    city, ministry = table.person("city"), table.person("ministry")
    table.proposed()
    clause = AgreementVersion.objects.get(agreement__key="fi-2021-09").clauses.get()
    comment(by=city, clause=clause, words="Oma muistiinpano.")
    assert Kind.COMMENTS not in kinds(city, table.programme)
    said = comment(by=ministry, clause=clause, words="Liian pitkä aika.")
    with days_later(1):
        comment(by=ministry, clause=clause, words="Ja epäselvä.")
    found = of(city, table.programme, Kind.COMMENTS)
    assert (found.since, found.count, found.at) == (TODAY, 2, {"key": "fi-2021-09", "number": 1})
    assert Kind.COMMENTS not in kinds(ministry, table.programme)
    resolve_comment(by=ministry, comment=said)
    assert of(city, table.programme, Kind.COMMENTS).count == 1


def test_a_change_waits_for_the_other_party_until_it_is_decided(table: Table) -> None:
    agreement = Agreement.objects.get()
    promise = commitment_in(CommitmentState.OWED, agreement, 1, table.ministry, table.city, due_on=None)
    request = request_change(
        by=table.person("ministry"),
        agreement=agreement,
        kind="commitment",
        key=promise.key,
        wanted={"due_on": "2027-06-30"},
        reason="Valmistelu viivästyi.",
        seen=seen_of(promise),
    )
    assert kinds(table.person("ministry"), table.programme) == []
    assert kinds(table.person("both"), table.programme) == []
    assert of(table.person("city"), table.programme, Kind.CHANGE).title == promise.subject
    decide_change(by=table.person("city"), request=request, accept=False, reason="Sovittu on sovittu.")
    assert kinds(table.person("city"), table.programme) == []


@pytest.mark.parametrize(("days", "waits"), [(31, False), (30, True), (0, True), (-1, True)])
def test_a_promise_waits_for_who_gave_it_from_a_month_before_its_date(table: Table, days: int, waits: bool) -> None:
    due = TODAY + timedelta(days)
    commitment_in(CommitmentState.OWED, Agreement.objects.get(), 1, table.ministry, table.city, due_on=due)
    found = [one for one in asked(table.person("ministry"), table.programme) if one.kind is Kind.PROMISE]
    assert [(one.since, one.due_on, one.is_late_on(TODAY)) for one in found] == ([(due - NEAR, due, days < 0)] if waits else [])
    assert kinds(table.person("city"), table.programme) == []


def test_a_measure_waits_for_its_lead_from_the_day_it_is_stale(table: Table) -> None:
    pilot = category_in(table.programme, "action_types", "pilot", Text(fi="Kokeilu", en="Pilot"))
    measure = measure_in(MeasureState.UNDER_WAY, priority_of(Agreement.objects.get(), 1), 1, pilot, table.city)
    first = next(day for day in (TODAY + timedelta(step) for step in range(-1000, 1000)) if is_stale_on(measure, day))
    with clock.stopped_at(NOON + (first - TODAY) - timedelta(1)):
        assert kinds(table.person("city"), table.programme) == []
    with clock.stopped_at(NOON + (first - TODAY)):
        found = of(table.person("city"), table.programme, Kind.STALE)
        assert (found.since, found.due_on, kinds(table.person("ministry"), table.programme)) == (first, first - timedelta(1), [])


def test_a_meeting_waits_for_those_who_sit_until_its_day_is_over(group: Group) -> None:
    meeting, _item = group.planned()
    programme = group.body.programme
    assert kinds(group.chair, programme) == []
    call_meeting(by=group.secretary, meeting=meeting)
    for one in (group.chair, group.member):
        found = of(one, programme, Kind.MEETING)
        assert (found.since, found.due_on, found.at) == (TODAY, STARTS.date(), {"key": group.body.key, "number": 1})
    assert kinds(group.secretary, programme) == []
    with days_later((STARTS.date() - TODAY).days + 1):
        assert kinds(group.chair, programme) == []


def held(group: Group) -> Meeting:
    meeting, item = group.opened("chair", "firm", "deputy")
    resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID, reasons=SAID)
    for number, (key, seat, due) in enumerate((("city", None, -1), ("university", "member", 9), ("university", "deputy", 9))):
        organisation, sat = group.organisations[key], group.seats[seat] if seat else None
        what = Text(en=f"Task {number}")
        state_action_point(by=group.secretary, item=item, what=what, organisation=organisation, due_on=TODAY + timedelta(due), seat=sat)
    return close_meeting(by=group.secretary, meeting=meeting)


def test_minutes_wait_for_a_member_who_was_there_and_did_not_record_them(group: Group) -> None:
    meeting = held(group)
    programme = group.body.programme
    assert of(group.chair, programme, Kind.MINUTES).since == TODAY
    assert Kind.MINUTES not in kinds(group.member, programme)
    assert Kind.MINUTES not in kinds(group.secretary, programme)
    approve_minutes(by=group.chair, meeting=meeting)
    assert Kind.MINUTES not in kinds(group.chair, programme)


def test_an_action_point_waits_for_its_owner_until_it_is_done(group: Group) -> None:
    held(group)
    programme = group.body.programme
    late = of(group.chair, programme, Kind.ACTION_POINT)
    assert (late.title, late.is_late_on(TODAY), late.at["item"]) == (Text(en="Task 0"), True, 1)
    # The second is the member's own; the third falls to a seat nobody holds, so it is everybody's there.
    assert [one.title["en"] for one in asked(group.member, programme)] == ["Task 1", "Task 2"]
    for point in ActionPoint.objects.all():
        finish_action_point(by=group.secretary, point=point, word=SAID)
    assert kinds(group.member, programme) == []


def test_what_is_due_first_stands_on_top_and_what_has_waited_longest_before_the_rest(table: Table) -> None:
    agreement = Agreement.objects.get()
    for number, days in ((1, 20), (2, -5), (3, 3)):
        commitment_in(CommitmentState.OWED, agreement, number, table.city, table.ministry, due_on=TODAY + timedelta(days))
    table.draft()
    found = asked(table.person("city"), table.programme)
    assert [one.at["number"] for one in found if one.kind is Kind.PROMISE] == [2, 3, 1]
    assert found[-1].kind is Kind.TURN


Said = tuple[Kind, str, date | None]


def slowly(viewer: Viewer, programme: Programme) -> Iterator[Said]:
    """The same answer, one object after another, by the questions the acts ask."""
    today = clock.today(programme.time_zone)
    for version in AgreementVersion.objects.filter(agreement__programme=programme, status__in=("draft", "proposed", "agreed")):
        own = viewer.acts_for(Permission.COMMENT, programme.key)
        if own & turn_of(version) and own & set(signatories_of(version)):
            yield Kind.TURN, version.key, None
        said = Comment.objects.filter(clause__version=version, resolved_at=None)
        if version.drafter and version.drafter.key in own and any(one.organisation != version.drafter for one in said):
            yield Kind.COMMENTS, version.key, None
    for request in ChangeRequest.objects.filter(agreement__programme=programme, status="asked"):
        parties = viewer.acts_for(Permission.DECIDE_CHANGE, programme.key) & parties_of(request.agreement)
        if len(parties) == 1 and request.asked_for.key not in parties and request.asked_by != viewer.key:
            yield Kind.CHANGE, request.agreement.key, None
    for promise in Commitment.objects.filter(agreement__programme=programme):
        is_open = commitment_state_on(promise, today) in {CommitmentState.OWED, CommitmentState.LATE}
        mine = promise.promised_by.key in viewer.acts_for(Permission.REPORT_COMMITMENT, programme.key)
        if mine and is_open and promise.due_on and promise.due_on - today <= NEAR:
            yield Kind.PROMISE, f"{promise.agreement.key}/{promise.number}", promise.due_on
    for measure in Measure.objects.filter(agreement__programme=programme):
        if measure.lead.key in viewer.acts_for(Permission.REPORT_MEASURE, programme.key) and is_stale_on(measure, today):
            yield Kind.STALE, f"{measure.agreement.key}/{measure.number}", None


def key_of(one: Waiting) -> Said:
    return one.kind, "/".join(str(part) for part in one.at.values()), one.due_on if one.kind is Kind.PROMISE else None


def test_a_slow_second_answer_says_the_same(table: Table) -> None:
    agreement, pilot = Agreement.objects.get(), category_in(table.programme, "action_types", "pilot", Text(fi="Kokeilu"))
    table.proposed()
    comment(by=table.person("ministry"), clause=AgreementVersion.objects.get(agreement__key="fi-2021-09").clauses.get(), words="Miksi?")
    priority, number = priority_of(agreement, 1), 0
    for state in CommitmentState:
        for giver, taker in ((table.city, table.ministry), (table.ministry, table.city)):
            number += 1
            promise = commitment_in(state, agreement, number, giver, taker)
    for number, state in enumerate(MeasureState, 1):
        measure_in(state, priority, number, pilot, (table.city, table.ministry)[number % 2])
    given: dict[str, Any] = {"kind": "commitment", "key": promise.key, "wanted": {"promise.sv": "Löfte"}, "seen": seen_of(promise)}
    request_change(by=table.person("ministry"), agreement=agreement, reason="Ruotsi puuttuu.", **given)
    for days in (-400, 0, 20, 200, 900):
        with days_later(days):
            for viewer in table.people.values():
                expected = sorted(slowly(viewer, table.programme), key=str)
                assert sorted(map(key_of, asked(viewer, table.programme)), key=str) == expected, (days, viewer.key)


def test_a_promise_without_a_subject_is_told_by_its_words(table: Table) -> None:
    promise = commitment_in(CommitmentState.LATE, Agreement.objects.get(), 1, table.ministry, table.city, subject=Text())
    given: dict[str, Any] = {"kind": "commitment", "key": promise.key, "wanted": {"promise.sv": "Löfte"}, "seen": seen_of(promise)}
    request_change(by=table.person("ministry"), agreement=promise.agreement, reason="Ruotsi puuttuu.", **given)
    assert of(table.person("ministry"), table.programme, Kind.PROMISE).title == promise.promise
    assert of(table.person("city"), table.programme, Kind.CHANGE).title == promise.promise
