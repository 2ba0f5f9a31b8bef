"""A meeting from its plan to approved minutes, and all that is refused on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from kumppani.access.viewer import STRANGER, SYSTEM, Viewer, viewer_of
from kumppani.domain.bodies.models import ActionPoint, Body, Meeting
from kumppani.domain.bodies.queries import expected_of, grounds_of
from kumppani.domain.bodies.rules import BodyKind, Outcome, QuorumRule
from kumppani.domain.bodies.states import MeetingStatus
from kumppani.domain.journal.models import Event
from kumppani.kernel.errors import NotAllowed, Refusal, RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow import guard
from kumppani.workflow.action_points import drop_action_point, finish_action_point, state_action_point
from kumppani.workflow.agendas import add_item, call_meeting
from kumppani.workflow.bodies import end_term, establish_body, establish_seat, fill_seat, state_disqualification
from kumppani.workflow.meetings import (
    approve_minutes,
    cancel_meeting,
    close_meeting,
    declare_recusal,
    note_discussion,
    note_leaving,
    note_presence,
    note_recusal,
    plan_meeting,
    resolve_item,
)
from kumppani.workflow.people import admit_person, grant_role
from tests.builders import TODAY, organisation_in
from tests.steering import SAID, STARTS, Group


def refused(act: Callable[[], object], code: str, kind: type[Refusal] = RuleBroken) -> None:
    before = Event.objects.count()
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    assert Event.objects.count() == before


def test_a_meeting_goes_from_its_plan_to_frozen_minutes(group: Group) -> None:
    meeting, item = group.opened("chair", "member")
    note_discussion(by=group.secretary, item=item, words=Text(fi="Keskusteltiin"))
    resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID, reasons=Text(fi="Sopimuksen mukainen"))
    state_action_point(by=group.secretary, item=item, what=Text(fi="Selvitys"), organisation=group.organisations["university"], due_on=TODAY)
    close_meeting(by=group.secretary, meeting=meeting)
    done = approve_minutes(by=group.chair, meeting=meeting)
    assert (done.status, done.approved_by, done.recorded_by) == (MeetingStatus.MINUTES_APPROVED, "chair", "secretary")
    assert done.minutes["items"][0]["resolution"]["wording"] == dict(SAID)
    assert [one["seat"] for one in done.minutes["present"]] == ["city-group/1", "city-group/2"]
    refused(lambda: note_discussion(by=group.secretary, item=item, words=SAID), "act-not-in-status")
    written = json.dumps(done.minutes) + "".join(Event.objects.values_list("text", flat=True))
    assert "Name of" not in written


def test_a_body_without_quorum_resolves_nothing(group: Group) -> None:
    _meeting, item = group.opened("chair")
    refused(lambda: resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID), "no-quorum")


def test_a_recusal_takes_the_quorum_and_the_deputy_gives_it_back(group: Group) -> None:
    meeting, item = group.opened("chair", "member", concerned=("university",))
    note_recusal(by=group.secretary, item=item, seat=group.seats["member"], ground=group.ground)
    refused(lambda: resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID), "no-quorum")
    note_presence(by=group.secretary, meeting=meeting, seat=group.seats["deputy"])
    resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID)
    refused(lambda: resolve_item(by=group.secretary, item=item, outcome=Outcome.NOTED, wording=SAID), "item-resolved")


def test_who_has_left_is_not_counted_and_counts_again_when_back(group: Group) -> None:
    meeting, item = group.opened("chair", "member")
    leave = lambda: note_leaving(by=group.secretary, meeting=meeting, seat=group.seats["member"])  # noqa: E731 said twice
    leave()
    refused(leave, "not-present")
    refused(lambda: resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID), "no-quorum")
    note_presence(by=group.secretary, meeting=meeting, seat=group.seats["member"])
    resolve_item(by=group.secretary, item=item, outcome=Outcome.DECIDED, wording=SAID)
    leave()
    close_meeting(by=group.secretary, meeting=meeting)
    minutes = approve_minutes(by=group.chair, meeting=meeting).minutes
    assert ["left_at" in one for one in minutes["present"]] == [False, True]


def test_the_forecast_names_who_leaves_and_who_stands_in(group: Group) -> None:
    meeting, _item = group.planned("university")
    (expected,) = expected_of(meeting)
    assert expected.leaving == {"city-group/2": "community"}
    assert expected.standing_in == {"city-group/2": "city-group/3"}
    assert expected.is_quorate


def test_a_body_in_its_own_organisations_affairs_is_spared_only_where_that_is_stated(group: Group) -> None:
    board = establish_body(
        by=SYSTEM,
        programme=group.body.programme,
        key="city-board",
        kind=BodyKind.BOARD,
        organisation=group.organisations["city"],
        name=SAID,
        quorum_rule=QuorumRule.MORE_THAN_HALF,
    )
    seat = establish_seat(by=SYSTEM, body=board, organisation=group.organisations["city"], title=SAID)
    fill_seat(by=SYSTEM, seat=seat, person=None, valid_from=date(2026, 1, 1))
    sparing = {"wording": SAID, "law": "", "spares_own_body": True}
    bad = {"programme": group.body.programme, "body_kind": BodyKind.COUNCIL, "key": "x"}
    refused(lambda: state_disqualification(by=SYSTEM, wording=SAID, law="x" * 101, **bad), "law-too-long")
    refused(lambda: state_disqualification(by=SYSTEM, wording=Text(fi="x" * 20_001), law="", **bad), "words-too-long")
    refused(lambda: state_disqualification(by=SYSTEM, programme=board.programme, body_kind=board.kind, key="x", **sparing), "spares-nobody")
    state_disqualification(by=SYSTEM, programme=board.programme, body_kind=board.kind, key="community", by_organisation=True, **sparing)

    def leaving(body: Body) -> list[str]:
        meeting = plan_meeting(by=group.secretary, body=body, starts_at=STARTS, ends_at=STARTS + timedelta(hours=1))
        add_item(by=group.secretary, meeting=meeting, title=SAID, concerned=[group.organisations["city"]])
        return list(expected_of(meeting)[0].leaving)

    assert leaving(group.body) == ["city-group/1"]
    assert leaving(board) == []


def test_a_member_declares_for_their_own_seat_only(group: Group) -> None:
    meeting, item = group.planned()
    refused(lambda: declare_recusal(by=group.member, item=item, seat=group.seats["member"], ground=group.ground), "act-not-in-status")
    call_meeting(by=group.secretary, meeting=meeting)
    refused(lambda: declare_recusal(by=group.chair, item=item, seat=group.seats["member"], ground=group.ground), "not-your-seat", NotAllowed)
    assert declare_recusal(by=group.member, item=item, seat=group.seats["member"], ground=group.ground).is_declared
    refused(lambda: declare_recusal(by=group.member, item=item, seat=group.seats["member"], ground=group.ground), "recusal-noted")


def test_minutes_are_not_approved_by_their_recorder_nor_by_who_was_away(group: Group) -> None:
    meeting, _item = group.opened("chair")
    close_meeting(by=group.secretary, meeting=meeting)
    refused(lambda: approve_minutes(by=group.secretary, meeting=meeting), "not-permitted", NotAllowed)
    refused(lambda: approve_minutes(by=group.member, meeting=meeting), "minutes-by-absent", NotAllowed)
    recorder = Viewer("secretary", group.chair.grants)
    refused(lambda: approve_minutes(by=recorder, meeting=meeting), "minutes-by-recorder", NotAllowed)
    with pytest.raises(IntegrityError), guard.writing():
        Meeting.objects.filter(pk=meeting.pk).update(approved_by="secretary")


def test_an_action_point_is_carried_to_each_meeting_until_it_is_closed(group: Group) -> None:
    _first, item = group.opened("chair")
    point = state_action_point(by=group.secretary, item=item, what=Text(fi="Selvitys"), organisation=group.organisations["university"], due_on=TODAY)

    def carried() -> list[str]:
        meeting, _other = group.planned()
        call_meeting(by=group.secretary, meeting=meeting)
        return list(meeting.items.filter(about_kind="actionpoint").values_list("about_key", flat=True))

    assert carried() == carried() == [point.key]
    refused(lambda: finish_action_point(by=group.member, point=point, word=Text()), "words-missing")
    finish_action_point(by=group.member, point=point, word=Text(fi="Valmis"))
    assert carried() == []
    refused(lambda: drop_action_point(by=group.secretary, point=point, word=SAID), "act-not-in-status")
    assert ActionPoint.objects.get().closed_on == TODAY


def test_seats_and_terms_do_not_overlap_themselves(group: Group) -> None:
    by, seats = group.secretary, group.seats
    refused(lambda: fill_seat(by=by, seat=seats["firm"], person=None, valid_from=date(2026, 12, 31)), "terms-overlap")
    refused(lambda: fill_seat(by=by, seat=seats["firm"], person=None, valid_from=date(2027, 2, 1), valid_to=date(2027, 1, 1)), "end-before-start")
    ended = end_term(by=by, term=seats["firm"].terms.get(), on=date(2026, 6, 30))
    refused(lambda: end_term(by=by, term=ended, on=date(2026, 7, 1)), "term-ended")
    refused(lambda: fill_seat(by=by, seat=seats["firm"], person=group.people["member"], valid_from=date(2026, 7, 1)), "sits-twice")
    refused(
        lambda: establish_seat(by=by, body=group.body, organisation=seats["firm"].organisation, title=SAID, deputy_of=seats["deputy"]),
        "deputy-of-nobody",
    )


def test_bad_times_empty_agendas_and_strangers_are_refused(group: Group) -> None:
    by, body = group.secretary, group.body
    refused(lambda: plan_meeting(by=by, body=body, starts_at=STARTS, ends_at=STARTS), "meeting-ends-before-start")
    naive = STARTS.replace(tzinfo=None)
    refused(lambda: plan_meeting(by=by, body=body, starts_at=naive, ends_at=STARTS), "time-without-zone")
    refused(lambda: plan_meeting(by=STRANGER, body=body, starts_at=STARTS, ends_at=STARTS + timedelta(1)), "not-permitted", NotAllowed)
    meeting = plan_meeting(by=by, body=body, starts_at=STARTS, ends_at=STARTS + timedelta(hours=1))
    refused(lambda: call_meeting(by=by, meeting=meeting), "empty-agenda")
    refused(lambda: add_item(by=by, meeting=meeting, title=Text(fi="x" * 20_001)), "words-too-long")
    refused(lambda: add_item(by=by, meeting=meeting, title=Text(fi="\ufffd")), "words-unreadable")
    cancel_meeting(by=by, meeting=meeting, reason=Text(fi="Ei asioita"))
    refused(lambda: add_item(by=by, meeting=meeting, title=SAID), "act-not-in-status")


def test_a_secretary_of_another_city_touches_nothing(group: Group) -> None:
    other = organisation_in(group.body.programme, "other-city")
    person = admit_person(by=SYSTEM, key="outsider", name="x", programme=group.body.programme)
    grant_role(by=SYSTEM, person=person, role="steering-secretary", programme=group.body.programme, organisation=other)
    meeting, _item = group.planned()
    refused(lambda: call_meeting(by=viewer_of(person), meeting=meeting), "not-permitted", NotAllowed)


def test_grounds_belong_to_a_kind_of_body_and_none_holds_in_a_company(group: Group) -> None:
    company = establish_body(
        by=SYSTEM,
        programme=group.body.programme,
        key="firm-group",
        kind=BodyKind.STEERING_GROUP,
        organisation=group.organisations["firm"],
        name=SAID,
        quorum_rule=QuorumRule.AT_LEAST,
        quorum_number=2,
    )
    assert grounds_of(group.body) == [group.ground]
    assert grounds_of(company) == []
    foreign = state_disqualification(by=SYSTEM, programme=group.body.programme, body_kind=BodyKind.BOARD, key="other", wording=SAID, law="")
    _meeting, item = group.opened("member")
    refused(lambda: note_recusal(by=group.secretary, item=item, seat=group.seats["member"], ground=foreign), "ground-of-another-kind")
