"""Ecosystems on the portal: the list, the page on a day, and the links to it from agreement, priority and organisations."""

from __future__ import annotations

import pytest
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.access.viewer import SYSTEM
from kumppani.kernel.text import Text
from kumppani.workflow.ecosystems import establish_ecosystem, join_ecosystem
from kumppani.workflow.publishing import withdraw
from tests.builders import SIGNED, organisation_in
from tests.universe import Universe
from tests.web.reading import get, words

PAGE = "/en/ecosystems/north-batteries/"


def test_the_list_says_who_orchestrates_and_counts_organisations_not_ties(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/ecosystems/"))
    assert "1 innovation ecosystem of the agreements is in our data." in found
    assert "Battery ecosystem The North City of the Great North 1" in found
    assert "Battery ecosystem The North City of the North 2" in words(get(client, "/en/ecosystems/?on=2022-06-01"))


def test_the_page_shows_ties_of_the_day_with_their_kind_days_and_source(universe: Universe, client: Client) -> None:
    found = words(get(client, PAGE))
    assert "1 organisation belonged to it on 24 November 2026." in found
    today, earlier = found.split("Earlier ties", 1)
    assert "Joint project from 1 January 2022" in today
    assert "Contract 1 January 2022 – 31 December 2027" in today
    assert "Membership 1 January 2022 – 31 December 2022" in earlier
    assert "Battery chemistry" in found


def test_on_an_earlier_day_who_has_left_since_is_a_member(universe: Universe, client: Client) -> None:
    found = words(get(client, f"{PAGE}?on=2022-06-01"))
    assert "2 organisations belonged to it on 1 June 2022." in found
    assert "Earlier ties" not in found
    before = words(get(client, f"{PAGE}?on=2021-06-01"))
    assert "0 organisations belonged to it on 1 June 2021. 3 ties begin later." in before


@pytest.mark.parametrize(
    "path", ["agreements/fi-2021-01", "priorities/fi-2021-01-p1", "organisations/city-north", "organisations/university", "agreements"]
)
def test_what_it_belongs_to_links_to_it(universe: Universe, client: Client, path: str) -> None:
    assert 'href="/en/ecosystems/' in get(client, f"/en/{path}/").content.decode()


def test_organisations_say_by_what_they_belong_to_it_and_an_agreement_without_says_so(universe: Universe, client: Client) -> None:
    assert "Battery ecosystem orchestrates it" in words(get(client, "/en/organisations/city-north/"))
    assert "Battery ecosystem Joint project · from 1 January 2022" in words(get(client, "/en/organisations/university/"))
    assert "ecosystems/" not in get(client, "/en/agreements/fi-2021-02/").content.decode().split('id="ecosystems"')[1].split("</section>")[0]


def test_of_an_agreement_that_is_not_open_nothing_is_shown_nor_who_belongs_to_it(universe: Universe, client: Client) -> None:
    stranger = organisation_in(universe.programme, "newcomer")
    hidden = establish_ecosystem(by=SYSTEM, agreement=universe.unpublished, key="hidden", name=Text(fi="Salainen"), orchestrator=stranger)
    join_ecosystem(by=SYSTEM, ecosystem=hidden, organisation=organisation_in(universe.programme, "joiner"), tie="event", valid_from=SIGNED)
    for path in ("ecosystems/hidden", "organisations/newcomer", "organisations/joiner"):
        assert get(client, f"/fi/{path}/").status_code == 404
    assert "Salainen" not in get(client, "/fi/ecosystems/").content.decode()
    withdraw(by=SYSTEM, publication=universe.north.versions.get().publication, reason=Text(fi="Syy"))
    PAGES.forget()
    assert get(client, PAGE).status_code == 404


@pytest.mark.parametrize(("path", "price"), [("ecosystems/", 7), ("ecosystems/north-batteries/", 8)])
def test_its_price_is_pinned_however_many_there_are(universe: Universe, client: Client, django_assert_num_queries, path: str, price: int) -> None:  # type: ignore[no-untyped-def] pytest-django's fixture has no public type
    for number in range(3):
        one = establish_ecosystem(
            by=SYSTEM, agreement=universe.north, key=f"e-{number}", name=Text(fi="Uusi"), orchestrator=universe.organisations.university
        )
        for organisation in (universe.organisations.city_north, universe.organisations.hospital):
            for ecosystem in (one, universe.ecosystem):
                join_ecosystem(
                    by=SYSTEM,
                    ecosystem=ecosystem,
                    organisation=organisation,
                    tie="event",
                    valid_from=SIGNED.replace(year=2000 + number),
                    valid_to=SIGNED.replace(year=2000 + number),
                )
    PAGES.forget()
    with django_assert_num_queries(price):
        client.get(f"/en/{path}")
