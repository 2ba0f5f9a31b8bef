"""Reading a page the way a reader does: its words without markup, its links, its parts."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.http import HttpResponse

from kumppani.access.kept import PAGES


def get(client: Any, path: str, **headers: str) -> HttpResponse:
    """A page rendered anew: nothing kept answers for it."""
    PAGES.forget()
    found: HttpResponse = client.get(path, headers=headers)
    return found


def words(response: HttpResponse) -> str:
    """What is printed in the page's main part, blanks made one."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def part(response: HttpResponse, opening: str, closing: str = "</section>") -> str:
    """The words from the tag that begins with `opening` to the next `closing`."""
    page = response.content.decode()
    start = page.index(opening)
    piece = page[start : page.index(closing, start)]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", piece)).split())


def links(response: HttpResponse) -> set[str]:
    """Where the page leads to."""
    return {html.unescape(address) for address in re.findall(r'href="([^"]*)"', response.content.decode())}


def linked_data(response: HttpResponse) -> dict[str, Any]:
    """The page's JSON-LD."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found.group(1))
    return data
