"""A passkey in a real browser, with an authenticator of its own: added, shown, removed; and what a browser without scripts is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.looking import DESK, PHONE, Watch, findings
from tests.browser.site import Site

PLACE = "/en/p/harjoitus"
MINE = f"{PLACE}/work/passkeys/"
ENTRY = f"{PLACE}/sign-in/passkey/"


@pytest.fixture
def named(site: Site) -> Site:
    """The same site, reached by a name: browsers bind passkeys to one."""
    return Site(site.address.replace("127.0.0.1", "localhost"), site.folder)


@pytest.fixture
def authenticator(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """One in the browser, that recognises its holder."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})["authenticatorId"]
    yield session, number


@pytest.fixture
def page(read: Callable[..., Page]) -> Page:
    return read()


def _sign_in(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.address}{path}")
    page.locator("button[value$=coordinator]").first.click()
    expect(page).to_have_url(f"{site.address}{path}")


def _looks_right(page: Page, site: Site) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert findings(page) == []
    page.set_viewport_size(DESK)


def test_a_passkey_is_added_signs_in_and_removed_signs_in_no_more(named: Site, page: Page, authenticator: tuple[CDPSession, str]) -> None:
    watch = Watch(named).on(page)
    _sign_in(page, named, MINE)
    _looks_right(page, named)
    page.get_by_label("Name of the passkey").fill("This computer")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("This computer", exact=True).first).to_be_visible()
    _looks_right(page, named)

    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{named.address}{ENTRY}?next={MINE}")
    _looks_right(page, named)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{named.address}{MINE}")
    expect(page.get_by_text(re.compile("last used"))).to_be_visible()
    assert watch.taken() == []
