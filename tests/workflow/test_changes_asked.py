"""A commitment or measure is changed when one party asks and another accepts."""

from typing import Any

import pytest

from kumppani.access import changes
from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import Agreement, ChangeRequest, Commitment
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.errors import Conflict, Missing, NotAllowed
from kumppani.kernel.text import Text
from kumppani.workflow.changes_asked import decide_change, request_change
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.publishing import publish
from kumppani.workflow.seen import seen_of
from tests.builders import TODAY, commitment_in, marked
from tests.workflow.test_negotiation import Table, lay_table, refused


@pytest.fixture
def table(db: None, noon: None) -> Table:
    found = lay_table()
    commitment_in(CommitmentState.OWED, Agreement.objects.get(), 1, found.ministry, found.city)
    return found


def ask(by: Viewer, **more: Any) -> ChangeRequest:
    promise = Commitment.objects.get()
    given = {"kind": "commitment", "key": promise.key, "wanted": {"due_on": "2027-06-30", "promise.sv": "Löfte"}, "seen": seen_of(promise)}
    return request_change(by=by, agreement=promise.agreement, **{"reason": "Valmistelu viivästyi.", **given, **more})


def decide(by: Viewer, asked: ChangeRequest, *, accept: bool = True, reason: str = "Selvä.") -> ChangeRequest:
    return decide_change(by=by, request=asked, accept=accept, reason=reason)


def test_what_the_other_party_accepts_happens_and_what_it_refuses_does_not(table: Table) -> None:
    refusal = decide(table.person("city"), ask(table.person("ministry"), wanted={"due_on": None}), accept=False, reason="Sovittu on sovittu.")
    promise = Commitment.objects.get()
    assert (refusal.status, promise.due_on is None) == ("refused", False)
    accepted = decide(table.person("city"), ask(table.person("ministry")))
    promise.refresh_from_db()
    assert (accepted.status, str(promise.due_on), promise.promise["sv"]) == ("accepted", "2027-06-30", "Löfte")
    refused(lambda: decide(table.person("city"), accepted), "act-not-in-status")


def test_whoever_may_decide_needs_no_other_power_and_the_change_is_one_event_in_the_public_feed(table: Table) -> None:
    agreement = Agreement.objects.get()
    publish(by=SYSTEM, version=agreement.versions.get())
    grants = (Grant("fi-2021", frozenset({Permission.DECIDE_CHANGE}), table.city.key, Reach.ORGANISATION),)
    decide(Viewer("only-decides", grants), ask(table.person("ministry")))
    told = changes.public_events(STRANGER, table.programme).filter(act="accept_change")
    assert [event.kind for event in told] == ["commitment"]


def test_days_that_move_together_are_judged_together(table: Table) -> None:
    later = {"due_on": "2030-06-30", "promised_on": "2030-01-01"}
    for wanted in (later, dict(reversed(later.items()))):
        decide(table.person("city"), ask(table.person("ministry"), wanted=wanted))
        promise = Commitment.objects.get()
        assert (str(promise.promised_on), str(promise.due_on)) == ("2030-01-01", "2030-06-30")


def test_releasing_a_promise_takes_both_sides(table: Table) -> None:
    decide(table.person("city"), ask(table.person("ministry"), wanted={"released_on": str(TODAY)}))
    assert Commitment.objects.get().released_on == TODAY


def test_nobody_decides_on_their_own_request_for_two_parties_or_for_none(table: Table) -> None:
    asked = ask(table.person("ministry"))
    refused(lambda: decide(table.person("ministry"), asked), "own-request", NotAllowed)
    same_person = Viewer("ministry", table.person("city").grants)
    refused(lambda: decide(same_person, asked), "own-request", NotAllowed)
    for who, code in (("both", "for-two-parties"), ("other", "not-permitted")):
        refused(lambda who=who: decide(table.person(who), asked), code, NotAllowed)  # type: ignore[misc] bound in the loop
        refused(lambda who=who: ask(table.person(who)), code, NotAllowed)  # type: ignore[misc] likewise
    refused(lambda: decide(STRANGER, asked), "not-permitted", NotAllowed)
    refused(lambda: ask(SYSTEM), "for-no-party", NotAllowed)


def test_a_request_about_what_has_changed_since_is_a_conflict(table: Table) -> None:
    asked = ask(table.person("ministry"))
    promise = Commitment.objects.get()
    value = {"field": "subject.fi", "value": "Toinen aihe", "cited": marked(Mark.ENTERED)}
    correct_fact(by=SYSTEM, programme=table.programme, kind="commitment", key=promise.key, **value)
    refused(lambda: decide(table.person("city"), asked), "changed-meanwhile", Conflict)
    refused(lambda: ask(table.person("city"), seen="0" * 64), "changed-meanwhile", Conflict)
    assert decide(table.person("city"), asked, accept=False).status == "refused"


def test_what_cannot_be_asked_is_refused_at_once_and_a_rule_holds_when_it_is_accepted(table: Table) -> None:
    person = table.person("ministry")
    refused(lambda: ask(person, wanted={}), "nothing-asked")
    refused(lambda: ask(person, wanted={"number": "7"}), "no-such-field")
    refused(lambda: ask(person, wanted={"due_on": "soon"}), "bad-day")
    refused(lambda: ask(person, reason=""), "words-missing")
    refused(lambda: ask(person, kind="agreement", key="fi-2021-01"), "not-changed-by-request")
    other = table.draft().agreement
    elsewhere = {"agreement": other, "kind": "commitment", "key": Commitment.objects.get().key, "wanted": {"due_on": None}, "seen": ""}
    refused(lambda: request_change(by=person, reason="x", **elsewhere), "no-such-fact", Missing)
    asked = ask(person, wanted={"due_on": "2020-01-01"})
    refused(lambda: decide(table.person("city"), asked), "end-before-start")
    assert Commitment.objects.get().promise == Text(fi="Lupaus 1", en="Promise 1")
