"""Sitemaps and robots.txt: every page of one programme in every language, nothing that is not open, nothing twice."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import resolve

from kumppani.access.kept import PAGES
from kumppani.web import sitemap
from kumppani.web.portal.urls import urlpatterns
from tests.steering import body_in, called_in
from tests.universe import Universe

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PUBLIC = "http://127.0.0.1:8000"

NOT_FOR_SEARCH_ENGINES = {
    "search": "endless",
    "gallery": "for those who build this site",
    "feed": "not a page",
    "history-feed": "not a page",
    "history": "what became of a thing stands on its own page; search engines find that",
    "file": "a document, linked from its version",
    "body-calendar": "not a page",
    "feedback-item": "of one person's concern",
}
"""Pages that the sitemap leaves out, and why."""


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.forget()


def _locations(address: str) -> list[str]:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [str(one.findtext(f"{MAP}loc")) for one in ET.fromstring(response.content)]  # noqa: S314 our own, made a moment ago


def test_every_address_is_there_and_leads_to_a_page(universe: Universe) -> None:
    found = _locations("/sitemap.xml")
    assert len(set(found)) == len(found)
    for address in found:
        assert Client().get(address.removeprefix(PUBLIC)).status_code == 200, address


def test_every_kind_of_page_is_there_in_every_language_or_left_out_for_a_reason(universe: Universe) -> None:
    called_in(body_in(universe))
    paths = [address.removeprefix(PUBLIC) for address in _locations("/sitemap.xml")]
    for language in ("fi", "sv", "en"):
        names = {str(resolve(path).url_name) for path in paths if path.startswith(f"/{language}/")}
        assert names | set(NOT_FOR_SEARCH_ENGINES) == {str(pattern.name) for pattern in urlpatterns}
        assert not names & set(NOT_FOR_SEARCH_ENGINES)
    assert "/sv/bodies/north-group/" in paths
    assert f"/sv/agreements/{universe.north.key}/" in paths
    assert "/en/measures/fi-2021-01-m1/" in paths


def test_each_address_names_its_other_languages(universe: Universe) -> None:
    root = ET.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314 likewise
    first = {str(link.get("hreflang")): str(link.get("href")) for link in root[0].findall(f"{XHTML}link")}
    assert first == {"fi": f"{PUBLIC}/fi/", "sv": f"{PUBLIC}/sv/", "en": f"{PUBLIC}/en/", "x-default": f"{PUBLIC}/fi/"}


def test_only_open_things_of_one_programme_are_named(universe: Universe) -> None:
    content = Client().get("/sitemap.xml").content.decode()
    for word in ("fi-2021-03", "fi-2021-04", "harjoitus", "training"):
        assert word not in content
    assert "fi-2021" not in Client().get("/sitemap-harjoitus.xml").content.decode()


def test_another_programme_has_a_sitemap_of_its_own(universe: Universe) -> None:
    response = Client().get("/sitemap-harjoitus.xml")
    assert response["X-Robots-Tag"] == "noindex"
    found = _locations("/sitemap-harjoitus.xml")
    assert f"{PUBLIC}/en/p/harjoitus/agreements/harjoitus-01/" in found
    assert all("/p/harjoitus/" in address for address in found)
    assert Client().get("/sitemap-nothing.xml").status_code == 404
    assert Client().get("/sitemap-fi-2021.xml")["Location"] == "/sitemap.xml"


def test_pages_of_training_data_ask_not_to_be_indexed(universe: Universe) -> None:
    wish = '<meta name="robots" content="noindex">'
    for address in _locations("/sitemap-harjoitus.xml"):
        assert wish in Client().get(address.removeprefix(PUBLIC)).content.decode(), address
    assert wish not in Client().get("/fi/").content.decode()


def test_more_pages_than_a_file_may_hold_come_in_several(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _locations("/sitemap.xml")
    PAGES.forget()
    monkeypatch.setattr(sitemap, "PAGES_OF_A_FILE", 20)
    files = _locations("/sitemap.xml")
    assert files == [f"{PUBLIC}/sitemap.xml?page={number}" for number in range(1, len(files) + 1)]
    parts = [_locations(address.removeprefix(PUBLIC)) for address in files]
    assert max(map(len, parts)) <= 60
    assert [address for part in parts for address in part] == whole


def test_the_sitemap_takes_few_queries_however_much_there_is(universe: Universe, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(10):  # type: ignore[operator]  # pytest-django's fixture has no public type
        Client().get("/sitemap.xml")


def test_robots_names_the_sitemap_and_what_is_endless(db: None) -> None:
    response = Client().get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /embed/",
        "Disallow: /fi/search/",
        "Disallow: /sv/search/",
        "Disallow: /en/search/",
        "",
        f"Sitemap: {PUBLIC}/sitemap.xml",
    ]
