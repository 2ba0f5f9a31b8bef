"""How a view is cited, embedded and taken along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html

from kumppani.web.place import Place

EMBED_HEIGHT = 720
"""Pixels; a page of our own never frames another."""


@dataclass(frozen=True, slots=True)
class Download:
    """A list in one format."""

    format: str
    address: str


def downloads(place: Place, resource: str, query: Mapping[str, str | Sequence[str]] | None = None) -> list[Download]:
    """The same list from the open interface, as CSV, XLSX and JSON, with the same narrowing as the page."""
    programme = {} if place.is_default else {"programme": place.programme.key}
    return [
        Download(name.upper(), f"/api/v1/{resource}?{urlencode({**programme, **(query or {}), 'format': name}, doseq=True)}")
        for name in ("csv", "xlsx", "json")
    ]


def embed_code(place: Place, name: str, title: str, query: str = "", **kwargs: object) -> str:
    """HTML for somebody else's page: a frame with the view and nothing around it."""
    address = place.absolute(place.to_embed(name, **kwargs)) + (f"?{query}" if query else "")
    return format_html('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>', address, title, EMBED_HEIGHT)


def operator() -> str:
    """Who runs the service, or nothing."""
    return str(settings.OPERATOR)
