"""Row by row: every act, in every status, by every standard role (held for the party, for another organisation, for none) and by a stranger.

Each is done or refused by the workflow exactly as docs/reference/matrix.md says, which is written from the same rows. A status is laid once, and
every attempt is undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import AgreementVersion, Clause
from kumppani.domain.agreements.rules import CommitmentState, Side
from kumppani.domain.agreements.states import ChangeStatus, VersionStatus
from kumppani.domain.bodies.models import Body, Disqualification, Item, Meeting, Seat
from kumppani.domain.bodies.rules import BodyKind, Outcome, QuorumRule
from kumppani.domain.bodies.states import ActionPointStatus, MeetingStatus
from kumppani.domain.dialogue.states import FeedbackStatus
from kumppani.domain.parties.matrix import Held, refusal, rows_of
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.parties.roles import STANDARD_ROLES
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.kernel import clock
from kumppani.kernel.errors import Refusal
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from kumppani.ops.reference_pages import ACT_TABLES
from kumppani.workflow.action_points import drop_action_point, finish_action_point, state_action_point
from kumppani.workflow.agendas import About, add_item, attach_paper, call_meeting, take_up
from kumppani.workflow.agreements import Signing, record_signed_elsewhere
from kumppani.workflow.bodies import establish_body, establish_seat, fill_seat, state_disqualification
from kumppani.workflow.changes_asked import decide_change, request_change
from kumppani.workflow.drafting import edit_clause, edit_terms, open_amendment, open_draft, pass_draft, strike_clause
from kumppani.workflow.feedback import answer_feedback, give_feedback
from kumppani.workflow.meetings import (
    approve_minutes,
    cancel_meeting,
    close_meeting,
    declare_recusal,
    note_discussion,
    note_leaving,
    note_presence,
    note_recusal,
    open_meeting,
    plan_meeting,
    resolve_item,
)
from kumppani.workflow.negotiation import agree, bring_into_force, close_agreement, propose, record_approval, send_back
from kumppani.workflow.people import admit_person
from kumppani.workflow.publishing import publish, publish_figure, withdraw
from kumppani.workflow.seen import seen_of
from tests.builders import ENDS, NOON, SIGNED, TODAY, commitment_in, figure_of, organisation_in, place_in, programme_of

WORDS = Text(fi="Sanat", sv="Ord", en="Words")
HELD_BY = "somebody"
"""Who acts is one and the same person, who sits in the body and has asked for nothing: only the role differs."""

Attempt = Callable[[Viewer], Any]


@dataclass(frozen=True)
class World:
    """The programme, the parties and the city's body with its chair's seat."""

    programme: Programme
    place: Municipality
    ministry: Organisation
    city: Organisation
    bodies: dict[str, Body]
    seat: Seat
    ground: Disqualification

    def of(self, organisation: Organisation, key: str = "another-person") -> Viewer:
        return Viewer(key, (Grant(self.programme.key, frozenset(Permission), organisation.key, Reach.ORGANISATION),))


def lay_world() -> World:
    programme = programme_of()
    place = place_in(programme, "901", "Pohjola")
    ministry, city = organisation_in(programme, "ministry", OrganisationKind.MINISTRY), organisation_in(programme, "city")
    bodies = {
        one.key: establish_body(
            by=SYSTEM,
            programme=programme,
            key=f"{one.key}-body",
            kind=BodyKind.STEERING_GROUP,
            organisation=one,
            name=WORDS,
            quorum_rule=QuorumRule.MORE_THAN_HALF,
        )
        for one in (ministry, city)
    }
    seat = establish_seat(by=SYSTEM, body=bodies["city"], organisation=city, title=WORDS, is_chair=True)
    person = admit_person(by=SYSTEM, key=HELD_BY, name="Somebody", programme=programme)
    fill_seat(by=SYSTEM, seat=seat, person=person, valid_from=SIGNED)
    ground = state_disqualification(
        by=SYSTEM, programme=programme, body_kind=BodyKind.STEERING_GROUP, key="party", wording=WORDS, law="HL 28 §", by_organisation=True
    )
    return World(programme, place, ministry, city, bodies, seat, ground)


# Versions of an agreement


def drafted(world: World) -> AgreementVersion:
    version = open_draft(by=world.of(world.city), **_new(world, "fi-2021-09", 9))
    edit_clause(by=world.of(world.city), version=version, code="term", number=1, heading=WORDS, body=WORDS)
    return version


def _new(world: World, key: str, position: int) -> dict[str, Any]:
    return {
        "programme": world.programme,
        "key": key,
        "position": position,
        "name": Text(fi=key),
        "municipalities": [(world.place, True)],
        "signatories": [(world.ministry, Side.STATE), (world.city, Side.CITY)],
        "authentic_language": "fi",
        "valid_to": TODAY + timedelta(days=1),
    }


def approve(world: World, by: Viewer, version: AgreementVersion, party: str) -> None:
    record_approval(by=by, version=version, digest=version.proposed_digest, body=world.bodies[party], decided_on=TODAY)


def version_in(world: World, status: VersionStatus) -> AgreementVersion:
    """Through the acts that lead there."""
    version = drafted(world)
    by = world.of(world.city)
    if status == VersionStatus.DRAFT:
        return version
    version = propose(by=by, version=version)
    if status == VersionStatus.PROPOSED:
        return version
    approve(world, by, version, "city")
    approve(world, world.of(world.ministry), version, "ministry")
    version = agree(by=by, version=version)
    if status == VersionStatus.AGREED:
        return version
    version = bring_into_force(by=by, version=version, signed_on=TODAY, valid_from=TODAY)
    if status == VersionStatus.CLOSED:
        with clock.stopped_at(NOON + timedelta(days=2)):
            close_agreement(by=by, agreement=version.agreement, words=WORDS)
            version.refresh_from_db()
    return version


def new_versions(world: World) -> dict[str, Attempt]:
    signed = version_in(world, VersionStatus.SIGNED)
    elsewhere = {**_new(world, "fi-2021-08", 8), "decider": None, "signed_on": SIGNED, "valid_from": None, "content": WORDS}
    for unused in ("signatories", "authentic_language"):
        del elsewhere[unused]
    signings = [Signing(world.ministry, Side.STATE), Signing(world.city, Side.CITY)]
    return {
        "record_signed_elsewhere": lambda by: record_signed_elsewhere(by=by, **elsewhere, signings=signings),
        "open_draft": lambda by: open_draft(by=by, **_new(world, "fi-2021-10", 10)),
        "open_amendment": lambda by: open_amendment(by=by, agreement=signed.agreement),
    }


def acts_on_version(world: World, status: VersionStatus) -> dict[str, Attempt]:
    version = version_in(world, status)
    clause = Clause.objects.get(version=version, code="term")
    given: dict[str, Any] = {"seen": seen_of(version), "valid_from": None, "valid_to": ENDS, "authentic_language": "fi"}

    def agreed(by: Viewer) -> AgreementVersion:
        if status == VersionStatus.PROPOSED:
            approve(world, world.of(world.city), version, "city")
            approve(world, world.of(world.ministry), version, "ministry")
        return agree(by=by, version=version)

    return {
        "edit_terms": lambda by: edit_terms(by=by, version=version, **given),
        "edit_clause": lambda by: edit_clause(by=by, version=version, code="more", number=2, heading=WORDS, body=WORDS),
        "strike_clause": lambda by: strike_clause(by=by, clause=clause, seen=seen_of(clause)),
        "pass_draft": lambda by: pass_draft(by=by, version=version, to=world.ministry),
        "propose": lambda by: propose(by=by, version=version),
        "record_approval": lambda by: approve(world, by, version, "city"),
        "send_back": lambda by: send_back(by=by, version=version, reason="Syy"),
        "agree": agreed,
        "bring_into_force": lambda by: bring_into_force(by=by, version=version, signed_on=TODAY, valid_from=TODAY),
        "close_agreement": lambda by: close_agreement(by=by, agreement=version.agreement, words=WORDS),
    }


def versions(world: World, status: VersionStatus | None) -> dict[str, Attempt]:
    return new_versions(world) if status is None else acts_on_version(world, status)


# Changes asked for


def changes(world: World, status: ChangeStatus | None) -> dict[str, Attempt]:
    agreement = version_in(world, VersionStatus.SIGNED).agreement
    promise = commitment_in(CommitmentState.OWED, agreement, 1, world.ministry, world.city)
    wanted: dict[str, Any] = {"kind": "commitment", "key": promise.key, "wanted": {"due_on": "2027-01-31"}, "reason": "Syy", "seen": seen_of(promise)}
    if status is None:
        return {"request_change": lambda by: request_change(by=by, agreement=agreement, **wanted)}
    asked = request_change(by=world.of(world.ministry, "who-asked"), agreement=agreement, **wanted)
    if status != ChangeStatus.ASKED:
        decide_change(by=world.of(world.city), request=asked, accept=status == ChangeStatus.ACCEPTED, reason="Syy")
    return {
        "accept_change": lambda by: decide_change(by=by, request=asked, accept=True, reason="Syy"),
        "refuse_change": lambda by: decide_change(by=by, request=asked, accept=False, reason="Syy"),
    }


# Publishing and feedback


def publications(world: World, status: PublicationStatus | None) -> dict[str, Attempt]:
    version = version_in(world, VersionStatus.SIGNED)
    if status is None:
        return {"publish": lambda by: publish(by=by, version=version), "publish_figure": lambda by: publish_a_figure(world, by)}
    publication = publish(by=SYSTEM, version=version)
    if status == PublicationStatus.WITHDRAWN:
        withdraw(by=SYSTEM, publication=publication, reason=WORDS)
    return {"publish": lambda by: publish(by=by, version=version), "withdraw": lambda by: withdraw(by=by, publication=publication, reason=WORDS)}


def publish_a_figure(world: World, by: Viewer) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.builders.publish_figure", lambda **given: publish_figure(**given | {"by": by}))
        return figure_of(world.programme, "money", 1, Amount(exact=100), "1 euro")


def feedback(world: World, status: str | None) -> dict[str, Attempt]:
    given = {"topic": "other", "message": "Hyvä", "email": "", "language": "fi", "page": "/", "attempt": "1"}
    if status is None:
        return {"give_feedback": lambda by: give_feedback(by=by, programme=world.programme, **given)}
    given_once = give_feedback(by=STRANGER, programme=world.programme, **given)
    if status == FeedbackStatus.ANSWERED:
        answer_feedback(by=SYSTEM, feedback=given_once, answer="Kiitos.")
    return {"answer_feedback": lambda by: answer_feedback(by=by, feedback=given_once, answer="Kiitos.")}


# Meetings and action points


def meeting_in(world: World, status: MeetingStatus) -> tuple[Meeting, Item]:
    by, chair = world.of(world.city), world.of(world.city, HELD_BY)
    meeting = plan_meeting(by=by, body=world.bodies["city"], starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    item = add_item(by=by, meeting=meeting, title=WORDS)
    if status == MeetingStatus.CANCELLED:
        return cancel_meeting(by=by, meeting=meeting, reason=WORDS), item
    for reached, go in (
        (MeetingStatus.CALLED, lambda: call_meeting(by=by, meeting=meeting)),
        (MeetingStatus.OPEN, lambda: open_meeting(by=by, meeting=meeting)),
        (MeetingStatus.CLOSED, lambda: closed(world, meeting)),
        (MeetingStatus.MINUTES_APPROVED, lambda: approve_minutes(by=chair, meeting=meeting)),
    ):
        if list(MeetingStatus).index(status) >= list(MeetingStatus).index(reached):
            go()
    return meeting, item


def closed(world: World, meeting: Meeting) -> None:
    note_presence(by=world.of(world.city), meeting=meeting, seat=world.seat)
    close_meeting(by=world.of(world.city), meeting=meeting)


def meetings(world: World, status: MeetingStatus | None) -> dict[str, Attempt]:
    if status is None:
        times = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=1)}
        return {"plan_meeting": lambda by: plan_meeting(by=by, body=world.bodies["city"], **times)}
    waiting = version_in(world, VersionStatus.PROPOSED)
    meeting, item = meeting_in(world, status)
    secretary = world.of(world.city)

    def resolved(by: Viewer) -> Any:
        if status == MeetingStatus.OPEN:
            note_presence(by=secretary, meeting=meeting, seat=world.seat)
        return resolve_item(by=by, item=item, outcome=Outcome.DECIDED, wording=WORDS)

    def left(by: Viewer) -> Any:
        if status == MeetingStatus.OPEN:
            note_presence(by=secretary, meeting=meeting, seat=world.seat)
        return note_leaving(by=by, meeting=meeting, seat=world.seat)

    recused: dict[str, Any] = {"item": item, "seat": world.seat, "ground": world.ground}
    return {
        "add_item": lambda by: add_item(by=by, meeting=meeting, title=WORDS, about=About()),
        "take_up": lambda by: take_up(by=by, meeting=meeting, places=[f"version:{waiting.key}"]),
        "attach_paper": lambda by: attach_paper(by=by, item=item, title=WORDS, address="https://example.test/paper"),
        "call_meeting": lambda by: call_meeting(by=by, meeting=meeting),
        "cancel_meeting": lambda by: cancel_meeting(by=by, meeting=meeting, reason=WORDS),
        "open_meeting": lambda by: open_meeting(by=by, meeting=meeting),
        "note_presence": lambda by: note_presence(by=by, meeting=meeting, seat=world.seat),
        "note_leaving": left,
        "declare_recusal": lambda by: declare_recusal(by=by, **recused),
        "note_recusal": lambda by: note_recusal(by=by, **recused),
        "note_discussion": lambda by: note_discussion(by=by, item=item, words=WORDS),
        "resolve_item": resolved,
        "state_action_point": lambda by: state_action_point(by=by, item=item, what=WORDS, organisation=world.city, due_on=ENDS),
        "close_meeting": lambda by: close_meeting(by=by, meeting=meeting),
        "approve_minutes": lambda by: approve_minutes(by=by, meeting=meeting),
    }


def action_points(world: World, status: ActionPointStatus | None) -> dict[str, Attempt]:
    _meeting, item = meeting_in(world, MeetingStatus.OPEN)
    given: dict[str, Any] = {"item": item, "what": WORDS, "organisation": world.city, "due_on": ENDS}
    if status is None:
        return {"state_action_point": lambda by: state_action_point(by=by, **given)}
    point = state_action_point(by=world.of(world.city), **given)
    if status == ActionPointStatus.DONE:
        finish_action_point(by=world.of(world.city), point=point, word=WORDS)
    if status == ActionPointStatus.DROPPED:
        drop_action_point(by=world.of(world.city), point=point, word=WORDS)
    return {
        "finish_action_point": lambda by: finish_action_point(by=by, point=point, word=WORDS),
        "drop_action_point": lambda by: drop_action_point(by=by, point=point, word=WORDS),
    }


LAID: dict[str, Callable[[World, Any], dict[str, Attempt]]] = {
    "Version of an agreement": versions,
    "Requested change": changes,
    "Meeting": meetings,
    "Action point": action_points,
    "Publication": publications,
    "Feedback": feedback,
}


# Who tries

WHO = [
    (name, held)
    for name, role in STANDARD_ROLES.items()
    for held in Held
    if held is not Held.NOBODY or role.reach == Reach.PROGRAMME  # an own organisation's role is held for an organisation: the rule of roles
] + [("stranger", Held.NOBODY)]


def somebody(world: World, name: str, held: Held) -> Viewer:
    """The same person in a standard role: for the city, for a city that has nothing to do with it, or for none."""
    role = STANDARD_ROLES.get(name)
    if role is None:
        return Viewer(HELD_BY)
    organisation = {Held.OWN: world.city.key, Held.ANOTHER: "another-city", Held.NOBODY: None}[held]
    return Viewer(HELD_BY, (Grant(world.programme.key, role.permissions, organisation, role.reach),))


def outcome(attempt: Attempt, by: Viewer) -> str | None:
    """What becomes of an attempt, which is then undone: with what it was refused, or None where it was done."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                attempt(by)
        except Refusal as refused:
            return f"{refused.status} {refused.code}"
        finally:
            transaction.set_rollback(True)
    return None


STATUSES = [(title, status) for title, (table, names) in ACT_TABLES.items() for status in (None, *names)]


@pytest.fixture
def world(db: None) -> World:
    with clock.stopped_at(NOON):
        return lay_world()


@pytest.mark.parametrize(("title", "status"), STATUSES)
def test_every_act_is_done_or_refused_as_the_matrix_says(world: World, title: str, status: Any) -> None:
    table = ACT_TABLES[title][0]
    with clock.stopped_at(NOON):
        attempts = LAID[title](world, status)
    with clock.stopped_at(NOON + timedelta(days=2)):
        found = {(act, *who): outcome(attempt, somebody(world, *who)) for act, attempt in attempts.items() for who in WHO}
    said = {}
    for act, name, held in found:
        row = table.get((status, act)) or rows_of(table, act)[0]
        refused = refusal(STANDARD_ROLES.get(name), held, row)
        possible = None if (status, act) in table else "400 act-not-in-status"
        said[act, name, held] = f"403 {refused}" if refused else possible
    differing = {key: (code, said[key]) for key, code in found.items() if code != said[key] and not _sooner(key[0], code, said[key])}
    assert differing == {}
    assert set(attempts) == {act for state, act in table if (state is None) == (status is None)}, "every act of the table is tried"


def _sooner(act: str, code: str | None, said: str | None) -> bool:
    """Closing asks first whether a version is still negotiated, which says more than that the act does not fit the status."""
    return act == "close_agreement" and (code, said) == ("400 negotiation-open", "400 act-not-in-status")


def test_a_role_and_for_whom_it_is_held_decide_together() -> None:
    row = rows_of(ACT_TABLES["Version of an agreement"][0], "propose")[0]
    official, coordinator = STANDARD_ROLES["ministry-official"], STANDARD_ROLES["city-coordinator"]
    assert [refusal(official, held, row) for held in Held] == [None, "for-no-party", "for-no-party"]
    assert [refusal(coordinator, held, row) for held in Held] == [None, "not-permitted", "not-permitted"]
    assert refusal(None, Held.OWN, row) == "not-permitted"
