"""Reads everything a programme shows: from its front pages, its sitemap and the lists of its interface on, link by link."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.kernel.text import LANGUAGES
from kumppani.web.portal.data import LISTS

HTML_LINK = re.compile(r'(?:href|action)="([^"]*)"')
XML_LINK = re.compile(r"<loc>([^<]*)</loc>|<id>(https?://[^<]*)</id>")
EMBED_CODE = re.compile(r"src=&quot;([^&]*(?:&amp;amp;[^&]*)*)&quot;")
JSON_LINK = re.compile(r'"((?:https?://[^"/]+)?/(?:api|fi|sv|en)/[^"\s]*)"')
TOKENS = re.compile(rb'(name="(?:csrfmiddlewaretoken|attempt)" value="|data-question=")[^"]+')
"""What is new each time a form is opened: its secret, what tells one opening from another, and what a passkey is to answer."""

OPENED_ANEW = frozenset({"set-cookie", "date"})
"""Headers that differ each time."""

ENDLESS = re.compile(r"/gallery/|\{|/feedback/\?|^/embed/(?:fi|en)/|^/(?:embed/)?(?:sv|en)/.*[?&]on=")
"""What a crawl leaves alone: parts without content, patterns of addresses, the form once for each page that leads to it.

Frames are read in Swedish only, days in Finnish only.
"""

LISTS_ALL_PROGRAMMES = re.compile(r"/programmes(?:/|\?|$)")
"""The chooser and its list in the interface are the only ones that may know of other programmes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer without what is new each time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def crawl(programme: str, starts: Iterable[str] = (), *, most: int = 5000) -> dict[str, Answer]:
    """Address → answer of everything of the programme that its links lead to."""
    PAGES.forget()
    client = Client()
    belongs = _of_default if programme == settings.DEFAULT_PROGRAMME else _of_other(programme)
    waiting, found = deque([*_starts(programme), *starts]), dict[str, Answer]()
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        found[address], links = _read(client, address)
        assert len(found) <= most, "a crawl that does not end"
        waiting.extend(link for link in links if belongs(link) and link not in found)
    return found


def _starts(programme: str) -> list[str]:
    if programme == settings.DEFAULT_PROGRAMME:
        pages, query, sitemap = "/{}/", "", "/sitemap.xml"
    else:
        pages, query, sitemap = f"/{{}}/p/{programme}/", f"?programme={programme}", f"/sitemap-{programme}.xml"
    return [sitemap, *(pages.format(language) for language in LANGUAGES), *(f"/api/v1/{name}{query}" for name in LISTS)]


def _read(client: Client, address: str) -> tuple[Answer, list[str]]:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = sorted((name.lower(), value) for name, value in response.items() if name.lower() not in OPENED_ANEW)
    answer = Answer(response.status_code, tuple(headers), TOKENS.sub(rb"\1", body))
    return answer, list(_links(address, response.get("Content-Type", ""), body, response.get("Location")))


def _links(address: str, media_type: str, body: bytes, location: str | None) -> Iterable[str]:
    found = [location] if location else []
    if media_type.startswith(("text/html", "application/atom", "application/xml")):
        text = body.decode()
        found += [html.unescape(link) for link in HTML_LINK.findall(text)] + [html.unescape("".join(match)) for match in XML_LINK.findall(text)]
        found += [html.unescape(html.unescape(link)) for link in EMBED_CODE.findall(text)]
    elif media_type.startswith("application/json"):
        found += [link.replace("\\/", "/") for link in JSON_LINK.findall(body.decode())]
    for link in found:
        whole = urldefrag(urljoin(f"{settings.PUBLIC_URL}{address}", link)).url
        if whole.startswith(f"{settings.PUBLIC_URL}/"):
            yield whole.removeprefix(settings.PUBLIC_URL)


def _of_default(address: str) -> bool:
    parts = urlsplit(address)
    if LISTS_ALL_PROGRAMMES.search(address) or ENDLESS.search(address) or "/p/" in parts.path:
        return False
    if parts.path.startswith("/api/"):
        return parse_qs(parts.query).get("programme", [settings.DEFAULT_PROGRAMME]) == [settings.DEFAULT_PROGRAMME]
    return parts.path.startswith(("/embed/", *(f"/{language}/" for language in LANGUAGES)))


def _of_other(programme: str) -> Callable[[str], bool]:
    def belongs(address: str) -> bool:
        parts = urlsplit(address)
        if LISTS_ALL_PROGRAMMES.search(address) or ENDLESS.search(address):
            return False
        return f"/p/{programme}/" in parts.path or (parts.path.startswith("/api/") and parse_qs(parts.query).get("programme") == [programme])

    return belongs
