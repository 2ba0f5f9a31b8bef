"""On paper a page is what it says and where it is: no menus, no forms, every second layer open, and its address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.looking import opened
from tests.browser.register import Address, pages
from tests.browser.samples import samples
from tests.browser.site import PUBLIC_ADDRESS, Site

PRINTED = [address for address in pages() if not address.name.startswith("embed-")]


@pytest.mark.parametrize("address", PRINTED, ids=lambda address: address.name)
def test_paper_shows_the_page_and_its_address(address: Address, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    page = read()
    for path in samples(address, "fi", reached)[:1]:
        opened(page, site, path)
        page.emulate_media(media="print")
        for useless in ("nav", "form", ".skip"):
            assert [one.inner_text() for one in page.locator(useless).all() if one.is_visible()] == []
        assert f"{PUBLIC_ADDRESS}{path}" in page.locator("body").inner_text()
        assert page.locator("h1").is_visible()
        assert [one.inner_text() for one in page.locator("main details > :not(summary)").all() if not one.is_visible()] == []
