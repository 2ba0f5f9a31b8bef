"""Sitemaps as bytes: every page with its other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from kumppani.rendering.markup import add, document

PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST_ADDRESSES = 50_000
"""In one file, by the protocol."""


def sitemap(pages: Iterable[Mapping[str, str]]) -> bytes:
    """A sitemap of pages, each given as language → absolute address; the first language is the one for readers of any other."""
    root = Element("urlset", {"xmlns": PROTOCOL, "xmlns:xhtml": "http://www.w3.org/1999/xhtml"})
    for page in pages:
        for address in page.values():
            element = add(root, "url")
            add(element, "loc", address)
            for language, other in [*page.items(), ("x-default", next(iter(page.values())))]:
                add(element, "xhtml:link", rel="alternate", hreflang=language, href=other)
    return document(root)


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """An index of sitemaps, where one file cannot hold all pages."""
    root = Element("sitemapindex", {"xmlns": PROTOCOL})
    for address in addresses:
        add(add(root, "sitemap"), "loc", address)
    return document(root)
