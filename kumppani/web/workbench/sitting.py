"""What the pages of bodies and meetings share: words for their states, days and hours, and the act forms' choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from kumppani.access.sittings import Sitting
from kumppani.domain.bodies.forecast import Expected
from kumppani.domain.bodies.rules import Outcome
from kumppani.domain.bodies.states import MEETING_NAMES, MeetingStatus
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.portal.body import OUTCOMES, hours_of
from kumppani.web.templatetags.kumppani import plain
from kumppani.web.workbench.acting import Choices, Offer, respond
from kumppani.web.workbench.acting import Shown as ShownAct

ABOUT: Mapping[str, Message] = {
    "agreement": _("Agreement"),
    "priority": _("Priority"),
    "commitment": _("Promise past its date"),
    "measure": _("Measure"),
    "version": _("Version that waits for approval"),
    "changerequest": _("Change asked for"),
    "actionpoint": _("Action point from an earlier meeting"),
}
"""What an item is about, in words."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is expected of an item, in the terms of its seats: who leaves on which ground, who stands in for whom, and whether quorum holds."""

    leaving: list[tuple[Any, Text]]
    standing_in: list[tuple[Any, Any]]
    voting: int
    needed: int | None
    is_quorate: bool

    @property
    def quorum(self) -> str:
        """Whether quorum holds, as a state."""
        if self.needed is None:
            return "unknown"
        return "holds" if self.is_quorate else "fails"


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the agenda as a page shows it."""

    item: Any
    about: Message | None
    foreseen: Foreseen
    outcome: Message | None


def lines_of(sitting: Sitting) -> list[Line]:
    """The items with what is expected of them."""
    return [Line(item, ABOUT.get(item.about_kind), _foreseen(sitting, sitting.expected[item.number]), _outcome(item)) for item in sitting.items]


def _outcome(item: Any) -> Message | None:
    made = getattr(item, "resolution", None)
    return OUTCOMES[Outcome(made.outcome)] if made else None


def _foreseen(sitting: Sitting, expected: Expected) -> Foreseen:
    wording = {ground.key: ground.wording for ground in sitting.grounds}
    leaving = [(sitting.seat(seat), wording.get(ground, Text())) for seat, ground in expected.leaving.items()]
    standing_in = [(sitting.seat(deputy), sitting.seat(member)) for member, deputy in expected.standing_in.items()]
    return Foreseen(leaving, standing_in, len(expected.voting), expected.needed, expected.is_quorate)


def status_words(meeting: Any) -> Message:
    """How far a meeting has come, for those who work on it."""
    return MEETING_NAMES[MeetingStatus(meeting.status)].staff


def meeting_words(place: Place, meeting: Any) -> dict[str, Any]:
    """What every page of a meeting says of it."""
    day, hours = hours_of(meeting, place.programme.time_zone)
    return {"meeting": meeting, "body": meeting.body, "day": day, "hours": hours, "status": status_words(meeting)}


def name_of(place: Place, organisation: Any) -> str:
    """What an organisation is called today."""
    return plain(organisation.name_on(clock.today(place.programme.time_zone)))


def seat_words(place: Place, seat: Any) -> str:
    """A seat in one line."""
    return f"{seat.number}. {name_of(place, seat.organisation)}, {plain(seat.title)}"


def seat_choices(place: Place, field: str, seats: Iterable[Any]) -> Choices:
    """Seats to choose from."""
    return Choices(field, [(seat.key, seat_words(place, seat)) for seat in seats])


def organisation_choices(place: Place, field: str, organisations: Iterable[Any]) -> Choices:
    """Organisations to choose from."""
    return Choices(field, [(one.key, name_of(place, one)) for one in organisations])


def word_choices(field: str, words: Mapping[Any, Message]) -> Choices:
    """Codes to choose from, by their words."""
    return Choices(field, [(str(code), str(said)) for code, said in words.items()])


def acting(
    request: HttpRequest, place: Place, template: str, offers: list[Offer], context: Mapping[str, Any], *, apart: Collection[str] = ()
) -> HttpResponse:
    """The page with these acts. `apart`: keys of those that stand at a place of their own."""

    def shown(acts: Mapping[str, ShownAct], status: int) -> HttpResponse:
        own = [one for one in acts.values() if one.key not in apart]
        return show(request, place, template, {**context, "acts": acts, "own_acts": own}, status=status)

    return respond(request, offers, shown)
