"""A reader without a mouse: each stop is seen, none is missed, and everything a mouse does can be done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.looking import opened
from tests.browser.register import Address, pages
from tests.browser.samples import samples
from tests.browser.site import Site

HERE = Path(__file__).parent
FOCUS = (HERE / "focus.js").read_text(encoding="utf-8")
FOCUSABLE = (HERE / "focusable.js").read_text(encoding="utf-8")


def _stops(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page to its end."""
    found = []
    while (stop := _next(page)) and len(found) < 2000:
        found.append(stop)
    return found


def _next(page: Page) -> dict[str, Any] | None:
    page.keyboard.press("Tab")
    stop: dict[str, Any] | None = page.evaluate(FOCUS)
    return stop


@pytest.mark.parametrize("address", pages(), ids=lambda address: address.name)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(address: Address, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    page = opened(read(), site, samples(address, "fi", reached)[0])
    wanted = page.evaluate(FOCUSABLE)
    stops = _stops(page)
    assert [stop["place"] for stop in stops] == wanted
    assert [stop["what"] for stop in stops if not stop["shown"]] == []
    assert [stop["what"] for stop in stops if not stop["inView"] or stop["covered"]] == []


# --- journeys ---------------------------------------------------------------------------------------------------------------------------


def _tab_to(page: Page, selector: str, most: int = 200) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def _focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("(selector) => document.activeElement.matches(selector)", selector))


def test_the_first_stop_skips_to_the_content(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/en/")
    page.keyboard.press("Tab")
    assert _focused(page, "a.skip")
    assert page.locator("a.skip").bounding_box()["x"] >= 0  # type: ignore[index]  # it is on the page
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_of_a_phone_is_opened_and_left_by_keyboard(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(width=360), site, "/en/")
    _tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    _tab_to(page, ".menu a[href='/en/compare/']", 10)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/compare/")


def test_a_city_is_chosen_on_the_map_by_keyboard(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/en/")
    _tab_to(page, "svg.map a")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_a_word_is_looked_for_by_keyboard(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/fi/")
    _tab_to(page, "#q")
    page.keyboard.type("terveys")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fi/search/?q=terveys")
    _tab_to(page, ".hits h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)


def test_the_language_is_changed_by_keyboard_and_the_page_kept(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/fi/search/?q=terveys")
    _tab_to(page, ".lang a[hreflang=sv]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/search/?q=terveys")


def test_agreements_are_compared_by_keyboard(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/en/compare/")
    for number in (1, 2):
        _tab_to(page, f"#with-{number}")
        for _ in range(number):
            page.keyboard.press("ArrowDown")
    _tab_to(page, ".cpick button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/compare/?with=*")
    assert page.locator("table.cmp thead th").count() == 3


def test_a_comparison_that_cannot_be_made_takes_the_focus(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/en/compare/?with=fi-2021-01&with=", status=400)
    assert _focused(page, "#error-summary")


def test_feedback_is_given_by_keyboard_and_a_mistake_takes_the_focus(site: Site, read: Callable[..., Page]) -> None:
    page = opened(read(), site, "/en/feedback/")
    _tab_to(page, "form[method=post] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    assert _focused(page, "#error-summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _focused(page, "[name=topic]")
    page.keyboard.press("Space")
    _tab_to(page, "#message")
    page.keyboard.type("A date is wrong.")
    _tab_to(page, "form[method=post] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/feedback/*/")
