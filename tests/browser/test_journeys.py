"""A stranger's way through the portal: what is agreed, with whom, what it says to programs; and the same without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Watch
from tests.browser.site import Site

AGREEMENT = "fi-2021-04"


@pytest.mark.postgres_journey
def test_from_the_front_page_to_the_data(site: Site, read: Callable[..., Page]) -> None:
    """Front page → agreement → the day before it was signed → who signed → data for programs, which say the same."""
    page = read()
    watch = Watch(site).on(page)
    page.goto(f"{site.address}/en/")
    page.locator("svg.map a").first.focus()
    point = page.locator("svg.map a").first
    path = point.get_attribute("href")
    assert path is not None
    point.locator(".hit").click()
    expect(page).to_have_url(f"{site.address}{path}")
    name = page.locator("h1").inner_text()

    page.get_by_label("What was valid on the day").fill("2021-02-08")
    page.locator("form.asof button").click()
    expect(page.locator("main")).to_contain_text("On 8 February 2021 this agreement was not yet signed. It was signed on 9 February 2021.")
    page.locator("form.asof").get_by_role("link", name="today").click()
    expect(page).to_have_url(f"{site.address}{path}")

    page.locator("#parties a[href*='/organisations/']").last.click()
    expect(page.locator("h1")).not_to_have_text(name)
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page).to_have_url(f"{site.address}{path}")

    address = page.get_by_role("link", name="Download JSON").first.get_attribute("href")
    answer = page.request.get(f"{site.address}{address}")
    assert answer.ok
    assert path.split("/")[-2] in json.dumps(answer.json())
    assert watch.taken() == []
    assert site.complaints() == []


def test_a_point_of_the_map_leads_to_each_agreement(site: Site, read: Callable[..., Page]) -> None:
    """The map and the table after it have the same, in the same order."""
    page = read()
    page.goto(f"{site.address}/en/")
    points = [one.get_attribute("href") for one in page.locator("svg.map a").all()]
    rows = [one.get_attribute("href") for one in page.locator("section[aria-labelledby=list] tbody th a").all()]
    assert len(rows) == 16
    assert sorted(points, key=str) == sorted(rows, key=str)


def test_another_language_is_the_same_page(site: Site, read: Callable[..., Page]) -> None:
    page = read()
    page.goto(f"{site.address}/fi/agreements/?theme=&sort=name")
    for language in ("sv", "en", "fi"):
        page.locator(f".lang a[hreflang={language}]").click()
        expect(page).to_have_url(f"{site.address}/{language}/agreements/?theme=&sort=name")
        expect(page.locator("html")).to_have_attribute("lang", language)


# --- without scripts ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def plain(read: Callable[..., Page]) -> Page:
    return read(scripts=False)


def test_searching_without_scripts(plain: Page, site: Site) -> None:
    """A Finnish form of a word in a sentence finds the thing, on whatever page one starts."""
    plain.goto(f"{site.address}/fi/themes/")
    plain.locator("#seek").fill("energisystemen")
    plain.locator(".seek button").click()
    assert plain.locator(".hits h3 a").count() > 0
    plain.locator(".facets a").nth(1).click()
    assert plain.locator(".facets a").nth(1).get_attribute("aria-current") == "true"
    plain.locator(".hits h3 a").first.click()
    assert plain.locator("h1").is_visible()
    assert "/search/" not in plain.url


def test_filtering_without_scripts(plain: Page, site: Site) -> None:
    plain.goto(f"{site.address}/en/agreements/")
    every = plain.locator("tbody tr").count()
    plain.locator("#theme").select_option(index=1)
    plain.locator("form.filter button").click()
    some = plain.locator("tbody tr").count()
    assert 0 < some < every == 16
    assert plain.locator("h1").inner_text() == f"{some} of {every} agreements"
    plain.get_by_role("link", name="Show all").click()
    assert plain.locator("tbody tr").count() == every


def test_comparing_without_scripts(plain: Page, site: Site) -> None:
    plain.goto(f"{site.address}/en/compare/")
    plain.locator("#with-1").select_option(index=1)
    plain.locator("#with-2").select_option(index=2)
    plain.locator(".cpick button").click()
    rows, differing = plain.locator("table.cmp tbody tr").count(), plain.locator("table.cmp tr.diff").count()
    assert plain.locator("table.cmp thead th").count() == 3
    assert 0 < differing <= rows
    assert plain.locator("h1").inner_text() == f"{differing} things differ"
    plain.get_by_role("link", name="Show only what differs").click()
    assert plain.locator("table.cmp tbody tr").count() == differing


def test_comparing_one_with_nothing_is_refused_in_a_sentence(plain: Page, site: Site) -> None:
    plain.goto(f"{site.address}/en/compare/")
    plain.locator("#with-1").select_option(index=1)
    plain.locator(".cpick button").click()
    expect(plain.locator(".hds-notification--error a")).to_have_attribute("href", "#with-1")


@pytest.mark.parametrize(("day", "sentence"), [("8.2.2021", "was not yet signed"), ("2028-01-01", "had ended"), ("2024-02-29", "is in force until")])
def test_asking_for_a_day_without_scripts(day: str, sentence: str, plain: Page, site: Site) -> None:
    plain.goto(f"{site.address}/en/agreements/{AGREEMENT}/")
    plain.locator("#on").fill(day)
    plain.locator("form.asof button").click()
    assert sentence in plain.locator(".lede").first.inner_text()
    assert plain.locator(".then").is_visible()


def test_a_day_that_does_not_exist_is_refused_in_a_sentence(plain: Page, site: Site) -> None:
    answer = plain.goto(f"{site.address}/sv/agreements/{AGREEMENT}/?on=2021-02-30")
    assert answer is not None
    assert answer.status == 400
    assert "2021-02-30" in plain.locator("h1").inner_text()


def test_giving_feedback_without_scripts(plain: Page, site: Site) -> None:
    """A mistake is told beside its field; then it is sent, numbered, and its public page tells nothing of the words."""
    plain.goto(f"{site.address}/en/accessibility/")
    plain.get_by_role("link", name="Give accessibility feedback").click()
    assert plain.locator("#topic-accessibility").is_checked()
    plain.locator("#email").fill("reader@example.com")
    plain.locator("form[method=post] button").click()
    assert plain.locator("#error-summary a").get_attribute("href") == "#message"
    assert plain.locator("#message").get_attribute("aria-invalid") == "true"
    assert plain.locator("#email").input_value() == "reader@example.com"
    plain.locator("#message").fill("The map is hard to read aloud.")
    plain.locator("form[method=post] button").click()
    assert (number := re.fullmatch(r".*/en/feedback/(\d+)/", plain.url))
    assert plain.locator("h1").inner_text() == f"Feedback number {number[1]} has been received"
    assert "read aloud" not in plain.content()
    assert "reader@example.com" not in plain.content()


def test_the_menu_of_a_phone_opens_without_scripts(site: Site, read: Callable[..., Page]) -> None:
    page = read(width=360, scripts=False)
    page.goto(f"{site.address}/en/")
    assert not page.get_by_role("link", name="Organisations").first.is_visible()
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role("link", name="Organisations").click()
    expect(page).to_have_url(f"{site.address}/en/organisations/")
