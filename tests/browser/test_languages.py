"""The same page says the same in three languages: it leads to the same things and names the same days and sums."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.looking import opened
from tests.browser.register import Address, pages
from tests.browser.samples import samples, variants
from tests.browser.site import LANGUAGES, PUBLIC_ADDRESS, Site

ENGLISH = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
SWEDISH = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
MONTHS = {name: number for names in (ENGLISH, SWEDISH) for number, name in enumerate(names, start=1)}
SAID = """() => {
  const main = document.querySelector("main").cloneNode(true);
  // Where a value is from depends on the language: each language's words have sources of their own.
  main.querySelectorAll(".evidence, .otherwise, .src, #sources, q, blockquote").forEach((one) => one.remove());
  const words = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) words.push(walker.currentNode.data);
  return {
    words: words.join("\\n"),
    days: [...main.querySelectorAll("time[datetime]")].map((one) => one.dateTime),
    links: [...main.querySelectorAll("a[href]")].map((one) => one.getAttribute("href")),
  };
}"""


@pytest.mark.parametrize("address", pages(), ids=lambda address: address.name)
def test_a_page_says_the_same_in_each_language(address: Address, site: Site, reached: Crawl, read: Callable[..., Page]) -> None:
    page = read()
    everything = ([*samples(address, language, reached), *variants(address, language, reached)] for language in LANGUAGES)
    for paths in zip(*everything, strict=True):
        finnish, *others = [_said(opened(page, site, path)) for path in paths]
        differing = {
            (path, what): (other[what] - finnish[what], finnish[what] - other[what])
            for path, other in zip(paths[1:], others, strict=True)
            for what in finnish
            if other[what] != finnish[what]
        }
        assert differing == {}


def _said(page: Page) -> dict[str, Counter[str]]:
    said = page.evaluate(SAID)
    links = [link.removeprefix(PUBLIC_ADDRESS) for link in said["links"]]
    return {
        "links": Counter(re.sub(r"(/|%2F)(fi|sv|en)(/|%2F|$)", r"\1\3", link) for link in links if not link.startswith("http")),
        "days": Counter(said["days"]),
        "dates": Counter(_dates(said["words"])),
        "euros": Counter(_euros(said["words"])),
    }


def _dates(words: str) -> list[str]:
    """Days as 9.2.2021, however they are written."""
    in_numbers = re.sub(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", lambda day: f"{day[1]}.{MONTHS[day[2]]}.{day[3]}", words)
    return re.findall(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b", in_numbers)


def _euros(words: str) -> list[str]:
    """Sums in euros, digits only."""
    sums = re.findall(r"€([\d,.]+\d)|(\d[\d \u00a0\u202f.,]*\d|\d)[ \u00a0]€", words)
    return [re.sub(r"\D", "", before or after) for before, after in sums]
