"""What waits for somebody and since when, computed from live data whenever it is asked: no list of tasks is kept that could say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kumppani.access.checks import can
from kumppani.access.sittings import KEEPS, SITS, bodies
from kumppani.access.viewer import Viewer
from kumppani.access.work import Negotiation
from kumppani.domain.agreements.models import ChangeRequest, Commitment, Measure, Signatory
from kumppani.domain.agreements.queries import SIGNED
from kumppani.domain.agreements.rules import LONGEST_SILENCE, CommitmentState, commitment_state_on, is_stale_on, last_said_on
from kumppani.domain.agreements.states import ChangeStatus, VersionStatus
from kumppani.domain.bodies.models import ActionPoint, Meeting, Seat, Term
from kumppani.domain.bodies.queries import day_of
from kumppani.domain.bodies.states import ActionPointStatus, MeetingStatus
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.dialogue.rules import answer_due_on
from kumppani.domain.dialogue.states import FeedbackStatus
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.text import Text

NEAR = timedelta(days=30)
"""A promise waits for who gave it from this long before its date."""

TURNING = frozenset({"open_draft", "open_amendment", "pass_draft", "propose", "send_back", "agree"})
"""Acts that hand the turn to somebody. The last approval does so too."""


class Kind(StrEnum):
    """What can wait for somebody."""

    TURN = "turn"
    CHANGE = "change"
    COMMENTS = "comments"
    PROMISE = "promise"
    STALE = "stale"
    MEETING = "meeting"
    MINUTES = "minutes"
    ACTION_POINT = "action_point"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: of what kind, its name, since which day, until when, and the parts of the address of the page where it is dealt with."""

    kind: Kind
    title: Text
    since: date
    due_on: date | None
    at: Mapping[str, object]
    count: int = 1
    hours: tuple[datetime, datetime] | None = None

    def is_late_on(self, day: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < day


def waiting(viewer: Viewer, programme: Programme, negotiated: list[Negotiation]) -> list[Waiting]:
    """All that waits for the viewer today, what is due first on top, then what has waited longest. At most nine queries, however much there is.

    `negotiated`: the versions in which the viewer takes part, as `work.negotiations` gives them.
    """
    mine = [one for one in negotiated if one.is_mine]
    terms = _terms(viewer, programme)
    meetings = _meetings(viewer, programme, terms)
    since = _moments(programme, mine, [meeting for meeting, _seats in meetings])
    found = [
        *_turns(programme, mine, since),
        *_comments(programme, negotiated),
        *_changes(viewer, programme),
        *_promises(viewer, programme),
        *_stale(viewer, programme),
        *_sittings(viewer, programme, meetings, since),
        *_action_points(viewer, programme, terms),
        *_feedback(viewer, programme),
    ]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.since, one.kind, str(sorted(one.at.items()))))


def _day(programme: Programme, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(programme.time_zone)).date()


def _moments(programme: Programme, mine: list[Negotiation], meetings: list[Meeting]) -> dict[tuple[str, str], datetime]:
    """By kind and key, from the journal: when the turn in a version last passed, when it was last approved, when a meeting was called or closed."""
    if not mine and not meetings:
        return {}
    turned = Q(kind="agreementversion", act__in=TURNING, key__in=[one.version.key for one in mine])
    approved = Q(kind="approval", act="record_approval", root__in=[one.version.agreement.key for one in mine])
    called = Q(kind="meeting", act__in=("call_meeting", "close_meeting"), key__in=[meeting.key for meeting in meetings])
    rows = Event.objects.filter(turned | approved | called, chain=programme.key).order_by("number").values_list("kind", "key", "at")
    # An approval is named by its version, its party and its body.
    return {(kind, "/".join(key.split("/")[:2]) if kind == "approval" else key): at for kind, key, at in rows}


def _turns(programme: Programme, mine: list[Negotiation], since: Mapping[tuple[str, str], datetime]) -> Iterator[Waiting]:
    for one in mine:
        version = one.version
        is_approved = version.status == VersionStatus.PROPOSED and one.approved >= {party.key for party in one.parties}
        moment = since["approval" if is_approved else "agreementversion", version.key]
        yield Waiting(Kind.TURN, version.agreement.name, _day(programme, moment), None, {"key": version.agreement.key, "number": version.number})


def _comments(programme: Programme, negotiated: list[Negotiation]) -> Iterator[Waiting]:
    """What other parties have said of drafts that are the viewer's own to write, and is not resolved."""
    for one in negotiated:
        version = one.version
        if one.own and version.drafter and version.drafter.key == one.own and one.first_comment:
            at = {"key": version.agreement.key, "number": version.number}
            yield Waiting(Kind.COMMENTS, version.agreement.name, _day(programme, one.first_comment), None, at, one.comments)


def _changes(viewer: Viewer, programme: Programme) -> Iterator[Waiting]:
    """Changes that another party has asked for and somebody else than the viewer wrote."""
    own = viewer.acts_for(Permission.DECIDE_CHANGE, programme.key)
    if not own:
        return
    asked = ChangeRequest.objects.filter(agreement__programme=programme, status=ChangeStatus.ASKED).exclude(asked_by=viewer.key)
    parties = Signatory.objects.filter(version__agreement=OuterRef("agreement"))
    signed = parties.filter(version__status__in=SIGNED)
    party = Q(Exists(signed.filter(organisation__key__in=own))) | (~Q(Exists(signed)) & Q(Exists(parties.filter(organisation__key__in=own))))
    named = (
        asked.filter(party)
        .exclude(asked_for__key__in=own)
        .annotate(name=_of_thing("subject", "title"), words=_of_thing("promise", "description"))
        .select_related("agreement")
    )
    for request in named.order_by("asked_at"):
        yield Waiting(Kind.CHANGE, request.name or request.words, _day(programme, request.asked_at), None, {"key": request.agreement.key})


def _of_thing(of_commitment: str, of_measure: str) -> Coalesce:
    return Coalesce(
        Subquery(Commitment.objects.filter(key=OuterRef("thing")).values(of_commitment)),
        Subquery(Measure.objects.filter(key=OuterRef("thing")).values(of_measure)),
    )


def _promises(viewer: Viewer, programme: Programme) -> Iterator[Waiting]:
    """Promises of the viewer's organisations that are past or near their date."""
    today, own = clock.today(programme.time_zone), viewer.acts_for(Permission.REPORT_COMMITMENT, programme.key)
    if not own:
        return
    near = Commitment.objects.filter(agreement__programme=programme, promised_by__key__in=own, due_on__lte=today + NEAR)
    for promise in near.filter(fulfilled_on__isnull=True, released_on__isnull=True).select_related("agreement"):
        if promise.due_on and commitment_state_on(promise, today) in {CommitmentState.OWED, CommitmentState.LATE}:
            at = {"key": promise.agreement.key, "number": promise.number}
            yield Waiting(Kind.PROMISE, promise.subject or promise.promise, max(promise.promised_on, promise.due_on - NEAR), promise.due_on, at)


def _stale(viewer: Viewer, programme: Programme) -> Iterator[Waiting]:
    """Measures the viewer's organisations lead and of which nobody has said anything for half a year."""
    today, own = clock.today(programme.time_zone), viewer.acts_for(Permission.REPORT_MEASURE, programme.key)
    if not own:
        return
    led = Measure.objects.filter(agreement__programme=programme, lead__key__in=own, completed_on__isnull=True, dropped_on__isnull=True)
    for measure in led.select_related("agreement"):
        if is_stale_on(measure, today):
            due = max(measure.starts_on, last_said_on(measure)) + LONGEST_SILENCE
            at = {"key": measure.agreement.key, "number": measure.number}
            yield Waiting(Kind.STALE, measure.title, due + timedelta(days=1), due, at)


def _terms(viewer: Viewer, programme: Programme) -> list[Term]:
    """Every term the viewer has held in bodies they can open."""
    if not any(viewer.acts_for(permission, programme.key) or viewer.may(permission, programme.key) for permission in SITS | KEEPS):
        return []
    held = Term.objects.filter(person__key=viewer.key, seat__body__in=bodies(viewer, programme).prefetch_related(None).order_by().values("pk"))
    return list(held.select_related("seat__body"))


def _meetings(viewer: Viewer, programme: Programme, terms: list[Term]) -> list[tuple[Meeting, set[int]]]:
    """Meetings called or waiting for their minutes in which the viewer holds a seat on the day, with those seats."""
    if not terms:
        return []
    own = viewer.acts_for(Permission.APPROVE_MINUTES, programme.key)
    seated = Seat.objects.filter(body=OuterRef("body"), organisation__key__in=own)
    rows = Meeting.objects.filter(body__in={term.seat.body.pk for term in terms}, status__in=(MeetingStatus.CALLED, MeetingStatus.CLOSED))
    rows = rows.select_related("body__programme", "body__organisation").annotate(is_seated=Exists(seated)).prefetch_related("presences")
    held = [(meeting, _seats_in(meeting, terms)) for meeting in rows]
    return [(meeting, seats) for meeting, seats in held if seats]


def _seats_in(meeting: Meeting, terms: list[Term]) -> set[int]:
    return {term.seat.pk for term in terms if term.seat.body == meeting.body and day_of(meeting) in term.period}


def _sittings(
    viewer: Viewer, programme: Programme, meetings: list[tuple[Meeting, set[int]]], since: Mapping[tuple[str, str], datetime]
) -> Iterator[Waiting]:
    """Meetings the viewer is called to, and minutes they can approve: who was there, and did not record them."""
    today = clock.today(programme.time_zone)
    for meeting, seats in meetings:
        at, hours = {"key": meeting.body.key, "number": meeting.number}, (meeting.starts_at, meeting.ends_at)
        if meeting.status == MeetingStatus.CALLED and day_of(meeting) >= today:
            yield Waiting(
                Kind.MEETING,
                meeting.body.name,
                _day(programme, since["meeting", meeting.key]),
                day_of(meeting),
                at,
                hours=hours,
            )
        if meeting.status == MeetingStatus.CLOSED and _approves(viewer, programme, meeting, seats):
            yield Waiting(Kind.MINUTES, meeting.body.name, _day(programme, since["meeting", meeting.key]), None, at)


def _approves(viewer: Viewer, programme: Programme, meeting: Any, seats: set[int]) -> bool:
    reached = meeting.is_seated or can(viewer, Permission.APPROVE_MINUTES, programme.key, of=(meeting.body.organisation.key,))
    was_there = any(presence.seat_id in seats for presence in meeting.presences.all())
    return reached and was_there and meeting.recorded_by != viewer.key


def _action_points(viewer: Viewer, programme: Programme, terms: list[Term]) -> Iterator[Waiting]:
    """What the viewer's organisations are to do after meetings; what falls to somebody else's seat today is left to them."""
    today, own = clock.today(programme.time_zone), viewer.acts_for(Permission.FINISH_ACTION_POINT, programme.key)
    if not own:
        return
    sat = [term.seat.pk for term in terms if today in term.period]
    holds = Term.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), seat=OuterRef("seat"), valid_from__lte=today, person__isnull=False)
    open_ = ActionPoint.objects.filter(item__meeting__body__programme=programme, organisation__key__in=own, status=ActionPointStatus.OPEN)
    for point in open_.filter(Q(seat__in=sat) | ~Q(Exists(holds))).select_related("item__meeting__body__programme").order_by("pk"):
        meeting = point.item.meeting
        at = {"key": meeting.body.key, "number": meeting.number, "item": point.item.number}
        yield Waiting(Kind.ACTION_POINT, point.what, day_of(meeting), point.due_on, at)


def _feedback(viewer: Viewer, programme: Programme) -> Iterator[Waiting]:
    """Feedback that nobody has answered."""
    if not viewer.may(Permission.ANSWER_FEEDBACK, programme.key):
        return
    received = Feedback.objects.filter(programme=programme, status=FeedbackStatus.RECEIVED).values_list("number", "topic", "received_at")
    for number, topic, at in received.order_by("number"):
        day = _day(programme, at)
        title = Text(fi=f"Palaute {number}", sv=f"Respons {number}", en=f"Feedback {number}")
        yield Waiting(Kind.FEEDBACK, title, day, answer_due_on(topic, day), {"number": number})
