"""What a reader can reach from the front pages by following links, and what it is made of: examples for tests, and links that lead nowhere."""

from __future__ import annotations

import contextlib
import json
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.browser.register import name_of
from tests.browser.site import FACTS, PUBLIC_ADDRESS, TRAINING, Site, once

FRONT_PAGES = {FACTS: "/fi/", TRAINING: f"/fi/p/{TRAINING}/"}


class _Reader(HTMLParser):
    """Addresses that a page leads to, and the names of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.parts.append(str(given["id"]))
        if tag in {"a", "link", "iframe"} and (address := given.get("href") or given.get("src")):
            self.links.append(address)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered: its pattern and the parts of the address, the size of the page, and where it leads."""

    address: str
    status: int
    name: str
    parts: dict[str, str]
    size: int = 0
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    @property
    def programme(self) -> str:
        """The key of the programme it belongs to."""
        return TRAINING if f"/p/{TRAINING}/" in self.address else FACTS


class Crawl:
    """All answers, by address without the part of the page."""

    def __init__(self, answers: list[Answer]) -> None:
        self.answers = {answer.address: answer for answer in answers}

    def examples(self, name: str, programme: str) -> list[dict[str, str]]:
        """The parts of two addresses of a page: the one that says most and the one that says least. None where the programme has no such page."""
        found = sorted((one for one in self._of(name, programme)), key=lambda one: (one.size, one.address))
        return [one.parts for one in {found[-1].address: found[-1], found[0].address: found[0]}.values()] if found else []

    def keys(self, name: str, programme: str) -> list[str]:
        """Every key there is of a page with one key, in the order of the alphabet."""
        return sorted(next(iter(one.parts.values())) for one in self._of(name, programme))

    def dead_ends(self) -> dict[str, str]:
        """Links to addresses that do not answer, and to parts that the page does not have, each with a page that has it."""
        return {link: one.address for one in self.answers.values() for link in one.links if self._is_dead(one.address, link)}

    def _of(self, name: str, programme: str) -> Iterator[Answer]:
        asked = (one for one in self.answers.values() if one.name == name and one.status == 200 and "?" not in one.address)
        return (one for one in asked if one.programme == programme)

    def _is_dead(self, base: str, link: str) -> bool:
        address, part = _inner(base, link)
        answer = self.answers.get(address or "")
        if answer is None:
            return False
        return answer.status >= 400 or bool(part and answer.anchors and part not in answer.anchors)


def crawl(site: Site, kept: Path) -> Crawl:
    """Follows every link of both programmes in Finnish; what was found is kept in a file for the other processes of the run."""
    found = once(kept, lambda: json.dumps([asdict(answer) for answer in _follow(site)]))
    return Crawl([Answer(**row) for row in json.loads(found)])


def _follow(site: Site) -> Iterator[Answer]:
    waiting = deque(FRONT_PAGES.values())
    seen = set(waiting)
    while waiting:
        answer = ask(site, waiting.popleft())
        yield answer
        for link in answer.links:
            address, _part = _inner(answer.address, link)
            if address and (shape := _shape(address)) not in seen:
                seen.add(shape)
                waiting.append(address)


def _shape(address: str) -> str:
    """Of addresses that differ only in what they ask for, one is enough: the page, and the names of the questions."""
    path, _, query = address.partition("?")
    if not query:
        return path
    with contextlib.suppress(Resolver404):
        path = resolve(path).route
    return f"{path}?{' '.join(sorted({name for name, _value in parse_qsl(query, keep_blank_values=True)}))}"


def _inner(base: str, link: str) -> tuple[str | None, str]:
    """An address of ours in Finnish or without a language, and the part of the page; no address for any other."""
    address, part = urldefrag(urljoin(base, link.removeprefix(PUBLIC_ADDRESS)))
    split = urlsplit(address)
    if split.scheme or split.netloc or split.path.startswith(("/sv/", "/en/", "/static/")):
        return None, part
    return address, part


def ask(site: Site, address: str) -> Answer:
    """One address's answer."""
    try:
        with urllib.request.urlopen(site.address + address, timeout=60) as response:
            status, kind, content, final = response.status, response.headers.get_content_type(), response.read(), response.url
    except urllib.error.HTTPError as error:
        with error:
            status, kind, content, final = error.code, error.headers.get_content_type(), error.read(), address
    name, parts = _named(address)
    if kind != "text/html":
        return Answer(address, status, name, parts, len(content))
    reader = _Reader()
    reader.feed(content.decode())
    links = reader.links if final.endswith(address) else [urlsplit(final).path]
    return Answer(address, status, name, parts, len(content), links, reader.parts)


def _named(address: str) -> tuple[str, dict[str, str]]:
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return "", {}
    return name_of(match.route, match.view_name), {
        name: str(value) for name, value in match.kwargs.items() if name not in {"lang", "programme", "embedded"}
    }
