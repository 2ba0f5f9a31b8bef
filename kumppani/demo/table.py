"""What is on the negotiating table in the story: a new agreement in draft, an amendment that waits for one approval, a change asked for, and an
agreement that ended. None of it is public.
"""

from __future__ import annotations

from datetime import date

from kumppani.demo import kullervonkoski
from kumppani.demo.telling import World, day, episode, say
from kumppani.domain.agreements.models import AgreementVersion
from kumppani.domain.agreements.rules import Side
from kumppani.domain.bodies.models import Body
from kumppani.domain.bodies.rules import BodyKind, QuorumRule
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import Signing, record_signed_elsewhere, state_commitment
from kumppani.workflow.bodies import establish_body
from kumppani.workflow.changes_asked import request_change
from kumppani.workflow.drafting import comment, edit_clause, edit_terms, open_amendment, open_draft
from kumppani.workflow.negotiation import close_agreement, propose, record_approval
from kumppani.workflow.seen import seen_of

NEW = "harjoitus-05"
ENDED = "harjoitus-06"

_TERM = (
    say("Voimassaolo", "Giltighetstid", "Term"),
    say(
        "Sopimus on voimassa {valid_to} asti. Osapuolet: {parties}.",
        "Avtalet gäller till och med {valid_to}. Parter: {parties}.",
        "The agreement is valid until {valid_to}. Parties: {parties}.",
    ),
)
_AIM = (
    say("Tarkoitus", "Syfte", "Purpose"),
    say(
        "Osapuolet kehittävät yhdessä saariston palveluja.",
        "Parterna utvecklar skärgårdens tjänster tillsammans.",
        "The parties develop the services of the archipelago together.",
    ),
)


def _draft(world: World, _today: date) -> None:
    """The ministry writes the first draft with Tapionsatama."""
    official, city = world.cast["official"], world.cast["tapio"]
    establish_body(
        by=world.cast["administrator"],
        programme=world.programme,
        key="training-minister",
        kind=BodyKind.OFFICE_HOLDER,
        organisation=world.organisations["ministry"],
        name=say("Harjoitusministeri", "Övningsministern", "Minister of Training"),
        quorum_rule=QuorumRule.AT_LEAST,
        quorum_number=1,
    )
    version = open_draft(
        by=official,
        programme=world.programme,
        key=NEW,
        position=5,
        name=say("Saaristosopimus", "Skärgårdsavtalet", "Archipelago agreement"),
        municipalities=[(world.places["tapionsatama"], True)],
        signatories=[(world.organisations["ministry"], Side.STATE), (world.organisations["tapionsatama"], Side.CITY)],
        authentic_language="fi",
        valid_to=day("2034-12-31"),
        case_number="HM/21/2026",
    )
    aim = edit_clause(by=official, version=version, code="purpose", number=1, heading=_AIM[0], body=_AIM[1])
    term = edit_clause(by=official, version=version, code="term", number=2, heading=_TERM[0], body=_TERM[1])
    comment(by=city, clause=aim, words="Pitäisikö mainita myös merenkulku?")
    comment(by=city, clause=term, words="Avtalstiden behöver ännu behandlas i stadsstyrelsen.")


def _amend(world: World, today: date) -> None:
    """Kullervonkoski proposes an amendment; its council has approved it, the ministry has not yet."""
    city = world.cast["kullervo"]
    version = open_amendment(by=city, agreement=world.agreements[kullervonkoski.KEY])
    edit_clause(by=city, version=version, code="term", number=1, heading=_TERM[0], body=_TERM[1])
    version = AgreementVersion.objects.select_related("agreement").get(pk=version.pk)
    terms = {"valid_from": day("2027-01-01"), "valid_to": day("2035-12-31")}
    version = edit_terms(by=city, version=version, seen=seen_of(version), authentic_language="fi", **terms)
    version = propose(by=city, version=version)
    council = Body.objects.get(programme=world.programme, key="kullervonkoski-council")
    record_approval(
        by=city, version=version, digest=version.proposed_digest, body=council, decided_on=today, section="§ 88", case_number="KKO/14/00.04/2026"
    )


def _ask(world: World, _today: date) -> None:
    """The ministry asks for another day for a promise of its own."""
    agreement = world.agreements[kullervonkoski.KEY]
    promise = agreement.commitments.order_by("number")[0]
    request_change(
        by=world.cast["official"],
        agreement=agreement,
        kind="commitment",
        key=promise.key,
        wanted={"due_on": "2033-06-30"},
        reason="Koehallin rakentaminen on viivästynyt.",
        seen=seen_of(promise),
    )


def _once(world: World, today: date) -> None:
    """A short agreement, signed before this service knew of it."""
    ministry, city = world.organisations["ministry"], world.organisations["ilmatarsaari"]
    version = record_signed_elsewhere(
        by=world.cast["official"],
        programme=world.programme,
        key=ENDED,
        position=6,
        name=say("Ilmatarsaaren kokeilu", "Försöket i Ilmatarö", "Trial of Ilmatarsaari"),
        municipalities=[(world.places["ilmatarsaari"], True)],
        decider=None,
        signed_on=today,
        valid_from=today,
        valid_to=day("2025-12-31"),
        content=say("Kokeiluja saarella", "Försök på ön", "Trials on the island"),
        signings=[Signing(ministry, Side.STATE), Signing(city, Side.CITY)],
    )
    world.agreements[ENDED] = version.agreement
    for number, kept in ((1, day("2025-06-30")), (2, None)):
        state_commitment(
            by=world.cast["official"],
            agreement=version.agreement,
            key=f"{ENDED}-c{number}",
            number=number,
            subject=Text(),
            promise=say(f"Kokeilu {number} järjestetään.", f"Försök {number} ordnas.", f"Trial {number} is held."),
            side=Side.STATE,
            promised_by=ministry,
            promised_to=city,
            promised_on=today,
            due_on=day("2025-10-31"),
            fulfilled_on=kept,
        )


def _close(world: World, _today: date) -> None:
    """It ended; one of its two promises was kept."""
    words = say(
        "Sopimus päättyi. Toinen kokeilu jäi järjestämättä.",
        "Avtalet löpte ut. Det andra försöket ordnades inte.",
        "The agreement ended. The second trial was not held.",
    )
    close_agreement(by=world.cast["official"], agreement=world.agreements[ENDED], words=words, case_number="HM/3/2026")


EPISODES = (
    episode("2024-03-01", _once),
    episode("2026-01-15", _close),
    episode("2026-10-05", _draft),
    episode("2026-10-12", _amend),
    episode("2026-11-02", _ask),
)
