"""Themes: what falls under each, and that the mapping is said to be ours."""

from __future__ import annotations

import pytest
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.kernel import clock
from tests.builders import NOON, priority_of, published_agreement
from tests.universe import Universe
from tests.web.reading import get, linked_data, links, words


def test_the_list_counts_priorities_and_agreements(universe: Universe, client: Client) -> None:
    page = get(client, "/en/themes/")
    found = words(page)

    assert "3 themes run through the agreements. The 3 priorities are put under them by their own words." in found
    assert "Low carbon 1 priority · 1 agreement" in found
    assert {"/en/themes/low_carbon/", "/en/themes/wellbeing/", "/en/themes/digital/"} <= links(page)
    assert "Under no theme" in found
    assert "/en/priorities/fi-2021-02-p1/" in links(page)


def test_a_theme_says_who_works_on_it_where_and_why_it_is_there(universe: Universe, client: Client) -> None:
    page = get(client, "/en/themes/low_carbon/")
    found = words(page)

    assert "1 priority falls under this theme, in 1 agreement." in found
    assert "Battery chemistry The North Our own division, translation or mapping" in found
    assert "Maakunta Pohjola , Harjula" in found
    assert "University of the North" in found
    assert linked_data(page)["@type"] == "DefinedTerm"


def test_a_theme_without_measures_says_so(universe: Universe, client: Client) -> None:
    with clock.stopped_at(NOON):
        priority_of(universe.south, 2, themes=[universe.themes["low_carbon"]])

    assert "2 priorities fall under this theme, in 2 agreements." in words(get(client, "/en/themes/low_carbon/"))


@pytest.mark.parametrize("key", ["environments", "nothing", "%3Cscript%3E"])
def test_what_is_no_theme_is_missing(universe: Universe, client: Client, key: str) -> None:
    assert get(client, f"/en/themes/{key}/").status_code == 404


def test_another_programme_has_no_such_theme(universe: Universe, client: Client) -> None:
    assert get(client, "/en/p/harjoitus/themes/low_carbon/").status_code == 404
    assert "This programme has no themes." in words(get(client, "/en/p/harjoitus/themes/"))


@pytest.mark.parametrize("more", [14, 158])
def test_queries_however_many_agreements(universe: Universe, client: Client, django_assert_num_queries, more: int) -> None:
    organisations = universe.organisations
    with clock.stopped_at(NOON):
        for one in range(10, 10 + more):
            version = published_agreement(
                universe.programme, f"fi-2021-{one}", one, organisations.ministry, organisations.city_south, universe.places["Etelä"]
            )
            priority_of(version.agreement, 1, themes=[universe.themes["low_carbon"]])
    for path, queries in (("themes/", 6), ("themes/low_carbon/", 10)):
        PAGES.forget()
        with django_assert_num_queries(queries):
            client.get(f"/en/{path}")
