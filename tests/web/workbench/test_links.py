"""An administrator links people to providers of sign-in by the codes they bring, and removes the links; nobody else sees any of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.models import Identity, Person
from kumppani.workflow.identities import link_identity, note_identity
from kumppani.workflow.people import admit_person, grant_role
from tests.providers.running import providers_at
from tests.web.workbench.test_meetings import done, refused
from tests.working import PLACE, Office, open_office, sign_in

PEOPLE = f"{PLACE}/work/people/"
ISSUER = "https://provider.example"


@pytest.fixture
def office(db: None, noon: None, settings: Any) -> Office:
    settings.PROVIDERS = providers_at(ISSUER)
    found = open_office()
    boss = admit_person(by=SYSTEM, key="administrator", name="Administrator Practising", programme=found.programme)
    grant_role(by=SYSTEM, person=boss, role="administrator", programme=found.programme)
    return found


def code() -> str:
    return note_identity(by=SYSTEM, provider="virtu", issuer=ISSUER, subject="ab" * 32).code


def shown(client: Client, persona: str) -> str:
    sign_in(client, persona)
    return str(client.get(PEOPLE).content.decode())


def test_a_code_links_a_person_and_the_link_is_removed_again(client: Client, office: Office) -> None:
    assert "Nobody is linked." in shown(client, "administrator")
    done(client, PEOPLE, "link_identity", person="official", code=code())
    page = shown(client, "administrator")
    assert "Official Practising: Virtu" in page
    assert "not certified" in page
    done(client, PEOPLE, "unlink_identity", identity="official/virtu")
    assert not Identity.objects.exists()


def test_removing_a_link_ends_the_sessions_of_who_was_linked(client: Client, office: Office) -> None:
    link_identity(by=SYSTEM, person=Person.objects.get(key="official"), code=code())
    other = Client()
    sign_in(other, "official")
    assert other.get(f"{PLACE}/work/").status_code == 200
    sign_in(client, "administrator")
    done(client, PEOPLE, "unlink_identity", identity="official/virtu")
    assert other.get(f"{PLACE}/work/").status_code == 302


def test_a_code_that_was_never_given_is_refused_at_its_field(client: Client, office: Office) -> None:
    sign_in(client, "administrator")
    refused(client, PEOPLE, "link_identity", "There is no such code", person="official", code="ABCD-EFGH")


def test_nobody_else_sees_who_is_linked(client: Client, office: Office) -> None:
    link_identity(by=SYSTEM, person=Person.objects.get(key="official"), code=code())
    assert "another service" not in shown(client, "coordinator")


def test_where_no_provider_is_set_nothing_is_said_of_them_until_a_link_is_to_be_removed(client: Client, office: Office, settings: Any) -> None:
    settings.PROVIDERS = []
    assert "another service" not in shown(client, "administrator")
    link_identity(by=SYSTEM, person=Person.objects.get(key="official"), code=code())
    page = shown(client, "administrator")
    assert 'value="unlink_identity"' in page
    assert 'value="link_identity"' not in page
