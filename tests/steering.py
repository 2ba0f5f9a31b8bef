"""A steering group for tests, built through acts: who sits in it, and meetings at the stage a test asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.domain.bodies.models import Body, Disqualification, Item, Meeting, Seat
from kumppani.domain.bodies.rules import BodyKind, QuorumRule
from kumppani.domain.parties.models import Organisation, Person
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import Text
from kumppani.workflow.agendas import About, add_item, call_meeting
from kumppani.workflow.bodies import establish_body, establish_seat, fill_seat, state_disqualification
from kumppani.workflow.meetings import (
    note_presence,
    open_meeting,
    plan_meeting,
)
from kumppani.workflow.people import admit_person, establish_roles, grant_role
from tests.builders import organisation_in, programme_of
from tests.universe import Universe

SAID = Text(fi="Päätettiin", en="It was resolved")
STARTS = datetime(2026, 11, 24, 8, tzinfo=UTC)


@dataclass
class Group:
    """A steering group of a city: chair (city), member (university) with a deputy (laboratory), member (company)."""

    body: Body
    secretary: Viewer
    chair: Viewer
    member: Viewer
    people: dict[str, Person]
    seats: dict[str, Seat]
    organisations: dict[str, Organisation]
    ground: Disqualification

    def planned(self, *concerned: str) -> tuple[Meeting, Item]:
        meeting = plan_meeting(by=self.secretary, body=self.body, starts_at=STARTS, ends_at=STARTS + timedelta(hours=2))
        item = add_item(
            by=self.secretary,
            meeting=meeting,
            title=Text(fi="Hanke", en="A project"),
            about=About("measure", "m-1"),
            concerned=[self.organisations[key] for key in concerned],
        )
        return meeting, item

    def opened(self, *present: str, concerned: tuple[str, ...] = ()) -> tuple[Meeting, Item]:
        meeting, item = self.planned(*concerned)
        call_meeting(by=self.secretary, meeting=meeting)
        open_meeting(by=self.secretary, meeting=meeting)
        for key in present:
            note_presence(by=self.secretary, meeting=meeting, seat=self.seats[key])
        return meeting, item


def lay_group(programme: Programme | None = None) -> Group:
    """Takes a database and a stopped clock."""
    programme = programme or programme_of()
    establish_roles(by=SYSTEM)
    kinds = {"city": OrganisationKind.MUNICIPALITY, "university": OrganisationKind.UNIVERSITY, "laboratory": OrganisationKind.RESEARCH_INSTITUTE}
    organisations = {key: organisation_in(programme, key, kind) for key, kind in (kinds | {"firm": OrganisationKind.COMPANY}).items()}
    people, viewers = {}, {}
    for key, role, organisation in (
        ("secretary", "steering-secretary", "city"),
        ("chair", "steering-member", "city"),
        ("member", "steering-member", "university"),
    ):
        people[key] = admit_person(by=SYSTEM, key=key, name=f"Name of {key}", programme=programme)
        grant_role(by=SYSTEM, person=people[key], role=role, programme=programme, organisation=organisations[organisation])
        viewers[key] = viewer_of(people[key])
    body = establish_body(
        by=viewers["secretary"],
        programme=programme,
        key="city-group",
        kind=BodyKind.STEERING_GROUP,
        organisation=organisations["city"],
        name=Text(fi="Johtoryhmä", en="Steering group"),
        quorum_rule=QuorumRule.MORE_THAN_HALF,
    )
    seats: dict[str, Seat] = {}
    for key, organisation, deputy_of in (
        ("chair", "city", None),
        ("member", "university", None),
        ("deputy", "laboratory", "member"),
        ("firm", "firm", None),
    ):
        seats[key] = establish_seat(
            by=viewers["secretary"],
            body=body,
            organisation=organisations[organisation],
            title=Text(en=key),
            is_chair=key == "chair",
            deputy_of=seats.get(deputy_of or ""),
        )
        fill_seat(by=viewers["secretary"], seat=seats[key], person=people.get(key), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    ground = state_disqualification(
        by=SYSTEM,
        programme=programme,
        body_kind=BodyKind.STEERING_GROUP,
        key="community",
        wording=Text(fi="yhteisöjäävi"),
        law="HL 28.1 § 5 k.",
        by_organisation=True,
    )
    return Group(body, viewers["secretary"], viewers["chair"], viewers["member"], people, seats, organisations, ground)


def body_in(universe: Universe) -> Body:
    """A steering group of the city of the north: two seats, one member enough."""
    found = establish_body(
        by=SYSTEM,
        programme=universe.programme,
        key="north-group",
        kind=BodyKind.STEERING_GROUP,
        organisation=universe.organisations.city_north,
        name=Text(fi="Pohjolan johtoryhmä", sv="Nordens ledningsgrupp", en="Steering group of the North"),
        quorum_rule=QuorumRule.AT_LEAST,
        quorum_number=1,
    )
    for key, organisation in (("sitting-a", universe.organisations.city_north), ("sitting-b", universe.organisations.university)):
        person = admit_person(by=SYSTEM, key=key, name=f"Nimi {key}", programme=universe.programme)
        seat = establish_seat(by=SYSTEM, body=found, organisation=organisation, title=Text(fi="jäsen", en="member"))
        fill_seat(by=SYSTEM, seat=seat, person=person, valid_from=date(2026, 1, 1))
    return found


def planned_in(body: Body) -> Meeting:
    """A meeting of it two weeks from now."""
    return plan_meeting(
        by=SYSTEM, body=body, starts_at=STARTS + timedelta(days=14), ends_at=STARTS + timedelta(days=14, hours=2), place=Text(fi="Kaupungintalo")
    )


def called_in(body: Body) -> Meeting:
    """Likewise, called with one public item."""
    meeting = planned_in(body)
    add_item(by=SYSTEM, meeting=meeting, title=Text(fi="Toinen"), is_public=True)
    return call_meeting(by=SYSTEM, meeting=meeting)
