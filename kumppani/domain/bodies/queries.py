"""Questions about bodies and meetings that acts and pages both ask."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from kumppani.domain.bodies.forecast import Expected, Matter, Place, Tie, forecast
from kumppani.domain.bodies.models import ActionPoint, Body, Disqualification, Item, Meeting, Recusal, Term
from kumppani.domain.bodies.rules import COMPANIES
from kumppani.domain.bodies.states import ActionPointStatus


def grounds_of(body: Body) -> list[Disqualification]:
    """The grounds that apply in a body: those of its kind, and none in a company."""
    if body.organisation.kind in COMPANIES:
        return []
    return list(Disqualification.objects.filter(programme=body.programme, body_kind=body.kind))


def terms_of(meeting: Meeting) -> list[Term]:
    """Who sits in the body on the day of the meeting."""
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.body.programme.time_zone)).date()
    found = Term.objects.filter(seat__body=meeting.body).select_related("person", "seat__body", "seat__organisation")
    return [term for term in found if day in term.period]


def expected_of(meeting: Meeting, *, absent: Collection[str] = (), by_organisation: bool = True) -> list[Expected]:
    """What is expected of each item, from the seats of the day and what is tied already."""
    body = meeting.body
    held = {term.seat.key for term in terms_of(meeting)}
    seats = list(body.seats.select_related("body", "organisation", "deputy_of__body"))
    places = [Place(seat.key, seat.organisation.key, seat.deputy_of.key if seat.deputy_of else None, seat.key in held) for seat in seats]
    items = meeting.items.prefetch_related("organisations")
    matters = [Matter(item.number, frozenset(organisation.key for organisation in item.organisations.all())) for item in items]
    recusals = Recusal.objects.filter(item__meeting=meeting).select_related("item", "seat__body", "ground")
    ties = [Tie(recusal.item.number, recusal.seat.key, recusal.ground.key) for recusal in recusals]
    own = next((ground for ground in grounds_of(body) if ground.by_organisation), None) if by_organisation else None
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
    """What is so of one item in a meeting under way: by who is there and who is out, nothing foreseen."""
    meeting = item.meeting
    present = set(meeting.presences.values_list("seat", flat=True))
    absent = [seat.key for seat in meeting.body.seats.select_related("body") if seat.pk not in present]
    return next(found for found in expected_of(meeting, absent=absent, by_organisation=False) if found.item == item.number)


def open_action_points(body: Body) -> list[ActionPoint]:
    """What is still to be done after earlier meetings of the body, the most urgent first."""
    found = ActionPoint.objects.filter(item__meeting__body=body, status=ActionPointStatus.OPEN)
    return list(found.select_related("item__meeting__body", "organisation").order_by("due_on", "pk"))
