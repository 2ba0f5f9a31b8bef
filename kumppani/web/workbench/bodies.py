"""Bodies: which ones the reader has a task in; one of them with its seats, meetings and what is still to be done; and setting them up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from kumppani.access import sittings
from kumppani.domain.bodies.rules import QuorumRule
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.place import Place
from kumppani.web.portal.body import KINDS, hours_of, quorum_words
from kumppani.web.workbench import body_forms as asked
from kumppani.web.workbench.acting import Choices, Offer
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.sitting import acting, organisation_choices, seat_choices, seat_words, status_words, word_choices
from kumppani.workflow.bodies import end_term, establish_body, establish_seat, fill_seat
from kumppani.workflow.meetings import plan_meeting

QUORUMS: dict[str, Message] = {QuorumRule.MORE_THAN_HALF: _("More than half of the members"), QuorumRule.AT_LEAST: _("At least this many members")}
NOBODY = ("", "–")


@work_page
def bodies(request: HttpRequest, place: Place) -> HttpResponse:
    """Bodies in which the reader has a task."""
    found = list(sittings.bodies(place.viewer, place.programme))
    own = sittings.keepers_organisations(place.viewer, place.programme)
    context = {"bodies": [(one, KINDS[one.kind]) for one in found]}
    return acting(request, place, "workbench/bodies.html", [_establish(place, own)] if own else [], context)


def _establish(place: Place, own: Sequence[Any]) -> Offer:
    def do(organisation: str, **given: Any) -> str:
        owner = next(one for one in own if one.key == organisation)
        made = establish_body(by=place.viewer, programme=place.programme, organisation=owner, **given)
        return place.to("work-body", key=made.key)

    choices = [organisation_choices(place, "organisation", own), word_choices("kind", KINDS), word_choices("quorum_rule", QUORUMS)]
    return Offer("establish_body", _("Establish a body"), do, asked.EstablishBodyForm, choices=choices)


@work_page
def body(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """A body."""
    found = sittings.whole(place.viewer, place.programme, key)
    today = clock.today(place.programme.time_zone)
    context = {
        "body": found.body,
        "kind": KINDS[found.body.kind],
        "quorum": quorum_words(found.body),
        "seats": [(seat, [term for term in seat.terms.all() if term.valid_to is None or term.valid_to >= today]) for seat in found.seats],
        "meetings": [(one, *hours_of(one, place.programme.time_zone), status_words(one)) for one in found.meetings],
        "points": [(point, point.due_on < today) for point in found.points],
        "grounds": found.grounds,
    }
    return acting(request, place, "workbench/body.html", _offers(place, found.body, found.seats), context)


def _offers(place: Place, found: Any, seats: Sequence[Any]) -> list[Offer]:
    """What the reader may do with the body itself."""
    makers = {
        Permission.PLAN_MEETING: _plan,
        Permission.ESTABLISH_SEAT: _seat,
        Permission.FILL_SEAT: _fill,
        Permission.END_TERM: _end,
    }
    offers = [make(place, found, seats) for act, make in makers.items() if sittings.may_in(place.viewer, found, act)]
    return [offer for offer in offers if offer is not None]


def _plan(place: Place, found: Any, _seats: Sequence[Any]) -> Offer:
    def do(day: date, starts: time, ends: time, **given: Any) -> str:
        zone = ZoneInfo(place.programme.time_zone)
        begins, stops = (datetime.combine(day, at, zone) for at in (starts, ends))
        made = plan_meeting(by=place.viewer, body=found, starts_at=begins, ends_at=stops, **given)
        return place.to("work-meeting", key=found.key, number=made.number)

    return Offer("plan_meeting", _("Plan a meeting"), do, asked.PlanMeetingForm, is_primary=True)


def _seat(place: Place, found: Any, seats: Sequence[Any]) -> Offer:
    own = sittings.organisations(place.programme)

    def do(organisation: str, deputy_of: str, title: Text, is_chair: bool) -> str:
        owner = next(one for one in own if one.key == organisation)
        member = next((seat for seat in seats if seat.key == deputy_of), None)
        establish_seat(by=place.viewer, body=found, organisation=owner, title=title, is_chair=is_chair, deputy_of=member)
        return place.to("work-body", key=found.key)

    members = [(seat.key, seat_words(place, seat)) for seat in seats if seat.deputy_of is None]
    choices = [organisation_choices(place, "organisation", own), Choices("deputy_of", [NOBODY, *members])]
    return Offer("establish_seat", _("Establish a seat"), do, asked.EstablishSeatForm, choices=choices)


def _fill(place: Place, found: Any, seats: Sequence[Any]) -> Offer | None:
    if not seats:
        return None
    known = sittings.people(found, seats)

    def do(seat: str, person: str, valid_from: date, valid_to: date | None) -> str:
        who = next((one for one in known if one.key == person), None)
        fill_seat(by=place.viewer, seat=_by_key(seats, seat), person=who, valid_from=valid_from, valid_to=valid_to)
        return place.to("work-body", key=found.key)

    office_only = ("", str(_("Only the office is known")))
    choices = [seat_choices(place, "seat", seats), Choices("person", [office_only, *((one.key, one.name) for one in known)])]
    return Offer("fill_seat", _("Say who sits in a seat"), do, asked.FillSeatForm, choices=choices)


def _end(place: Place, found: Any, seats: Sequence[Any]) -> Offer | None:
    terms = {term.key: (seat, term) for seat in seats for term in seat.terms.all()}
    if not terms:
        return None

    def do(term: str, on: date) -> str:
        end_term(by=place.viewer, term=terms[term][1], on=on)
        return place.to("work-body", key=found.key)

    options = [(key, f"{seat_words(place, seat)}: {term.person.name if term.person else '–'}") for key, (seat, term) in terms.items()]
    return Offer("end_term", _("End a term"), do, asked.EndTermForm, choices=[Choices("term", options)])


def _by_key(things: Sequence[Any], key: str) -> Any:
    return next(thing for thing in things if thing.key == key)
