"""A body that decides or proposes: whose seats it has, when it meets, and the public part of its meetings; and the meetings as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kumppani.access import meetings as public
from kumppani.domain.bodies.rules import BodyKind, Outcome, QuorumRule
from kumppani.domain.bodies.states import MEETING_NAMES, MeetingStatus
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.rendering.calendars import Event, icalendar
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal.history import with_known
from kumppani.web.portal.present import party
from kumppani.web.templatetags.kumppani import plain

KINDS: dict[str, Message] = {
    BodyKind.COUNCIL: _("Council"),
    BodyKind.BOARD: _("Board"),
    BodyKind.STEERING_GROUP: _("City steering group"),
    BodyKind.NATIONAL_STEERING_GROUP: _("National steering group"),
    BodyKind.OFFICE_HOLDER: _("Office-holder"),
}
OUTCOMES: dict[str, Message] = {
    Outcome.DECIDED: _("Decided"),
    Outcome.REJECTED: _("Rejected"),
    Outcome.NOTED: _("Noted"),
    Outcome.DEFERRED: _("Deferred"),
}
PAGES = {"agreement", "priority", "commitment", "measure"}
"""What an item can be about that has a page of the same name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as a page shows it: day and hours in the programme's zone."""

    meeting: Any
    day: date
    hours: Message
    status: Message
    items: list[tuple[Any, str, Any, Message | None]]


@page
@with_known("body")
def body(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of a body."""
    found, today = public.body(place.viewer, place.programme, key), clock.today(place.programme.time_zone)
    context = {
        "body": found,
        "kind": KINDS[found.kind],
        "organisation": party(found.organisation, today),
        "quorum": quorum_words(found),
        "seats": [(seat, party(seat.organisation, today)) for seat in found.seats.all()],
        "meetings": [_shown(place, one) for one in public.meetings(place.viewer, found)],
    }
    return show(request, place, "portal/body.html", context)


def quorum_words(found: Any) -> Message | None:
    """What makes a body quorate, in words; None where nobody has said."""
    if found.quorum_rule == QuorumRule.MORE_THAN_HALF:
        return _("More than half of the members")
    return _("At least {number} members", number=found.quorum_number) if found.quorum_rule == QuorumRule.AT_LEAST else None


def _shown(place: Place, one: public.PublicMeeting) -> Shown:
    meeting = one.meeting
    day, hours = hours_of(meeting, place.programme.time_zone)
    status = MEETING_NAMES[MeetingStatus(meeting.status)].public
    items = [(item, item.about_kind if item.about_kind in PAGES else "", made, OUTCOMES[made.outcome] if made else None) for item, made in one.items]
    return Shown(meeting, day, hours, status, items)


def hours_of(meeting: Any, zone: str) -> tuple[date, Message]:
    """The day of a meeting, and from when to when, by the clock on the wall there."""
    starts, ends = (at.astimezone(ZoneInfo(zone)) for at in (meeting.starts_at, meeting.ends_at))
    return starts.date(), _("{start}–{end}", start=f"{starts:%H.%M}", end=f"{ends:%H.%M}")


@page
def calendar(_request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Its meetings for the reader's own calendar."""
    found = public.body(place.viewer, place.programme, key)
    name, address = plain(found.name), place.absolute(place.to("body", key=key))
    # The day will do: a calendar made twice on one day is the same.
    stamped = datetime.combine(clock.today("UTC"), time(), ZoneInfo("UTC"))
    events = [meeting_event(one.meeting, name, place.language, address, stamped) for one in public.meetings(place.viewer, found)]
    return calendar_file(place, key, name, events)


def calendar_file(place: Place, key: str, name: str, events: Sequence[Event]) -> HttpResponse:
    """Events as a file to take along."""
    response = HttpResponse(icalendar(name, events, language=place.language), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.ics"'
    if place.programme.is_training:
        response["X-Robots-Tag"] = "noindex"
    return response


def meeting_event(meeting: Any, name: str, language: str, address: str, stamped: datetime) -> Event:
    """A meeting as an event of a calendar. Training says so of itself, since a calendar shows no page around it."""
    cancelled = meeting.status == MeetingStatus.CANCELLED
    title = str(_("{body}, meeting {number}", body=name, number=meeting.number))
    training = meeting.body.programme.is_training
    return Event(
        uid=f"{meeting.key}@{urlsplit(settings.PUBLIC_URL).hostname}",
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        title=str(_("Training: {title}", title=title)) if training else title,
        stamped=stamped,
        sequence=1 if cancelled else 0,
        place=Text(meeting.place).pick(language).value,
        address=address,
        is_cancelled=cancelled,
    )
