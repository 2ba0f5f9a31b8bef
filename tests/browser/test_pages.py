"""Every page in every language, on a desk and on a phone: axe finds nothing, nothing is cut, covered or too wide, nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.looking import DESK, Watch, accessibility, findings, layout, opened, read_axe
from tests.browser.register import Address, pages
from tests.browser.samples import samples
from tests.browser.site import LANGUAGES, TRAINING, Site

MISSING = "no-such-page/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", pages(), ids=lambda address: address.name)
def test_nothing_is_wrong_with_a_page(address: Address, language: str, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    page = read()
    watch = Watch(site).on(page)
    wrong = []
    for path in samples(address, language, reached):
        page.set_viewport_size(DESK)
        opened(page, site, path)
        assert page.locator("html").get_attribute("lang") == language
        wrong += [f"{path} {finding}" for finding in [*findings(page), *watch.taken()]]
    assert wrong == []


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
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_refusal(language: str, programme: str, site: Site, read: Callable[..., Page]) -> None:
    page = read()
    watch = Watch(site, expected_status=404).on(page)
    opened(page, site, f"/{language}/{programme}{MISSING}", status=404)
    assert [*findings(page), *watch.taken()] == []


def test_the_site_complains_of_nothing(site: Site) -> None:
    assert site.complaints() == []
