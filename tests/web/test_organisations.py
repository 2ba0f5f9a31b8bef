"""Organisations: the list by kind, and each one's names over time and parts in the agreements."""

from __future__ import annotations

import pytest
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from tests.builders import NOON, organisation_in, place_in, published_agreement
from tests.universe import Universe
from tests.web.reading import get, linked_data, links, part, words


def test_the_list_says_what_part_each_has(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/organisations/"))

    assert "9 organisations have a part in the agreements." in found
    assert "Ministry ministry Has signed 2 agreements Made promises in 1 agreement" in found
    assert "Laboratory research institute related to another organisation here" in found
    assert "Harjoitusministeriö" not in found


def test_the_list_can_be_narrowed_to_a_kind(universe: Universe, client: Client) -> None:
    page = get(client, "/en/organisations/?kind=municipality")
    found = words(page)

    assert "2 organisations have a part" in found
    assert "City of the South" in found
    assert "University of the North" not in found
    assert '<option value="municipality" selected>' in page.content.decode()


def test_a_kind_without_any_says_so(universe: Universe, client: Client) -> None:
    assert "No organisation of this kind has a part in the agreements." in words(get(client, "/en/organisations/?kind=company"))


@pytest.mark.parametrize("query", ["kind=dragon", "page=0", "page=-1", "page=x", "kind=%3Cscript%3E"])
def test_what_cannot_be_asked_is_refused(universe: Universe, client: Client, query: str) -> None:
    page = get(client, f"/en/organisations/?{query}")

    assert page.status_code == 400
    assert "<script>" not in page.content.decode().split("<main")[1]


def test_a_long_list_has_pages(universe: Universe, client: Client) -> None:
    with clock.stopped_at(NOON):
        for number in range(100):
            organisation_in(universe.programme, f"company-{number:03}", OrganisationKind.COMPANY, Text(fi=f"Yhtiö {number:03}"))
    first, second = get(client, "/en/organisations/"), get(client, "/en/organisations/?page=2")

    assert "109 organisations" in words(first)
    assert not {path for path in links(first) if "company-" in path} & {path for path in links(second) if "company-" in path}
    assert len({path for path in links(first) | links(second) if path.startswith("/en/organisations/company-")}) == 100


def test_names_over_time_and_identifiers(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/organisations/city-north/"))
    university = words(get(client, "/en/organisations/university/"))

    assert "City of the North" in found
    assert "until 31 December 2022" in found
    assert "City of the Great North" in found
    assert "from 1 January 2023" in found
    assert "Training identifier TRAINING-0001 Printed by an authority" in university
    assert "Has as a part Laboratory" in university


def test_the_name_is_the_one_of_that_day(universe: Universe, client: Client) -> None:
    page = get(client, "/en/organisations/city-north/?on=2022-12-31")

    assert part(page, "<h1", "</h1>") == "City of the North"
    assert part(get(client, "/en/organisations/city-north/"), "<h1", "</h1>") == "City of the Great North"
    assert "by what is known today, 24 November 2026" in words(page)


def test_what_it_signs_promises_leads_and_decides(universe: Universe, client: Client) -> None:
    city, university, council = (words(get(client, f"/en/organisations/{key}/")) for key in ("city-north", "university", "council"))

    assert "Has signed The North 9 February 2021 – 31 December 2027 Follows from what the source says" in city
    assert "Promise 3 to Ministry · The North Late" in city
    assert "Promise 5" not in city
    assert "Cooperates in The North Research Printed by an authority" in university
    assert "Measure 2 The North · leads Planned" in university
    assert "Decides on the funding of The North Background knowledge, not confirmed from a source" in council


def test_parts_of_a_day(universe: Universe, client: Client) -> None:
    before = words(get(client, "/en/organisations/city-north/?on=2021-02-08"))
    then, now = (words(get(client, f"/en/organisations/hospital/{query}")) for query in ("?on=2022-12-31", ""))

    assert "On this day it had no part of its own in the agreements." in before
    for key in ("university", "council", "other-ministry"):
        assert "The North" not in words(get(client, f"/en/organisations/{key}/?on=2021-02-08"))
        assert "The North" in words(get(client, f"/en/organisations/{key}/?on=2021-02-09"))
    assert "Cooperates in The North" in then
    assert "On 24 November 2026 this organisation no longer existed: it ended on 31 December 2022." in now
    assert "Cooperates in The North" not in now
    assert "Followed by Wellbeing services county" in now
    assert "Follows Hospital district" in words(get(client, "/en/organisations/county/"))
    assert "did not exist yet: it began on 1 January 2023." in words(get(client, "/en/organisations/county/?on=2022-06-01"))


def test_linked_data_names_it(universe: Universe, client: Client) -> None:
    data = linked_data(get(client, "/en/organisations/laboratory/"))

    assert data["@type"] == "ResearchOrganization"
    assert data["parentOrganization"]["name"] == "University of the North"


def test_a_training_organisation_shows_only_in_its_programme(universe: Universe, client: Client) -> None:
    assert get(client, "/en/organisations/training-city/").status_code == 404
    assert get(client, "/en/p/harjoitus/organisations/training-city/").status_code == 200
    assert get(client, "/en/p/harjoitus/organisations/city-north/").status_code == 404


@pytest.mark.parametrize("more", [14, 158])
def test_queries_however_many_agreements(universe: Universe, client: Client, django_assert_num_queries, more: int) -> None:
    with clock.stopped_at(NOON):
        place = place_in(universe.programme, "950", "Muualla")
        for one in range(10, 10 + more):
            city = organisation_in(universe.programme, f"city-{one}")
            published_agreement(universe.programme, f"fi-2021-{one}", one, universe.organisations.ministry, city, place)
    for path, queries in (("organisations/", 6), ("organisations/?kind=municipality", 6), ("organisations/ministry/", 13)):
        PAGES.forget()
        with django_assert_num_queries(queries):
            client.get(f"/en/{path}")
