"""Every page in every language, on a desk and on a phone: axe finds nothing, nothing is cut, covered or too wide, nothing comes from elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.looking import DESK, Watch, accessibility, findings, layout, opened, read_axe
from tests.browser.register import Address, pages
from tests.browser.samples import SAMPLES, samples, variants
from tests.browser.site import LANGUAGES, TRAINING, Site

REFUSED = {
    "no-such-page/": 404,
    "agreements/no-such-agreement/?on=2021-02-09": 404,
    "compare/?with=fi-2021-01&with=": 400,
    "search/?q=energia&page=-1": 400,
}
"""Path → the status it is refused with."""

VARIED = list(zip([name for name, questions in SAMPLES.items() if len(questions) > 1], itertools.cycle(LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", pages(), ids=lambda address: address.name)
def test_nothing_is_wrong_with_a_page(address: Address, language: str, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    assert _wrong(read(), site, samples(address, language, reached), language) == []


@pytest.mark.parametrize(("name", "language"), VARIED)
def test_nothing_is_wrong_when_something_else_is_asked(name: str, language: str, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    """Other answers have the parts of the first and fewer words: each is looked at in one language."""
    address = next(address for address in pages() if address.name == name)
    assert _wrong(read(), site, variants(address, language, reached), language) == []


def _wrong(page: Page, site: Site, paths: list[str], language: str) -> list[str]:
    watch = Watch(site).on(page)
    wrong = []
    for path in paths:
        page.set_viewport_size(DESK)
        opened(page, site, path)
        assert page.locator("html").get_attribute("lang") == language
        wrong += [f"{path} {finding}" for finding in [*findings(page), *watch.taken()]]
    return wrong


@pytest.mark.parametrize("address", pages(), ids=lambda address: address.name)
def test_nothing_is_wrong_in_the_dark(address: Address, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    """The colours are the same in every language: one is enough."""
    page = read(theme="dark")
    wrong = []
    for path in samples(address, "fi", reached)[:1]:
        opened(page, site, path)
        read_axe(page)
        wrong += [f"{path} {finding}" for finding in [*accessibility(page), *layout(page)]]
    assert wrong == []


@pytest.mark.parametrize("programme", ["", f"p/{TRAINING}/"])
@pytest.mark.parametrize(("path", "status"), REFUSED.items())
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_refusal(language: str, path: str, status: int, programme: str, site: Site, read: Callable[..., Page]) -> None:
    page = read()
    watch = Watch(site, expected_status=status).on(page)
    opened(page, site, f"/{language}/{programme}{path}", status=status)
    assert [*findings(page), *watch.taken()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_form_that_has_mistakes(language: str, site: Site, read: Callable[..., Page]) -> None:
    page = read()
    watch = Watch(site, expected_status=400).on(page)
    opened(page, site, f"/{language}/feedback/")
    page.locator("#email").fill("nobody@nowhere@")
    page.locator("form[method=post] button").click()
    assert page.locator("#error-summary li").count() == 3
    assert [*findings(page), *watch.taken()] == []


def test_the_site_complains_of_nothing(site: Site) -> None:
    assert site.complaints() == []
