"""The second agreement: Tapionsatama and Louhenranta on the bilingual coast, signed in May 2024. Its text is in Swedish, its start is unknown."""

from __future__ import annotations

from datetime import date

from kumppani.demo.chapters import Focus, Promise, Work, focus_on, note, plan, promise, report, text_of
from kumppani.demo.sources import COUNCIL_PAGE
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.rules import Side
from kumppani.domain.sources.rules import Cited, Mark, Wording
from kumppani.workflow.agreements import ApprovalGiven, Said, Signing, TakingPart, record_signed_elsewhere
from kumppani.workflow.publishing import publish

KEY = "harjoitus-02"

_HARBOUR = Focus(
    "harbour",
    say("Merituulivoima ja sataman energia", "Havsvindkraft och hamnens energi", "Offshore wind power and the energy of the harbour"),
    say(
        "Satama varastoi ja käyttää merellä tuotetun sähkön.",
        "Hamnen lagrar och använder el som produceras till havs.",
        "The harbour stores and uses electricity made at sea.",
    ),
    ("low-carbon",),
)
_ISLANDS = Focus(
    "islands",
    say("Etäterveys saaristossa", "Hälsovård på distans i skärgården", "Remote health care in the archipelago"),
    say(
        "Palvelut tulevat saariston asukkaan luo kahdella kielellä.",
        "Servicen kommer till skärgårdsborna på två språk.",
        "Services come to the people of the archipelago in two languages.",
    ),
    ("wellbeing", "digital"),
)

_GRID = say("Sataman sähköverkko", "Hamnens elnät", "The harbour's grid")
_LANGUAGES = say("Palvelut kahdella kielellä", "Service på två språk", "Services in two languages")
_PERMITS = say("Lupamenettelyt", "Tillståndsförfaranden", "Permits")

_PROMISES = (
    Promise(
        _GRID,
        say(
            "Valtio ottaa sataman verkon huomioon runkoverkon suunnitelmassa.",
            "Staten beaktar hamnens nät i planen för stamnätet.",
            "The state takes the harbour's grid into account in the plan of the main grid.",
        ),
        Side.STATE,
        "ministry",
        "tapionsatama",
        day("2025-10-31"),
        "harbour",
    ),
    Promise(
        _GRID,
        say(
            "Kaupunki kaavoittaa alueen sähkövarastolle.",
            "Staden planlägger ett område för ett ellager.",
            "The city plans an area for an electricity store.",
        ),
        Side.CITY,
        "tapionsatama",
        "ministry",
        day("2025-08-31"),
        "harbour",
    ),
    Promise(
        _LANGUAGES,
        say(
            "Ministeriö kustantaa etäpalvelujen kääntämisen toiselle kansalliskielelle.",
            "Ministeriet bekostar översättningen av distanstjänsterna till det andra nationalspråket.",
            "The ministry pays for translating the remote services into the other national language.",
        ),
        Side.STATE,
        "ministry",
        "louhenranta",
        day("2032-12-31"),
        "islands",
    ),
    Promise(
        _LANGUAGES,
        say(
            "Kaupungit kokeilevat palveluja kolmella saarella.",
            "Städerna prövar tjänsterna på tre öar.",
            "The cities try the services out on three islands.",
        ),
        Side.CITY,
        "louhenranta",
        "ministry",
        day("2032-09-30"),
        "islands",
    ),
    Promise(
        _PERMITS,
        say(
            "Valtion viranomaiset käsittelevät kokeilujen luvat yhdellä kertaa.",
            "De statliga myndigheterna behandlar försökens tillstånd på en gång.",
            "State authorities handle the permits of trials in one go.",
        ),
        Side.STATE,
        "funder",
        "tapionsatama",
        day("2026-01-31"),
    ),
    Promise(
        _PERMITS,
        say(
            "Kaupunki kokoaa kokeilujen lupahakemukset yhteen.",
            "Staden samlar försökens tillståndsansökningar.",
            "The city brings the permit applications of trials together.",
        ),
        Side.CITY,
        "tapionsatama",
        "ministry",
        day("2026-01-31"),
    ),
)

_WORKS = (
    Work(
        "harbour",
        "environments",
        say("Sähkövarasto satamassa", "Ellager i hamnen", "Electricity store in the harbour"),
        say(
            "Kahden megawattitunnin varasto, johon yritykset voivat kytkeä omia laitteitaan.",
            "Ett lager på två megawattimmar, till vilket företag kan ansluta egen utrustning.",
            "A store of two megawatt hours to which companies can connect devices of their own.",
        ),
        "tapionsatama",
        ("company", "uas"),
        day("2025-02-01"),
        day("2032-06-30"),
    ),
    Work(
        "harbour",
        "procurement",
        say("Sähköinen yhteysalus", "Eldriven förbindelsebåt", "Electric ferry"),
        say(
            "Yhteysalus hankitaan innovaatiokumppanuutena.",
            "En förbindelsebåt upphandlas som innovationspartnerskap.",
            "A ferry is procured through an innovation partnership.",
        ),
        "louhenranta",
        ("tapionsatama", "company"),
        day("2024-12-01"),
        day("2026-05-31"),
    ),
    Work(
        "islands",
        "environments",
        say("Saariston etävastaanotto", "Distansmottagning i skärgården", "Remote surgery in the archipelago"),
        say(
            "Vastaanotto kolmella saarella, lääkäri mantereella.",
            "Mottagning på tre öar, läkaren på fastlandet.",
            "A surgery on three islands, the doctor on the mainland.",
        ),
        "county",
        ("uas", "louhenranta"),
        day("2025-03-01"),
        day("2026-02-28"),
    ),
    Work(
        "islands",
        "competence",
        say("Hoitajien etätyön koulutus", "Utbildning i distansarbete för vårdare", "Training of nurses in remote work"),
        say(
            "Opintokokonaisuus suomeksi ja ruotsiksi.",
            "En studiehelhet på finska och svenska.",
            "A study module in Finnish and Swedish.",
        ),
        "uas",
        ("county",),
        day("2032-01-15"),
        day("2033-06-15"),
    ),
)


def _record(world: World, today: date) -> None:
    """Signed the day before; the regional council's page tells another day. No source gives the start."""
    parties = world.organisations
    board = say("Hallitus", "Styrelsen", "Board")
    mayor = say("Kaupunginjohtaja", "Stadsdirektören", "Mayor")
    version = record_signed_elsewhere(
        by=world.cast["official"],
        programme=world.programme,
        key=KEY,
        position=2,
        name=say("Tapionsatama ja Louhenranta", "Tapiohamn och Louhistrand", "Tapionsatama and Louhenranta"),
        municipalities=[(world.places["tapionsatama"], True), (world.places["louhenranta"], True)],
        decider=parties["tapionmaa"],
        signed_on=day("2024-05-21"),
        valid_from=None,
        valid_to=day("2033-12-31"),
        content=say(
            "Merituulivoima ja sataman energia sekä etäterveys saaristossa",
            "Havsvindkraft och hamnens energi samt hälsovård på distans i skärgården",
            "Offshore wind power and the energy of the harbour, and remote health care in the archipelago",
        ),
        signings=[
            Signing(parties["ministry"], Side.STATE),
            Signing(parties["funder"], Side.STATE),
            Signing(
                parties["tapionsatama"], Side.CITY, [ApprovalGiven("tapionsatama-board", "board", board, day("2024-05-06"), "TSA/77/00.04/2024")]
            ),
            Signing(parties["louhenranta"], Side.CITY, [ApprovalGiven("louhenranta-mayor", "office_holder", mayor, day("2024-05-17"))]),
        ],
        negotiators=[TakingPart(parties["tapionmaa"])],
        cooperation_parties=[
            TakingPart(parties["hospital"], say("terveyspalvelut", "hälsovård", "health care"), day("2024-05-21"), day("2024-12-31")),
            TakingPart(
                parties["county"],
                say(
                    "terveyspalvelut sairaanhoitopiirin jälkeen",
                    "hälsovård efter sjukvårdsdistriktet",
                    "health care after the hospital district",
                ),
                day("2025-01-01"),
            ),
            TakingPart(parties["uas"], say("koulutus", "utbildning", "education")),
        ],
        stated_goals=[
            Said(
                say(
                    "Satama käyttää vuonna 2032 vain merellä tuotettua sähköä.",
                    "År 2032 använder hamnen enbart el som producerats till havs.",
                    "In 2032 the harbour uses only electricity made at sea.",
                )
            )
        ],
        known_updates=[
            Said(
                say(
                    "Kaupunginhallitus käsitteli sopimuksen päivittämistä; päivitettyä tekstiä ei ole saatu.",
                    "Stadsstyrelsen behandlade en uppdatering av avtalet; den uppdaterade texten har inte erhållits.",
                    "The city board discussed an update of the agreement; its text has not been received.",
                ),
                day("2026-02-09"),
            )
        ],
        authentic_language="sv",
        text=text_of(world, "harjoitus-02-1", "sv"),
        version_evidence={
            "signed_on": Cited(
                Mark.ENTERED, as_of=today, also=(Wording("Avtalet undertecknades 23.5.2024.", "sv", COUNCIL_PAGE, day("2026-03-10")),)
            ),
        },
    )
    world.agreements[KEY] = version.agreement


def _state(world: World, today: date) -> None:
    focus_on(world, "tapio", world.agreements[KEY], (_HARBOUR, _ISLANDS))
    promise(world, "tapio", world.agreements[KEY], _PROMISES, day("2024-05-21"))


def _publish(world: World, _today: date) -> None:
    publish(by=world.cast["coordinator"], version=world.agreements[KEY].versions.get())


def _plan(world: World, today: date) -> None:
    plan(world, "tapio", world.agreements[KEY], _WORKS, today)


EPISODES = (
    episode("2024-05-22", _record),
    episode("2024-05-23", _state),
    episode("2024-05-27", _publish),
    episode("2024-10-08", _plan),
    report("2025-08-28", "tapio", f"{KEY}-c2", fulfilled_on="2025-08-25"),
    report("2026-01-30", "official", f"{KEY}-c5", fulfilled_on="2026-01-29"),
    note("2026-03-02", "tapio", f"{KEY}-m3", "completed_on", "2026-02-27"),
)
