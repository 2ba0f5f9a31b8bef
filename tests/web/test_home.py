"""The front page: its counts, its sentence of state, its map with a table twin, and money that is never added up."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from kumppani.access import overview
from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.web.portal.home import Term, term_of
from kumppani.workflow.agreements import Said
from kumppani.workflow.programmes import register_place
from tests.builders import ENDS, NOON, SIGNED, TODAY, card, organisation_in, place_in, priority_of, programme_of, published_agreement, seen
from tests.universe import Universe
from tests.web.reading import get, linked_data, links, part, words


def many(programme: Programme, count: int, first: int = 1, **more: object) -> None:
    """So many agreements of one programme, each with a city of its own."""
    ministry = organisation_in(programme, f"ministry-of-{first}")
    for number in range(first, first + count):
        place = place_in(programme, f"{number:03}", f"Kaupunki {number}", latitude=str(60 + number % 9), longitude=str(21 + number % 7))
        city = organisation_in(programme, f"city-{number}")
        version = published_agreement(programme, f"{programme.key}-{number:02}", number, ministry, city, place, decider=city, **more)
        priority_of(version.agreement)


def test_it_counts_what_is_published(universe: Universe, client: Client) -> None:
    numbers = part(get(client, "/en/"), '<section aria-labelledby="numbers"')

    assert "2 agreements between the state and a city region" in numbers
    assert "3 strategic priorities" in numbers
    assert "3 municipalities in the city regions" in numbers
    assert numbers.count("Counted from the published agreements on 24 November 2026") == 3


def test_it_says_in_a_sentence_how_things_stand(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/"))

    assert "402 days left. All 2 agreements are in force. 84 % of the time has passed." in found
    assert "9 February 2021 signed 31 December 2027 ends" in found


def test_the_bar_is_as_long_as_the_sentence_says(universe: Universe, client: Client) -> None:
    assert '<rect class="done" width="84%" height="100%"/>' in get(client, "/fi/").content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (ENDS, "0 days left. All 2 agreements are in force. 100 % of the time has passed."),
        (ENDS - timedelta(days=1), "1 day left. All 2 agreements are in force. 99 % of the time has passed."),
        (ENDS + timedelta(days=1), "Of 2 agreements 0 are in force. The last agreement ended on 31 December 2027."),
        (SIGNED - timedelta(days=1), "Of 2 agreements 0 are in force."),
    ],
)
def test_the_sentence_follows_the_calendar(universe: Universe, client: Client, day: date, sentence: str) -> None:
    with clock.stopped_at(NOON + (day - TODAY)):
        assert sentence in words(get(client, "/en/"))


def test_an_end_that_no_source_gives_is_unknown_and_nothing_is_counted_from_it(db: None, noon: None, client: Client) -> None:
    programme = programme_of()
    many(programme, 1)
    many(programme, 1, first=2, valid_to=None)
    found = words(get(client, "/en/"))

    assert "All 2 agreements are in force. When the last agreement ends: not in our sources on 24 November 2026" in found
    assert "days left" not in found
    assert "per cent" not in get(client, "/en/").content.decode()


def test_the_term_by_hand(universe: Universe) -> None:
    glances = overview.agreements(STRANGER, universe.programme)

    assert term_of(glances, TODAY) == Term(2, 2, SIGNED, ENDS, 402, 84)
    assert term_of([], TODAY) == Term(0, 0, None, None, None, None)


def test_a_programme_without_agreements_says_so(db: None, noon: None, client: Client) -> None:
    programme_of()
    found = words(get(client, "/en/"))

    assert "No agreement has been published here yet." in found
    assert "When one is, it appears on the map and in this table." in found
    assert "Nothing has been published or changed yet." in found
    assert '<svg class="map' not in get(client, "/en/").content.decode()


def test_the_map_and_the_table_have_the_same(universe: Universe, client: Client) -> None:
    text = get(client, "/en/").content.decode()
    drawing = text[text.index('<svg class="map') : text.index("</figure>")]
    table = text[text.index('id="list"') : text.index('id="next"')]

    for part_of_page in (drawing, table):
        assert set(re.findall(r'href="(/en/agreements/fi-[^"]+)"', part_of_page)) == {"/en/agreements/fi-2021-01/", "/en/agreements/fi-2021-02/"}
    assert "The North: Battery chemistry; Solutions for wellbeing" in drawing
    assert '<path class="land" d="M' in drawing
    assert "Pohjola" in drawing
    assert " + Harjula" in drawing


def test_an_invented_country_has_a_schematic_map_and_nothing_official(universe: Universe, client: Client) -> None:
    page = get(client, "/en/p/harjoitus/")
    text = page.content.decode()

    assert 'class="map schematic"' in text
    assert 'class="land"' not in text
    assert "The map is schematic" in text
    assert "This programme is invented: nothing about it is official anywhere." in words(page)
    assert "rakennerahastot.fi" not in text


def test_a_city_without_a_point_is_named_beside_the_map(db: None, noon: None, client: Client) -> None:
    programme = programme_of()
    place = register_place(by=SYSTEM, programme=programme, code="999", name=Text(fi="Paikaton"), latitude=None, longitude=None)
    ministry, city = organisation_in(programme, "ministry"), organisation_in(programme, "city")
    published_agreement(programme, "fi-2021-01", 1, ministry, city, place)
    page = get(client, "/en/")

    assert page.status_code == 200
    assert "City region 1: where it lies not in our sources on 24 November 2026" in words(page)


def test_money_stands_side_by_side_and_is_never_added_up(universe: Universe, client: Client) -> None:
    page = get(client, "/en/")
    money = part(page, '<section class="stack" aria-labelledby="money"')

    assert "€5,000,000" in money
    assert "€4,925,000" in money
    assert "9,925,000" not in page.content.decode()
    assert "100,000" not in money, "a city's own money is not the programme's"
    assert "5 miljoonaa euroa" in money
    assert re.findall(r'<rect class="fill of-state" width="([^"]+)"', page.content.decode()) == ["100.0%", "98.5%"]


def test_money_nobody_states_is_unknown(db: None, noon: None, client: Client) -> None:
    programme_of()

    assert "How much money the state gave for the start: not in our sources on 24 November 2026" in words(get(client, "/en/"))


def test_what_comes_next_and_what_is_known_to_have_been_updated(universe: Universe, client: Client) -> None:
    following = part(get(client, "/en/"), '<section class="stack" aria-labelledby="next"')

    assert "31 December 2027 2 agreements end." in following
    assert "3 February 2025 The North : The agreement is being updated" in following


def test_more_updates_than_fit_are_counted(db: None, noon: None, client: Client) -> None:
    updates = [Said(Text(en=f"Update {number}"), date(2025, 1, number), {"what.en": seen(card())}) for number in range(1, 9)]
    many(programme_of(), 1, known_updates=updates)
    following = part(get(client, "/en/"), '<section class="stack" aria-labelledby="next"')

    assert "Update 8" in following
    assert "Update 2 " not in following
    assert "2 more on the agreements’ own pages." in following


def test_the_words_about_the_programme_have_their_source(universe: Universe, client: Client) -> None:
    assert "Agreements with cities. Entered here by the one responsible · as of 24 November 2026" in words(get(client, "/en/"))


def test_latest_changes_are_counted_by_the_day(universe: Universe, client: Client) -> None:
    latest = words(get(client, "/en/"))

    # Three agreements were published and one of them withdrawn again; of the others all that belongs to them is told.
    assert re.search(r"24 November 2026 (?:\S.*\. )?1 thing was withdrawn from the public\.", latest)
    assert "3 agreements were published." in latest
    assert "1 ecosystem was added." in latest
    assert "recorded here" not in latest


def test_it_leads_to_what_is_official(universe: Universe, client: Client) -> None:
    assert {"https://tem.fi/ekosysteemisopimukset", "https://rakennerahastot.fi/eura-2021-jarjestelma"} <= links(get(client, "/fi/"))
    assert "https://rakennerahastot.fi/sv/hallbar-stadsutveckling" in links(get(client, "/sv/"))
    assert "https://tem.fi/en/ecosystem-agreements" in links(get(client, "/en/"))


def test_only_the_themes_at_the_top_are_listed(universe: Universe, client: Client) -> None:
    assert {f"/fi/themes/{key}/" for key in ("low_carbon", "digital", "wellbeing")} <= links(get(client, "/fi/"))


def test_its_price_is_ten_queries_however_many_agreements(universe: Universe, client: Client, django_assert_num_queries: object) -> None:
    get(client, "/fi/")
    with django_assert_num_queries(10):  # type: ignore[operator] # pytest-django's fixture has no public type
        get(client, "/fi/")
    many(universe.programme, 14, first=11)
    with django_assert_num_queries(10):  # type: ignore[operator] # as above
        page = get(client, "/fi/")
    assert page.content.decode().count('class="hit"') == 16


def test_points_come_from_the_first_core_municipality(db: None, noon: None) -> None:
    programme = programme_of()
    towns = [
        place_in(programme, code, name, latitude=latitude)
        for code, name, latitude in (("1", "Ensin", "61"), ("2", "Ydin", "62"), ("3", "Toinen", "63"))
    ]
    ministry, city = organisation_in(programme, "ministry"), organisation_in(programme, "city")
    published_agreement(programme, "a", 1, ministry, city, towns[0], municipalities=[(towns[0], False), (towns[1], True), (towns[2], True)])
    (glance,) = overview.agreements(STRANGER, programme)

    assert glance.core == towns[1]
    assert [town.code for town in glance.municipalities] == ["2", "3", "1"]
    assert glance.core.latitude == Decimal("62.00000")


def test_machines_are_told_how_the_site_is_searched(universe: Universe, client: Client) -> None:
    told = linked_data(get(client, "/en/p/harjoitus/"))

    assert (told["@type"], told["url"], told["name"]) == ("WebSite", "http://127.0.0.1:8000/en/p/harjoitus/", "Programme harjoitus")
    assert told["potentialAction"]["target"]["urlTemplate"] == "http://127.0.0.1:8000/en/p/harjoitus/search/?q={words}"
