"""An agreement from draft to closing report, by the people of its two parties, in a browser that runs no scripts; and one act with keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Watch, findings
from tests.browser.site import Site

PLACE = "/en/p/harjoitus"
AGREEMENT = f"{PLACE}/work/agreements/harjoitus-05/"
DRAFT = f"{AGREEMENT}1/"
AMENDMENT = f"{AGREEMENT}2/"
PUBLISHED = f"{PLACE}/work/agreements/harjoitus-03/"


def _open_as(page: Page, site: Site, persona: str, path: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site.address}{path}")
    page.locator(f"button[value$={persona}]").click()
    expect(page).to_have_url(f"{site.address}{path}")


def _do(page: Page, act: str) -> None:
    with page.expect_navigation():
        page.locator(f"form#{act} button[type=submit]").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def _fill(page: Page, act: str, **given: str) -> None:
    for name, value in given.items():
        page.locator(f"#{act}-{name}").fill(value)


def _approve(page: Page, site: Site, persona: str, path: str) -> None:
    _open_as(page, site, persona, path)
    page.locator("#record_approval-body").select_option(index=1)
    _fill(page, "record_approval", decided_on="2024-02-01", section="§ 4", case_number="HM/4/2024")
    _do(page, "record_approval")


def _sign(page: Page, path: str, start: str) -> None:
    _do(page, "agree")
    _fill(page, "bring_into_force", signed_on="2024-02-02", valid_from=start)
    _do(page, "bring_into_force")
    expect(page.locator("main")).to_contain_text("Signed by all parties")


@pytest.mark.postgres_journey
def test_from_draft_to_closing_report(site: Site, read: Callable[..., Page]) -> None:
    page = read(scripts=False)
    watch = Watch(site).on(page)

    # The drafter writes a clause and the terms; the other party comments.
    _open_as(page, site, "official", DRAFT)
    page.get_by_role("link", name="Write a new clause").click()
    _fill(page, "edit_clause", code="money", number="3", heading_fi="Rahoitus", body_fi="Osapuolet: {parties}.")
    _do(page, "edit_clause")
    _fill(page, "edit_terms", valid_from="2024-03-01", valid_to="2025-12-31")
    _do(page, "edit_terms")
    _open_as(page, site, "tapio", f"{DRAFT}clauses/money/")
    _fill(page, "comment", words="How much?")
    _do(page, "comment")
    expect(page.locator("main")).to_contain_text("How much?")
    page.goto(f"{site.address}{DRAFT}")
    expect(page.locator("#propose-why")).to_have_text("It is the turn of: Ministry of Training.")

    # Proposed, approved by each party's own body, agreed, signed.
    _open_as(page, site, "official", DRAFT)
    _do(page, "propose")
    _approve(page, site, "tapio", DRAFT)
    _approve(page, site, "official", DRAFT)
    _sign(page, DRAFT, "2024-03-01")

    # Amended: the words that differ are marked.
    _open_as(page, site, "tapio", AGREEMENT)
    _do(page, "open_amendment")
    expect(page).to_have_url(f"{site.address}{AMENDMENT}")
    page.locator("#clause-money").get_by_role("link", name="Edit and comment").click()
    page.locator("#edit_clause-body_fi").fill("Osapuolet: {parties}. Rahoitus sovitaan vuosittain.")
    _do(page, "edit_clause")
    page.get_by_role("link", name="What differs from version 1").click()
    page.goto(f"{page.url}?language=fi")
    expect(page.locator("ins")).to_contain_text("Rahoitus sovitaan vuosittain.")
    page.goto(f"{site.address}{AMENDMENT}")
    _fill(page, "edit_terms", valid_from="2025-01-01")
    _do(page, "edit_terms")
    _do(page, "propose")
    _approve(page, site, "official", AMENDMENT)
    _approve(page, site, "tapio", AMENDMENT)
    _sign(page, AMENDMENT, "2025-01-01")

    # Its term is over: closed with a report.
    _open_as(page, site, "official", AGREEMENT)
    _fill(page, "close_agreement", words_en="The services of the archipelago work.")
    _do(page, "close_agreement")
    expect(page.locator("main")).to_contain_text("The services of the archipelago work.")
    assert watch.taken() == []
    assert site.complaints() == []


@pytest.mark.parametrize("path", ["", "commitments/1/", "measures/1/", "2/", "2/redline/", "2/clauses/term/"])
def test_pages_of_work_are_as_good_as_public_ones(site: Site, read: Callable[..., Page], path: str) -> None:
    for width in (1440, 360):
        page = read(width=width)
        _open_as(page, site, "kullervo", f"{PUBLISHED}{path}")
        assert findings(page) == []


@pytest.mark.parametrize("path", [f"{PLACE}/work/", f"{PLACE}/work/agreements/"])
def test_the_overviews_are_as_good_as_public_ones(site: Site, read: Callable[..., Page], path: str) -> None:
    for width in (1440, 360):
        page = read(width=width)
        _open_as(page, site, "coordinator", path)
        assert findings(page) == []


def test_a_comment_is_made_with_keys_alone(site: Site, read: Callable[..., Page]) -> None:
    page = read()
    page.goto(f"{site.address}{PUBLISHED}2/clauses/term/")
    _reach(page, "button[value$=kullervo]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}{PUBLISHED}2/clauses/term/")
    _reach(page, "#comment-words")
    page.keyboard.type("With keys alone")
    _reach(page, "form#comment button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#comments ~ article")).to_contain_text(["With keys alone"])


def _reach(page: Page, selector: str) -> None:
    """Presses Tab until the focus is there; a page on which it never comes there fails."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key never comes to {selector}")
