"""Signing in at a provider, walked from page to page: a real provider (node-oidc-provider) in a process of its own, one client for each profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Identity, Membership, Person, UnlinkedIdentity
from kumppani.kernel import clock
from kumppani.workflow.identities import link_identity
from kumppani.workflow.people import end_role
from tests.builders import TODAY, programme_of
from tests.providers.running import BACK, free_port, providers_at, real_provider, visit
from tests.working import PLACE, Office, open_office

HOME = f"{PLACE}/work/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with real_provider() as address:
        yield address


@pytest.fixture
def office(db: None, settings: Any, issuer: str) -> Office:
    settings.PUBLIC_URL = BACK
    settings.PROVIDERS = providers_at(issuer)
    programme_of(settings.DEFAULT_PROGRAMME)
    return open_office()


def leave(client: Client, provider: str, wanted: str = "") -> str:
    """Where the browser is sent from the sign-in page."""
    answer = client.get(f"{PLACE}/sign-in/at/{provider}/", {"next": wanted} if wanted else {})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def come_back(client: Client, address: str) -> Any:
    """What is answered to the browser that the provider sent back."""
    landed = client.get(address.removeprefix(BACK))
    assert landed.status_code == 302
    return client.get(landed["Location"])


def sign_in_at(client: Client, provider: str, login: str, wanted: str = "") -> Any:
    return come_back(client, visit(leave(client, provider, wanted), login))


def code_in(answer: Any) -> str:
    assert answer.status_code == 403
    found = re.search(r'class="secret">([^<]+)<', answer.content.decode())
    assert found
    return found[1]


def linked(client: Client, provider: str, login: str, person: str = "official") -> None:
    """Somebody comes, gives the code to an administrator, and is linked."""
    code = code_in(sign_in_at(client, provider, login))
    link_identity(by=SYSTEM, person=Person.objects.get(key=person), code=code)


@pytest.mark.parametrize("provider", ["entra", "virtu", "suomi-fi"])
def test_who_is_not_linked_gets_a_code_and_is_not_in(client: Client, office: Office, provider: str) -> None:
    code = code_in(sign_in_at(client, provider, "strong-eeva"))
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    assert client.get(HOME).status_code == 302
    assert code_in(sign_in_at(client, provider, "strong-eeva")) == code, "who comes again that day has the same"


@pytest.mark.parametrize("provider", ["entra", "suomi-fi"])
def test_who_was_made_sure_of_by_two_factors_is_in_at_what_was_asked(client: Client, office: Office, provider: str) -> None:
    linked(client, provider, "strong-eeva")
    wanted = f"{PLACE}/work/agreements/"
    assert sign_in_at(client, provider, "strong-eeva", wanted)["Location"] == wanted
    page = client.get(HOME)
    assert "Official Practising" in page.content.decode()
    assert f"{PLACE}/work/sessions/" in page.content.decode()
    assert client.get(f"{PLACE}/work/sessions/").content.decode().count("<form") >= 1, "the session is among theirs"


@pytest.mark.parametrize("provider", ["entra", "virtu"])
def test_who_was_made_sure_of_by_less_takes_our_own_second_step(client: Client, office: Office, provider: str) -> None:
    linked(client, provider, "eeva")
    assert sign_in_at(client, provider, "eeva")["Location"] == f"{PLACE}/sign-in/code/"
    assert client.get(HOME).status_code == 302, "nobody is in before it"
    assert client.get(f"{PLACE}/sign-in/code/")["Location"] == f"{PLACE}/sign-in/authenticator/"


def test_the_profile_that_asks_for_assurance_takes_nobody_without(client: Client, office: Office) -> None:
    answer = sign_in_at(client, "suomi-fi", "eeva")
    assert answer.status_code == 403
    assert "did not make sure of you as well as this service asks" in answer.content.decode()
    assert UnlinkedIdentity.objects.count() == 0


def test_another_at_the_same_provider_with_the_same_address_is_another(client: Client, office: Office) -> None:
    linked(client, "entra", "strong-eeva")
    code_in(sign_in_at(Client(), "entra", "strong-aino"))


def test_each_provider_knows_its_own(client: Client, office: Office) -> None:
    linked(client, "entra", "strong-eeva")
    code_in(sign_in_at(Client(), "suomi-fi", "strong-eeva"))


def test_nothing_that_the_provider_said_is_kept(client: Client, office: Office) -> None:
    linked(client, "entra", "strong-eeva")
    sign_in_at(client, "entra", "strong-eeva")
    kept = repr([*Identity.objects.values(), *UnlinkedIdentity.objects.values(), *Event.objects.values("text")])
    kept += repr([session.get_decoded() for session in Session.objects.all()])
    for word in ("eeva", "tenant-1", "ministry.example", "object-of"):
        assert word not in kept


def test_a_link_made_under_a_former_secret_still_holds(client: Client, office: Office, settings: Any) -> None:
    linked(client, "entra", "strong-eeva")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    code_in(sign_in_at(Client(), "entra", "strong-eeva"))
    settings.SECRET_KEY_FALLBACKS = [former]
    assert sign_in_at(Client(), "entra", "strong-eeva")["Location"] == HOME


def test_whose_roles_have_ended_is_told_so(client: Client, office: Office) -> None:
    linked(client, "entra", "strong-eeva")
    end_role(by=SYSTEM, membership=Membership.objects.get(person__key="official"), on=TODAY - timedelta(days=400))
    answer = sign_in_at(client, "entra", "strong-eeva")
    assert answer.status_code == 403
    assert "no role in this service today" in answer.content.decode()
    assert client.get(HOME).status_code == 302


def test_an_answer_is_taken_once(client: Client, office: Office) -> None:
    linked(client, "entra", "strong-eeva")
    address = visit(leave(client, "entra"), "strong-eeva")
    assert come_back(client, address).status_code == 303
    assert come_back(client, address).status_code == 400


def test_a_code_that_was_used_is_refused_by_the_provider_too(client: Client, office: Office) -> None:
    address = visit(leave(client, "entra"), "strong-eeva")
    session = client.session
    attempt = dict(session["signing_in_at"])
    code_in(come_back(client, address))
    session = client.session
    session["signing_in_at"] = attempt
    session.save()
    answer = come_back(client, address)
    assert answer.status_code == 400
    assert "used already" in answer.content.decode()


def test_an_answer_for_another_browser_is_refused(client: Client, office: Office) -> None:
    address = visit(leave(client, "entra"), "strong-eeva")
    for other in (Client(), Client()):
        leave(other, "entra")
        assert come_back(other, address).status_code == 400
    assert come_back(Client(), address).status_code == 400
    assert UnlinkedIdentity.objects.count() == 0


def test_an_answer_for_another_provider_is_refused(client: Client, office: Office) -> None:
    address = visit(leave(client, "entra"), "strong-eeva")
    assert come_back(client, address.replace("/back/entra/", "/back/virtu/")).status_code == 400


def test_a_trip_of_more_than_ten_minutes_has_taken_too_long(client: Client, office: Office) -> None:
    address = visit(leave(client, "entra"), "strong-eeva")
    with clock.stopped_at(clock.now() + timedelta(minutes=11)):
        assert come_back(client, address).status_code == 400


def test_who_changes_their_mind_at_the_provider_is_told_how_to_go_on(client: Client, office: Office) -> None:
    answer = sign_in_at(client, "virtu", "")
    assert answer.status_code == 403
    assert "Virtu did not sign you in" in answer.content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere"])
def test_nobody_is_led_elsewhere_afterwards(client: Client, office: Office, wanted: str) -> None:
    assert client.get(f"{PLACE}/sign-in/at/entra/", {"next": wanted}).status_code == 400


def test_the_page_of_the_reader_s_language_is_where_the_answer_leads(client: Client, office: Office) -> None:
    away = client.get("/sv/p/harjoitus/sign-in/at/entra/")["Location"]
    assert "ui_locales=sv" in away
    landed = client.get(visit(away, "strong-eeva").removeprefix(BACK))
    assert landed["Location"] == "/sv/p/harjoitus/sign-in/back/entra/"
    assert landed["Cache-Control"] == "no-store"


def test_the_sign_in_page_offers_each_provider_that_is_set_and_no_other(client: Client, office: Office, settings: Any) -> None:
    page = client.get(f"{PLACE}/sign-in/?next={PLACE}/work/").content.decode()
    assert re.findall(r'href="(\S+/sign-in/at/\S+)"', page) == [
        f"{PLACE}/sign-in/at/{key}/?next=%2Fen%2Fp%2Fharjoitus%2Fwork%2F" for key in ("entra", "virtu", "suomi-fi")
    ]
    settings.PROVIDERS = []
    assert "sign-in/at/" not in client.get(f"{PLACE}/sign-in/").content.decode()
    assert client.get(f"{PLACE}/sign-in/at/entra/").status_code == 404


def test_a_provider_that_is_down_is_said_so(client: Client, office: Office, settings: Any) -> None:
    address = visit(leave(client, "entra"), "strong-eeva")
    settings.PROVIDERS = providers_at(f"http://127.0.0.1:{free_port()}")
    answer = client.get(f"{PLACE}/sign-in/at/entra/")
    assert answer.status_code == 502
    assert "does not answer as it should" in answer.content.decode()
    assert come_back(client, re.sub(r"&iss=[^&]*", "", address)).status_code == 502


def test_a_wrong_secret_of_ours_is_no_fault_of_the_reader(client: Client, office: Office, settings: Any, issuer: str) -> None:
    settings.PROVIDERS = providers_at(issuer, secret="not the one")
    assert sign_in_at(client, "entra", "strong-eeva").status_code == 502
