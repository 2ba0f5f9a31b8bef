"""Sitemaps: every address, with its other languages."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kumppani.rendering.sitemaps import sitemap, sitemap_index

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_every_language_has_its_address_and_names_all_others() -> None:
    page = {"fi": "https://example.test/fi/?a=1&b=2", "sv": "https://example.test/sv/", "en": "https://example.test/en/"}
    root = ET.fromstring(sitemap([page]))  # noqa: S314 written by ourselves a moment ago
    assert root.tag == f"{MAP}urlset"
    assert [url.findtext(f"{MAP}loc") for url in root] == list(page.values())
    for url in root:
        links = {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link") if link.get("rel") == "alternate"}
        assert links == {**page, "x-default": page["fi"]}


def test_an_index_names_the_files() -> None:
    root = ET.fromstring(sitemap_index(["https://example.test/sitemap.xml?page=1", "https://example.test/sitemap.xml?page=2"]))  # noqa: S314 likewise
    assert root.tag == f"{MAP}sitemapindex"
    assert [one.findtext(f"{MAP}loc") for one in root] == ["https://example.test/sitemap.xml?page=1", "https://example.test/sitemap.xml?page=2"]
