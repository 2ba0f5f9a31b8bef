"""Acts on meetings: from the plan to approved minutes, and the action points that are carried on until they are closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.bodies.models import (
    ActionPoint,
    Body,
    Disqualification,
    Item,
    ItemOrganisation,
    Meeting,
    Presence,
    Recusal,
    Resolution,
    Seat,
)
from kumppani.domain.bodies.queries import open_action_points, standing_of, terms_of
from kumppani.domain.bodies.rules import check_approver, check_ground, check_outcome, check_quorate, check_times, check_words
from kumppani.domain.bodies.states import ACTION_POINT_ACTS, MEETING_ACTS, ActionPointStatus, MeetingStatus
from kumppani.domain.journal.chain import canonical, digest_of
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.acts import Step, step
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.text import Text, _
from kumppani.workflow._record import act, record, row_of


@dataclass(frozen=True, slots=True)
class About:
    """What an item concerns: a kind and a key, as in the journal. Empty for what is not known here."""

    kind: str = ""
    key: str = ""


@act
def plan_meeting(*, by: Viewer, body: Body, starts_at: datetime, ends_at: datetime, place: Text = Text(), is_remote: bool = False) -> Meeting:
    """Plans the next meeting of a body. Times carry their zone."""
    body = Body.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=body.pk)
    check_can(by, Permission.PLAN_MEETING, body.programme.key, of=(body.organisation.key,))
    after = step(MEETING_ACTS, None, "plan_meeting")
    check_times(starts_at, ends_at)
    meeting = Meeting.objects.create(
        body=body,
        number=body.meetings.count() + 1,
        status=after.next,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        is_remote=is_remote,
        recorded_by=by.key,
    )
    record(by, after.event, meeting, programme=body.programme, key=meeting.key)
    return meeting


@act
def add_item(*, by: Viewer, meeting: Meeting, title: Text, about: About = About(), concerned: Iterable[Organisation] = ()) -> Item:
    """Adds the next item to the agenda of a meeting that is not called yet."""
    meeting, after = _enter(by, meeting, "add_item")
    return _add(by, meeting, after.event, title, about, concerned)


def _add(by: Viewer, meeting: Meeting, event: str, title: Text, about: About, concerned: Iterable[Organisation]) -> Item:
    check_words(title)
    item = Item.objects.create(meeting=meeting, number=meeting.items.count() + 1, title=title, about_kind=about.kind, about_key=about.key)
    ItemOrganisation.objects.bulk_create(ItemOrganisation(item=item, organisation=organisation) for organisation in dict.fromkeys(concerned))
    record(by, event, item, programme=meeting.body.programme, key=item.key)
    return item


@act
def call_meeting(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Calls a meeting: its agenda is fixed. What is still to be done after earlier meetings is put on it first."""
    meeting, after = _enter(by, meeting, "call_meeting")
    known = set(meeting.items.filter(about_kind="actionpoint").values_list("about_key", flat=True))
    for point in open_action_points(meeting.body):
        if point.key not in known:
            _add(by, meeting, after.event, point.what, About("actionpoint", point.key), ())
    if not meeting.items.exists():
        raise RuleBroken("empty-agenda", _("A meeting without an agenda is not called."))
    return _leave(by, meeting, after)


@act
def cancel_meeting(*, by: Viewer, meeting: Meeting, reason: Text) -> Meeting:
    """Cancels a meeting that has not begun; the reason is shown."""
    meeting, after = _enter(by, meeting, "cancel_meeting")
    check_words(reason)
    return _leave(by, meeting, after, reason=reason)


@act
def open_meeting(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Opens a meeting. Who opens it records it."""
    meeting, after = _enter(by, meeting, "open_meeting")
    return _leave(by, meeting, after, recorded_by=by.key)


@act
def note_presence(*, by: Viewer, meeting: Meeting, seat: Seat) -> Presence:
    """Notes that the holder of a seat is there."""
    meeting, after = _enter(by, meeting, "note_presence")
    if seat.pk not in {term.seat.pk for term in terms_of(meeting)}:
        raise RuleBroken("seat-not-held", _("Nobody holds this seat in this body on the day of the meeting."))
    if meeting.presences.filter(seat=seat).exists():
        raise RuleBroken("presence-noted", _("This presence has been noted already."))
    presence = Presence.objects.create(meeting=meeting, seat=seat)
    record(by, after.event, presence, programme=meeting.body.programme, key=f"{meeting.key}/{seat.number}")
    return presence


@act
def declare_recusal(*, by: Viewer, item: Item, seat: Seat, ground: Disqualification) -> Recusal:
    """The holder of a seat says that they are disqualified for an item, before the meeting or in it. Only for their own seat."""
    meeting, after = _enter(by, item.meeting, "declare_recusal", of=(seat.organisation.key,))
    if by.key not in {term.person.key for term in terms_of(meeting) if term.seat == seat and term.person}:
        raise NotAllowed("not-your-seat", _("You do not hold this seat on the day of the meeting."))
    return _recuse(by, meeting, after.event, item, seat, ground, is_declared=True)


@act
def note_recusal(*, by: Viewer, item: Item, seat: Seat, ground: Disqualification) -> Recusal:
    """Notes that the body or its chair found a member disqualified for an item."""
    meeting, after = _enter(by, item.meeting, "note_recusal")
    return _recuse(by, meeting, after.event, item, seat, ground, is_declared=False)


def _recuse(by: Viewer, meeting: Meeting, event: str, item: Item, seat: Seat, ground: Disqualification, *, is_declared: bool) -> Recusal:
    body = meeting.body
    _check_unresolved(item)
    check_ground(ground.body_kind if ground.programme == body.programme else "", body.kind, body.organisation.kind)
    if seat.pk not in {term.seat.pk for term in terms_of(meeting)}:
        raise RuleBroken("seat-not-held", _("Nobody holds this seat in this body on the day of the meeting."))
    if Recusal.objects.filter(item=item, seat=seat).exists():
        raise RuleBroken("recusal-noted", _("This recusal has been noted already."))
    recusal = Recusal.objects.create(item=item, seat=seat, ground=ground, is_declared=is_declared)
    record(by, event, recusal, programme=body.programme, key=f"{item.key}/{seat.number}")
    return recusal


@act
def note_discussion(*, by: Viewer, item: Item, words: Text) -> Item:
    """Writes what was said of an item, for the minutes."""
    meeting, after = _enter(by, item.meeting, "note_discussion")
    check_words(words)
    item = Item.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=item.pk)
    before = row_of(item)
    item.discussion = words
    item.save()
    record(by, after.event, item, programme=meeting.body.programme, key=item.key, before=before)
    return item


@act
def resolve_item(*, by: Viewer, item: Item, outcome: str, wording: Text, reasons: Text = Text()) -> Resolution:
    """Records what the body resolved on an item. Without quorum for this very item it resolves nothing."""
    meeting, after = _enter(by, item.meeting, "resolve_item")
    check_outcome(outcome)
    check_words(wording)
    if reasons:
        check_words(reasons)
    _check_unresolved(item)
    standing = standing_of(item)
    check_quorate(standing.needed, len(standing.voting))
    resolution = Resolution.objects.create(item=item, outcome=outcome, wording=wording, reasons=reasons)
    record(by, after.event, resolution, programme=meeting.body.programme, key=item.key)
    return resolution


def _check_unresolved(item: Item) -> None:
    if Resolution.objects.filter(item=item).exists():
        raise RuleBroken("item-resolved", _("This item has been resolved already."))


@act
def close_meeting(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Closes a meeting. Items without a resolution were not decided."""
    meeting, after = _enter(by, meeting, "close_meeting")
    return _leave(by, meeting, after, recorded_by=by.key)


@act
def approve_minutes(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Approves the minutes, which are then frozen. By a member who was present, never by who recorded the meeting."""
    of = by.acts_for(Permission.APPROVE_MINUTES, meeting.body.programme.key)
    meeting, after = _enter(by, meeting, "approve_minutes", of=of)
    present = set(meeting.presences.values_list("seat", flat=True))
    check_approver(by.key, meeting.recorded_by, {term.person.key for term in terms_of(meeting) if term.person and term.seat.pk in present})
    minutes = minutes_of(meeting)
    return _leave(by, meeting, after, approved_by=by.key, minutes=minutes, minutes_digest=digest_of("", canonical(minutes)))


def minutes_of(meeting: Meeting) -> dict[str, object]:
    """The minutes, made from the record: seats by organisation and role, no names."""
    items = meeting.items.select_related("meeting__body", "resolution").prefetch_related(
        "recusals__seat__body", "recusals__ground", "action_points__item__meeting__body", "action_points__organisation"
    )
    presences = meeting.presences.select_related("seat__organisation", "seat__body").order_by("seat__number")
    return {
        "meeting": meeting.key,
        "starts_at": meeting.starts_at.isoformat(),
        "place": dict(meeting.place),
        "present": [{"seat": one.seat.key, "organisation": one.seat.organisation.key, "title": dict(one.seat.title)} for one in presences],
        "items": [_minutes_of_item(item) for item in items],
    }


def _minutes_of_item(item: Item) -> dict[str, object]:
    found: Resolution | None = getattr(item, "resolution", None)
    return {
        "number": item.number,
        "title": dict(item.title),
        "discussion": dict(item.discussion),
        "recusals": [{"seat": one.seat.key, "ground": one.ground.key, "is_declared": one.is_declared} for one in item.recusals.all()],
        "resolution": {"outcome": found.outcome, "wording": dict(found.wording), "reasons": dict(found.reasons)} if found else None,
        "action_points": [
            {"key": one.key, "what": dict(one.what), "organisation": one.organisation.key, "due_on": one.due_on.isoformat()}
            for one in item.action_points.all()
        ],
    }


@act
def state_action_point(*, by: Viewer, item: Item, what: Text, organisation: Organisation, due_on: date, seat: Seat | None = None) -> ActionPoint:
    """States what an organisation is to do after an item, by when."""
    meeting, _same = _enter(by, item.meeting, "state_action_point")
    after = step(ACTION_POINT_ACTS, None, "state_action_point")
    check_words(what)
    if seat is not None and seat.body != meeting.body:
        raise RuleBroken("seat-of-another-body", _("The seat belongs to another body."))
    number = item.action_points.count() + 1
    point = ActionPoint.objects.create(item=item, number=number, what=what, organisation=organisation, seat=seat, due_on=due_on, status=after.next)
    record(by, after.event, point, programme=meeting.body.programme, key=point.key)
    return point


@act
def finish_action_point(*, by: Viewer, point: ActionPoint, word: Text) -> ActionPoint:
    """Says that an action point is done, and how. By the secretary or by its owner's own people."""
    return _close_point(by, point, "finish_action_point", word)


@act
def drop_action_point(*, by: Viewer, point: ActionPoint, word: Text) -> ActionPoint:
    """Gives an action point up, and says why."""
    return _close_point(by, point, "drop_action_point", word)


def _close_point(by: Viewer, point: ActionPoint, act_name: str, word: Text) -> ActionPoint:
    point = (
        ActionPoint.objects.select_for_update(of=("self",))
        .select_related("organisation", "item__meeting__body__programme", "item__meeting__body__organisation")
        .get(pk=point.pk)
    )
    body = point.item.meeting.body
    check_can(by, Permission(act_name), body.programme.key, of=(body.organisation.key, point.organisation.key))
    after = step(ACTION_POINT_ACTS, ActionPointStatus(point.status), act_name)
    check_words(word)
    before = row_of(point)
    point.status, point.word, point.closed_on = after.next, word, clock.today(body.programme.time_zone)
    point.save()
    record(by, after.event, point, programme=body.programme, key=point.key, before=before)
    return point


def _enter(by: Viewer, meeting: Meeting, act_name: str, *, of: Iterable[str] = ()) -> tuple[Meeting, Step]:
    """The meeting locked, and the step the act takes in it; refuses who may not and what its status does not allow.

    `of`: organisations whose people may do it too. Only those that sit in the body count.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body__programme", "body__organisation").get(pk=meeting.pk)
    body = meeting.body
    seated = set(body.seats.values_list("organisation__key", flat=True)) & set(of)
    check_can(by, Permission(act_name), body.programme.key, of={body.organisation.key, *seated})
    return meeting, step(MEETING_ACTS, MeetingStatus(meeting.status), act_name)


def _leave(by: Viewer, meeting: Meeting, after: Step, **changed: object) -> Meeting:
    before = row_of(meeting)
    for name, value in {"status": after.next, **changed}.items():
        setattr(meeting, name, value)
    meeting.save()
    record(by, after.event, meeting, programme=meeting.body.programme, key=meeting.key, before=before)
    return meeting
