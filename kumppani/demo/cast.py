"""Who acts in the story: invented people, one for each part that people have in a programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.demo.telling import World, say
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.text import Text
from kumppani.workflow.people import admit_person


@dataclass(frozen=True, slots=True)
class Part:
    """A role: what it is called and what it permits. A role for which there is no act yet permits none."""

    title: Text
    permissions: frozenset[Permission] = frozenset()


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person: how the story calls them, their name and role, and for whom they work."""

    key: str
    name: str
    role: str
    organisation: str | None = None


PARTS = {
    "administrator": Part(
        say("pääkäyttäjä", "huvudanvändare", "administrator"),
        frozenset({Permission.ADMIT_PERSON, Permission.REGISTER_PLACE, Permission.STATE_CATEGORY}),
    ),
    "ministry_official": Part(
        say("ministeriön virkamies", "ministerietjänsteman", "ministry official"),
        frozenset(
            {Permission.RECORD_SIGNED_ELSEWHERE, Permission.PUBLISH, Permission.WITHDRAW, Permission.STATE_COMMITMENT, Permission.CORRECT_FACT}
        ),
    ),
    "national_coordinator": Part(
        say("valtakunnallinen koordinaattori", "nationell koordinator", "national coordinator"),
        frozenset(
            {
                Permission.REGISTER_ORGANISATION,
                Permission.RENAME_ORGANISATION,
                Permission.PUBLISH,
                Permission.PUBLISH_FIGURE,
                Permission.WITHDRAW,
                Permission.CORRECT_FACT,
            }
        ),
    ),
    "city_coordinator": Part(
        say("kaupungin koordinaattori", "stadens koordinator", "city coordinator"),
        frozenset({Permission.STATE_PRIORITY, Permission.STATE_COMMITMENT, Permission.STATE_MEASURE, Permission.CORRECT_FACT}),
    ),
    "council_preparer": Part(
        say("liiton valmistelija", "förbundets beredare", "preparer at the regional council"), frozenset({Permission.PUBLISH_FIGURE})
    ),
    "council_decider": Part(say("liiton päätöksentekijä", "förbundets beslutsfattare", "decision-maker at the regional council")),
    "payer": Part(say("maksaja", "utbetalare", "payer")),
    "assessor": Part(say("arvioija", "bedömare", "assessor")),
    "applicant": Part(say("hakija", "sökande", "applicant")),
    "evaluator": Part(say("vaikuttavuuden arvioija", "utvärderare", "evaluator")),
    "auditor": Part(say("tarkastaja", "revisor", "auditor")),
}
"""Role → its part. Permissions grow with the acts that the service knows."""

PERSONAS = (
    Persona("official", "Heta Harjoitus", "ministry_official", "ministry"),
    Persona("coordinator", "Koki Harjoitus", "national_coordinator"),
    Persona("vellamo", "Vesa Harjoitus", "city_coordinator", "vellamonlinna"),
    Persona("tapio", "Tova Övning", "city_coordinator", "tapionsatama"),
    Persona("kullervo", "Kuura Harjoitus", "city_coordinator", "kullervonkoski"),
    Persona("preparer", "Vilja Harjoitus", "council_preparer", "vellamonmaa"),
    Persona("decider", "Pontus Övning", "council_decider", "tapionmaa"),
    Persona("payer", "Maksa Harjoitus", "payer", "vellamonmaa"),
    Persona("assessor", "Arvi Harjoitus", "assessor", "funder"),
    Persona("applicant", "Hilla Harjoitus", "applicant", "university"),
    Persona("evaluator", "Vaula Harjoitus", "evaluator"),
    Persona("auditor", "Tarkka Harjoitus", "auditor"),
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
    part = PARTS[persona.role]
    person = admit_person(
        by=by,
        key=f"{world.programme.key}-{persona.key}",
        name=persona.name,
        role_key=persona.role,
        role_title=part.title,
        permissions=part.permissions,
        programme=world.programme,
        organisation=world.organisations[persona.organisation] if persona.organisation else None,
    )
    world.cast[persona.key] = viewer_of(person)
