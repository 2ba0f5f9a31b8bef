"""Signing in is needed everywhere except at what is declared public: no address is in neither list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kumppani.web.nav import PUBLIC
from tests.working import Office, open_office, sign_in

WORDS: dict[str, Any] = {
    "lang": "en",
    "programme": "harjoitus",
    "key": "harjoitus-05",
    "number": 1,
    "item": 1,
    "code": "term",
    "agreement": "harjoitus-05",
    "secret": "guessed",
    "job": "guessed",
}
"""What stands in addresses of the office."""


@pytest.fixture
def office(db: None, noon: None) -> Office:
    return open_office()


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address by name that is not of the open interface or a frame; in a programme where there are two."""

    def walk(patterns: list[Any], route: str = "") -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            here = route + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            elif not here.startswith(("api/v1/", "embed/")) and here:
                yield pattern.name or "", pattern

    return walk(get_resolver().url_patterns)


NAMES = sorted({name for name, _pattern in addresses()})
AT_WORK = [name for name in NAMES if name.startswith(("work-", "desk-"))]


def address_of(name: str) -> str:
    pattern = next(pattern for found, pattern in addresses() if found == name)
    return reverse(name, kwargs={key: WORDS[key] for key in ("lang", "programme", *pattern.pattern.converters)})


def test_every_address_is_public_or_needs_signing_in() -> None:
    assert set(NAMES) == PUBLIC | set(AT_WORK)
    assert not PUBLIC & set(AT_WORK)


@pytest.mark.parametrize("name", AT_WORK)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_led_to_sign_in(client: Client, office: Office, name: str, method: str) -> None:
    answer = getattr(client, method)(address_of(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/p/harjoitus/sign-in/?next=")


@pytest.mark.parametrize("name", AT_WORK)
def test_who_has_no_part_in_the_programme_is_refused(client: Client, office: Office, name: str) -> None:
    sign_in(client, "official")
    other = address_of(name).replace("/en/p/harjoitus/", "/en/")
    assert client.get(other).status_code in {403, 404}
