"""A steering group in the story: its seats, a meeting from agenda to a closed action point with a recusal, and the next meeting that is called."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.matters import matters_of
from kumppani.domain.bodies.models import ActionPoint, Body, Disqualification, Item, Meeting, Seat
from kumppani.domain.bodies.rules import BodyKind, Outcome, QuorumRule
from kumppani.domain.parties.models import Person
from kumppani.workflow.action_points import finish_action_point, state_action_point
from kumppani.workflow.agendas import About, add_item, attach_paper, call_meeting, take_up
from kumppani.workflow.bodies import establish_body, establish_seat, fill_seat, state_disqualification
from kumppani.workflow.meetings import (
    approve_minutes,
    close_meeting,
    declare_recusal,
    note_discussion,
    note_presence,
    open_meeting,
    plan_meeting,
    resolve_item,
)

KEY = "vellamonlinna-steering"

_GROUNDS = (
    ("party", say("osallisuusjäävi", "partsjäv", "being a party")),
    ("representative", say("edustusjäävi", "ombudsjäv", "representing a party")),
    ("interest", say("intressijäävi", "intressejäv", "an interest in the outcome")),
    ("service", say("palvelussuhde- ja toimeksiantosuhdejäävi", "anställnings- och uppdragsjäv", "employment or commission")),
    ("community", say("yhteisöjäävi", "samfundsjäv", "a position in an organisation concerned")),
    ("general", say("yleislausekejäävi", "generalklausulsjäv", "another particular reason")),
)
_CHAIR = say("puheenjohtaja", "ordförande", "chair")
_MEMBER = say("jäsen", "medlem", "member")
_DEPUTY = say("varajäsen", "ersättare", "deputy")
_SEATS = (
    ("vellamonlinna", _CHAIR, "chair", None),
    ("university", _MEMBER, "member", None),
    ("vellamonmaa", _MEMBER, None, None),
    ("institute", _DEPUTY, None, 2),
)
"""Organisation, title, persona (None where only the office is known), and whose deputy by number."""

_PLAN = say("Vesistökeskuksen hankesuunnitelma", "Vattencentrets projektplan", "Project plan of the water centre")
_REPORT = say(
    "Yliopisto selvittää laitteiden rahoituksen.",
    "Universitetet utreder finansieringen av utrustningen.",
    "The university settles the equipment's funding.",
)
_LETTER = say(
    "Kaupunki pyytää liitolta lausunnon.", "Staden begär ett utlåtande av förbundet.", "The city asks the regional council for a statement."
)


def _establish(world: World, today: date) -> None:
    """The city's secretary sets up the group; which grounds hold in it, the administrator states."""
    secretary = world.cast["secretary"]
    for key, wording in _GROUNDS:
        state_disqualification(
            by=world.cast["administrator"],
            programme=world.programme,
            body_kind=BodyKind.STEERING_GROUP,
            key=key,
            wording=wording,
            law="",
            by_organisation=key == "community",
            spares_own_body=key == "community",
        )
    body = establish_body(
        by=secretary,
        programme=world.programme,
        key=KEY,
        kind=BodyKind.STEERING_GROUP,
        organisation=world.organisations["vellamonlinna"],
        name=say("Vellamonlinnan johtoryhmä", "Vellamoborgs ledningsgrupp", "Vellamonlinna steering group"),
        quorum_rule=QuorumRule.MORE_THAN_HALF,
    )
    seats: list[Seat] = []
    for organisation, title, persona, deputy_of in _SEATS:
        seat = establish_seat(
            by=secretary,
            body=body,
            organisation=world.organisations[organisation],
            title=title,
            is_chair=title == _CHAIR,
            deputy_of=seats[deputy_of - 1] if deputy_of else None,
        )
        person = Person.objects.get(key=world.cast[persona].key) if persona else None
        fill_seat(by=secretary, seat=seat, person=person, valid_from=today, valid_to=day("2027-12-31"))
        seats.append(seat)


def _plan(world: World, starts: str) -> Meeting:
    """The secretary plans a meeting, with all that waits for the group and the university's own matter."""
    secretary, begins = world.cast["secretary"], datetime.fromisoformat(starts)
    body = Body.objects.get(programme=world.programme, key=KEY)
    place = say("Vellamonlinnan kaupungintalo", "Vellamoborgs stadshus", "Vellamonlinna city hall")
    meeting = plan_meeting(by=secretary, body=body, starts_at=begins, ends_at=begins + timedelta(hours=2), place=place)
    item = add_item(
        by=secretary,
        meeting=meeting,
        title=_PLAN,
        about=About("priority", _priority(world)),
        concerned=[world.organisations["university"]],
        is_public=True,
    )
    attach_paper(by=secretary, item=item, title=_PLAN, address="https://example.org/harjoitus/vesistokeskus")
    take_up(by=secretary, meeting=meeting, places=[matter.place for matter in matters_of(body, begins.date())])
    return call_meeting(by=secretary, meeting=meeting)


def _priority(world: World) -> str:
    return str(world.agreements["harjoitus-01"].priorities.order_by("number")[0].key)


def _call(world: World, _today: date) -> None:
    _plan(world, "2026-10-06T10:00+03:00")


def _declare(world: World, _today: date) -> None:
    """The university's member says beforehand that the plan is their employer's."""
    item, seat = _first(world), Seat.objects.get(body__key=KEY, number=2)
    ground = Disqualification.objects.get(programme=world.programme, body_kind=BodyKind.STEERING_GROUP, key="community")
    declare_recusal(by=world.cast["member"], item=item, seat=seat, ground=ground)


def _meet(world: World, _today: date) -> None:
    """The deputy stands in for the university's member; there is a quorum."""
    secretary, item = world.cast["secretary"], _first(world)
    meeting = open_meeting(by=secretary, meeting=item.meeting)
    for number in (1, 2, 4):
        note_presence(by=secretary, meeting=meeting, seat=Seat.objects.get(body__key=KEY, number=number))
    note_discussion(
        by=secretary,
        item=item,
        words=say("Laitteiden rahoitus on auki.", "Finansieringen av utrustningen är öppen.", "Funding of the equipment is open."),
    )
    resolve_item(
        by=secretary,
        item=item,
        outcome=Outcome.DECIDED,
        wording=say("Suunnitelma hyväksyttiin.", "Planen godkändes.", "The plan was approved."),
        reasons=say("Se toteuttaa painopistettä.", "Den genomför tyngdpunkten.", "It carries out the priority."),
    )
    _state_points(world, item)
    close_meeting(by=secretary, meeting=meeting)


def _state_points(world: World, item: Item) -> None:
    for what, organisation, due in ((_REPORT, "university", "2026-11-13"), (_LETTER, "vellamonlinna", "2026-11-20")):
        owner = world.organisations[organisation]
        state_action_point(by=world.cast["secretary"], item=item, what=what, organisation=owner, due_on=day(due))


def _approve(world: World, _today: date) -> None:
    approve_minutes(by=world.cast["chair"], meeting=_first(world).meeting)


def _finish(world: World, _today: date) -> None:
    """The university reports; the city's own action point stays open and is carried to the next meeting."""
    point = ActionPoint.objects.get(item__meeting__body__key=KEY, number=1)
    words = say("Rahoitus on koossa.", "Finansieringen är klar.", "The funding is in place.")
    finish_action_point(by=world.cast["member"], point=point, word=words)


def _call_next(world: World, _today: date) -> None:
    _plan(world, "2026-12-08T10:00+02:00")


def _first(world: World) -> Item:
    return Item.objects.select_related("meeting__body").get(
        meeting__body__programme=world.programme, meeting__body__key=KEY, meeting__number=1, number=1
    )


EPISODES = (
    episode("2025-09-01", _establish),
    episode("2026-09-22", _call),
    episode("2026-10-02", _declare),
    episode("2026-10-06", _meet),
    episode("2026-10-09", _approve),
    episode("2026-11-10", _finish),
    episode("2026-11-17", _call_next),
)
