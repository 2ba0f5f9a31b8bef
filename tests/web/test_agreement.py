"""The page of an agreement: what it says, from where, on which day, and at what price in queries."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
from kumppani.kernel.money import Amount
from kumppani.kernel.text import LANGUAGES, Text
from kumppani.workflow.agreements import Signing
from kumppani.workflow.corrections import correct_fact
from tests.builders import NOON, figure_of, marked, place_in, priority_of, published_agreement, seen, unknown
from tests.universe import AGREEMENT_TEXT, Universe
from tests.web.reading import get, linked_data, links, part, words

NORTH = "/en/agreements/fi-2021-01/"
SOUTH = "/en/agreements/fi-2021-02/"


def test_it_starts_with_its_answer(universe: Universe, client: Client) -> None:
    page = get(client, NORTH)

    assert page.status_code == 200
    assert "The state and the city region agreed to concentrate on this: Akkukemia sekä kiertotalous" in words(page)
    assert "The agreement is in force until 31 December 2027." in words(page)
    assert "402 days" in words(page)


def test_names_in_other_languages_stand_beside(universe: Universe, client: Client) -> None:
    assert '<span lang="sv">· Norden</span>' in get(client, NORTH).content.decode()


def test_the_content_stands_as_printed_with_what_others_print(universe: Universe, client: Client) -> None:
    content = part(get(client, NORTH), '<section class="band white" aria-labelledby="content-heading"')

    assert "In Finnish Akkukemia sekä kiertotalous Printed by an authority" in content
    assert "akkukemia ja älykäs kiertotalous" in content
    assert "The city prints it so" in content
    assert "In Swedish Batterikemi och cirkulär ekonomi Printed, but not by an authority" in content
    assert "In English not in our sources on 24 November 2026" in content


def test_promises_stand_side_by_side_and_a_missing_side_is_hollow(universe: Universe, client: Client) -> None:
    promises = get(client, NORTH)
    found = part(promises, '<section class="wrap band" id="promises"', 'id="priorities"')

    assert found.count("Dialogue") == 1
    assert "Promise 1 To be fulfilled" in found
    assert "Promise 2 Fulfilled" in found
    assert "Promise 3 Late" in found
    assert "Promise 4 Released from" in found
    assert "Promise 5" not in found
    assert "1 promise was made after 24 November 2026 and is not shown." in found
    assert 'aria-label="The promises of both sides are known"' in promises.content.decode()
    assert 'aria-label="Only the city region’s promise is known"' in promises.content.decode()


def test_priorities_say_what_is_ours(universe: Universe, client: Client) -> None:
    found = part(get(client, NORTH), '<section class="band white" id="priorities"')

    assert "Battery chemistry" in found
    assert "Themes: Low carbon Our own division, translation or mapping" in found


def test_who_signed_negotiated_cooperates_and_decides(universe: Universe, client: Client) -> None:
    found = part(get(client, NORTH), '<section class="wrap band" id="parties"')

    assert "Ministry , for the state Printed by an authority" in found
    assert "City of the Great North , for the city region Follows from what the source says" in found
    assert "Approved by City board on 25 January 2021 (case number 123/2021)" in found
    assert "Ministry of Culture" in found
    assert "University of the North" in found
    assert "Hospital district" not in found
    assert "Council of the North Background knowledge, not confirmed from a source" in found


def test_the_territory_has_codes_by_version(universe: Universe, client: Client) -> None:
    found = part(get(client, NORTH), '<section class="band white" id="territory"')

    assert "Pohjola 901 core 16 Maakunta 162 Seutukunta FI1D5 Alue FI1D9 Alue" in found
    assert "Harjula 902 partner" in found
    assert "NUTS 3 2021 NUTS 3 2024" in found


def test_the_plan_is_grouped_by_priority_with_states(universe: Universe, client: Client) -> None:
    found = part(get(client, NORTH), '<section class="wrap band" id="plan"')

    for state, word in (("under_way", "Under way"), ("late", "Late"), ("completed", "Completed"), ("dropped", "Dropped"), ("planned", "Planned")):
        measure = universe.measures[MeasureState(state)]
        assert measure.title["en"] in found
        assert word in found
    assert universe.measures[MeasureState.NOT_YET_STATED].title["en"] not in found
    assert "1 measure came into the plan after 24 November 2026 and is not shown." in found
    assert found.index("Battery chemistry") < found.index("Solutions for wellbeing")


def test_money_stands_side_by_side_on_one_scale_and_is_never_summed(universe: Universe, client: Client) -> None:
    page = get(client, NORTH)
    found = part(page, '<section class="band white" id="money"')

    assert "€5,000,000" in found
    assert "€4,925,000" in found
    assert "about €900,000 – €1,100,000" in found
    assert "noin miljoona euroa vuodessa" in found
    assert "10,025,000" not in found
    assert 'width="2.0%"' in page.content.decode()


def test_goals_are_intentions(universe: Universe, client: Client) -> None:
    assert "They are intentions, not results. At least two data centres Entered here by the one responsible" in words(get(client, NORTH))


def test_the_meter_counts_and_names_what_is_missing(universe: Universe, client: Client) -> None:
    page = get(client, NORTH)
    found = part(page, '<section class="wrap band stack" id="known"')

    assert "Known Day of signing" in found
    assert "Partly Signatories" in found
    assert "Missing Start of the term looked for on 24 November 2026" in found
    known = found.count("Known ")
    assert f"{known}/17" in words(page)


def test_stages_are_in_order_with_today_among_them(universe: Universe, client: Client) -> None:
    page = get(client, NORTH).content.decode()
    days = re.findall(r'<time datetime="([^"]+)">', page)

    assert days == sorted(days)
    assert {"2021-01-25", "2021-02-09", "2025-02-03", "2026-11-24", "2027-12-31"} <= set(days)
    assert "The agreement is being updated (its text is not available here)" in page


def test_sources_say_what_they_are_used_for(universe: Universe, client: Client) -> None:
    assert "The city's page" in part(get(client, NORTH), '<div class="stack" id="sources"', "</ul>")


def test_an_agreement_of_which_little_is_known_says_so(universe: Universe, client: Client) -> None:
    found = words(get(client, SOUTH))

    assert "has not been taken in here clause by clause" in found
    assert "No public source gives its measures one by one" in found
    assert "No sum of this agreement alone is published in our sources." in found
    assert "text not available here" in found
    assert 'aria-label="Neither side’s promise is known"' in get(client, SOUTH).content.decode()


def test_the_day_before_signing(universe: Universe, client: Client) -> None:
    page = get(client, f"{NORTH}?on=2021-02-08")
    found = words(page)

    assert "Not yet signed" in found
    assert "On 8 February 2021 this agreement was not yet signed. It was signed on 9 February 2021." in found
    assert "This is what was valid on 8 February 2021 , by what is known today, 24 November 2026" in found
    assert "Nothing was agreed yet on that day." in found
    assert "Nobody had signed yet on that day." in found
    assert "University of the North" not in part(page, '<section class="wrap band" id="parties"')
    assert "Promise 1" not in part(page, '<section class="wrap band" id="promises"')
    assert NORTH in links(page)


def test_the_day_after_its_end(universe: Universe, client: Client) -> None:
    found = words(get(client, f"{NORTH}?on=2028-01-01"))

    assert "On 1 January 2028 the agreement had ended: it was in force until 31 December 2027." in found
    assert "of the term left" not in found
    assert "No priority was valid on that day. Not valid on 1 January 2028: Battery chemistry , Solutions for wellbeing" in found


def test_a_day_in_between_shows_what_was_valid_that_day(universe: Universe, client: Client) -> None:
    page = get(client, f"{NORTH}?on=2022-06-01")
    found = words(page)

    assert "City of the North" in found
    assert "City of the Great North" not in found
    assert "Hospital district" in found
    assert "Not valid on 1 June 2022: Solutions for wellbeing" in found
    assert "Promise 2 To be fulfilled" in part(page, '<section class="wrap band" id="promises"', 'id="priorities"')


def test_an_impossible_day_is_refused_in_words(universe: Universe, client: Client) -> None:
    page = get(client, f"{NORTH}?on=2021-02-30")

    assert page.status_code == 400
    assert "“2021-02-30” is not a day" in words(page)


def test_what_was_withdrawn_says_why(universe: Universe, client: Client) -> None:
    page = get(client, "/en/agreements/fi-2021-03/")

    assert page.status_code == 410
    assert "withdrawn. The reason: The agreement was dissolved" in words(page)
    assert "Sisältö 3" not in page.content.decode()


@pytest.mark.parametrize("key", ["fi-2021-04", "fi-2021-99", "harjoitus-01"])
def test_what_is_not_for_the_public_is_not_there(universe: Universe, client: Client, key: str) -> None:
    assert get(client, f"/en/agreements/{key}/").status_code == 404


def test_another_programme_has_its_own_address(universe: Universe, client: Client) -> None:
    assert "Harjoitusseutu" in words(get(client, "/en/p/harjoitus/agreements/harjoitus-01/"))
    assert get(client, "/en/p/harjoitus/agreements/fi-2021-01/").status_code == 404


def test_linked_data_says_what_the_page_says(universe: Universe, client: Client) -> None:
    data = linked_data(get(client, NORTH))

    assert data["@id"] == f"{settings.PUBLIC_URL}{NORTH}"
    assert data["name"] == "The North"
    assert data["datePublished"] == "2021-02-09"
    assert data["expires"] == "2027-12-31"
    assert [place["identifier"] for place in data["spatialCoverage"]] == ["FI-901", "FI-902"]
    assert [author["name"] for author in data["author"]] == ["Ministry", "City of the Great North"]


def test_words_from_the_database_never_become_markup(universe: Universe, client: Client) -> None:
    evil = "<script>alert(1)</script>\"'&"
    correct_fact(
        by=universe.cast.corrector,
        programme=universe.programme,
        kind="agreement",
        key="fi-2021-01",
        field="name.en",
        value=evil,
        cited=marked(Mark.ENTERED),
    )
    page = get(client, NORTH)

    assert "<script>alert" not in page.content.decode()
    assert linked_data(page)["name"] == evil


@pytest.mark.django_db(transaction=True)
def test_a_corrected_day_shows_at_once(universe: Universe, client: Client) -> None:
    assert "31 December 2027" in client.get(NORTH).content.decode()
    correct_fact(
        by=universe.cast.corrector,
        programme=universe.programme,
        kind="version",
        key="fi-2021-01/1",
        field="valid_to",
        value=date(2028, 6, 30),
        cited=marked(Mark.ENTERED),
    )

    assert "The agreement is in force until 30 June 2028." in words(client.get(NORTH))


def test_an_unchanged_page_is_not_sent_twice(universe: Universe, client: Client) -> None:
    etag = get(client, NORTH)["ETag"]

    assert get(client, NORTH, if_none_match=etag).status_code == 304


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_has_the_view_and_only_it_may_be_framed(universe: Universe, client: Client, language: str) -> None:
    framed, whole = get(client, f"/embed/{language}/agreements/fi-2021-01/"), get(client, f"/{language}/agreements/fi-2021-01/")

    assert framed.status_code == 200
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert whole["X-Frame-Options"] == "DENY"
    assert b"<nav" not in framed.content
    assert b"<nav" in whole.content
    assert "default-src 'none'" in framed["Content-Security-Policy"]


def test_the_text_is_saved_not_shown(universe: Universe, client: Client) -> None:
    digest = hashlib.sha256(AGREEMENT_TEXT).hexdigest()
    assert f"/en/files/{digest}/" in links(get(client, NORTH))
    file = get(client, f"/en/files/{digest}/")

    assert file.content == AGREEMENT_TEXT
    assert file["Content-Disposition"] == 'attachment; filename="sopimus.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("digest", ["0" * 64, "x"])
def test_a_file_nobody_named_is_not_there(universe: Universe, client: Client, digest: str) -> None:
    assert get(client, f"/en/files/{digest}/").status_code == 404


def test_another_programmes_file_is_not_there(universe: Universe, client: Client) -> None:
    digest = hashlib.sha256(AGREEMENT_TEXT).hexdigest()

    assert get(client, f"/en/p/harjoitus/files/{digest}/").status_code == 404


def _many(universe: Universe, number: int) -> None:
    """`number` more agreements, each with priorities, sources and money of its own."""
    organisations = universe.organisations
    with clock.stopped_at(NOON):
        for one in range(10, 10 + number):
            version = published_agreement(
                universe.programme, f"fi-2021-{one}", one, organisations.ministry, organisations.city_south, universe.places["Etelä"]
            )
            priority_of(version.agreement, 1, themes=[universe.themes["digital"]])
            figure_of(universe.programme, f"f-{one}", one, Amount(exact=one * 100), f"{one} euroa", agreement=version.agreement)


@pytest.mark.parametrize("more", [14, 158])
def test_fourteen_queries_however_many_agreements(universe: Universe, client: Client, django_assert_num_queries, more: int) -> None:
    _many(universe, more)
    for path in (NORTH, SOUTH, f"{NORTH}?on=2022-06-01"):
        PAGES.forget()
        with django_assert_num_queries(14):
            client.get(path)


def test_a_kept_page_costs_one_query(universe: Universe, client: Client, django_assert_num_queries) -> None:
    client.get(NORTH)
    with django_assert_num_queries(1):
        client.get(NORTH)


def test_two_versions_each_count_in_their_time(universe: Universe, client: Client) -> None:
    organisations, place = universe.organisations, place_in(universe.programme, "904", "Kakkola")
    signings = [Signing(organisations.ministry, "state"), Signing(organisations.city_south, "city")]
    known = {"signings": signings, "version_evidence": {"valid_from": unknown(), "signed_on": seen()}}
    published_agreement(universe.programme, "two", 30, organisations.ministry, organisations.city_south, place, valid_to=date(2024, 12, 31), **known)
    later = {"signed_on": date(2025, 1, 1), "content": Text(en="The second content")}
    published_agreement(universe.programme, "two", 30, organisations.ministry, organisations.city_south, place, **known, **later)

    assert "The second content" in part(get(client, "/en/agreements/two/"), '<p class="lede">', "</p>")
    assert "Sisältö 30" in part(get(client, "/en/agreements/two/?on=2023-01-01"), '<p class="lede">', "</p>")


def test_states_of_promises_change_with_the_day(universe: Universe, client: Client) -> None:
    late = universe.commitments[CommitmentState.LATE]
    due = late.due_on
    assert due is not None

    on_the_day = part(get(client, f"{NORTH}?on={due.isoformat()}"), '<section class="wrap band" id="promises"', 'id="priorities"')
    assert "Promise 3 To be fulfilled" in on_the_day
