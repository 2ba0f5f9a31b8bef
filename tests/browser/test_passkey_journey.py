"""A passkey in a real browser, with an authenticator of its own: added, shown, removed; and what a browser without scripts is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.looking import Watch, findings
from tests.browser.site import Site

PLACE = "/en/p/harjoitus"
MINE = f"{PLACE}/work/passkeys/"
ENTRY = f"{PLACE}/sign-in/passkey/"


@pytest.fixture
def named(site: Site) -> Site:
    """The same site, reached by a name: browsers bind passkeys to one."""
    return Site(site.address.replace("127.0.0.1", "localhost"), site.folder)


OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""Of an authenticator in the browser that recognises its holder."""


@pytest.fixture
def authenticator(page: Page) -> tuple[CDPSession, str]:
    """The browser, and the authenticator in it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, _plugged(session)


def _plugged(browser: CDPSession) -> str:
    return str(browser.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})["authenticatorId"])


@pytest.fixture
def page(read: Callable[..., Page]) -> Page:
    return read()


def _sign_in(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.address}{path}")
    page.locator("button[value$=coordinator]").first.click()
    expect(page).to_have_url(f"{site.address}{path}")


def _seen(page: Page) -> list[str]:
    """What is wrong with the page, which is left as wide as a desk."""
    found = findings(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def _add(page: Page, name: str) -> None:
    page.locator("#passkey-name").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text(name, exact=True).first).to_be_visible()


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").first.click()


def _show(page: Page, site: Site, wanted: str = MINE) -> None:
    page.goto(f"{site.address}{ENTRY}?next={wanted}")
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_a_passkey_is_added_signs_in_and_removed_signs_in_no_more(named: Site, page: Page, authenticator: tuple[CDPSession, str]) -> None:
    watch = Watch(named).on(page)
    browser, number = authenticator
    _sign_in(page, named, MINE)
    assert _seen(page) == []
    _add(page, "This computer")
    expect(page.get_by_text("not used yet")).to_be_visible()
    assert _seen(page) == []

    _sign_out(page)
    page.goto(f"{named.address}{ENTRY}")
    assert _seen(page) == []
    _show(page, named)
    expect(page).to_have_url(f"{named.address}{MINE}")
    expect(page.get_by_text("last used")).to_be_visible()
    assert watch.taken() == []

    # A copy of it, as old as it was when it was made.
    (made,) = browser.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]
    browser.send("WebAuthn.clearCredentials", {"authenticatorId": number})
    browser.send("WebAuthn.addCredential", {"authenticatorId": number, "credential": {**made, "signCount": 0}})
    _sign_out(page)
    watch.expected_status = 403
    _show(page, named)
    expect(page.get_by_role("alert")).to_contain_text("counts backwards")
    assert _seen(page) == []

    _sign_in(page, named, MINE)
    watch.expected_status = 400
    page.get_by_role("button", name="Remove This computer").click()
    expect(page.get_by_role("alert")).to_contain_text("your only second step")
    assert _seen(page) == []
    browser.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": number})
    other = _plugged(browser)
    _add(page, "Key")
    page.get_by_role("button", name="Remove This computer").click()
    expect(page.get_by_text("This computer", exact=True)).to_have_count(0)
    _sign_out(page)
    browser.send("WebAuthn.clearCredentials", {"authenticatorId": other})
    browser.send("WebAuthn.addCredential", {"authenticatorId": other, "credential": {**made, "signCount": 99}})
    watch.expected_status = 403
    _show(page, named)
    expect(page.get_by_role("alert")).to_contain_text("This passkey was not accepted")
    assert watch.taken() == []


def test_a_browser_that_gives_no_passkey_says_so_and_nothing_is_sent(named: Site, page: Page, authenticator: tuple[CDPSession, str]) -> None:
    browser, number = authenticator
    browser.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    _show(page, named)
    expect(page.get_by_role("alert")).to_contain_text("The browser gave no passkey", timeout=70_000)
    assert _seen(page) == []


def test_without_scripts_the_page_says_what_to_do_instead(named: Site, read: Callable[..., Page]) -> None:
    page = read(scripts=False)
    page.goto(f"{named.address}{ENTRY}")
    expect(page.get_by_text("Sign in with your login and a code instead.").first).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
