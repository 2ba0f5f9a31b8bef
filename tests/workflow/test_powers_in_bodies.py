"""Who may do what in bodies and meetings: each act tried by a stranger, by all other powers together, from elsewhere, and by its own alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.domain.bodies.models import Body
from kumppani.domain.bodies.rules import BodyKind, Outcome, QuorumRule
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.kernel.errors import NotAllowed
from kumppani.workflow.action_points import drop_action_point, finish_action_point, state_action_point
from kumppani.workflow.agendas import add_item, attach_paper, call_meeting, take_up
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
    open_meeting,
    plan_meeting,
    resolve_item,
)
from tests.steering import SAID, STARTS, Group
from tests.workflow.test_acts import OF_BODIES
from tests.workflow.test_meetings import refused

TODAY = date(2026, 11, 24)


def acts_of(g: Group, by: Viewer) -> dict[str, Callable[[], object]]:
    """Every act in bodies, ready to be tried by somebody in a body where a meeting is planned, one called, one open and one closed."""
    o, seat = g.organisations, g.seats["member"]
    _first, carried = g.opened("chair", "member")
    point = state_action_point(by=SYSTEM, item=carried, what=SAID, organisation=o["university"], due_on=TODAY)
    closed = close_meeting(by=SYSTEM, meeting=carried.meeting)
    called, matter = g.planned()
    call_meeting(by=SYSTEM, meeting=called)
    running, item = g.opened("chair", "firm")
    planned, planned_item = g.planned()
    return {
        "establish_body": lambda: body_by(by, g),
        "establish_seat": lambda: establish_seat(by=by, body=g.body, organisation=o["firm"], title=SAID),
        "fill_seat": lambda: fill_seat(by=by, seat=seat, person=None, valid_from=date(2027, 1, 1)),
        "end_term": lambda: end_term(by=by, term=seat.terms.get(), on=TODAY),
        "state_disqualification": lambda: state_disqualification(
            by=by, programme=g.body.programme, body_kind=BodyKind.BOARD, key="new", wording=SAID, law=""
        ),
        "plan_meeting": lambda: plan_meeting(by=by, body=g.body, starts_at=STARTS, ends_at=STARTS + timedelta(hours=1)),
        "add_item": lambda: add_item(by=by, meeting=planned, title=SAID),
        "take_up": lambda: take_up(by=by, meeting=planned, places=[f"actionpoint:{point.key}"]),
        "attach_paper": lambda: attach_paper(by=by, item=planned_item, title=SAID, address="https://example.org/"),
        "call_meeting": lambda: call_meeting(by=by, meeting=planned),
        "cancel_meeting": lambda: cancel_meeting(by=by, meeting=planned, reason=SAID),
        "open_meeting": lambda: open_meeting(by=by, meeting=called),
        "declare_recusal": lambda: declare_recusal(by=by, item=matter, seat=seat, ground=g.ground),
        "note_presence": lambda: note_presence(by=by, meeting=running, seat=seat),
        "note_leaving": lambda: note_leaving(by=by, meeting=running, seat=g.seats["firm"]),
        "note_recusal": lambda: note_recusal(by=by, item=item, seat=seat, ground=g.ground),
        "note_discussion": lambda: note_discussion(by=by, item=item, words=SAID),
        "resolve_item": lambda: resolve_item(by=by, item=item, outcome=Outcome.DECIDED, wording=SAID),
        "state_action_point": lambda: state_action_point(by=by, item=item, what=SAID, organisation=o["city"], due_on=TODAY),
        "finish_action_point": lambda: finish_action_point(by=by, point=point, word=SAID),
        "drop_action_point": lambda: drop_action_point(by=by, point=point, word=SAID),
        "close_meeting": lambda: close_meeting(by=by, meeting=running),
        "approve_minutes": lambda: approve_minutes(by=by, meeting=closed),
    }


def body_by(by: Viewer, g: Group) -> Body:
    return establish_body(
        by=by,
        programme=g.body.programme,
        key="new-body",
        kind=BodyKind.BOARD,
        organisation=g.organisations["city"],
        name=SAID,
        quorum_rule=QuorumRule.MORE_THAN_HALF,
    )


@pytest.mark.parametrize("act", sorted(OF_BODIES))
def test_nobody_does_it_without_the_power_for_it_here(group: Group, act: str) -> None:
    everything, programme = frozenset(Permission), group.body.programme.key
    for who, grant in (
        ("others", Grant(None, everything - {Permission(act)})),
        ("elsewhere", Grant("another-programme", everything)),
        ("another-city", Grant(programme, everything, "another-city", Reach.ORGANISATION)),
    ):
        # state_disqualification is the programme's: no organisation's power reaches it.
        refused(acts_of(group, Viewer(who, (grant,)))[act], "not-permitted", NotAllowed)
    refused(acts_of(group, STRANGER)[act], "not-permitted", NotAllowed)


@pytest.mark.parametrize("act", sorted(OF_BODIES))
def test_the_power_alone_is_enough_and_the_event_names_who_acted(group: Group, act: str) -> None:
    # Some acts are done for one's own seat: the university's member has one.
    acts_of(group, Viewer("member", (Grant(None, frozenset({Permission(act)})),)))[act]()
    assert Event.objects.filter(actor="member", act=act).exists()
