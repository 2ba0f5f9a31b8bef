"""Looking at a page as a strict reader does: what is wrong with it is a list of sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from kumppani.config.env import ROOT
from tests.browser.site import Site

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1440, "height": 900}
VIEWPORTS = (DESK, PHONE)

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LAYOUT = Path(__file__).with_name("layout.js")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""Best practice goes beyond the standard: headings in order, everything inside a landmark."""

TALLEST = 16_000
"""Pixels; a browser draws no higher window."""


@dataclass
class Watch:
    """What a page complains of, and where it goes for its parts, while it loads and afterwards."""

    site: Site
    expected_status: int = 200
    heard: list[str] = field(default_factory=list)

    def on(self, page: Page) -> Watch:
        """Starts to listen."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)
        return self

    def taken(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard

    def _console(self, message: ConsoleMessage) -> None:
        # The browser's own line about an answer's status; `_response` knows which are expected.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.heard.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in {"data", "about"} and not request.url.startswith(f"{self.site.address}/"):
            self.heard.append(f"leaves the site: {request.url}")

    def _failed(self, request: Request) -> None:
        # Aborted: the reader went on before it came. What the server refuses or breaks off has other names.
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"did not come: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        expected = self.expected_status if response.request.is_navigation_request() else 200
        if response.status >= 400 and response.status != expected:
            self.heard.append(f"{response.status}: {response.url}")


def reader(browser: Browser, *, width: int = 1440, scripts: bool = True, theme: str = "light") -> BrowserContext:
    """A reader's browser, without cookies or memories."""
    height = (PHONE if width == PHONE["width"] else DESK)["height"]
    return browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, color_scheme="dark" if theme == "dark" else "light", locale="fi-FI"
    )


def opened(page: Page, site: Site, path: str, *, status: int = 200) -> Page:
    """The page at a path, with its letters drawn. Any other status than the expected one is an error."""
    response = page.goto(site.address + path)
    assert response is not None
    assert response.status == status, f"{path} answered {response.status}"
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def findings(page: Page) -> list[str]:
    """Everything wrong with the page as it stands, at both widths. Leaves it as wide as a phone."""
    page.evaluate(_axe())
    return [f"{viewport['width']}: {finding}" for viewport in VIEWPORTS for finding in _at(page, viewport["width"], viewport["height"])]


def _at(page: Page, width: int, height: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": height})
    yield from layout(page)
    yield from accessibility(page)


def layout(page: Page) -> list[str]:
    """What is cut, covered, on one another, too small or too wide, at the page's present width. The window is as high as the page for a moment."""
    width, height = (page.viewport_size or DESK).values()
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, tall), TALLEST)})
    found: list[str] = page.evaluate(LAYOUT.read_text(encoding="utf-8"), {"whole": True})
    page.set_viewport_size({"width": width, "height": height})
    return found


def accessibility(page: Page) -> list[str]:
    """What axe finds at the page's present width and theme. `axe` must have been read into the page."""
    violations = page.evaluate(
        "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then((result) => result.violations)", AXE_TAGS
    )
    return [
        f"axe {violation['id']}: {' '.join(map(str, node['target']))}: {' '.join((node.get('failureSummary') or '').split())}"
        for violation in violations
        for node in violation["nodes"][:4]
    ]


def read_axe(page: Page) -> None:
    """Gives the page axe; evaluated, because the page's own policy forbids any other way."""
    page.evaluate(_axe())


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8") + "\n;true"
