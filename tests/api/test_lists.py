"""Lists: complete, paged without a silent cut, of one programme, of what is published and nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings

from kumppani.access.kept import PAGES
from kumppani.api.listings import LISTINGS
from tests.api.asking import PREFIX, ask, keys
from tests.universe import Universe

pytestmark = pytest.mark.usefixtures("world")

NAMES = [listing.name for listing in LISTINGS]

TOTALS = {
    "programmes": 2,
    "agreements": 2,
    "versions": 2,
    "parties": 7,
    "priorities": 3,
    "commitments": 5,
    "measures": 6,
    "figures": 4,
    "ecosystems": 1,
    "contact-points": 1,
    "organisations": 9,
    "municipalities": 3,
    "categories": 5,
    "sources": 4,
    "heads": 2,
}
"""Counted by hand in tests/universe.py."""


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_how_many_there_are_and_of_what_it_speaks(name: str) -> None:
    answer = ask(name)
    assert list(answer) == ["programme", "training", "notice", "on", "licence", "operator", "total", "items", "next"]
    assert answer["total"] == len(answer["items"]) == TOTALS.get(name, answer["total"])
    assert answer["next"] is None
    assert answer["programme"] == (None if name == "programmes" else "fi-2021")
    assert (answer["training"], answer["notice"], answer["licence"], answer["operator"]) == (False, None, None, None)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_following_next_gives_every_item_once_and_in_order(name: str, limit: int) -> None:
    whole = ask(name, limit=1000)["items"]
    found: list[object] = []
    path: str | None = f"{PREFIX}{name}?limit={limit}"
    while path is not None:
        answer = Client().get(path).json()
        assert answer["total"] == len(whole)
        assert len(answer["items"]) <= limit
        found += answer["items"]
        path = answer["next"] and urlsplit(answer["next"])._replace(scheme="", netloc="").geturl()
    assert found == whole


def test_next_keeps_what_was_asked() -> None:
    following = ask("commitments", limit=2, on="2026-01-01", agreement="fi-2021-01")["next"]
    assert following == "http://testserver/api/v1/commitments?limit=2&on=2026-01-01&agreement=fi-2021-01&page=2"
    later = urlsplit(following)._replace(scheme="", netloc="").geturl()
    assert [item["number"] for item in Client().get(later).json()["items"]] == [3, 4]


def test_a_page_that_is_not_there_is_refused_and_an_empty_list_is_a_list() -> None:
    refused = Client().get(f"{PREFIX}agreements?page=2").json()
    assert refused["code"] == "no-such-page"
    assert ask("measures", agreement="fi-2021-02")["total"] == 0


def test_only_what_is_published_is_listed() -> None:
    assert keys("agreements") == ["fi-2021-01", "fi-2021-02"]
    assert [(item["agreement"], item["number"]) for item in ask("versions")["items"]] == [("fi-2021-01", 1), ("fi-2021-02", 1)]
    assert {agreement for item in ask("municipalities")["items"] for agreement in item["agreements"]} == {"fi-2021-01", "fi-2021-02"}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "programmes"])
def test_nothing_of_another_programme_or_of_what_is_not_open_shows(name: str) -> None:
    for format_ in ("", "?format=csv", "?format=json"):
        content = Client().get(f"{PREFIX}{name}{format_}").content.decode()
        assert "harjoitus" not in content.lower()
        assert "training-" not in content
        assert "fi-2021-04" not in content


def test_the_list_of_programmes_names_all() -> None:
    found = [(item["key"], item["training"], item["default"]) for item in ask("programmes")["items"]]
    assert found == [("fi-2021", False, True), ("harjoitus", True, False)]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "programmes"])
def test_training_data_say_so_in_every_answer(name: str) -> None:
    response = Client().get(f"{PREFIX}{name}", {"programme": "harjoitus"})
    answer = response.json()
    assert (answer["programme"], answer["training"]) == ("harjoitus", True)
    assert set(answer["notice"]) == {"fi", "sv", "en"}
    assert "invented" in answer["notice"]["en"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in Client().get(f"{PREFIX}{name}").headers
    assert "fi-2021" not in response.content.decode()


def test_licence_and_operator_are_told_once_they_are_set() -> None:
    PAGES.forget()
    with override_settings(OPERATOR="Kaupunki", DATA_LICENCE="CC-BY-4.0"):
        answer = ask("agreements")
    PAGES.forget()
    assert (answer["licence"], answer["operator"]) == ("CC-BY-4.0", "Kaupunki")


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("priorities", {"agreement": "fi-2021-02"}, ["fi-2021-02-p1"]),
        ("priorities", {"theme": "wellbeing"}, ["fi-2021-01-p2"]),
        ("commitments", {"agreement": "fi-2021-02"}, []),
        ("measures", {"agreement": "fi-2021-01"}, [f"fi-2021-01-m{number}" for number in range(1, 7)]),
        ("figures", {"agreement": "fi-2021-01"}, ["north-start", "north-year"]),
        ("categories", {"scheme": "action_types"}, ["environments", "competence"]),
    ],
)
def test_lists_are_narrowed(name: str, query: dict[str, str], expected: list[str]) -> None:
    assert keys(name, **query) == expected


def test_parties_are_of_three_roles_in_one_list() -> None:
    found = [(item["agreement"], item["version"], item["role"], item["organisation"]["key"], item["side"]) for item in ask("parties")["items"]]
    assert found == [
        ("fi-2021-01", 1, "signatory", "ministry", "state"),
        ("fi-2021-01", 1, "signatory", "city-north", "city"),
        ("fi-2021-01", 1, "negotiator", "other-ministry", None),
        ("fi-2021-01", None, "cooperation_party", "university", None),
        ("fi-2021-01", None, "cooperation_party", "hospital", None),
        ("fi-2021-02", 1, "signatory", "ministry", "state"),
        ("fi-2021-02", 1, "signatory", "city-south", "city"),
    ]
    assert [item["agreement"] for item in ask("parties", organisation="ministry")["items"]] == ["fi-2021-01", "fi-2021-02"]
    assert [item["role"] for item in ask("parties", organisation="university", agreement="fi-2021-01")["items"]] == ["cooperation_party"]
    assert ask("parties", organisation="university", agreement="fi-2021-02")["total"] == 0


def test_a_party_carries_its_approvals_and_its_evidence(world: Universe) -> None:
    city = ask("parties")["items"][1]
    assert city["approvals"] == [
        {
            "body": {"key": "city-north-board", "name": {"fi": "Kaupunginhallitus", "sv": None, "en": "City board"}},
            "decided_on": "2021-01-25",
            "case_number": "123/2021",
        }
    ]
    assert city["evidence"]["organisation"]["mark"] == "inferred"
    assert city["evidence"]["approvals.city-north-board.decided_on"]["source"] == "city-page"


def test_changes_are_told_newest_first_and_only_of_what_is_or_was_open() -> None:
    changes = ask("changes")["items"]
    numbers = [change["number"] for change in changes]
    assert numbers == sorted(numbers, reverse=True)
    assert changes[0]["what"]["en"] == "The North: a measure was added: Measure 6."
    assert changes[0]["what"]["fi"].startswith("Pohjola")
    about = {change["key"] for change in changes}
    assert "fi-2021-03/1" in about
    assert not {key for key in about if key.startswith("fi-2021-04")}
    assert [change["act"] for change in changes if change["kind"] == "organisation" and "name" in change["act"]] == ["rename_organisation"]
