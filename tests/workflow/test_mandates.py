"""Mandates: an organisation lets somebody act for it, to a level and for a time, and takes that back at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kumppani.access.viewer import STRANGER, SYSTEM, Viewer, viewer_of
from kumppani.domain.agreements.models import AgreementVersion
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.mandates import PERMITS, MandateLevel
from kumppani.domain.parties.models import Mandate, Person
from kumppani.domain.parties.permissions import SEPARATED, Permission
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing, NotAllowed, Refusal, RuleBroken
from kumppani.workflow.drafting import edit_clause, pass_draft
from kumppani.workflow.mandates import give_mandate, withdraw_mandate
from kumppani.workflow.negotiation import propose
from kumppani.workflow.people import admit_person, establish_roles, grant_role
from tests.builders import NOON, TODAY
from tests.working import BODY, HEADING, Office, open_office


@pytest.fixture
def office(db: None, noon: None) -> Office:
    """The draft is the city's turn; a clerk has no role at all."""
    found = open_office()
    pass_draft(by=found.people["official"], version=found.draft, to=found.city)
    admit_person(by=SYSTEM, key="clerk", name="Clerk Practising", programme=found.programme)
    return found


def give(office: Office, level: str = "prepare", *, by: str = "coordinator", person: str = "clerk", **more: object) -> Mandate:
    terms = {"programme": office.programme, "organisation": office.city, "person": person, "level": level, **more}
    return give_mandate(by=office.people[by], **terms)  # type: ignore[arg-type] the terms differ in type


def clerk(on: int = 0) -> Viewer:
    return viewer_of(Person.objects.get(key="clerk"), TODAY + timedelta(on))


def write(office: Office, by: Viewer, version: AgreementVersion | None = None) -> object:
    return edit_clause(by=by, version=version or office.draft, code="more", number=2, heading=HEADING, body=BODY)


def refused(act: Callable[[], object], code: str, kind: type[Refusal] = NotAllowed) -> str:
    before = Event.objects.count()
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    assert Event.objects.count() == before
    return str(caught.value.reason)


def test_a_level_permits_its_own_and_what_the_ones_before_it_do_and_never_a_decision() -> None:
    prepare, submit, manage = (PERMITS[level] for level in MandateLevel)
    assert prepare < submit < manage
    assert manage - submit >= {Permission.GIVE_MANDATE, Permission.WITHDRAW_MANDATE}
    assert not {deciding for _one, deciding in SEPARATED} & manage


def test_who_may_prepare_writes_but_does_not_propose(office: Office) -> None:
    refused(lambda: write(office, clerk()), "not-permitted")
    give(office, "prepare")
    write(office, clerk())
    refused(lambda: propose(by=clerk(), version=office.draft), "not-permitted")


def test_who_may_submit_proposes_and_gives_no_mandates(office: Office) -> None:
    give(office, "submit")
    refused(
        lambda: give_mandate(by=clerk(), programme=office.programme, organisation=office.city, person="neighbour", level="prepare"), "not-permitted"
    )
    assert propose(by=clerk(), version=office.draft).status == "proposed"


def test_who_manages_gives_and_withdraws_for_that_organisation_only_and_never_to_themselves(office: Office) -> None:
    give(office, "manage")
    by, place = clerk(), {"programme": office.programme, "organisation": office.city}
    admit_person(by=SYSTEM, key="trainee", name="Trainee Practising", programme=office.programme)
    mandate = give_mandate(by=by, **place, person="trainee", level="prepare")
    refused(lambda: give_mandate(by=by, **place, person="clerk", level="submit"), "powers-to-oneself", RuleBroken)
    withdraw_mandate(by=by, **place, number=mandate.number)
    elsewhere = {"programme": office.programme, "organisation": office.other}
    refused(lambda: give_mandate(by=by, **elsewhere, person="trainee", level="prepare"), "not-permitted")


def test_an_official_of_the_state_gives_none_for_a_city_and_a_stranger_none_at_all(office: Office) -> None:
    refused(lambda: give(office, by="official"), "for-no-party")
    office.people["stranger"] = STRANGER
    refused(lambda: give(office, by="stranger"), "not-permitted")
    given = give(office)
    place = {"programme": office.programme, "organisation": office.city, "number": given.number}
    refused(lambda: withdraw_mandate(by=office.people["official"], **place), "for-no-party")
    refused(lambda: withdraw_mandate(by=office.people["neighbour"], **place), "not-permitted")


def test_withdrawn_half_way_the_next_act_is_refused_and_says_why(office: Office) -> None:
    mandate = give(office, "submit")
    write(office, clerk())
    withdraw_mandate(by=office.people["coordinator"], programme=office.programme, organisation=office.city, number=mandate.number)
    said = refused(lambda: propose(by=clerk(), version=office.draft), "mandate-ended")
    assert "city" in said
    assert str(TODAY) in said
    again = {"programme": office.programme, "organisation": office.city, "number": mandate.number}
    refused(lambda: withdraw_mandate(by=office.people["coordinator"], **again), "mandate-withdrawn", RuleBroken)
    refused(lambda: withdraw_mandate(by=office.people["coordinator"], **again | {"number": 9}), "no-such-mandate", Missing)
    assert give(office, "submit").number == mandate.number + 1
    assert propose(by=clerk(), version=office.draft).status == "proposed"


def test_it_holds_from_its_first_day_to_its_last(office: Office) -> None:
    give(office, valid_from=TODAY + timedelta(2), valid_to=TODAY + timedelta(5))
    may = [clerk(day).may(Permission.EDIT_CLAUSE, office.programme.key, (office.city.key,)) for day in (1, 2, 5, 6)]
    assert may == [False, True, True, False]
    refused(lambda: write(office, clerk(1)), "not-permitted")
    with clock.stopped_at(NOON + timedelta(days=6)):
        refused(lambda: write(office, viewer_of(Person.objects.get(key="clerk"))), "mandate-ended")


def test_one_at_a_time_of_a_known_level_to_a_known_person_in_the_right_order(office: Office) -> None:
    refused(lambda: give(office, "rule"), "unknown-mandate-level", RuleBroken)
    refused(lambda: give(office, person="nobody"), "no-such-person", RuleBroken)
    refused(lambda: give(office, valid_from=TODAY, valid_to=TODAY - timedelta(1)), "end-before-start", RuleBroken)
    give(office, valid_to=TODAY + timedelta(5))
    refused(lambda: give(office, "submit", valid_from=TODAY + timedelta(5)), "mandate-held", RuleBroken)
    give(office, "submit", valid_from=TODAY + timedelta(6))


def test_who_manages_mandates_is_no_administrator_of_powers_that_decide(office: Office) -> None:
    """Mandates permit nothing that the separation of powers is about, so an administrator can have one."""
    establish_roles(by=SYSTEM)
    grant_role(by=SYSTEM, person=Person.objects.get(key="clerk"), role="administrator", programme=office.programme)
    give(office, "manage")
    assert clerk().may(Permission.GRANT_ROLE, office.programme.key)
    assert clerk().acts_for(Permission.PROPOSE, office.programme.key) == {"city"}


def test_who_works_for_another_party_is_given_none(office: Office) -> None:
    refused(lambda: give(office, person="official"), "no-such-person", RuleBroken)
