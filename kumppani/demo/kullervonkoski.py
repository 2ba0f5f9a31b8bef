"""The third agreement: Kullervonkoski, signed in January 2026; and a fourth that was published by mistake and withdrawn."""

from __future__ import annotations

from datetime import date

from kumppani.demo.chapters import Focus, Promise, Work, focus_on, note, plan, promise
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.rules import Side
from kumppani.domain.publishing.models import Publication
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import ApprovalGiven, Said, Signing, TakingPart, record_signed_elsewhere
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.publishing import publish, withdraw

KEY = "harjoitus-03"
WITHDRAWN = "harjoitus-04"

_BUILDING = Focus(
    "building",
    say("Kylmän ilmaston rakentaminen", "Byggande i kallt klimat", "Building in a cold climate"),
    say(
        "Rakennukset, jotka kestävät pakkasen ja lumen vähällä energialla.",
        "Byggnader som tål kyla och snö med liten energi.",
        "Buildings that stand frost and snow with little energy.",
    ),
    ("low-carbon", "circular"),
)
_NATURE = Focus(
    "nature",
    say("Luonto hyvinvoinnin lähteenä", "Naturen som källa till välfärd", "Nature as a source of wellbeing"),
    Text(),
    ("wellbeing",),
)
_FOREST = Focus(
    "forest",
    Text(fi="Metsän tieto", sv="Skogens data", en="Data from the forest"),
    say("Avoin mittaustieto metsistä ja teistä.", "Öppna mätdata om skogar och vägar.", "Open measurements of forests and roads."),
    ("digital",),
)

_HALL = say("Koehalli", "Provhall", "Test hall")
_TRAILS = say("Reitistöt", "Leder", "Trails")

_PROMISES = (
    Promise(
        _HALL,
        say(
            "Valtio vuokraa koehallista tilaa tutkimuslaitokselle.",
            "Staten hyr utrymme i provhallen för forskningsinstitutet.",
            "The state rents space in the test hall for the research institute.",
        ),
        Side.STATE,
        "ministry",
        "kullervonkoski",
        day("2032-06-30"),
        "building",
    ),
    Promise(
        _HALL,
        say("Kaupunki rakentaa koehallin.", "Staden bygger provhallen.", "The city builds the test hall."),
        Side.CITY,
        "kullervonkoski",
        "ministry",
        day("2026-09-30"),
        "building",
    ),
    Promise(
        _TRAILS,
        say(
            "Valtio avaa retkeilyreittien paikkatiedot.",
            "Staten öppnar geografiska data om vandringslederna.",
            "The state opens the location data of hiking trails.",
        ),
        Side.STATE,
        "ministry",
        "kullervonkoski",
        day("2026-08-31"),
        "nature",
    ),
)

_WORKS = (
    Work(
        "building",
        "infrastructures",
        say("Koehallin rakentaminen", "Byggandet av provhallen", "Building the test hall"),
        say(
            "Halli, jossa lämpötila laskee neljäänkymmeneen pakkasasteeseen.",
            "En hall där temperaturen sjunker till fyrtio minusgrader.",
            "A hall in which the temperature falls to forty degrees below zero.",
        ),
        "kullervonkoski",
        ("institute",),
        day("2026-03-01"),
        day("2032-05-31"),
    ),
    Work(
        "forest",
        "startups",
        say("Metsätiedon yritykset", "Företag inom skogsdata", "Companies in forest data"),
        say(
            "Haaste, jossa yritykset kehittävät palveluja avoimesta tiedosta.",
            "En utmaning där företag utvecklar tjänster av öppna data.",
            "A challenge in which companies develop services from open data.",
        ),
        "cooperative",
        ("kullervonkoski", "university"),
        day("2026-02-15"),
        day("2026-10-31"),
    ),
)


def _record(world: World, _today: date) -> None:
    """Signed the day before, in force from 1 February 2026; its text and authentic language are not entered."""
    parties = world.organisations
    council = say("Valtuusto", "Fullmäktige", "Council")
    version = record_signed_elsewhere(
        by=world.cast["official"],
        programme=world.programme,
        key=KEY,
        position=3,
        name=say("Kullervonkoski", "Kullervofors", "Kullervonkoski"),
        municipalities=[(world.places["kullervonkoski"], True)],
        decider=None,
        signed_on=day("2026-01-20"),
        valid_from=day("2026-02-01"),
        valid_to=day("2034-12-31"),
        content=say(
            "Kylmän ilmaston rakentaminen, luonto hyvinvoinnin lähteenä ja metsän tieto",
            "Byggande i kallt klimat, naturen som källa till välfärd och skogens data",
            "Building in a cold climate, nature as a source of wellbeing, and data from the forest",
        ),
        signings=[
            Signing(parties["ministry"], Side.STATE),
            Signing(
                parties["kullervonkoski"],
                Side.CITY,
                [ApprovalGiven("kullervonkoski-council", "council", council, day("2025-12-15"), "KKO/9/00.04/2025")],
            ),
        ],
        cooperation_parties=[TakingPart(parties["cooperative"], say("metsätieto", "skogsdata", "forest data"), day("2026-02-01"))],
    )
    world.agreements[KEY] = version.agreement


def _state(world: World, today: date) -> None:
    agreement = world.agreements[KEY]
    focus_on(world, "kullervo", agreement, (_BUILDING, _NATURE, _FOREST))
    promise(world, "kullervo", agreement, _PROMISES, day("2026-01-20"))
    plan(world, "kullervo", agreement, _WORKS, today)


def _publish(world: World, _today: date) -> None:
    publish(by=world.cast["official"], version=world.agreements[KEY].versions.get())


def _put_right(world: World, today: date) -> None:
    """A title had been translated carelessly."""
    correct_fact(
        by=world.cast["kullervo"],
        programme=world.programme,
        kind="priority",
        key=f"{KEY}-p3",
        field="title.sv",
        value="Data från skogen",
        cited=Cited(Mark.ENTERED, as_of=today),
    )


def _publish_too_early(world: World, _today: date) -> None:
    parties = world.organisations
    version = record_signed_elsewhere(
        by=world.cast["official"],
        programme=world.programme,
        key=WITHDRAWN,
        position=4,
        name=say("Louhenranta", "Louhistrand", "Louhenranta"),
        municipalities=[(world.places["louhenranta"], True)],
        decider=parties["tapionmaa"],
        signed_on=day("2026-05-15"),
        valid_from=day("2026-06-01"),
        valid_to=day("2034-12-31"),
        content=say("Saariston ruoka", "Mat från skärgården", "Food from the archipelago"),
        signings=[Signing(parties["ministry"], Side.STATE), Signing(parties["louhenranta"], Side.CITY)],
        stated_goals=[
            Said(
                say(
                    "Saariston ruokaa syödään koko maassa.",
                    "Mat från skärgården äts i hela landet.",
                    "Food from the archipelago is eaten in the whole country.",
                )
            )
        ],
    )
    publish(by=world.cast["official"], version=version)


def _withdraw(world: World, _today: date) -> None:
    """It goes with a reason; its page says so."""
    withdraw(
        by=world.cast["official"],
        publication=Publication.objects.get(version__agreement__key=WITHDRAWN),
        reason=say(
            "Sopimus julkaistiin vahingossa ennen kuin kaupunginvaltuusto oli hyväksynyt sen.",
            "Avtalet publicerades av misstag innan stadsfullmäktige hade godkänt det.",
            "The agreement was published by mistake before the city council had approved it.",
        ),
    )


EPISODES = (
    episode("2026-01-21", _record),
    episode("2026-01-22", _state),
    episode("2026-01-26", _publish),
    episode("2026-04-14", _put_right),
    episode("2026-05-18", _publish_too_early),
    episode("2026-05-19", _withdraw),
    note("2026-09-02", "kullervo", f"{KEY}-m2", "dropped_on", "2026-08-31"),
)
