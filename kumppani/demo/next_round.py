"""The next round: a common text, and three drafts opened from it by three people. One is approved by all, one differs, one has just begun."""

from __future__ import annotations

from datetime import date

from kumppani.demo import kullervonkoski, tapionsatama, vellamonlinna
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.models import AgreementVersion, Clause, Commitment, Priority
from kumppani.domain.agreements.rules import commitment_state_on
from kumppani.domain.bodies.models import Body
from kumppani.domain.rounds.models import Round, RoundDraft
from kumppani.domain.rounds.rules import UNFINISHED
from kumppani.workflow.bodies import establish_body
from kumppani.workflow.drafting import comment, edit_clause
from kumppani.workflow.negotiation import propose, record_approval
from kumppani.workflow.rounds import carry_over_commitment, carry_over_priority, define_round, edit_template_clause, open_round_draft
from kumppani.workflow.seen import seen_of

KEY = "harjoitus-2035"
OPENED = (("vellamo", vellamonlinna.KEY), ("tapio", tapionsatama.KEY), ("kullervo", kullervonkoski.KEY))

_CLAUSES = (
    (
        "purpose",
        say("Tarkoitus", "Syfte", "Purpose"),
        say(
            "Osapuolet vahvistavat yhdessä kaupunkiseudun innovaatiotoiminnan ekosysteemejä. Painopisteet: {priorities}.",
            "Parterna stärker tillsammans stadsregionens ekosystem för innovationsverksamhet. Tyngdpunkter: {priorities}.",
            "The parties together strengthen the innovation ecosystems of the city region. Strategic priorities: {priorities}.",
        ),
    ),
    (
        "parties",
        say("Osapuolet", "Parter", "Parties"),
        say("Sopimuksen osapuolet ovat {parties}.", "Avtalets parter är {parties}.", "The parties to the agreement are {parties}."),
    ),
    (
        "follow-up",
        say("Seuranta", "Uppföljning", "Follow-up"),
        say(
            "Osapuolet raportoivat sitoumustensa etenemisestä kahdesti vuodessa.",
            "Parterna rapporterar två gånger om året om hur deras åtaganden framskrider.",
            "The parties report twice a year on how their commitments proceed.",
        ),
    ),
    (
        "term",
        say("Voimassaolo", "Giltighetstid", "Term"),
        say(
            "Sopimus on voimassa {valid_from}–{valid_to}.",
            "Avtalet gäller {valid_from}–{valid_to}.",
            "The agreement is in force {valid_from}–{valid_to}.",
        ),
    ),
)
_YEARLY = say(
    "Osapuolet raportoivat sitoumustensa etenemisestä kerran vuodessa.",
    "Parterna rapporterar en gång om året om hur deras åtaganden framskrider.",
    "The parties report once a year on how their commitments proceed.",
)


def _lay(world: World, _today: date) -> None:
    """The national coordinator writes the common text."""
    by = world.cast["coordinator"]
    title = say("Sopimuskierros 2035–2040", "Avtalsomgången 2035–2040", "Round of agreements 2035–2040")
    round_ = define_round(
        by=by,
        programme=world.programme,
        key=KEY,
        title=title,
        authentic_language="fi",
        valid_from=day("2035-01-01"),
        valid_to=day("2040-12-31"),
    )
    for number, (code, heading, body) in enumerate(_CLAUSES, start=1):
        edit_template_clause(by=by, round_=round_, code=code, number=number, heading=heading, body=body)


def _open(world: World, _today: date) -> None:
    """Three cities open their drafts on the same day."""
    round_ = Round.objects.get(key=KEY)
    for who, earlier in OPENED:
        open_round_draft(by=world.cast[who], round_=round_, succeeds=world.agreements[earlier], key=f"{KEY}-{earlier[-2:]}")


def _draft(earlier: str) -> RoundDraft:
    return RoundDraft.objects.select_related("agreement").get(round__key=KEY, succeeds__key=earlier)


def _version(earlier: str) -> AgreementVersion:
    return AgreementVersion.objects.select_related("agreement__programme").get(agreement=_draft(earlier).agreement)


def _carry(world: World, today: date) -> None:
    """Vellamonlinna goes on with its first priority and with the promises that are still owed."""
    by, draft = world.cast["vellamo"], _draft(vellamonlinna.KEY)
    carry_over_priority(by=by, draft=draft, origin=Priority.objects.get(agreement=draft.succeeds, number=1))
    owed = [one for one in Commitment.objects.filter(agreement=draft.succeeds).order_by("number") if commitment_state_on(one, today) in UNFINISHED]
    for promise in owed[:2]:
        carry_over_commitment(by=by, draft=draft, origin=promise, due_on=day("2036-12-31"))


def _differ(world: World, _today: date) -> None:
    """Tapionsatama wants to report less often and adds a clause; the ministry asks why."""
    by, version = world.cast["tapio"], _version(tapionsatama.KEY)
    clause = Clause.objects.get(version=version, code="follow-up")
    edit_clause(by=by, version=version, code="follow-up", number=3, heading=clause.heading, body=_YEARLY, seen=seen_of(clause))
    languages = say("Kielet", "Språk", "Languages")
    both = say("Asiointi on mahdollista kahdella kielellä.", "Ärenden kan uträttas på två språk.", "Matters can be dealt with in two languages.")
    edit_clause(by=by, version=version, code="languages", number=5, heading=languages, body=both)
    comment(by=world.cast["official"], clause=clause, words="Miksi vain kerran vuodessa?")


def _approve(world: World, today: date) -> None:
    """Kullervonkoski takes the common text as it is: its council and the ministry approve it."""
    official, city = world.cast["official"], world.cast["kullervo"]
    version = propose(by=city, version=_version(kullervonkoski.KEY))
    council = Body.objects.get(programme=world.programme, key="kullervonkoski-council")
    record_approval(by=city, version=version, digest=version.proposed_digest, body=council, decided_on=today, section="§ 97")
    record_approval(by=official, version=version, digest=version.proposed_digest, body=_office(world), decided_on=today)


def _office(world: World) -> Body:
    """The office-holder by whom the ministry decides; entered by the installation, as nobody in the story keeps the ministry's bodies."""
    name = say("Ylijohtaja", "Överdirektören", "Director General")
    return establish_body(
        by=world.cast["administrator"],
        programme=world.programme,
        key="ministry-director",
        kind="office_holder",
        organisation=world.organisations["ministry"],
        name=name,
        quorum_rule="at_least",
        quorum_number=1,
    )


EPISODES = (
    episode("2026-10-12", _lay),
    episode("2026-10-19", _open),
    episode("2026-10-26", _carry),
    episode("2026-11-02", _differ),
    episode("2026-11-16", _approve),
)
