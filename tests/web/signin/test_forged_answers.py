"""What no honest provider says is refused with a sentence, in the reader's language, and changes nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kumppani.access.viewer import SYSTEM
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Identity, Person, UnlinkedIdentity, User
from kumppani.workflow.identities import link_identity
from tests.providers.forging import OWN, Forger, forging
from tests.providers.running import BACK, providers_at
from tests.working import PLACE, open_office

HOME = f"{PLACE}/work/"


@pytest.fixture
def forger(db: None, settings: Any) -> Iterator[Forger]:
    with forging() as found:
        settings.PUBLIC_URL = BACK
        settings.PROVIDERS = providers_at(found.address)
        open_office()
        yield found


def attempt(client: Client, forger: Forger, *, language: str = "en", **other: str) -> Any:
    """A whole sign-in at the forger: what the reader is shown in the end."""
    place = PLACE.replace("/en/", f"/{language}/")
    away = client.get(f"{place}/sign-in/at/entra/")
    if away.status_code != 302:
        return away
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away["Location"]).query).items()}
    forger.nonce = asked["nonce"]
    answered = {"code": "a-code", "state": asked["state"], **other}
    landed = client.get("/sign-in/back/entra/", answered)
    assert landed["Location"] == f"{place}/sign-in/back/entra/", "what was answered goes into no further address"
    return client.get(landed["Location"])


def kept() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Identity, UnlinkedIdentity, Event, User))


def test_an_honest_answer_is_taken(client: Client, forger: Forger) -> None:
    """Without this the refusals below would prove nothing."""
    code = re.search(r'class="secret">([^<]+)<', attempt(client, forger).content.decode())
    assert code
    link_identity(by=SYSTEM, person=Person.objects.get(key="official"), code=code[1])
    assert attempt(client, forger)["Location"] == HOME
    assert client.get(HOME).status_code == 200


NOW = int(time.time())
CLAIMS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "another-service"},
    "audiences without us": {"aud": ["one", "two"]},
    "no audience": {"aud": None},
    "given to another": {"aud": ["entra", "another-service"], "azp": "another-service"},
    "another issuer": {"iss": "https://login.example"},
    "no issuer": {"iss": None},
    "expired": {"iat": NOW - 7200, "exp": NOW - 3600},
    "never expires": {"exp": None},
    "expires in words": {"exp": "tomorrow"},
    "not valid yet": {"nbf": NOW + 3600},
    "made in the future": {"iat": NOW + 3600},
    "nobody": {"sub": None},
    "a number": {"sub": 7},
    "no tenant": {"tid": None},
    "an empty object": {"oid": ""},
    "objects": {"oid": ["o"]},
}


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_that_is_not_as_it_must_be_lets_nobody_in(client: Client, forger: Forger, claims: dict[str, Any]) -> None:
    forger.claims = claims
    before = kept()
    answer = attempt(client, forger)
    assert answer.status_code == 403
    assert 'class="secret"' not in answer.content.decode()
    assert kept() == before
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize(
    "signed",
    ["not at all", "with our secret", "with the public key as a secret", "by a stranger", "by a key that is not the provider’s"],
)
def test_an_answer_that_is_not_signed_by_the_provider_lets_nobody_in(client: Client, forger: Forger, signed: str) -> None:
    forger.signed = signed
    before = kept()
    answer = attempt(client, forger)
    assert answer.status_code == 403
    assert "is not signed as it must be" in answer.content.decode()
    assert kept() == before


BROKEN: dict[str, dict[str, tuple[int, Any]]] = {
    "no description": {"/.well-known/openid-configuration": (404, {})},
    "a description that is no JSON": {"/.well-known/openid-configuration": (200, "<html>")},
    "a description that is a list": {"/.well-known/openid-configuration": (200, [])},
    "a description elsewhere": {"/.well-known/openid-configuration": (302, "Location: http://127.0.0.1:1/")},
    "no keys": {"/jwks": (500, {})},
    "keys that are no JSON": {"/jwks": (200, "keys")},
    "a token that is no JSON": {"/token": (200, "token")},
    "a token that is a list": {"/token": (200, [])},
    "no token": {"/token": (200, {"access_token": "x", "token_type": "Bearer"})},
    "a token that is a number": {"/token": (200, {"id_token": 7})},
    "a refusal of us": {"/token": (401, {"error": "invalid_client"})},
    "trouble": {"/token": (503, {})},
    "a token elsewhere": {"/token": (307, "Location: http://127.0.0.1:1/")},
}


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
def test_a_provider_that_does_not_answer_as_it_should_is_said_so(client: Client, forger: Forger, said: dict[str, tuple[int, Any]]) -> None:
    forger.said = said
    before = kept()
    answer = attempt(client, forger)
    assert answer.status_code == 502
    assert "does not answer as it should" in answer.content.decode()
    assert kept() == before


@pytest.mark.parametrize(
    "keys", [{}, {"keys": 7}, {"keys": [{}]}, {"keys": [{"kty": "RSA"}]}, {"keys": []}, {"keys": [OWN.as_dict(private=False), 7]}]
)
def test_keys_that_are_none_let_nobody_in(client: Client, forger: Forger, keys: Any) -> None:
    forger.said = {"/jwks": (200, keys)}
    assert attempt(client, forger).status_code in {403, 502}
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize(
    "description",
    [{"issuer": "https://login.example"}, {"token_endpoint": None}, {"jwks_uri": "ftp://login.example/keys"}, {"authorization_endpoint": 7}],
)
def test_a_provider_that_describes_another_is_not_gone_to(client: Client, forger: Forger, description: dict[str, Any]) -> None:
    forger.description = description
    assert attempt(client, forger).status_code == 502


@pytest.mark.parametrize("other", [{"state": "another"}, {"state": ""}, {"state": "ä"}, {"state": "x" * 5000}])
def test_an_answer_to_another_question_is_refused(client: Client, forger: Forger, other: dict[str, str]) -> None:
    assert attempt(client, forger, **other).status_code == 400


@pytest.mark.parametrize("other", [{"iss": "https://login.example"}, {"code": ""}, {"code": "", "error": "server_error"}, {"code": "x" * 5000}])
def test_an_answer_that_lets_nobody_in_is_told(client: Client, forger: Forger, other: dict[str, str]) -> None:
    assert attempt(client, forger, **other).status_code == 403


def test_a_code_that_the_provider_does_not_take_is_refused(client: Client, forger: Forger) -> None:
    forger.said = {"/token": (400, {"error": "invalid_grant"})}
    assert attempt(client, forger).status_code == 400


@pytest.mark.parametrize(("language", "words"), [("fi", "vastausta ei ole"), ("sv", "Svaret från identifieringstjänsten är inte")])
def test_a_refusal_is_in_the_reader_s_language(client: Client, forger: Forger, language: str, words: str) -> None:
    forger.signed = "by a stranger"
    assert words in attempt(client, forger, language=language).content.decode()


@given(token=st.text(max_size=60) | st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}", fullmatch=True))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_words_instead_of_a_token_let_anybody_in(client: Client, forger: Forger, token: str) -> None:
    forger.said = {"/token": (200, {"id_token": token})}
    assert attempt(client, forger).status_code == 403
