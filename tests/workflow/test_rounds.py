"""A round: its common text, drafts that many people open from it at the same time, and what a draft takes over from the agreement before it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from kumppani.access import rounds as at_work
from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Clause, Commitment
from kumppani.domain.agreements.queries import digest_of, figures_of
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.parties.roles import STANDARD_ROLES
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.domain.rounds.models import Round, RoundDraft
from kumppani.domain.rounds.rules import Progress
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, NotAllowed, RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow.bodies import establish_body
from kumppani.workflow.drafting import comment, edit_clause, pass_draft
from kumppani.workflow.negotiation import propose, record_approval
from kumppani.workflow.rounds import carry_over_commitment, carry_over_priority, define_round, edit_template_clause, open_round_draft
from kumppani.workflow.seen import seen_of
from tests.builders import ENDS, NOON, TODAY, category_in, commitment_in, organisation_in, place_in, priority_of, programme_of, signed_agreement
from tests.workflow.test_acts import refused

PURPOSE = Text(fi="Tarkoitus", sv="Syfte", en="Purpose")
PEOPLE = 8


@dataclass
class Laid:
    """A programme with a ministry, as many signed agreements as there are cities, and a round with two clauses."""

    programme: Programme
    ministry: Organisation
    cities: list[Organisation]
    agreements: list[Agreement]
    round: Round

    def of(self, organisation: Organisation, role: str = "city-coordinator") -> Viewer:
        return Viewer(f"of-{organisation.key}", (Grant(self.programme.key, STANDARD_ROLES[role].permissions, organisation.key, Reach.ORGANISATION),))

    def opened(self, number: int = 0, by: Viewer | None = None, **more: Any) -> RoundDraft:
        given: dict[str, Any] = {"round_": self.round, "succeeds": self.agreements[number], "key": f"uusi-{number}"}
        return open_round_draft(**{"by": by or self.of(self.cities[number]), **given, **more})


def lay(cities: int = 2) -> Laid:
    programme = programme_of()
    ministry = organisation_in(programme, "ministry", OrganisationKind.MINISTRY)
    parties = [organisation_in(programme, f"city-{number}") for number in range(cities)]
    agreements = [
        signed_agreement(
            programme, f"fi-2021-{number:02d}", number + 1, ministry, city, place_in(programme, f"9{number:02d}", f"Kunta {number}")
        ).agreement
        for number, city in enumerate(parties)
    ]
    terms = {"authentic_language": "fi", "valid_from": date(2028, 1, 1), "valid_to": date(2034, 12, 31)}
    round_ = define_round(by=SYSTEM, programme=programme, key="kierros-2028", title=Text(fi="Kierros 2028"), **terms)
    edit_template_clause(by=SYSTEM, round_=round_, code="purpose", number=1, heading=PURPOSE, body=Text(fi="Painopisteet: {priorities}."))
    edit_template_clause(by=SYSTEM, round_=round_, code="term", number=2, heading=Text(fi="Kesto"), body=Text(fi="Voimassa {valid_to} asti."))
    return Laid(programme, ministry, parties, agreements, round_)


@pytest.fixture
def laid(db: None) -> Iterator[Laid]:
    with clock.stopped_at(NOON):
        yield lay()


def version_of(draft: RoundDraft) -> AgreementVersion:
    return AgreementVersion.objects.select_related("agreement__programme", "drafter").get(agreement=draft.agreement)


def test_a_draft_begins_with_the_rounds_text_and_term_and_the_earlier_agreements_parties_and_places(laid: Laid) -> None:
    draft = laid.opened()
    version = version_of(draft)
    assert (draft.succeeds, version.number, version.status, version.valid_to) == (laid.agreements[0], 1, "draft", date(2034, 12, 31))
    assert [clause.code for clause in Clause.objects.filter(version=version)] == ["purpose", "term"]
    assert [one.organisation.key for one in version.signatories.all()] == ["ministry", "city-0"]
    assert version.drafter == laid.cities[0]
    assert draft.agreement.municipalities.get() == laid.agreements[0].municipalities.get()
    assert draft.agreement.position == 3
    assert set(Event.objects.filter(root=draft.agreement.key).values_list("act", flat=True)) == {"cite", "open_draft", "open_round_draft"}


def test_an_agreement_has_one_successor_in_a_round_opened_by_one_of_its_parties(laid: Laid) -> None:
    refused(lambda: laid.opened(0, by=laid.of(laid.cities[1])), "not-permitted", NotAllowed)
    laid.opened()
    refused(lambda: laid.opened(key="toinen"), "succeeded-already")
    laid.opened(1, by=laid.of(laid.ministry, "ministry-official"))


def test_what_was_never_signed_has_no_successor(laid: Laid) -> None:
    draft = laid.opened()
    later = define_round(by=SYSTEM, programme=laid.programme, key="kierros-2035", title=Text(fi="2035"), authentic_language="fi")
    act = lambda: open_round_draft(by=SYSTEM, round_=later, succeeds=draft.agreement, key="kolmas")  # noqa: E731 one line says it
    refused(act, "nothing-to-succeed")


def test_the_common_text_is_changed_only_as_it_was_seen_and_drafts_keep_the_old(laid: Laid) -> None:
    draft = laid.opened()
    clause = laid.round.clauses.get(code="term")
    change = {"by": SYSTEM, "round_": laid.round, "code": "term", "number": 2, "heading": Text(fi="Kesto"), "body": Text(fi="Uusi")}
    with pytest.raises(Conflict):
        edit_template_clause(**change, seen="another")
    edit_template_clause(**change, seen=seen_of(clause))
    assert Clause.objects.get(version__agreement=draft.agreement, code="term").body == {"fi": "Voimassa {valid_to} asti."}
    refused(lambda: edit_template_clause(**{**change, "code": "fees"}), "clause-number-taken")
    refused(lambda: edit_template_clause(**{**change, "number": 0}, seen=""), "bad-clause-number")
    table = at_work.round_(SYSTEM, laid.programme, laid.round.key)
    assert table.cells["term"][draft.agreement.key].progress is Progress.DIFFERS


def test_a_priority_chosen_is_carried_over_with_words_and_themes_and_points_to_its_origin(laid: Laid) -> None:
    theme = category_in(laid.programme, "themes", "digital", Text(fi="Digi"))
    origin = priority_of(laid.agreements[0], themes=[theme])
    foreign = priority_of(laid.agreements[1])
    draft, by = laid.opened(), laid.of(laid.cities[0])
    carried = carry_over_priority(by=by, draft=draft, origin=origin)
    assert (carried.priority.key, carried.priority.title, carried.origin) == ("uusi-0-p1", origin.title, origin)
    assert list(carried.priority.themes.all()) == [theme]
    assert figures_of(version_of(draft)).priorities == [origin.title]
    refused(lambda: carry_over_priority(by=by, draft=draft, origin=origin), "carried-already")
    refused(lambda: carry_over_priority(by=by, draft=draft, origin=foreign), "not-of-the-earlier-agreement")
    assert at_work.left_over(draft, laid.programme).priorities == []


def test_unfinished_promises_are_listed_and_carried_over_finished_ones_are_neither(laid: Laid) -> None:
    old, (city, ministry) = laid.agreements[0], (laid.cities[0], laid.ministry)
    priority = priority_of(old)
    promises = {state: commitment_in(state, old, number, city, ministry, priority=priority) for number, state in enumerate(CommitmentState, start=1)}
    draft, by = laid.opened(), laid.of(city)
    left = at_work.left_over(draft, laid.programme)
    assert left.commitments == [promises[state] for state in (CommitmentState.NOT_YET_MADE, CommitmentState.OWED, CommitmentState.LATE)]
    carry_over_priority(by=by, draft=draft, origin=priority)
    carried = carry_over_commitment(by=by, draft=draft, origin=promises[CommitmentState.LATE], due_on=ENDS)
    new = Commitment.objects.select_related("priority").get(pk=carried.commitment.pk)
    assert (new.key, new.promise, new.due_on, new.fulfilled_on) == ("uusi-0-c1", promises[CommitmentState.LATE].promise, ENDS, None)
    assert new.priority is not None
    assert new.priority.key == "uusi-0-p1"
    assert carried.origin == promises[CommitmentState.LATE]
    for state in (CommitmentState.FULFILLED, CommitmentState.RELEASED):
        refused(lambda state=state: carry_over_commitment(by=by, draft=draft, origin=promises[state], due_on=ENDS), "promise-finished")
    act = lambda: carry_over_commitment(by=by, draft=draft, origin=promises[CommitmentState.OWED], due_on=date(2020, 1, 1))  # noqa: E731 one line says it
    refused(act, "end-before-start")


def test_only_whose_turn_it_is_carries_over_and_only_into_a_draft(laid: Laid) -> None:
    origin = priority_of(laid.agreements[0])
    draft, city = laid.opened(), laid.of(laid.cities[0])
    official = laid.of(laid.ministry, "ministry-official")
    refused(lambda: carry_over_priority(by=official, draft=draft, origin=origin), "not-your-turn", NotAllowed)
    pass_draft(by=city, version=version_of(draft), to=laid.ministry)
    refused(lambda: carry_over_priority(by=city, draft=draft, origin=origin), "not-your-turn", NotAllowed)
    version = propose(by=official, version=version_of(draft))
    refused(lambda: carry_over_priority(by=official, draft=draft, origin=origin), "not-a-draft")
    assert version.proposed_digest == digest_of(version)


def test_a_permission_alone_carries_nothing_over_nor_opens_a_draft(laid: Laid) -> None:
    origin = priority_of(laid.agreements[0])
    draft = laid.opened()
    programme_wide = Viewer("wide", (Grant(laid.programme.key, frozenset(Permission)),))
    for act in (lambda: carry_over_priority(by=programme_wide, draft=draft, origin=origin), lambda: laid.opened(1, by=programme_wide)):
        refused(act, "for-no-party", NotAllowed)


def test_the_matrix_follows_the_negotiation_and_shows_each_only_their_own(laid: Laid) -> None:
    first, second = laid.opened(0), laid.opened(1)
    city, official = laid.of(laid.cities[0]), laid.of(laid.ministry, "ministry-official")
    clause = Clause.objects.get(version__agreement=first.agreement, code="term")
    edit_clause(by=city, version=version_of(first), code="term", number=2, heading=clause.heading, body=Text(fi="Toisin."), seen=seen_of(clause))
    comment(by=official, clause=clause, words="Miksi?")
    table = at_work.round_(official, laid.programme, laid.round.key)
    found = {(code, key): (cell.progress.value, cell.open_comments) for code, row in table.cells.items() for key, cell in row.items()}
    assert found == {
        ("purpose", "uusi-0"): ("open", 0),
        ("term", "uusi-0"): ("differs", 1),
        ("purpose", "uusi-1"): ("open", 0),
        ("term", "uusi-1"): ("open", 0),
    }
    own = at_work.round_(laid.of(laid.cities[1]), laid.programme, laid.round.key)
    assert [seen.draft for seen in own.drafts] == [second]
    national = Viewer("national", (Grant(laid.programme.key, STANDARD_ROLES["national-coordinator"].permissions),))
    assert len(at_work.round_(national, laid.programme, laid.round.key).drafts) == 2

    version = propose(by=city, version=version_of(first))
    for who, by in ((laid.cities[0], city), (laid.ministry, official)):
        body = establish_body(
            by=SYSTEM,
            programme=laid.programme,
            key=f"{who.key}-board",
            kind="board",
            organisation=who,
            name=Text(fi="B"),
            quorum_rule="more_than_half",
        )
        assert at_work.round_(official, laid.programme, laid.round.key).counts[Progress.AGREED] == 0
        record_approval(by=by, version=version, digest=version.proposed_digest, body=body, decided_on=TODAY - timedelta(days=1))
    counts = at_work.round_(official, laid.programme, laid.round.key).counts
    assert counts == {Progress.AGREED: 2, Progress.OPEN: 2, Progress.DIFFERS: 0}


def test_what_can_be_opened_is_what_was_signed_and_has_no_successor_yet(laid: Laid) -> None:
    official = laid.of(laid.ministry, "ministry-official")
    table = at_work.round_(official, laid.programme, laid.round.key)
    assert at_work.not_opened(official, table) == laid.agreements
    assert at_work.not_opened(laid.of(laid.cities[1]), table) == [laid.agreements[1]]
    laid.opened(0)
    assert at_work.not_opened(official, table) == [laid.agreements[1]]


def test_nine_queries_however_many_drafts(laid: Laid) -> None:
    prices = []
    for number in range(2):
        laid.opened(number)
        with CaptureQueriesContext(connections["default"]) as queries:
            at_work.rounds(laid.of(laid.ministry, "ministry-official"), laid.programme)
        prices.append(len(queries))
    assert prices == [9, 9]


def test_a_round_has_a_key_of_its_own_a_name_and_a_language(laid: Laid) -> None:
    given: dict[str, Any] = {"by": SYSTEM, "programme": laid.programme, "key": "uusi", "title": Text(fi="Uusi"), "authentic_language": "fi"}
    refused(lambda: define_round(**given | {"key": "kierros-2028"}), "round-exists")
    refused(lambda: define_round(**given | {"authentic_language": "ru"}), "unknown-language")
    with pytest.raises(RuleBroken):
        define_round(**given | {"title": Text()})


@pytest.mark.django_db(transaction=True)
def test_eight_people_open_drafts_at_the_same_moment_and_each_has_a_place_of_its_own() -> None:
    with clock.stopped_at(NOON):
        laid = lay(PEOPLE)
    outcome: dict[int, str] = {}
    barrier = threading.Barrier(PEOPLE)

    def opens(number: int) -> None:
        barrier.wait()
        try:
            laid.opened(number)
            outcome[number] = "opened"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=opens, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcome == dict.fromkeys(range(PEOPLE), "opened")
    drafts = RoundDraft.objects.filter(round=laid.round).select_related("agreement", "succeeds")
    assert sorted(draft.agreement.position for draft in drafts) == list(range(PEOPLE + 1, 2 * PEOPLE + 1))
    assert {draft.succeeds.key for draft in drafts} == {agreement.key for agreement in laid.agreements}
    assert Clause.objects.filter(version__agreement__opened_in__round=laid.round).count() == 2 * PEOPLE
    numbers = list(Event.objects.filter(chain=laid.programme.key).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_open_the_successor_of_one_agreement_exactly_one_does() -> None:
    with clock.stopped_at(NOON):
        laid = lay(1)
    outcome: list[str] = []
    barrier = threading.Barrier(PEOPLE)

    def opens(number: int) -> None:
        barrier.wait()
        try:
            laid.opened(0, key=f"uusi-{number}")
            outcome.append("opened")
        except RuleBroken as refusal:
            outcome.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=opens, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["opened"] + ["succeeded-already"] * (PEOPLE - 1)
    assert RoundDraft.objects.count() == 1
