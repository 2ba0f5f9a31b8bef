"""Who acts in the story: invented people, one for each part that people have in a programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.demo.telling import World
from kumppani.workflow.people import admit_person, grant_role


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person: how the story calls them, their name and role, and for whom they work."""

    key: str
    name: str
    role: str
    organisation: str | None = None


PERSONAS = (
    Persona("official", "Heta Harjoitus", "ministry-official", "ministry"),
    Persona("coordinator", "Koki Harjoitus", "national-coordinator"),
    Persona("vellamo", "Vesa Harjoitus", "city-coordinator", "vellamonlinna"),
    Persona("tapio", "Tova Övning", "city-coordinator", "tapionsatama"),
    Persona("kullervo", "Kuura Harjoitus", "city-coordinator", "kullervonkoski"),
    Persona("chair", "Juho Harjoitus", "steering-member", "vellamonlinna"),
    Persona("member", "Jaana Harjoitus", "steering-member", "university"),
    Persona("secretary", "Siru Harjoitus", "steering-secretary", "vellamonlinna"),
    Persona("preparer", "Vilja Harjoitus", "council-preparer", "vellamonmaa"),
    Persona("decider", "Pontus Övning", "council-decider", "tapionmaa"),
    Persona("payer", "Maksa Harjoitus", "payer", "vellamonmaa"),
    Persona("assessor", "Arvi Harjoitus", "assessor", "funder"),
    Persona("representative", "Eetu Harjoitus", "organisation-representative", "university"),
    Persona("applicant", "Hilla Harjoitus", "applicant", "university"),
    Persona("evaluator", "Vaula Harjoitus", "evaluator"),
    Persona("auditor", "Tarkka Harjoitus", "auditor"),
    Persona("operator", "Ylva Övning", "operator"),
)
"""All but the administrator, who admits them. Names are as invented as the cities."""


def admit_administrator(world: World) -> None:
    """The one person the installation itself lets in."""
    _admit(world, SYSTEM, Persona("administrator", "Pää Harjoitus", "administrator"))


def admit(world: World, keys: Iterable[str]) -> None:
    """The administrator admits the personas named."""
    for persona in PERSONAS:
        if persona.key in keys:
            _admit(world, world.cast["administrator"], persona)


def admit_all(world: World) -> None:
    """The administrator admits everybody who is not in yet."""
    admit(world, [persona.key for persona in PERSONAS if persona.key not in world.cast])


def _admit(world: World, by: Viewer, persona: Persona) -> None:
    person = admit_person(by=by, key=f"{world.programme.key}-{persona.key}", name=persona.name, programme=world.programme)
    organisation = world.organisations[persona.organisation] if persona.organisation else None
    grant_role(by=by, person=person, role=persona.role, programme=world.programme, organisation=organisation)
    world.cast[persona.key] = viewer_of(person)
