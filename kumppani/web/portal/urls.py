"""Addresses of the portal, below a language and perhaps a programme."""

from __future__ import annotations

from django.urls import URLPattern, path

from kumppani.web.page import embeddable

urlpatterns: list[URLPattern] = []

EMBEDDABLE: frozenset[str] = frozenset()
"""Names of the views that others may show in a frame; each has a second address, named embed-NAME, below /embed/."""


def _framed(pattern: URLPattern) -> URLPattern:
    return path(str(pattern.pattern), embeddable(pattern.callback), name=f"embed-{pattern.name}")


embed_patterns = [_framed(pattern) for pattern in urlpatterns if pattern.name in EMBEDDABLE]
