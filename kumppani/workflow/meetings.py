"""Acts on meetings: from the plan over presence, recusals and resolutions to approved minutes."""

from __future__ import annotations

from datetime import datetime

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.bodies.minutes import minutes_of
from kumppani.domain.bodies.models import (
    Body,
    Disqualification,
    Item,
    Meeting,
    Presence,
    Recusal,
    Resolution,
    Seat,
)
from kumppani.domain.bodies.queries import standing_of, terms_of
from kumppani.domain.bodies.rules import check_approver, check_ground, check_outcome, check_quorate, check_times, check_words
from kumppani.domain.bodies.states import MEETING_ACTS
from kumppani.domain.journal.chain import canonical, digest_of
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.text import Text, _
from kumppani.workflow._meeting import enter, leave
from kumppani.workflow._record import act, record, row_of


@act
def plan_meeting(*, by: Viewer, body: Body, starts_at: datetime, ends_at: datetime, place: Text = Text(), is_remote: bool = False) -> Meeting:
    """Plans the next meeting of a body. Times carry their zone."""
    body = Body.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=body.pk)
    check_can(by, Permission.PLAN_MEETING, body.programme.key, of=(body.organisation.key,))
    after = step(MEETING_ACTS, None, "plan_meeting")
    check_times(starts_at, ends_at)
    if place:
        check_words(place)
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
def cancel_meeting(*, by: Viewer, meeting: Meeting, reason: Text) -> Meeting:
    """Cancels a meeting that has not begun; the reason is shown."""
    meeting, after = enter(by, meeting, "cancel_meeting")
    check_words(reason)
    return leave(by, meeting, after, reason=reason)


@act
def open_meeting(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Opens a meeting. Who opens it records it."""
    meeting, after = enter(by, meeting, "open_meeting")
    return leave(by, meeting, after, recorded_by=by.key)


@act
def note_presence(*, by: Viewer, meeting: Meeting, seat: Seat) -> Presence:
    """Notes that the holder of a seat is there, or there again."""
    meeting, after = enter(by, meeting, "note_presence")
    if seat.pk not in {term.seat.pk for term in terms_of(meeting)}:
        raise RuleBroken("seat-not-held", _("Nobody holds this seat in this body on the day of the meeting."))
    known = meeting.presences.select_related("meeting__body__programme", "seat__body").filter(seat=seat).first()
    if known is not None and known.left_at is None:
        raise RuleBroken("presence-noted", _("This presence has been noted already."))
    before = row_of(known) if known else None
    presence = known or Presence(meeting=meeting, seat=seat)
    presence.left_at = None
    presence.save()
    record(by, after.event, presence, programme=meeting.body.programme, key=f"{meeting.key}/{seat.number}", before=before)
    return presence


@act
def note_leaving(*, by: Viewer, meeting: Meeting, seat: Seat) -> Presence:
    """Notes that the holder of a seat has left: from now on they are not counted."""
    meeting, after = enter(by, meeting, "note_leaving")
    presence = meeting.presences.select_related("meeting__body__programme", "seat__body").filter(seat=seat, left_at__isnull=True).first()
    if presence is None:
        raise RuleBroken("not-present", _("The holder of this seat is not present."))
    before = row_of(presence)
    presence.left_at = clock.now()
    presence.save()
    record(by, after.event, presence, programme=meeting.body.programme, key=f"{meeting.key}/{seat.number}", before=before)
    return presence


@act
def declare_recusal(*, by: Viewer, item: Item, seat: Seat, ground: Disqualification) -> Recusal:
    """The holder of a seat says that they are disqualified for an item, before the meeting or in it. Only for their own seat."""
    meeting, after = enter(by, item.meeting, "declare_recusal", of=(seat.organisation.key,))
    if by.key not in {term.person.key for term in terms_of(meeting) if term.seat == seat and term.person}:
        raise NotAllowed("not-your-seat", _("You do not hold this seat on the day of the meeting."))
    return _recuse(by, meeting, after.event, item, seat, ground, is_declared=True)


@act
def note_recusal(*, by: Viewer, item: Item, seat: Seat, ground: Disqualification) -> Recusal:
    """Notes that the body or its chair found a member disqualified for an item."""
    meeting, after = enter(by, item.meeting, "note_recusal")
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
    meeting, after = enter(by, item.meeting, "note_discussion")
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
    meeting, after = enter(by, item.meeting, "resolve_item")
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
    meeting, after = enter(by, meeting, "close_meeting")
    return leave(by, meeting, after, recorded_by=by.key)


@act
def approve_minutes(*, by: Viewer, meeting: Meeting) -> Meeting:
    """Approves the minutes, which are then frozen. By a member who was present, never by who recorded the meeting."""
    of = by.acts_for(Permission.APPROVE_MINUTES, meeting.body.programme.key)
    meeting, after = enter(by, meeting, "approve_minutes", of=of)
    present = set(meeting.presences.values_list("seat", flat=True))
    check_approver(by.key, meeting.recorded_by, {term.person.key for term in terms_of(meeting) if term.person and term.seat.pk in present})
    minutes = minutes_of(meeting)
    return leave(by, meeting, after, approved_by=by.key, minutes=minutes, minutes_digest=digest_of("", canonical(minutes)))
