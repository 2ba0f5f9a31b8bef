"""One picture of each page, language and width, in docs/screenshots. Every run takes them; `make screenshots` keeps what it took."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kumppani.config.env import ROOT
from tests.browser.crawl import Crawl
from tests.browser.looking import DESK, PHONE, opened
from tests.browser.register import Address, pages
from tests.browser.samples import PROGRAMMES, examples, path_of
from tests.browser.site import LANGUAGES, Site

FOLDER = ROOT / "docs" / "screenshots"
WRITES = os.environ.get("SCREENSHOTS") == "write"
WIDTHS = (PHONE["width"], DESK["width"])
HEIGHT = 1400
"""Pixels at most: what a page is, is seen by then."""

ASKED = {"search": "?q=energia", "compare": "?with={0}&with={1}&with={2}"}
"""A page that answers a question is pictured with one."""

PICTURED = [address for address in pages() if not address.name.startswith("embed-")]


def _name(page: str, language: str, width: int) -> str:
    return f"{page.removeprefix('api:')}-{language}-{width}.png"


def test_there_is_a_picture_of_every_page_and_no_other() -> None:
    wanted = {_name(address.name, language, width) for address in PICTURED for language in LANGUAGES for width in WIDTHS}
    assert {path.name for path in FOLDER.glob("*.png")} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PICTURED, ids=lambda address: address.name)
def test_a_picture_is_taken(address: Address, language: str, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    path = _path(address, language, reached)
    for width in WIDTHS:
        picture = _picture(opened(read(width=width), site, path), width)
        kept = FOLDER / _name(address.name, language, width)
        if WRITES:
            _keep(kept, picture)
        assert _size(picture)[0] == _size(kept.read_bytes())[0] == width


def _path(address: Address, language: str, reached: Crawl) -> str:
    """The fullest example of the facts; of the training programme where the facts have none."""
    for programme in PROGRAMMES:
        for parts in examples(address, programme, reached):
            return path_of(address, language, programme, **parts) + ASKED.get(address.name, "").format(*reached.keys("agreement", programme))
    raise AssertionError(f"nothing to show of {address.name}")


def _picture(page: Page, width: int) -> bytes:
    height = min(page.evaluate("document.documentElement.scrollHeight"), HEIGHT)
    return page.screenshot(full_page=True, animations="disabled", clip={"x": 0, "y": 0, "width": width, "height": height})


def _keep(kept: Path, picture: bytes) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(picture)


def _size(picture: bytes) -> tuple[int, int]:
    """Width and height, from the head of a PNG."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return width, height
