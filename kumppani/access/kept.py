"""Public answers (pages, open data), kept as they were made until the database or the day changes; each with an ETag of its content.

What is kept is bounded, lies in the worker's own memory and is thrown away with it. The token comes from the database itself
(`access.version`), so a row changed by anybody shows on the next request. It stands here, below pages and interface, because both use it.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import get_language

from kumppani.access.version import database_token
from kumppani.kernel import clock

MOST_BYTES = 64 * 1024 * 1024
"""Of page content, per worker."""

DAY_ZONE = "Europe/Helsinki"

CACHE_CONTROL = "public, no-cache"
"""Anybody may keep an answer, and asks each time whether it still holds."""

NOT_KEPT = "no-store"
"""What a page says that changes without the database: one whose maker is behind, say."""


@dataclass(frozen=True, slots=True)
class _Page:
    token: str
    etag: str
    content: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...]


class Digest(Protocol):
    """A hash that content was fed to."""

    def hexdigest(self) -> str: ...


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
    # What was really asked: get_full_path() gives letters sent without percent signs and other letters sent with them the same address.
    asked = f"{request.path}?{request.META.get('QUERY_STRING', '')}"
    address = f"{request.get_host()} {get_language()} {request.headers.get('HX-Request', '')} {asked}"
    page = PAGES.find(address, token)
    if page is None:
        response = render()
        if response.status_code != 200 or response.get("Cache-Control") == NOT_KEPT:
            return response
        if response.streaming:
            return _streamed(request, response)
        page = _page_of(response, token)
        PAGES.keep(address, page)
    return _response_of(request, page)


def _streamed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is too large to keep: its maker gave it the ETag of its content, or none."""
    if not response.has_header("ETag"):
        return response
    response["Cache-Control"] = CACHE_CONTROL
    if not _has_already(request, response["ETag"]):
        return response
    unchanged = HttpResponseNotModified(headers={"ETag": response["ETag"], "Cache-Control": CACHE_CONTROL})
    # Only the file: to close the response would tell Django that the request is finished.
    if (file := getattr(response, "file_to_stream", None)) is not None:
        file.close()
    return unchanged


def etag_of(digest: Digest) -> str:
    """The tag of content by its SHA-256."""
    return f'"{digest.hexdigest()[:32]}"'


def _page_of(response: HttpResponse, token: str) -> _Page:
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in {"content-type", "content-length"})
    return _Page(token, etag_of(hashlib.sha256(response.content)), response.content, response["Content-Type"], headers)


def _has_already(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    # A weak comparison (RFC 9110, 13.1.2): a proxy that compresses marks our tag as weak.
    return "*" in known or any(tag.removeprefix("W/") == etag for tag in known)


def _response_of(request: HttpRequest, page: _Page) -> HttpResponse:
    response = HttpResponseNotModified() if _has_already(request, page.etag) else HttpResponse(page.content, content_type=page.content_type)
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = CACHE_CONTROL
    return response
