"""What cannot be answered is refused with a code and a sentence in the reader's language, whatever stands in whichever parameter; never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from kumppani.api.description import schema
from tests.api.asking import PREFIX

pytestmark = pytest.mark.usefixtures("world")

HOSTILE = [
    "",
    " ",
    "-1",
    "0",
    "1e3",
    "99999999999999999999",
    "2021-02-30",
    "0000-00-00",
    "9999-12-31",
    "x" * 10_000,
    "9" * 10_000,
    "' OR 1=1; DROP TABLE agreements_agreement; --",
    "%' UNION SELECT text FROM journal_event --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "{{ 7*7 }}",
    "٣",
    "ä",
    "null",
    "[1]",
]
BYTES = ["%ff", "%c3%28", "%00", "%ed%a0%80", "%EF%BF%BD"]
"""Written into addresses as they stand: no text, or none that a database can keep."""


def _addresses() -> list[tuple[str, list[str]]]:
    filled = {"key": "fi-2021-01", "agreement_key": "fi-2021-01", "number": "1", "scheme": "themes"}
    found = []
    for path, operations in schema()["paths"].items():
        names = [parameter["name"] for parameter in operations["get"]["parameters"] if parameter["in"] == "query"]
        found.append((path.format(**filled), names))
    return found


def _refused(response: Any) -> dict[str, str]:
    answer: dict[str, str] = response.json()
    assert set(answer) == {"code", "message"}
    assert answer["code"]
    assert answer["message"]
    assert len(answer["message"]) < 500
    return answer


@pytest.mark.parametrize(("path", "names"), _addresses(), ids=lambda given: given if isinstance(given, str) else "")
def test_hostile_values_in_every_parameter_are_answered_or_refused(path: str, names: list[str]) -> None:
    client = Client()
    for name in [*names, "unknown"]:
        for value in HOSTILE:
            response = client.get(path, {name: value})
            assert response.status_code in {200, 400, 404}, (name, value[:40])
            if response.status_code != 200:
                _refused(response)
        for raw in BYTES:
            response = client.get(f"{path}?{name}={raw}")
            assert response.status_code == 400, (name, raw)
            assert _refused(response)["code"] in {"not-utf-8", "unreadable-character"}


@pytest.mark.parametrize("path", ["agreements", "versions", "categories", "municipalities", "organisations", "figures", "nothing"])
def test_hostile_values_in_addresses_are_refused(path: str) -> None:
    client = Client()
    for value in HOSTILE[3:]:
        response = client.get(f"{PREFIX}{path}/{value}")
        assert response.status_code in {400, 404}, value[:40]
        _refused(response)
    for raw in BYTES:
        assert client.get(f"{PREFIX}{path}/{raw}").status_code in {400, 404}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("on=2021-02-30", "bad-day"),
        ("on=", "bad-day"),
        ("on=1612828800", "bad-day"),
        ("on=1899-12-31", "day-out-of-range"),
        ("page=-1", "bad-page"),
        ("page=0", "bad-page"),
        ("page=1.0", "bad-page"),
        ("limit=0", "bad-limit"),
        ("limit=1001", "bad-limit"),
        ("limit=99999", "bad-limit"),
        ("limit=%2B5", "bad-limit"),
        ("format=pdf", "bad-parameter"),
        ("lang=de", "bad-parameter"),
        ("programme=", "empty-value"),
        ("programme=" + "x" * 61, "value-too-long"),
        ("pages=2", "unknown-parameter"),
        ("page=1&page=2", "parameter-twice"),
        ("page=1&" + "a=1&" * 200, "bad-request"),
    ],
)
def test_what_cannot_be_read_is_a_bad_request(query: str, code: str) -> None:
    response = Client().get(f"{PREFIX}agreements?{query}")
    assert response.status_code == 400
    assert _refused(response)["code"] == code


@pytest.mark.parametrize(
    "path",
    [
        "agreements/nothing",
        "agreements/fi-2021-03",
        "agreements/fi-2021-04",
        "agreements/harjoitus-01",
        "agreements?programme=nothing",
        "agreements/fi-2021-01?programme=harjoitus",
        "commitments?agreement=fi-2021-04",
        "priorities?theme=nothing",
        "parties?organisation=training-city",
        "versions/fi-2021-01/2",
        "versions/fi-2021-04/1",
        "categories/nothing/digital",
        "municipalities/FI-000",
        "nothing",
        "agreements/",
    ],
)
def test_what_is_not_there_or_not_open_is_missing(path: str) -> None:
    response = Client().get(f"{PREFIX}{path}")
    assert response.status_code == 404
    assert _refused(response)["code"] in {"not-found", "no-such-page"}


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "fi"),
        ({"Accept-Language": "sv-FI,sv;q=0.9"}, "", "sv"),
        ({"Accept-Language": "de,en;q=0.5"}, "", "en"),
        ({"Accept-Language": "en"}, "&lang=sv", "sv"),
        ({}, "&lang=en", "en"),
    ],
)
def test_the_sentence_is_in_the_readers_language(headers: dict[str, str], query: str, language: str) -> None:
    response = Client().get(f"{PREFIX}agreements?page=0{query}", headers=headers)
    assert response["Content-Language"] == language
    _refused(response)


def test_a_refusal_never_repeats_markup_as_markup() -> None:
    response = Client().get(f"{PREFIX}agreements/<script>alert(1)<")
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
