"""An agreement from draft to closing report: nobody acts out of turn or for two parties, and what is signed is exactly what was approved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kumppani.access import changes, load, visible
from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Approval, Clause, Comment
from kumppani.domain.agreements.queries import approved_by, digest_of, parties_of, signed_periods, turn_of
from kumppani.domain.agreements.rules import CommitmentState, Side, Validity, validity_on
from kumppani.domain.agreements.states import VERSION_ACTS, VersionStatus
from kumppani.domain.bodies.models import Body
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, Missing, NotAllowed, Refusal, RuleBroken
from kumppani.kernel.periods import first_overlap
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import ApprovalGiven, Signing, record_signed_elsewhere
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.drafting import comment, edit_clause, edit_terms, open_amendment, open_draft, pass_draft, resolve_comment, strike_clause
from kumppani.workflow.negotiation import agree, bring_into_force, close_agreement, propose, record_approval, send_back
from kumppani.workflow.publishing import publish
from kumppani.workflow.seen import seen_of
from tests.builders import ENDS, NOON, SIGNED, TODAY, commitment_in, marked, organisation_in, place_in, priority_of, programme_of

BODY = Text(fi="Voimassa {valid_to} asti.", sv="Gäller till {valid_to}.", en="In force until {valid_to}.")
HEADING = Text(fi="Voimassaolo", sv="Giltighet", en="Term")


def acting_for(*organisations: Organisation, programme: str = "fi-2021") -> Viewer:
    """Somebody who negotiates in the name of these."""
    grants = (Grant(programme, frozenset(Permission), one.key, Reach.ORGANISATION) for one in organisations)
    return Viewer("-and-".join(one.key for one in organisations), tuple(grants))


@dataclass
class Table:
    """Who sits at it."""

    programme: Programme
    place: Municipality
    ministry: Organisation
    city: Organisation
    other: Organisation
    bodies: dict[str, Body]
    people: dict[str, Viewer] = field(default_factory=dict)
    version: Any = None
    clause: Any = None
    said: Any = None

    def person(self, party: str) -> Viewer:
        return self.people[party]

    def draft(self, **more: Any) -> AgreementVersion:
        given: dict[str, Any] = {
            "key": "fi-2021-09",
            "position": 9,
            "name": Text(fi="Uusi seutu"),
            "municipalities": [(self.place, True)],
            "signatories": [(self.ministry, Side.STATE), (self.city, Side.CITY)],
            "authentic_language": "fi",
            "valid_to": ENDS,
        }
        return open_draft(by=self.people["city"], programme=self.programme, **given | more)

    def proposed(self) -> AgreementVersion:
        version = self.draft()
        edit_clause(by=self.people["city"], version=version, code="term", number=1, heading=HEADING, body=BODY)
        return propose(by=self.people["city"], version=version)

    def approve(self, version: AgreementVersion, *parties: str) -> None:
        for party in parties or ("ministry", "city"):
            given = {"body": self.bodies[party], "decided_on": TODAY, "section": "§ 12", "case_number": "VN/1/2026"}
            record_approval(by=self.people[party], version=version, digest=version.proposed_digest, **given)

    def signed(self) -> AgreementVersion:
        version = self.proposed()
        self.approve(version)
        version = agree(by=self.people["city"], version=version)
        return bring_into_force(by=self.people["city"], version=version, signed_on=TODAY, valid_from=TODAY)


def lay_table() -> Table:
    programme = programme_of()
    place = place_in(programme, "901", "Pohjola")
    ministry = organisation_in(programme, "ministry", OrganisationKind.MINISTRY)
    city, other = organisation_in(programme, "city"), organisation_in(programme, "other-city")
    # A body comes to be when a decision of it is recorded.
    boards = [ApprovalGiven(f"{one.key}-board", "board", Text(fi="Hallitus"), SIGNED) for one in (ministry, city)]
    record_signed_elsewhere(
        by=SYSTEM,
        programme=programme,
        key="fi-2021-01",
        position=1,
        name=Text(fi="Vanha seutu"),
        municipalities=[(place, True)],
        decider=None,
        signed_on=SIGNED,
        valid_from=None,
        valid_to=ENDS,
        content=Text(fi="Vesi"),
        signings=[Signing(ministry, Side.STATE, boards[:1]), Signing(city, Side.CITY, boards[1:])],
    )
    bodies = {one.key: Body.objects.get(key=f"{one.key}-board") for one in (ministry, city)}
    people = {"ministry": acting_for(ministry), "city": acting_for(city), "other": acting_for(other), "both": acting_for(ministry, city)}
    return Table(programme, place, ministry, city, other, bodies, people)


@pytest.fixture
def table(db: None, noon: None) -> Table:
    return lay_table()


def refused(act: Callable[[], Any], code: str, kind: type[Refusal] = RuleBroken) -> None:
    """Refused with this code, and no event is left."""
    before = Event.objects.count()
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    assert Event.objects.count() == before


@contextmanager
def years_later() -> Iterator[None]:
    with clock.stopped_at(NOON.replace(year=2036)):
        yield


def test_draft_approvals_agreed_in_force_amended_and_closed(table: Table) -> None:
    first = table.signed()
    assert (first.status, validity_on(first, TODAY)) == (VersionStatus.SIGNED, Validity.IN_FORCE)
    later = NOON.replace(year=2027, month=3)
    with clock.stopped_at(later):
        second = open_amendment(by=table.person("ministry"), agreement=first.agreement)
        assert [clause.code for clause in second.clauses.all()] == ["term"]
        second = edit_terms(
            by=table.person("ministry"), version=second, seen=seen_of(second), valid_from=None, valid_to=date(2034, 12, 31), authentic_language="sv"
        )
        second = propose(by=table.person("ministry"), version=second)
        table.approve(second)
        second = agree(by=table.person("ministry"), version=second)
        start = later.date() + timedelta(30)
        second = bring_into_force(by=table.person("ministry"), version=second, signed_on=later.date(), valid_from=start, case_number="VN/7/2027")
    first.refresh_from_db()
    assert first.valid_to == start - timedelta(1)
    assert second.case_number == "VN/7/2027"
    commitment_in(CommitmentState.LATE, first.agreement, 1, table.ministry, table.city)
    commitment_in(CommitmentState.FULFILLED, first.agreement, 2, table.city, table.ministry)
    refused(lambda: close_agreement(by=table.person("city"), agreement=first.agreement, words=Text(fi="Kiitos.")), "term-not-over")
    with years_later():
        refused(lambda: close_agreement(by=table.person("other"), agreement=first.agreement, words=Text(fi="Kiitos.")), "not-permitted", NotAllowed)
        refused(lambda: close_agreement(by=table.person("city"), agreement=first.agreement, words=Text()), "words-missing")
        report = close_agreement(by=table.person("city"), agreement=first.agreement, words=Text(fi="Kiitos."))
        assert [promise["state"] for promise in report.promises] == ["late", "fulfilled"]
        refused(lambda: open_amendment(by=table.person("city"), agreement=first.agreement), "agreement-closed")
        refused(lambda: close_agreement(by=table.person("city"), agreement=first.agreement, words=Text(fi="Taas.")), "act-not-in-status")


def test_nobody_acts_for_two_parties_for_none_or_out_of_turn(table: Table) -> None:
    version = table.proposed()

    def give(who: str, party: str) -> Approval:
        return record_approval(by=table.person(who), version=version, digest=version.proposed_digest, body=table.bodies[party], decided_on=TODAY)

    refused(lambda: give("both", "city"), "for-two-parties", NotAllowed)
    refused(lambda: give("other", "city"), "not-permitted", NotAllowed)
    refused(lambda: record_approval(by=SYSTEM, version=version, digest="", body=table.bodies["city"], decided_on=TODAY), "for-no-party", NotAllowed)
    refused(lambda: give("city", "ministry"), "body-of-another")
    give("city", "city")
    refused(lambda: give("city", "city"), "not-your-turn", NotAllowed)
    refused(lambda: agree(by=table.person("city"), version=version), "approval-missing")
    refused(lambda: edit_clause(by=table.person("city"), version=version, code="new", number=2, heading=HEADING, body=BODY), "act-not-in-status")
    give("ministry", "ministry")
    refused(lambda: agree(by=table.person("ministry"), version=version), "not-your-turn", NotAllowed)
    assert agree(by=table.person("city"), version=version).status == VersionStatus.AGREED


@pytest.mark.parametrize(("part", "value"), [("valid_to", TODAY), ("signed_on", TODAY), ("content.fi", "Muu")])
def test_what_is_still_negotiated_is_edited_by_its_parties_and_never_corrected(table: Table, part: str, value: object) -> None:
    key, cited = table.proposed().key, marked(Mark.ENTERED)
    refused(
        lambda: correct_fact(by=SYSTEM, programme=table.programme, kind="version", key=key, field=part, value=value, cited=cited), "still-negotiated"
    )


def test_what_does_not_fit_is_refused_and_never_cut_off(table: Table) -> None:
    long = "x" * 101
    refused(lambda: table.draft(case_number=long), "too-long-to-read")
    refused(lambda: table.draft(authentic_language="suomi"), "unknown-language")
    version = table.proposed()
    given = {"by": table.person("city"), "version": version, "digest": version.proposed_digest, "body": table.bodies["city"], "decided_on": TODAY}
    refused(lambda: record_approval(**given, case_number=long), "too-long-to-read")
    refused(lambda: record_approval(**given, section="§" * 41), "too-long-to-read")
    refused(lambda: send_back(by=table.person("city"), version=version, reason="Syy", case_number=long), "too-long-to-read")


def test_only_the_drafter_writes_until_the_draft_is_passed_on(table: Table) -> None:
    version = table.draft()

    def write(who: str) -> Clause:
        return edit_clause(by=table.person(who), version=version, code=who, number=len(who), heading=HEADING, body=BODY)

    refused(lambda: write("ministry"), "not-your-turn", NotAllowed)
    refused(lambda: pass_draft(by=table.person("city"), version=version, to=table.other), "not-a-party")
    pass_draft(by=table.person("city"), version=version, to=table.ministry)
    write("ministry")
    refused(lambda: write("city"), "not-your-turn", NotAllowed)


def test_an_approval_of_another_content_or_after_a_change_of_the_record_is_a_conflict(table: Table) -> None:
    version = table.proposed()

    def give(digest: str) -> Approval:
        return record_approval(by=table.person("city"), version=version, digest=digest, body=table.bodies["city"], decided_on=TODAY)

    refused(lambda: give("0" * 64), "version-changed", Conflict)
    priority_of(version.agreement)
    refused(lambda: give(version.proposed_digest), "version-changed", Conflict)
    future = TODAY + timedelta(1)
    send_back(by=table.person("city"), version=version, reason="Painopiste lisättiin.")
    version = propose(by=table.person("city"), version=version)
    refused(
        lambda: record_approval(
            by=table.person("city"), version=version, digest=version.proposed_digest, body=table.bodies["city"], decided_on=future
        ),
        "day-ahead",
    )


def test_a_refusal_with_a_reason_makes_it_a_draft_again_and_the_approvals_stay_only_in_the_journal(table: Table) -> None:
    version = table.proposed()
    table.approve(version, "city")
    refused(lambda: send_back(by=table.person("ministry"), version=version, reason=" "), "words-missing")
    version = send_back(by=table.person("ministry"), version=version, reason="Raha puuttuu.")
    assert (version.status, version.sent_back_reason, version.sent_back_by) == (VersionStatus.DRAFT, "Raha puuttuu.", table.ministry)
    assert not Approval.objects.filter(signatory__version=version).exists()
    assert "§ 12" in Event.objects.get(act="send_back", kind="approval").text
    version = propose(by=table.person("city"), version=version)
    assert approved_by(version) == frozenset()


def test_two_people_at_one_clause_the_second_hears_of_it(table: Table) -> None:
    version = table.draft()
    clause = edit_clause(by=table.person("city"), version=version, code="term", number=1, heading=HEADING, body=BODY)
    opened = seen_of(clause)

    def write(seen: str, words: str) -> Clause:
        given = {"code": "term", "number": 1, "heading": HEADING, "body": Text(fi=words)}
        return edit_clause(by=table.person("city"), version=version, seen=seen, **given)

    write(opened, "Yksi.")
    refused(lambda: write(opened, "Kaksi."), "changed-meanwhile", Conflict)
    assert Clause.objects.get().body == Text(fi="Yksi.")
    refused(
        lambda: edit_terms(by=table.person("city"), version=version, seen="", valid_from=None, valid_to=None, authentic_language="fi"),
        "changed-meanwhile",
        Conflict,
    )
    refused(lambda: write(seen_of(Clause.objects.get()), "x" * 20_001), "too-long")
    struck = strike_clause(by=table.person("city"), clause=clause, seen=seen_of(Clause.objects.get()))
    refused(lambda: propose(by=table.person("city"), version=version), "no-clauses")
    assert struck.is_struck


def test_comments_are_the_parties_own_and_closed_by_who_made_them_or_drafts(table: Table) -> None:
    version = table.draft()
    clause = edit_clause(by=table.person("city"), version=version, code="term", number=1, heading=HEADING, body=BODY)
    said = comment(by=table.person("ministry"), clause=clause, words="Liian pitkä aika.")
    own = comment(by=table.person("city"), clause=clause, words="Perustellaan.")
    refused(lambda: comment(by=table.person("other"), clause=clause, words="Hei"), "not-permitted", NotAllowed)
    refused(lambda: comment(by=table.person("city"), clause=clause, words="x" * 4001), "too-long-to-read")
    refused(lambda: resolve_comment(by=table.person("ministry"), comment=own), "comment-of-another", NotAllowed)
    resolve_comment(by=table.person("city"), comment=said)
    refused(lambda: resolve_comment(by=table.person("ministry"), comment=said), "resolved-already")
    assert [one.resolved_at is None for one in Comment.objects.order_by("number")] == [False, True]


def test_what_is_negotiated_is_not_public_and_gives_no_powers_over_what_is_signed(table: Table) -> None:
    agreement = Agreement.objects.get(key="fi-2021-01")
    publish(by=SYSTEM, version=agreement.versions.get())
    events = [event.number for event in changes.public_events(STRANGER, table.programme)]
    second = open_amendment(by=table.person("city"), agreement=agreement)
    edit_clause(by=table.person("city"), version=second, code="secret", number=1, heading=HEADING, body=BODY)
    terms = {"valid_from": None, "valid_to": ENDS, "authentic_language": "fi"}
    second = edit_terms(by=table.person("city"), version=second, seen=seen_of(second), **terms)
    second = propose(by=table.person("city"), version=second)
    draft = table.draft()
    for version in (second, draft):
        refused(lambda version=version: publish(by=SYSTEM, version=version), "not-signed-yet")  # type: ignore[misc] bound in the loop
    assert [row.key for row in visible.agreements(STRANGER, table.programme)] == ["fi-2021-01"]
    assert [row.number for row in visible.versions(STRANGER, table.programme)] == [1]
    assert {row.version.number for row in visible.parties(STRANGER, table.programme)} == {1}
    assert [event.number for event in changes.public_events(STRANGER, table.programme)] == events
    with pytest.raises(Missing):
        load.version(STRANGER, table.programme, "fi-2021-01", 2)
    # An agreement signed elsewhere, and a correction of one, are not disturbed by a version under negotiation.
    assert len(signed_periods(agreement)) == 1
    fact = {"kind": "version", "key": "fi-2021-01/1", "field": "valid_to", "value": date(2027, 12, 30)}
    correct_fact(by=SYSTEM, programme=table.programme, cited=marked(Mark.ENTERED), **fact)
    assert parties_of(agreement) == {"ministry", "city"}


def acts_of(table: Table, by: Viewer) -> dict[str, Callable[[], Any]]:
    """Every act of a negotiation, tried by somebody on things of the right agreement."""
    version, clause, said = table.version, table.clause, table.said
    draft = {"municipalities": [(table.place, True)], "signatories": [(table.ministry, Side.STATE), (table.city, Side.CITY)]}
    named = {"programme": table.programme, "key": "fi-2021-10", "position": 10, "name": Text(fi="Toinen"), "authentic_language": "fi"}
    return {
        "open_draft": lambda: open_draft(by=by, **named, **draft),  # type: ignore[arg-type] keywords of several types
        "open_amendment": lambda: open_amendment(by=by, agreement=Agreement.objects.get(key="fi-2021-01")),
        "edit_terms": lambda: edit_terms(by=by, version=version, seen=seen_of(version), valid_from=None, valid_to=None, authentic_language="fi"),
        "edit_clause": lambda: edit_clause(by=by, version=version, code="new", number=7, heading=HEADING, body=BODY),
        "strike_clause": lambda: strike_clause(by=by, clause=clause, seen=seen_of(clause)),
        "pass_draft": lambda: pass_draft(by=by, version=version, to=table.ministry),
        "comment": lambda: comment(by=by, clause=clause, words="Hei"),
        "resolve_comment": lambda: resolve_comment(by=by, comment=said),
        "propose": lambda: propose(by=by, version=version),
        "record_approval": lambda: record_approval(by=by, version=version, digest="", body=table.bodies["city"], decided_on=TODAY),
        "send_back": lambda: send_back(by=by, version=version, reason="Ei."),
        "agree": lambda: agree(by=by, version=version),
        "bring_into_force": lambda: bring_into_force(by=by, version=version, signed_on=TODAY, valid_from=TODAY),
        "close_agreement": lambda: close_agreement(by=by, agreement=Agreement.objects.get(key="fi-2021-01"), words=Text(fi="Kiitos.")),
    }


def test_every_act_of_a_negotiation_takes_its_own_permission_in_this_programme_and_a_party_of_this_agreement(table: Table) -> None:
    table.version = table.draft()
    table.clause = edit_clause(by=table.person("city"), version=table.version, code="term", number=1, heading=HEADING, body=BODY)
    table.said = comment(by=table.person("city"), clause=table.clause, words="Hei")
    table.version.refresh_from_db()
    for act in acts_of(table, STRANGER):
        without = Viewer("without", (Grant("fi-2021", frozenset(Permission) - {Permission(act)}, "city", Reach.ORGANISATION),))
        for by in (STRANGER, without, acting_for(table.city, programme="harjoitus"), table.person("other")):
            refused(acts_of(table, by)[act], "not-permitted", NotAllowed)
        refused(acts_of(table, SYSTEM)[act], "for-no-party", NotAllowed)
        refused(acts_of(table, table.person("both"))[act], "for-two-parties", NotAllowed)


def test_a_second_negotiation_and_bad_drafts_are_refused(table: Table) -> None:
    agreement = Agreement.objects.get(key="fi-2021-01")
    open_amendment(by=table.person("city"), agreement=agreement)
    refused(lambda: open_amendment(by=table.person("ministry"), agreement=agreement), "negotiation-open")
    refused(lambda: table.draft(key="fi-2021-01"), "agreement-exists")
    refused(lambda: table.draft(signatories=[(table.city, Side.CITY)]), "one-sided-agreement")
    refused(lambda: table.draft(signatories=[(table.ministry, Side.STATE), (table.other, Side.CITY)]), "not-permitted", NotAllowed)
    version = table.draft()
    refused(lambda: open_amendment(by=table.person("city"), agreement=version.agreement), "nothing-to-amend")


REACHED: set[str] = set()
"""Statuses that the machine below got to: that it gets to all of them is part of the test."""


class Negotiation(RuleBasedStateMachine):
    """Random acts by random people: the table, the turn and the digest hold whatever is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.stopped = clock.stopped_at(NOON)
        self.transaction.__enter__()
        self.stopped.__enter__()
        self.table = lay_table()
        self.version = self.table.draft(valid_from=TODAY)
        self.words = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stopped.__exit__(None, None, None)
        self.transaction.__exit__(None, None, None)

    def attempt(self, act: str, who: str, done: Callable[[Viewer], Any]) -> None:
        """Whoever tries it: if it went through, the table allows it and it was that party's turn."""
        before, turn, drafter = VersionStatus(self.version.status), turn_of(self.version), self.version.drafter.key  # type: ignore[union-attr] negotiated
        try:
            done(self.table.person(who))
        except Refusal:
            self.version.refresh_from_db()
            assert self.version.status == before
            return
        self.version = AgreementVersion.objects.get(pk=self.version.pk)
        assert self.version.status == VERSION_ACTS[before, act].next
        REACHED.add(self.version.status)
        assert who in (turn | {drafter} if act == "send_back" else turn)

    who = st.sampled_from(["ministry", "city", "other", "both"])

    @rule(who=who)
    def write(self, who: str) -> None:
        self.words += 1
        clause = Clause.objects.filter(version=self.version).first()
        body = Text(fi=f"Sana {self.words} {{valid_to}}")
        self.attempt(
            "edit_clause",
            who,
            lambda by: edit_clause(
                by=by, version=self.version, code="term", number=1, heading=HEADING, body=body, seen=seen_of(clause) if clause else ""
            ),
        )

    @rule(who=who)
    def give_over(self, who: str) -> None:
        self.attempt("pass_draft", who, lambda by: pass_draft(by=by, version=self.version, to=self.table.ministry))

    @rule(who=who)
    def put_forward(self, who: str) -> None:
        self.attempt("propose", who, lambda by: propose(by=by, version=self.version))

    @rule(who=who, of=st.sampled_from(["ministry", "city"]), right=st.booleans())
    def approve(self, who: str, of: str, right: bool) -> None:
        digest = self.version.proposed_digest if right else "1" * 64
        body = self.table.bodies[of]
        self.attempt("record_approval", who, lambda by: record_approval(by=by, version=self.version, digest=digest, body=body, decided_on=TODAY))

    @rule(who=who)
    def refuse(self, who: str) -> None:
        self.attempt("send_back", who, lambda by: send_back(by=by, version=self.version, reason="Ei."))

    @rule(who=who)
    def shake_hands(self, who: str) -> None:
        self.attempt("agree", who, lambda by: agree(by=by, version=self.version))

    @rule(who=who)
    def sign(self, who: str) -> None:
        self.attempt("bring_into_force", who, lambda by: bring_into_force(by=by, version=self.version, signed_on=TODAY, valid_from=TODAY))

    @rule()
    def go_on(self) -> None:
        """The next step towards signing, by whoever's turn it is: else chance would seldom get there."""
        who = min(turn_of(self.version), default="city")
        if self.version.status == VersionStatus.DRAFT:
            self.put_forward(who) if Clause.objects.filter(version=self.version).exists() else self.write(who)
        elif self.version.status == VersionStatus.AGREED:
            self.sign(who)
        elif approved_by(self.version) == {"ministry", "city"}:
            self.shake_hands(who)
        else:
            self.approve(who, who, right=True)

    @invariant()
    def approvals_are_of_what_stands_here(self) -> None:
        given = list(Approval.objects.filter(signatory__version=self.version).select_related("signatory__organisation", "body__organisation"))
        assert all(one.content_digest == self.version.proposed_digest == digest_of(self.version) for one in given)
        assert all(one.body.organisation == one.signatory.organisation for one in given)
        if self.version.status in {VersionStatus.AGREED, VersionStatus.SIGNED}:
            assert {one.signatory.organisation.key for one in given} == {"ministry", "city"}
        if self.version.status == VersionStatus.DRAFT:
            assert given == []

    @invariant()
    def no_two_versions_hold_on_one_day(self) -> None:
        assert first_overlap(signed_periods(self.version.agreement)) is None


@pytest.mark.django_db
def test_whatever_is_tried_by_whomever_the_table_the_turn_and_the_digest_hold() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call] hypothesis leaves it untyped
        Negotiation, settings=settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    )
    assert {VersionStatus.DRAFT, VersionStatus.PROPOSED, VersionStatus.AGREED, VersionStatus.SIGNED} <= REACHED
