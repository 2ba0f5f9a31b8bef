"""Addresses of the portal, below a language and perhaps a programme."""

from __future__ import annotations

from django.urls import URLPattern, path

from kumppani.web.page import embeddable
from kumppani.web.portal import agreements, gallery, home, programmes

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("gallery/", gallery.gallery, name="gallery"),
]

EMBEDDABLE: frozenset[str] = frozenset({"home", "agreements"})
"""Names of the views that others may show in a frame; each has a second address, named embed-NAME, below /embed/."""


def _framed(pattern: URLPattern) -> URLPattern:
    return path(str(pattern.pattern), embeddable(pattern.callback), name=f"embed-{pattern.name}")


embed_patterns = [_framed(pattern) for pattern in urlpatterns if pattern.name in EMBEDDABLE]
