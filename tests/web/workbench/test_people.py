"""People and roles, and the desk of an organisation: who sees names, who gives roles and mandates, and what is refused where."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.parties.models import Mandate, Membership, Person, Role
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.text import Text
from kumppani.web.signin.accounts import account_of
from kumppani.web.signin.session import BACKEND
from kumppani.web.workbench.permission_words import PERMITTED
from kumppani.workflow import guard
from kumppani.workflow.people import admit_person, grant_role
from tests.builders import TODAY, category_in, commitment_in, measure_in, priority_of
from tests.web.workbench.test_meetings import done, refused, send
from tests.working import PLACE, Office, open_office, sign_in

PEOPLE = f"{PLACE}/work/people/"
DESK = f"{PLACE}/desk/"
GRANT = {"person": "clerk", "role": "steering-member", "organisation": "city", "valid_from": "2026-11-24", "valid_to": ""}
GIVE = {"person": "clerk", "level": "prepare", "valid_from": "2026-11-24", "valid_to": ""}


@pytest.fixture
def office(db: None, noon: None) -> Office:
    """With an administrator, and a clerk who has no role."""
    found = open_office()
    boss = admit_person(by=SYSTEM, key="administrator", name="Administrator Practising", programme=found.programme)
    grant_role(by=SYSTEM, person=boss, role="administrator", programme=found.programme)
    admit_person(by=SYSTEM, key="clerk", name="Clerk Practising", programme=found.programme)
    return found


def page(client: Client, persona: str, path: str) -> str:
    sign_in(client, persona)
    answer: Any = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_permission_has_its_words() -> None:
    assert set(PERMITTED) == set(Permission)


def test_names_are_seen_by_who_administers_and_by_nobody_else(client: Client, office: Office) -> None:
    assert "Neighbour Practising" in page(client, "administrator", PEOPLE)
    others = page(client, "coordinator", PEOPLE)
    assert "Neighbour Practising" not in others
    assert ">neighbour<" not in others
    assert "Other city" in others
    assert 'name="act"' not in others.partition("<main")[2]


def test_a_role_says_what_it_permits_and_how_far_it_reaches(client: Client, office: Office) -> None:
    shown = page(client, "coordinator", PEOPLE)
    assert "propose a draft to the parties" in shown
    assert "Only on what is the organisation’s for which the role is held." in shown
    assert "It permits nothing yet." in shown


def test_a_role_that_permits_what_this_release_has_no_words_for_does_not_break_the_page(client: Client, office: Office) -> None:
    with guard.writing():
        Role.objects.filter(key="payer").update(permissions=["pay_by_barter"])
    assert "pay_by_barter" in page(client, "coordinator", PEOPLE)


def test_a_person_is_admitted_given_a_role_and_the_role_is_ended(client: Client, office: Office) -> None:
    sign_in(client, "administrator")
    done(client, PEOPLE, "admit_person", key="newcomer", name="New Comer")
    assert "Admitted, without a role" in str(client.get(PEOPLE).content.decode())
    done(client, PEOPLE, "grant_role", **GRANT | {"person": "newcomer"})
    member = Membership.objects.get(person__key="newcomer")
    assert (member.organisation, member.valid_from) == (office.city, TODAY)
    done(client, PEOPLE, "end_role", membership=member.key, on="2026-11-25")
    member.refresh_from_db()
    assert str(member.valid_to) == "2026-11-25"
    assert "24 Nov" in str(client.get(PEOPLE).content.decode())


def test_refusals_stand_at_their_fields(client: Client, office: Office) -> None:
    sign_in(client, "administrator")
    refused(client, PEOPLE, "admit_person", "There is already an account “clerk”.", key="clerk", name="Again")
    refused(client, PEOPLE, "admit_person", "is not a key", key="Not A Key", name="Again")
    refused(client, PEOPLE, "grant_role", "This role is held for an organisation: name it.", **GRANT | {"organisation": ""})
    refused(client, PEOPLE, "grant_role", "Nobody gives a role to themselves", **GRANT | {"person": "administrator"})
    refused(client, PEOPLE, "grant_role", "is before the start", **GRANT | {"valid_to": "2026-11-23"})
    grant_role(by=SYSTEM, person=Person.objects.get(key="clerk"), role="administrator", programme=office.programme)
    answer = send(client, PEOPLE, "grant_role", **GRANT | {"role": "ministry-official"})
    assert answer.status_code == 400
    assert 'id="grant_role-role_error"' in answer.content.decode()
    assert "One person may not hold" in answer.content.decode()


def test_who_does_not_administer_cannot_send_the_forms_either(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    before = Membership.objects.count()
    answer = client.post(PEOPLE, {"act": "grant_role", "attempt": "0" * 32, **GRANT})
    assert (answer.status_code, Membership.objects.count()) == (400, before)


def test_the_desk_shows_what_the_organisation_owes_leads_and_where_it_sits(client: Client, office: Office) -> None:
    agreement = office.draft.agreement
    commitment_in(CommitmentState.LATE, agreement, 1, office.city, office.ministry)
    commitment_in(CommitmentState.FULFILLED, agreement, 2, office.city, office.ministry)
    measure_in(
        MeasureState.UNDER_WAY, priority_of(agreement), 1, category_in(office.programme, "action_types", "pilot", Text(en="Pilot")), office.city
    )
    own = page(client, "coordinator", DESK)
    assert "Promise 1" in own
    assert "Promise 2" not in own
    assert "Measure 1" in own
    for leads_to in ("commitments/1/", "measures/1/"):
        assert f'href="{PLACE}/work/agreements/harjoitus-05/{leads_to}"' in own
    assert "Coordinator Practising" in own
    neighbours = page(client, "neighbour", DESK)
    assert "Promise 1" not in neighbours
    assert "It owes nothing." in neighbours


def test_a_mandate_is_given_used_and_withdrawn(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    done(client, DESK, "give_mandate", **GIVE)
    given = Mandate.objects.get()
    assert (given.organisation, given.person.key, given.level) == (office.city, "clerk", "prepare")
    clerk = Client()
    sign_in(clerk, "clerk")
    assert clerk.get(f"{PLACE}/work/agreements/harjoitus-05/1/").status_code == 200
    desk = str(clerk.get(DESK).content.decode())
    assert "City" in desk
    assert "Coordinator Practising" not in desk
    done(client, DESK, "withdraw_mandate", number="1")
    assert "withdrawn" in str(client.get(DESK).content.decode())
    assert clerk.get(f"{PLACE}/work/agreements/harjoitus-05/1/").status_code == 403


def test_mandates_refused_stand_at_their_fields(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    refused(client, DESK, "give_mandate", "“nobody” can have no mandate of yours", **GIVE | {"person": "nobody"})
    refused(client, DESK, "give_mandate", "is before the start", **GIVE | {"valid_to": "2026-11-01"})
    refused(client, DESK, "give_mandate", "Nobody gives a role to themselves", **GIVE | {"person": "coordinator"})


def test_nobody_opens_the_desk_of_another_organisation_and_who_acts_for_none_is_told(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    assert client.get(f"{DESK}?organisation=other-city").status_code == 404
    assert "You act for no organisation" in page(client, "administrator", DESK)


@pytest.mark.parametrize(("persona", "path", "queries"), [("administrator", PEOPLE, 11), ("coordinator", PEOPLE, 7), ("coordinator", DESK, 14)])
def test_prices_are_pinned(client: Client, office: Office, persona: str, path: str, queries: int, django_assert_num_queries: Any) -> None:
    sign_in(client, persona)
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)


ROLE = {"key": "observer", "title_en": "Observer", "reach": "organisation", "permissions": ["comment", "read_journal"]}


@pytest.fixture
def chief(office: Office) -> Client:
    """Signed in as who administers the installation."""
    person = admit_person(by=SYSTEM, key="chief", name="Chief Practising", programme=None)
    grant_role(by=SYSTEM, person=person, role="administrator", programme=None)
    client = Client()
    client.force_login(account_of(person), backend=BACKEND)
    return client


def test_who_administers_the_installation_defines_a_role_and_extends_it(chief: Client, client: Client) -> None:
    done(chief, PEOPLE, "define_role", **ROLE)
    role = Role.objects.get(key="observer")
    assert (role.permissions, role.reach, role.title) == (["comment", "read_journal"], "organisation", Text(en="Observer"))
    done(chief, PEOPLE, "define_role", **ROLE | {"permissions": ["propose"]})
    assert Role.objects.get(key="observer").permissions == ["comment", "propose", "read_journal"]
    assert "Define a role" not in page(client, "administrator", PEOPLE)


def test_a_role_that_may_not_be_is_refused_at_its_field(chief: Client) -> None:
    refused(chief, PEOPLE, "define_role", "is not a key", **ROLE | {"key": "No Key"})
    refused(chief, PEOPLE, "define_role", "A name is needed in at least one language.", **ROLE | {"title_en": ""})
    refused(chief, PEOPLE, "define_role", "One person may not hold", **ROLE | {"permissions": ["grant_role", "agree"]})
    assert not Role.objects.filter(key="observer").exists()
