"""The list of agreements: narrowed and ordered by its address, refused with a sentence, at a fixed price."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from tests.builders import (
    ENDS,
    NOON,
    TODAY,
    category_in,
    figure_of,
    marked,
    organisation_in,
    place_in,
    priority_of,
    programme_of,
    published_agreement,
)
from tests.universe import NEWSPAPER, Universe
from tests.web.reading import get, linked_data, links, words
from tests.web.test_home import many


def listed(page: object) -> list[str]:
    """The keys of the agreements in the table, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]*/agreements/([^"/]+)/"', page.content.decode())  # type: ignore[attr-defined] # a response


def test_it_has_what_is_published_and_nothing_else(universe: Universe, client: Client) -> None:
    page = get(client, "/en/agreements/")

    assert listed(page) == ["fi-2021-01", "fi-2021-02"]
    assert "2 agreements" in words(page)


def test_a_row_says_who_decides_and_how_firmly_that_is_known(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/agreements/"))

    assert (
        "The North Battery chemistry Solutions for wellbeing Pohjola , Harjula Council of the North (not confirmed) In force to 31 December 2027"
        in found
    )
    assert "City region 2 Priority 1 Etelä" in found


def test_what_a_row_lacks_is_said(universe: Universe, client: Client) -> None:
    row = words(get(client, "/en/agreements/")).split("City region 2 Priority 1")[1]

    assert row.count("not in our sources on 24 November 2026") == 2, "who decides, and the start-up money"


def test_disagreeing_statements_of_start_up_money_stand_under_each_other(universe: Universe, client: Client) -> None:
    figure_of(
        universe.programme, "north-paper", 9, Amount(exact=12_000_000), "120 000 euro", by=universe.cast.publisher, agreement=universe.north,
        cited=marked(Mark.THIRD_PARTY, NEWSPAPER),
    )  # fmt: skip
    found = words(get(client, "/en/agreements/"))

    assert "€100,000 Ministry €120,000 Ministry 10 February 2021" in found
    assert "220,000" not in found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("theme=wellbeing", ["fi-2021-01"]),
        ("theme=", ["fi-2021-01", "fi-2021-02"]),
        ("validity=in_force", ["fi-2021-01", "fi-2021-02"]),
        ("validity=ended", []),
        ("theme=low_carbon&validity=ended", []),
        ("sort=name", ["fi-2021-02", "fi-2021-01"]),
        ("sort=priorities", ["fi-2021-01", "fi-2021-02"]),
    ],
)
def test_the_address_narrows_and_orders(universe: Universe, client: Client, asked: str, expected: list[str]) -> None:
    assert listed(get(client, f"/en/agreements/?{asked}")) == expected


def test_an_empty_answer_says_so_and_leads_back(universe: Universe, client: Client) -> None:
    page = get(client, "/en/agreements/?validity=ended")

    assert "0 of 2 agreements" in words(page)
    assert "No agreement fits what you asked for." in words(page)
    assert "/en/agreements/" in links(page)


def test_states_are_those_of_the_day(universe: Universe, client: Client) -> None:
    with clock.stopped_at(NOON + (ENDS - TODAY) * 2):
        assert listed(get(client, "/en/agreements/?validity=ended")) == ["fi-2021-01", "fi-2021-02"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("theme=nowhere", "No agreement here has a theme “nowhere”."),
        ("validity=dead", "“dead” is not a state an agreement can be in."),
        ("sort=money", "A list cannot be put in the order “money”."),
        ("theme=%3Cscript%3E", "No agreement here has a theme “<script>”."),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(universe: Universe, client: Client, asked: str, sentence: str) -> None:
    page = get(client, f"/en/agreements/?{asked}")

    assert page.status_code == 400
    assert sentence in words(page)
    assert "<script>" not in page.content.decode()


def test_a_theme_holds_the_themes_below_it(db: None, noon: None, client: Client) -> None:
    programme = programme_of()
    ministry, city, place = organisation_in(programme, "ministry"), organisation_in(programme, "city"), place_in(programme, "1", "Kaupunki")
    wide = category_in(programme, "themes", "wide", Text(en="Wide"))
    narrow = category_in(programme, "themes", "narrow", Text(en="Narrow"), parent=wide)
    for number, theme in enumerate((wide, narrow), start=1):
        version = published_agreement(programme, f"a{number}", number, ministry, city, place)
        priority_of(version.agreement, themes=[theme])

    assert listed(get(client, "/en/agreements/?theme=wide")) == ["a1", "a2"]
    assert listed(get(client, "/en/agreements/?theme=narrow")) == ["a2"]


def test_names_are_put_in_the_order_of_the_alphabet(db: None, noon: None, client: Client) -> None:
    programme = programme_of()
    ministry, city, place = organisation_in(programme, "ministry"), organisation_in(programme, "city"), place_in(programme, "1", "Kaupunki")
    names = ["Östermark", "Zeta", "ääri", "Åbo", "alku"]
    for number, name in enumerate(names, start=1):
        published_agreement(programme, f"a{number}", number, ministry, city, place, name=Text(fi=name))

    assert listed(get(client, "/fi/agreements/?sort=name")) == ["a5", "a2", "a4", "a3", "a1"]


def test_a_programme_without_agreements_says_so(db: None, noon: None, client: Client) -> None:
    programme_of()

    assert "No agreement has been published here yet." in words(get(client, "/en/agreements/"))


def test_it_is_taken_along_as_files_and_cited(universe: Universe, client: Client) -> None:
    page = get(client, "/en/agreements/")

    assert {f"/api/v1/agreements?format={name}" for name in ("csv", "xlsx", "json")} <= links(page)
    assert "Agreements. Kumppani, operator not set. http://127.0.0.1:8000/en/agreements/, 24 November 2026." in words(page)
    assert "&lt;iframe src=&quot;http://127.0.0.1:8000/embed/en/agreements/&quot;" in page.content.decode()


def test_its_price_is_ten_queries_however_many_agreements(universe: Universe, client: Client, django_assert_num_queries: object) -> None:
    get(client, "/fi/agreements/")
    with django_assert_num_queries(10):  # type: ignore[operator] # pytest-django's fixture has no public type
        get(client, "/fi/agreements/")
    many(universe.programme, 14, first=11)
    with django_assert_num_queries(10):  # type: ignore[operator] # as above
        assert len(listed(get(client, "/fi/agreements/"))) == 16


def test_machines_are_told_where_the_list_is_to_be_had(universe: Universe, client: Client) -> None:
    told = linked_data(get(client, "/en/agreements/"))

    assert told["@type"] == "Dataset"
    assert "license" not in told
    assert "http://127.0.0.1:8000/api/v1/agreements?format=csv" in {one["contentUrl"] for one in told["distribution"]}
    with override_settings(DATA_LICENCE="CC-BY-4.0"):
        assert linked_data(get(client, "/en/agreements/"))["license"] == "https://spdx.org/licenses/CC-BY-4.0"
