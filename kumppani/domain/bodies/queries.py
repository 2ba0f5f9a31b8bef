"""Questions about bodies and meetings that acts and pages both ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from kumppani.domain.bodies.forecast import Expected, Matter, Place, Tie, forecast
from kumppani.domain.bodies.models import ActionPoint, Body, Disqualification, Item, Meeting, Recusal, Seat, Term
from kumppani.domain.bodies.rules import COMPANIES
from kumppani.domain.bodies.states import ActionPointStatus


def grounds_of(body: Body) -> list[Disqualification]:
    """The grounds that apply in a body: those of its kind, and none in a company."""
    if body.organisation.kind in COMPANIES:
        return []
    return list(Disqualification.objects.filter(programme=body.programme, body_kind=body.kind))


def day_of(meeting: Meeting) -> date:
    """The day of the meeting, where the programme is."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.body.programme.time_zone)).date()


def terms_of(meeting: Meeting) -> list[Term]:
    """Who sits in the body on the day of the meeting."""
    day = day_of(meeting)
    found = Term.objects.filter(seat__body=meeting.body).select_related("person", "seat__body", "seat__organisation")
    return [term for term in found if day in term.period]


def expected_of(meeting: Meeting, *, absent: Collection[str] = (), by_organisation: bool = True) -> list[Expected]:
    """What is expected of each item, from the seats of the day and what is tied already."""
    seats = list(meeting.body.seats.select_related("body", "organisation", "deputy_of__body"))
    items = list(meeting.items.prefetch_related("organisations"))
    recusals = Recusal.objects.filter(item__meeting=meeting).select_related("item", "seat__body", "ground")
    grounds = grounds_of(meeting.body) if by_organisation else []
    return expected_from(meeting.body, seats, {term.seat.key for term in terms_of(meeting)}, items, recusals, grounds, absent=absent)


def expected_from(
    body: Body,
    seats: Iterable[Seat],
    held: Collection[str],
    items: Iterable[Item],
    recusals: Iterable[Recusal],
    grounds: Iterable[Disqualification],
    *,
    absent: Collection[str] = (),
) -> list[Expected]:
    """Likewise, from rows that are there already. Without `grounds` nothing is foreseen: only what is tied counts."""
    places = [Place(seat.key, seat.organisation.key, seat.deputy_of.key if seat.deputy_of else None, seat.key in held) for seat in seats]
    matters = [Matter(item.number, frozenset(organisation.key for organisation in item.organisations.all())) for item in items]
    ties = [Tie(recusal.item.number, recusal.seat.key, recusal.ground.key) for recusal in recusals]
    own = next((ground for ground in grounds if ground.by_organisation), None)
    return forecast(
        places,
        matters,
        ties,
        quorum=(body.quorum_rule, body.quorum_number),
        own_ground=own.key if own else None,
        spared=body.organisation.key if own and own.spares_own_body else "",
        absent=absent,
    )


def standing_of(item: Item) -> Expected:
    """What is so of one item in a meeting under way."""
    return next(found for found in standings_of(item.meeting) if found.item == item.number)


def standings_of(meeting: Meeting) -> list[Expected]:
    """What is so of each item in a meeting under way: by who is there and who is out, nothing foreseen."""
    present = set(meeting.presences.filter(left_at__isnull=True).values_list("seat", flat=True))
    absent = [seat.key for seat in meeting.body.seats.select_related("body") if seat.pk not in present]
    return expected_of(meeting, absent=absent, by_organisation=False)


def open_action_points(body: Body) -> list[ActionPoint]:
    """What is still to be done after earlier meetings of the body, the most urgent first."""
    found = ActionPoint.objects.filter(item__meeting__body=body, status=ActionPointStatus.OPEN)
    return list(found.select_related("item__meeting__body", "organisation").order_by("due_on", "pk"))
