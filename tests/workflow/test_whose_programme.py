"""What one programme invented for training, and who was admitted to one, take no part in another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

from kumppani.access import sittings
from kumppani.access.viewer import SYSTEM
from kumppani.domain.bodies.models import Body
from kumppani.domain.bodies.rules import BodyKind, QuorumRule
from kumppani.domain.ecosystems.rules import Tie
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Organisation, Person
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow.bodies import establish_body, establish_seat, fill_seat
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.ecosystems import establish_ecosystem, join_ecosystem
from kumppani.workflow.people import admit_person, establish_roles, grant_role
from tests.builders import TODAY, organisation_in, programme_of
from tests.steering import body_in
from tests.universe import Universe


class Elsewhere(NamedTuple):
    """A training programme's own organisation and person, and a group of the real one."""

    organisation: Organisation
    person: Person
    body: Body


@pytest.fixture
def elsewhere(universe: Universe) -> Elsewhere:
    training = programme_of("kurssi", is_training=True, country="ZY")
    establish_roles(by=SYSTEM)
    person = admit_person(by=SYSTEM, key="learner", name="Oppi Harjoitus", programme=training)
    return Elsewhere(organisation_in(training, "invented"), person, body_in(universe))


def refused(act: Callable[[], Any], code: str) -> None:
    before = Event.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert (refusal.value.code, Event.objects.count()) == (code, before)


def test_an_invented_organisation_takes_no_part_in_a_real_programme(universe: Universe, elsewhere: Elsewhere) -> None:
    invented, north = elsewhere.organisation, universe.north
    person = admit_person(by=SYSTEM, key="worker", name="Pat Example", programme=universe.programme)
    given: dict[str, Any] = {"key": "x", "kind": BodyKind.BOARD, "name": Text(en="Board"), "quorum_rule": QuorumRule.MORE_THAN_HALF}
    for act in (
        lambda: establish_body(by=SYSTEM, programme=universe.programme, organisation=invented, **given),
        lambda: establish_seat(by=SYSTEM, body=elsewhere.body, organisation=invented, title=Text(en="Member")),
        lambda: state_contact_point(
            by=SYSTEM, agreement=north, organisation=invented, role=Text(en="Registry"), address="registry@city.example", valid_from=TODAY
        ),
        lambda: establish_ecosystem(by=SYSTEM, agreement=north, key="x", name=Text(en="X"), orchestrator=invented),
        lambda: join_ecosystem(by=SYSTEM, ecosystem=north.ecosystems.get(), organisation=invented, tie=Tie.MEMBERSHIP, valid_from=TODAY),
        lambda: grant_role(by=SYSTEM, person=person, role="city-coordinator", programme=universe.programme, organisation=invented),
    ):
        refused(act, "organisation-of-another-programme")


def test_who_was_admitted_to_one_programme_has_no_role_and_no_seat_in_another_nor_in_all(universe: Universe, elsewhere: Elsewhere) -> None:
    city = universe.organisations.city_north
    seat = establish_seat(by=SYSTEM, body=elsewhere.body, organisation=city, title=Text(en="Member"))
    refused(lambda: fill_seat(by=SYSTEM, seat=seat, person=elsewhere.person, valid_from=date(2030, 1, 1)), "person-of-another-programme")
    for programme in (universe.programme, None):
        refused(
            lambda programme=programme: grant_role(by=SYSTEM, person=elsewhere.person, role="auditor", programme=programme),
            "person-of-another-programme",
        )
    everywhere = admit_person(by=SYSTEM, key="everywhere", name="Pat Example", programme=None)
    assert grant_role(by=SYSTEM, person=everywhere, role="auditor", programme=universe.programme).role.key == "auditor"


def test_who_may_sit_is_asked_of_the_organisations_that_have_seats(universe: Universe, elsewhere: Elsewhere) -> None:
    for key, organisation in (("here", universe.organisations.city_north), ("away", universe.organisations.city_south)):
        person = admit_person(by=SYSTEM, key=key, name=f"Nimi {key}", programme=universe.programme)
        grant_role(by=SYSTEM, person=person, role="steering-member", programme=universe.programme, organisation=organisation)
    assert [person.key for person in sittings.people(elsewhere.body, elsewhere.body.seats.all())] == ["here"]
