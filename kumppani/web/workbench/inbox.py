"""What waits for somebody, in words and with the address of the page where it is dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kumppani.access.inbox import Kind, Waiting
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.place import Place

WHAT: Mapping[Kind, Message] = {
    Kind.TURN: _("The next step of a version is yours"),
    Kind.CHANGE: _("Another party asks for a change"),
    Kind.COMMENTS: _("Comments on your draft are unresolved"),
    Kind.PROMISE: _("Promise of your organisation"),
    Kind.STALE: _("Measure of which nobody has said anything for half a year"),
    Kind.MEETING: _("You are called to a meeting"),
    Kind.MINUTES: _("Minutes wait for approval"),
    Kind.ACTION_POINT: _("Action point of your organisation"),
    Kind.FEEDBACK: _("Feedback waits for an answer"),
}
"""Kind → what it says."""

WHERE: Mapping[Kind, str] = {
    Kind.TURN: "work-draft",
    Kind.CHANGE: "work-agreement",
    Kind.COMMENTS: "work-draft",
    Kind.PROMISE: "work-commitment",
    Kind.STALE: "work-measure",
    Kind.MEETING: "work-meeting",
    Kind.MINUTES: "work-meeting",
    Kind.ACTION_POINT: "work-item",
    Kind.FEEDBACK: "work-feedback-item",
}
"""Kind → the page where it is dealt with."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits, as the page shows it."""

    what: Message
    title: Text
    path: str
    since: date
    due_on: date | None
    is_late: bool
    count: int


def lines(place: Place, found: Iterable[Waiting]) -> list[Line]:
    """As the reader's place needs them, in the order given."""
    today = clock.today(place.programme.time_zone)
    return [
        Line(WHAT[one.kind], one.title, place.to(WHERE[one.kind], **one.at), one.since, one.due_on, one.is_late_on(today), one.count) for one in found
    ]
