"""Two ecosystems that the agreements strengthen: one with every kind of tie, members that left and one that comes; and one that has just begun."""

from __future__ import annotations

from datetime import date

from kumppani.demo import tapionsatama, vellamonlinna
from kumppani.demo.sources import COUNCIL_PAGE
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.models import Priority
from kumppani.domain.ecosystems.models import Ecosystem, EcosystemMember
from kumppani.domain.ecosystems.rules import Tie
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.workflow.ecosystems import establish_ecosystem, join_ecosystem, leave_ecosystem, state_ecosystem_priority

WATER = f"{vellamonlinna.KEY}-e1"
HARBOUR = f"{tapionsatama.KEY}-e1"

_TIES = (
    ("university", Tie.PROJECT, day("2024-06-01"), None),
    ("university", Tie.CONTRACT, day("2025-01-01"), day("2027-12-31")),
    ("institute", Tie.MEMBERSHIP, day("2024-09-01"), None),
    ("cooperative", Tie.EVENT, day("2024-10-01"), None),
    ("kullervonkoski", Tie.MEMBERSHIP, day("2027-01-01"), None),
)


def _water(world: World, _today: date) -> None:
    by, agreement = world.cast["vellamo"], world.agreements[vellamonlinna.KEY]
    ecosystem = establish_ecosystem(
        by=by,
        agreement=agreement,
        key=WATER,
        name=say("Vesitekniikan ekosysteemi", "Ekosystemet för vattenteknik", "Water technology ecosystem"),
        description=say(
            "Tutkijat, yritykset ja kaupunki kehittävät yhdessä veden puhdistusta ja mittausta.",
            "Forskare, företag och staden utvecklar tillsammans rening och mätning av vatten.",
            "Researchers, companies and the city together develop the cleaning and measuring of water.",
        ),
        orchestrator=world.organisations["vellamonlinna"],
    )
    for key, tie, start, end in _TIES:
        join_ecosystem(by=by, ecosystem=ecosystem, organisation=world.organisations[key], tie=tie, valid_from=start, valid_to=end)
    state_ecosystem_priority(by=by, ecosystem=ecosystem, priority=Priority.objects.get(agreement=agreement, number=1))


def _harbour(world: World, today: date) -> None:
    """Entered for the city by the national coordinator, from what a council's page says."""
    by, agreement = world.cast["coordinator"], world.agreements[tapionsatama.KEY]
    printed = Cited(Mark.SEEN, COUNCIL_PAGE, as_of=today)
    ecosystem = establish_ecosystem(
        by=by,
        agreement=agreement,
        key=HARBOUR,
        name=say("Sataman energiaekosysteemi", "Hamnens energiekosystem", "Energy ecosystem of the harbour"),
        orchestrator=world.organisations["tapionsatama"],
        evidence={"orchestrator": printed},
    )
    tie = {"tie": printed, "valid_from": printed}
    university = world.organisations["university"]
    join_ecosystem(by=by, ecosystem=ecosystem, organisation=university, tie=Tie.PROJECT, valid_from=day("2026-09-01"), evidence=tie)


def _leaves(world: World, _today: date) -> None:
    member = EcosystemMember.objects.get(ecosystem=Ecosystem.objects.get(key=WATER), organisation=world.organisations["cooperative"])
    leave_ecosystem(by=world.cast["vellamo"], member=member, on=day("2026-08-31"))


EPISODES = (episode("2025-02-10", _water), episode("2026-08-31", _leaves), episode("2026-09-21", _harbour))
