"""The first agreement: Vellamonlinna and Ilmatarsaari, signed in March 2024 and amended in December 2025."""

from __future__ import annotations

from datetime import date

from kumppani.demo.chapters import Focus, Promise, Work, focus_on, note, plan, promise, report, text_of
from kumppani.demo.sources import PAPER, RELEASE
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.rules import Side
from kumppani.domain.sources.rules import Cited, Mark, Wording
from kumppani.workflow.agreements import ApprovalGiven, Said, Signing, TakingPart, record_signed_elsewhere
from kumppani.workflow.publishing import publish

KEY = "harjoitus-01"

_WATER = Focus(
    "water",
    say("Vesitekniikan ratkaisut", "Vattentekniska lösningar", "Water technology"),
    say(
        "Veden mittaaminen, puhdistaminen ja kierrättäminen kaupungin omissa verkoissa.",
        "Mätning, rening och återvinning av vatten i stadens egna nät.",
        "Measuring, cleaning and recycling water in the city's own networks.",
    ),
    ("low-carbon", "circular"),
)
_LEARNING = Focus(
    "learning",
    say("Uudet oppimisympäristöt", "Nya lärmiljöer", "New learning environments"),
    say(
        "Koulut ja kirjastot kokeilujen paikkoina.",
        "Skolor och bibliotek som platser för försök.",
        "Schools and libraries as places for trials.",
    ),
    ("digital",),
    valid_to=day("2025-12-31"),
)
_MOBILITY = Focus(
    "mobility",
    say("Älykäs liikkuminen", "Smart mobilitet", "Smart mobility"),
    say(
        "Joukkoliikenne, talvikunnossapito ja vesiliikenne yhtenä palveluna.",
        "Kollektivtrafik, vinterväghållning och båttrafik som en enda tjänst.",
        "Public transport, winter maintenance and water traffic as one service.",
    ),
    ("digital", "low-carbon"),
    valid_from=day("2026-01-01"),
)

_TESTBED = say("Vesitekniikan kokeiluympäristö", "Försöksmiljö för vattenteknik", "Trial environment for water technology")
_BUYING = say("Innovatiiviset hankinnat", "Innovativa upphandlingar", "Innovative procurement")
_KNOWLEDGE = say("Osaajat", "Kompetens", "Skilled people")
_MONITORING = say("Seuranta", "Uppföljning", "Monitoring")

_PROMISES = (
    Promise(
        _TESTBED,
        say(
            "Valtio rahoittaa kokeiluympäristön käynnistämistä kahden ensimmäisen vuoden ajan.",
            "Staten finansierar inledandet av försöksmiljön under de två första åren.",
            "The state funds the start of the trial environment for its first two years.",
        ),
        Side.STATE,
        "ministry",
        "vellamonlinna",
        day("2026-03-31"),
        "water",
    ),
    Promise(
        _TESTBED,
        say(
            "Kaupunki avaa jätevedenpuhdistamonsa kokeiluille ja nimeää niille vastuuhenkilön.",
            "Staden öppnar sitt avloppsreningsverk för försök och utser en ansvarig person för dem.",
            "The city opens its wastewater plant to trials and names a person in charge of them.",
        ),
        Side.CITY,
        "vellamonlinna",
        "ministry",
        day("2025-06-30"),
        "water",
    ),
    Promise(
        _BUYING,
        say(
            "Rahoituskeskus neuvoo seudun hankintayksiköitä ja osallistuu markkinavuoropuheluihin.",
            "Finansieringscentralen ger regionens upphandlande enheter råd och deltar i marknadsdialoger.",
            "The funding centre advises the region's contracting entities and takes part in market dialogues.",
        ),
        Side.STATE,
        "funder",
        "vellamonlinna",
        day("2025-12-31"),
    ),
    Promise(
        _BUYING,
        say(
            "Kaupunki käyttää vähintään viisi prosenttia hankinnoistaan uusiin ratkaisuihin.",
            "Staden använder minst fem procent av sina upphandlingar för nya lösningar.",
            "The city uses at least five per cent of its procurement for new solutions.",
        ),
        Side.CITY,
        "vellamonlinna",
        "ministry",
        day("2025-12-31"),
    ),
    Promise(
        _KNOWLEDGE,
        say(
            "Valtio lisää vesitekniikan koulutuspaikkoja yliopistossa.",
            "Staten ökar antalet utbildningsplatser i vattenteknik vid universitetet.",
            "The state adds study places in water technology at the university.",
        ),
        Side.STATE,
        "ministry",
        "vellamonlinna",
        day("2033-07-31"),
        "water",
    ),
    Promise(
        _KNOWLEDGE,
        say(
            "Ilmatarsaari tarjoaa opiskelijoille harjoittelupaikkoja vesilaitoksellaan.",
            "Ilmatarö erbjuder studerande praktikplatser vid sitt vattenverk.",
            "Ilmatarsaari offers students trainee places at its waterworks.",
        ),
        Side.CITY,
        "ilmatarsaari",
        "ministry",
        None,
        "water",
    ),
    Promise(
        _MONITORING,
        say(
            "Ministeriö laatii vuosittain yhteisen seurantakatsauksen.",
            "Ministeriet sammanställer årligen en gemensam uppföljningsöversikt.",
            "The ministry draws up a joint monitoring review every year.",
        ),
        Side.STATE,
        "ministry",
        "vellamonlinna",
        day("2025-05-31"),
    ),
    Promise(
        _MONITORING,
        say(
            "Kaupunki rakentaa oman seurantajärjestelmän.",
            "Staden bygger upp ett eget uppföljningssystem.",
            "The city builds a monitoring system of its own.",
        ),
        Side.CITY,
        "vellamonlinna",
        "ministry",
        day("2025-05-31"),
    ),
)

_WORKS = (
    Work(
        "water",
        "environments",
        say("Puhdistamo kokeilualustana", "Reningsverket som försöksplattform", "The wastewater plant as a place for trials"),
        say(
            "Kolme mittauspistettä ja avoin rajapinta, joita yritykset ja tutkijat voivat varata.",
            "Tre mätpunkter och ett öppet gränssnitt som företag och forskare kan boka.",
            "Three measuring points and an open interface that companies and researchers can book.",
        ),
        "vellamonlinna",
        ("university", "institute", "developer"),
        day("2024-09-01"),
        day("2032-12-31"),
    ),
    Work(
        "water",
        "studies",
        say("Esiselvitys veden kierrätyksestä", "Förstudie om återvinning av vatten", "Preliminary study on recycling water"),
        say(
            "Missä kaupungin kiinteistöissä harmaata vettä voi käyttää uudelleen.",
            "I vilka av stadens fastigheter gråvatten kan återanvändas.",
            "In which of the city's buildings grey water can be used again.",
        ),
        "institute",
        ("vellamonlinna",),
        day("2024-08-01"),
        day("2025-03-31"),
    ),
    Work(
        "learning",
        "procurement",
        say("Koulu hankkii oppimisen kokeiluna", "Skolan upphandlar lärande som försök", "A school procures learning as a trial"),
        say(
            "Innovaatiokumppanuus uuden koulun digitaalisista oppimisvälineistä.",
            "Innovationspartnerskap om digitala läromedel för en ny skola.",
            "An innovation partnership on digital learning tools for a new school.",
        ),
        "ilmatarsaari",
        ("university",),
        day("2024-10-01"),
        day("2025-12-31"),
    ),
    Work(
        "water",
        "startups",
        say("Vesialan yrityskiihdyttämö", "Företagsaccelerator för vattenbranschen", "Accelerator for water companies"),
        say(
            "Kaksi kierrosta vuodessa, kuusi yritystä kierroksella.",
            "Två omgångar om året, sex företag per omgång.",
            "Two rounds a year, six companies in each.",
        ),
        "developer",
        ("university", "vellamonlinna"),
        day("2024-11-01"),
        day("2026-06-30"),
    ),
)

_LATER_WORKS = (
    Work(
        "mobility",
        "infrastructures",
        say("Liikenteen tietoalusta", "Dataplattform för trafiken", "Data platform for traffic"),
        say(
            "Yhteinen tietoalusta, jota kaupungit, yliopisto ja yritykset käyttävät.",
            "En gemensam dataplattform som används av städerna, universitetet och företag.",
            "A shared data platform used by the cities, the university and companies.",
        ),
        "university",
        ("vellamonlinna", "ilmatarsaari"),
        day("2032-03-01"),
        day("2033-11-30"),
    ),
    Work(
        "mobility",
        "competence",
        say("Liikenteen ammattilaisten koulutus", "Utbildning för trafikproffs", "Training for traffic professionals"),
        say(
            "Täydennyskoulutus joukkoliikenteen ja talvikunnossapidon tekijöille.",
            "Fortbildning för dem som arbetar med kollektivtrafik och vinterväghållning.",
            "Further training for people in public transport and winter maintenance.",
        ),
        "university",
        ("developer",),
        day("2026-02-01"),
        day("2031-05-31"),
    ),
)


def _record(world: World, _today: date) -> None:
    """The first version, approved by the councils and signed the day before."""
    parties = world.organisations
    version = record_signed_elsewhere(
        by=world.cast["official"],
        programme=world.programme,
        key=KEY,
        position=1,
        name=say("Vellamonlinna ja Ilmatarsaari", "Vellamoborg och Ilmatarö", "Vellamonlinna and Ilmatarsaari"),
        municipalities=[(world.places["vellamonlinna"], True), (world.places["ilmatarsaari"], False)],
        decider=parties["vellamonmaa"],
        signed_on=day("2024-03-05"),
        valid_from=day("2024-04-01"),
        valid_to=day("2025-12-31"),
        content=say(
            "Vesitekniikan ratkaisut sekä uudet oppimisympäristöt",
            "Vattentekniska lösningar samt nya lärmiljöer",
            "Water technology and new learning environments",
        ),
        signings=[
            Signing(parties["ministry"], Side.STATE),
            Signing(parties["vellamonlinna"], Side.CITY, [_council("vellamonlinna", "2024-02-12", "VLI/118/00.04/2024")]),
            Signing(parties["ilmatarsaari"], Side.CITY, [_council("ilmatarsaari", "2024-02-19", "ISA/31/00.04/2024")]),
        ],
        negotiators=[TakingPart(parties["funder"]), TakingPart(parties["vellamonmaa"])],
        cooperation_parties=[
            TakingPart(parties["university"], say("tutkimus ja koulutus", "forskning och utbildning", "research and education"), day("2024-04-01")),
            TakingPart(parties["institute"], say("mittaustekniikka", "mätteknik", "measurement technology"), day("2024-04-01"), day("2025-12-31")),
            TakingPart(parties["developer"], say("yrityskehitys", "företagsutveckling", "business development"), day("2024-04-01")),
        ],
        stated_goals=[
            Said(
                say(
                    "Seudusta tulee vesitekniikan kokeilujen tunnetuin paikka.",
                    "Regionen blir den mest kända platsen för vattentekniska försök.",
                    "The region becomes the best known place for trials in water technology.",
                )
            ),
            Said(
                say(
                    "Kaupungin vedestä viidennes kierrätetään vuonna 2033.",
                    "En femtedel av stadens vatten återvinns år 2033.",
                    "A fifth of the city's water is recycled in 2033.",
                )
            ),
        ],
        authentic_language="fi",
        text=text_of(world, "harjoitus-01-1", "fi"),
        version_evidence={
            "signed_on": Cited(Mark.SEEN, RELEASE, day("2024-03-05"), also=(Wording("undertecknades den 6 mars", "sv", PAPER, day("2024-04-19")),))
        },
    )
    world.agreements[KEY] = version.agreement


def _state(world: World, today: date) -> None:
    focus_on(world, "vellamo", world.agreements[KEY], (_WATER, _LEARNING))
    promise(world, "vellamo", world.agreements[KEY], _PROMISES, day("2024-03-05"))


def _publish(world: World, _today: date) -> None:
    publish(by=world.cast["official"], version=world.agreements[KEY].versions.get(number=1))


def _plan(world: World, today: date) -> None:
    plan(world, "vellamo", world.agreements[KEY], _WORKS, today)


def _council(city: str, decided: str, case_number: str) -> ApprovalGiven:
    name = say("Valtuusto", "Fullmäktige", "Council")
    return ApprovalGiven(f"{city}-council", "council", name, day(decided), case_number)


def _amend(world: World, today: date) -> None:
    """The second version: another priority, valid to the end of 2033."""
    parties = world.organisations
    version = record_signed_elsewhere(
        by=world.cast["official"],
        programme=world.programme,
        key=KEY,
        position=1,
        name=world.agreements[KEY].name,
        municipalities=[],
        decider=parties["vellamonmaa"],
        signed_on=day("2025-12-10"),
        valid_from=day("2026-01-01"),
        valid_to=day("2033-12-31"),
        content=say(
            "Vesitekniikan ratkaisut ja kiertotalous sekä älykäs liikkuminen",
            "Vattentekniska lösningar och cirkulär ekonomi samt smart mobilitet",
            "Water technology and circular economy, and smart mobility",
        ),
        signings=[
            Signing(parties["ministry"], Side.STATE),
            Signing(parties["vellamonlinna"], Side.CITY, [_council("vellamonlinna", "2025-11-24", "VLI/702/00.04/2025")]),
            Signing(parties["ilmatarsaari"], Side.CITY, [_council("ilmatarsaari", "2025-12-01", "ISA/155/00.04/2025")]),
        ],
        negotiators=[TakingPart(parties["funder"])],
        authentic_language="fi",
        text=text_of(world, "harjoitus-01-2", "fi"),
    )
    focus_on(world, "vellamo", version.agreement, (_MOBILITY,), first=3)
    plan(world, "vellamo", version.agreement, _LATER_WORKS, today, first=5)
    publish(by=world.cast["official"], version=version)


EPISODES = (
    episode("2024-03-06", _record),
    episode("2024-03-07", _state),
    episode("2024-03-08", _publish),
    episode("2024-06-14", _plan),
    note("2025-04-02", "vellamo", f"{KEY}-m2", "completed_on", "2025-03-28"),
    report("2025-05-26", "official", f"{KEY}-c7", fulfilled_on="2025-05-23"),
    report("2025-06-16", "vellamo", f"{KEY}-c2", fulfilled_on="2025-06-12"),
    note("2025-09-10", "vellamo", f"{KEY}-m3", "dropped_on", "2025-09-08"),
    report("2025-11-03", "vellamo", f"{KEY}-c3", released_on="2025-10-31"),
    report("2025-11-03", "official", f"{KEY}-c8", released_on="2025-10-31"),
    episode("2025-12-11", _amend),
)
"""Of each side's promises one is late, one owed, one fulfilled and one released; of the measures one each is planned, late, completed and dropped."""
