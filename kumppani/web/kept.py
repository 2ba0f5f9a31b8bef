"""Public pages, kept as they were rendered until the database or the day changes; each with an ETag of its content.

What is kept is bounded, lies in the worker's own memory and is thrown away with it. The token comes from the database itself
(`access.version`), so a row changed by anybody shows on the next request.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from kumppani.access.version import database_token
from kumppani.kernel import clock

MOST_BYTES = 64 * 1024 * 1024
"""Of page content, per worker."""

DAY_ZONE = "Europe/Helsinki"


@dataclass(frozen=True, slots=True)
class _Page:
    token: str
    etag: str
    content: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...]


class KeptPages:
    """Rendered pages by address, the least recently used thrown away first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def find(self, address: str, token: str) -> _Page | None:
        """The page kept for an address, if nothing has changed since."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.token != token:
                return None
            self._pages.move_to_end(address)
            return page

    def keep(self, address: str, page: _Page) -> None:
        """Keeps a page; pages too large for their share are not kept."""
        if len(page.content) > self._most_bytes // 8:
            return
        with self._lock:
            if old := self._pages.pop(address, None):
                self._bytes -= len(old.content)
            self._pages[address] = page
            self._bytes += len(page.content)
            while self._bytes > self._most_bytes:
                _address, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.content)

    def forget(self) -> None:
        """Throws everything away."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


PAGES = KeptPages()


def answer(request: HttpRequest, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page at the request's address: the kept one, or a new rendering; 304 where the reader has it already."""
    if request.method not in {"GET", "HEAD"}:
        return render()
    token = f"{database_token()} {clock.today(DAY_ZONE)}"
    address = f"{request.get_host()} {request.headers.get('HX-Request', '')} {request.get_full_path()}"
    page = PAGES.find(address, token)
    if page is None:
        response = render()
        if response.status_code != 200 or response.streaming:
            return response
        page = _page_of(response, token)
        PAGES.keep(address, page)
    return _response_of(request, page)


def _page_of(response: HttpResponse, token: str) -> _Page:
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in {"content-type", "content-length"})
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return _Page(token, etag, response.content, response["Content-Type"], headers)


def _response_of(request: HttpRequest, page: _Page) -> HttpResponse:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    # A weak comparison (RFC 9110, 13.1.2): a proxy that compresses marks our tag as weak.
    matches = "*" in known or any(tag.removeprefix("W/") == page.etag for tag in known)
    response = HttpResponseNotModified() if matches else HttpResponse(page.content, content_type=page.content_type)
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, no-cache"
    return response
