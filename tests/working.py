"""People at work in a training programme: the parties to an agreement and others, with the standard roles, signed in by one click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.domain.agreements.models import AgreementVersion
from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import Text
from kumppani.workflow.drafting import edit_clause, open_draft
from kumppani.workflow.people import admit_person, establish_roles, grant_role
from tests.builders import ENDS, organisation_in, place_in, programme_of

PLACE = "/en/p/harjoitus"

HEADING = Text(fi="Voimassaolo", sv="Giltighet", en="Term")
BODY = Text(fi="Voimassa {valid_to} asti.", sv="Gäller till {valid_to}.", en="In force until {valid_to}.")


@dataclass(frozen=True, slots=True)
class Office:
    """The programme, the parties, who works for them (key → viewer), and a draft that the ministry has opened."""

    programme: Programme
    ministry: Organisation
    city: Organisation
    other: Organisation
    people: dict[str, Viewer]
    draft: AgreementVersion


def sign_in(client: Client, persona: str, place: str = PLACE) -> Any:
    """What the sign-in page answers to a click on a persona."""
    return client.post(f"{place}/sign-in/", {"persona": persona})


def open_office() -> Office:
    """Ministry, city and another city, each with somebody; one draft between the first two, with one clause."""
    programme = programme_of("harjoitus", is_training=True, country="ZZ")
    place = place_in(programme, "T01", "Harjoituskaupunki")
    ministry = organisation_in(programme, "ministry", OrganisationKind.MINISTRY, Text(fi="Ministeriö", en="Ministry"))
    city = organisation_in(programme, "city", OrganisationKind.MUNICIPALITY, Text(fi="Kaupunki", en="City"))
    other = organisation_in(programme, "other-city", OrganisationKind.MUNICIPALITY, Text(fi="Toinen kaupunki", en="Other city"))
    establish_roles(by=SYSTEM)
    jobs = {"official": ("ministry-official", ministry), "coordinator": ("city-coordinator", city), "neighbour": ("city-coordinator", other)}
    people = {key: _employed(programme, key, role, organisation) for key, (role, organisation) in jobs.items()}
    draft = open_draft(
        by=people["official"],
        programme=programme,
        key="harjoitus-05",
        position=5,
        name=Text(fi="Saaristosopimus", en="Archipelago agreement"),
        municipalities=[(place, True)],
        signatories=[(ministry, Side.STATE), (city, Side.CITY)],
        authentic_language="fi",
        valid_to=ENDS,
    )
    edit_clause(by=people["official"], version=draft, code="term", number=1, heading=HEADING, body=BODY)
    return Office(programme, ministry, city, other, people, draft)


def _employed(programme: Programme, key: str, role: str, organisation: Organisation) -> Viewer:
    person = admit_person(by=SYSTEM, key=key, name=f"{key.title()} Practising", programme=programme)
    grant_role(by=SYSTEM, person=person, role=role, programme=programme, organisation=organisation)
    return viewer_of(person)
