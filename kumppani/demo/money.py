"""What invented sources say of money: some agree, some do not, and one statement is withdrawn."""

from __future__ import annotations

from datetime import date

from kumppani.demo import kullervonkoski, tapionsatama, vellamonlinna
from kumppani.demo.chapters import Statement, put_forward
from kumppani.demo.sources import CITY_BUDGET, COUNCIL_PAGE, DECISION, PAPER, RELEASE
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.publishing.models import Publication
from kumppani.kernel.money import Amount, Qualifier
from kumppani.workflow.publishing import withdraw

_START = say("Käynnistysraha", "Startpengar", "Start-up money")
_YEARLY = say("Ohjeellinen rahoitus vuodessa", "Riktgivande finansiering per år", "Indicative funding a year")
_PROJECT = say("Hankkeen budjetti", "Projektbudget", "Project budget")
_STATE = say("valtion raha", "statliga medel", "state money")
_STATE_AND_EU = say("valtion ja EU:n raha", "medel från staten och EU", "money of the state and the EU")
_CITY = say("kaupungin oma raha", "stadens egna medel", "the city's own money")

_STATEMENTS = (
    Statement(
        "start_money",
        "start-national",
        _START,
        "Valtio käynnistää sopimukset kahdella miljoonalla eurolla.",
        "fi",
        Amount(exact=200_000_000),
        _STATE,
        RELEASE,
        day("2024-03-05"),
        year=2024,
    ),
    Statement(
        "start_money",
        "start-national",
        _START,
        "Kaupunkiseuduille myönnetään yhteensä 1 950 000 euroa.",
        "fi",
        Amount(exact=195_000_000),
        _STATE,
        DECISION,
        day("2024-04-18"),
        year=2024,
    ),
    Statement(
        "start_money",
        "start-vellamonlinna",
        _START,
        "Vellamonlinnan kaupunkiseudulle 300 000 euroa",
        "fi",
        Amount(exact=30_000_000),
        _STATE,
        DECISION,
        day("2024-04-18"),
        vellamonlinna.KEY,
        2024,
    ),
    Statement(
        "start_money",
        "start-tapionsatama",
        _START,
        "Tapionsataman kaupunkiseudulle 400 000 euroa",
        "fi",
        Amount(exact=40_000_000),
        _STATE,
        DECISION,
        day("2024-04-18"),
        tapionsatama.KEY,
        2024,
    ),
    Statement(
        "start_money",
        "start-tapionsatama",
        _START,
        "Regionen fick närmare en halv miljon euro.",
        "sv",
        Amount(upper=50_000_000, qualifier=Qualifier.NEARLY),
        _STATE,
        PAPER,
        day("2024-04-19"),
        tapionsatama.KEY,
        2024,
    ),
    Statement(
        "indicative_year",
        "year-tapionsatama",
        _YEARLY,
        "cirka 600 000 euro per år",
        "sv",
        Amount(lower=55_000_000, upper=65_000_000, qualifier=Qualifier.ABOUT),
        _STATE_AND_EU,
        COUNCIL_PAGE,
        day("2026-03-10"),
        tapionsatama.KEY,
    ),
    Statement(
        "indicative_year",
        "year-kullervonkoski",
        _YEARLY,
        "vähintään 150 000 euroa vuodessa",
        "fi",
        Amount(lower=15_000_000, qualifier=Qualifier.AT_LEAST),
        _CITY,
        CITY_BUDGET,
        day("2025-11-17"),
        kullervonkoski.KEY,
        2026,
    ),
    Statement(
        "project_budget",
        "hall-kullervonkoski",
        _PROJECT,
        "Koehalliin varataan enintään 2 400 000,50 euroa.",
        "fi",
        Amount(upper=240_000_050, qualifier=Qualifier.AT_MOST),
        _CITY,
        CITY_BUDGET,
        day("2025-11-17"),
        kullervonkoski.KEY,
        2026,
    ),
)


def _publish(world: World, _today: date) -> None:
    put_forward(world, "coordinator", _STATEMENTS[:2], first=1)
    put_forward(world, "preparer", _STATEMENTS[2:], first=3)


def _withdraw(world: World, _today: date) -> None:
    withdraw(
        by=world.cast["coordinator"],
        publication=Publication.objects.get(programme=world.programme, figure__key="f-008"),
        reason=say("Luku koskee toista hanketta.", "Siffran gäller ett annat projekt.", "The figure is about another project."),
    )


EPISODES = (episode("2026-03-12", _publish), episode("2026-04-08", _withdraw))
