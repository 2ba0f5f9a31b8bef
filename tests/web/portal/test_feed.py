"""The feed of changes: in the reader's language, in plain words, with addresses that never change, in pages."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client, override_settings

from kumppani.access.kept import PAGES
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel.text import Text
from kumppani.web.portal import feed
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.organisations import rename_organisation
from tests.builders import TODAY, organisation_in, programme_of
from tests.universe import Universe

COMMITTING = pytest.mark.django_db(transaction=True)
"""For tests that ask, change and ask again: PostgreSQL's token moves with what is committed."""

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.forget()


def _feed(address: str) -> ET.Element:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 our own, made a moment ago


def _titles(root: ET.Element) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")) for entry in root.findall(f"{ATOM}entry")]


def _links(root: ET.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}


def test_changes_are_told_in_the_language_of_the_address(universe: Universe) -> None:
    english, finnish = _feed("/en/feed.atom"), _feed("/fi/feed.atom")
    assert _titles(english)[0] == "The North: a measure was added: Measure 6."
    assert "City region 3: version 1 of the agreement was withdrawn from the public." in _titles(english)
    assert "An organisation took a new name: City of the Great North." in _titles(english)
    assert "Toimenpide 6" in _titles(finnish)[0]
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert len(_titles(english)) == len(_titles(finnish)) == 33


def test_entries_are_newest_first_and_each_leads_to_its_page(universe: Universe) -> None:
    entries = _feed("/sv/feed.atom").findall(f"{ATOM}entry")
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        path = str(link.get("href")).removeprefix("http://127.0.0.1:8000")
        assert path.startswith("/sv/")
        assert Client().get(path).status_code in {200, 410}, path


@COMMITTING
def test_addresses_of_entries_never_change_and_differ_by_language(universe: Universe) -> None:
    def ids(address: str) -> list[str | None]:
        return [entry.findtext(f"{ATOM}id") for entry in _feed(address).findall(f"{ATOM}entry")]

    before = ids("/fi/feed.atom")
    assert all(re.fullmatch(r"tag:127\.0\.0\.1,2026:fi-2021/change/\d+/fi", str(one)) for one in before)
    assert len(set(before)) == len(before)
    assert not set(before) & set(ids("/sv/feed.atom"))
    correct_fact(
        by=universe.cast.corrector,
        programme=universe.programme,
        kind="agreement",
        key="fi-2021-01",
        field="name.en",
        value="The Far North",
        cited=Cited(Mark.ENTERED, as_of=TODAY),
    )
    after = ids("/fi/feed.atom")
    assert after[1:] == before
    assert _titles(_feed("/en/feed.atom"))[0] == "The Far North: a fact about the agreement was corrected."


@COMMITTING
def test_a_rename_is_told_once(universe: Universe) -> None:
    organisation = organisation_in(universe.programme, "renamed", name=Text(fi="Vanha", en="Old"))
    before = len(_titles(_feed("/en/feed.atom")))
    rename_organisation(by=universe.cast.keeper, organisation=organisation, name=Text(fi="Uusi", en="New"), valid_from=TODAY)
    titles = _titles(_feed("/en/feed.atom"))
    assert len(titles) == before + 1
    assert titles[0] == "An organisation took a new name: New."


def test_what_was_never_open_is_not_told(universe: Universe) -> None:
    content = Client().get("/fi/feed.atom").content.decode()
    assert "Seutu 4" not in content
    assert "fi-2021-04" not in content
    assert "Harjoitus" not in content


def test_a_long_feed_comes_in_pages_that_together_tell_everything(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _titles(_feed("/en/feed.atom"))
    PAGES.forget()
    monkeypatch.setattr(feed, "ENTRIES", 12)
    pages = [_feed(f"/en/feed.atom?page={number}") for number in (1, 2, 3)]
    assert [title for page in pages for title in _titles(page)] == whole
    assert [_links(page).get("next") for page in pages] == [f"http://127.0.0.1:8000/en/feed.atom?page={number}" for number in (2, 3)] + [None]
    assert [_links(page).get("previous") for page in pages] == [
        None,
        "http://127.0.0.1:8000/en/feed.atom",
        "http://127.0.0.1:8000/en/feed.atom?page=2",
    ]
    assert Client().get("/en/feed.atom?page=4").status_code == 404
    assert Client().get("/en/feed.atom?page=-1").status_code == 400


def test_training_data_say_so(universe: Universe) -> None:
    response = Client().get("/en/p/harjoitus/feed.atom")
    root = ET.fromstring(response.content)  # noqa: S314 likewise
    assert str(root.findtext(f"{ATOM}title")).startswith("Training data:")
    assert "invented" in str(root.findtext(f"{ATOM}subtitle"))
    assert "fi-2021" not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_operator_and_licence_are_told(universe: Universe) -> None:
    root = _feed("/en/feed.atom")
    assert (root.findtext(f"{ATOM}author/{ATOM}name"), root.findtext(f"{ATOM}rights")) == ("Operator not set", "Licence not set")
    PAGES.forget()
    with override_settings(OPERATOR="Kaupunki", DATA_LICENCE="CC-BY-4.0"):
        root = _feed("/en/feed.atom")
    assert (root.findtext(f"{ATOM}author/{ATOM}name"), root.findtext(f"{ATOM}rights")) == ("Kaupunki", "CC-BY-4.0")


def test_a_reader_that_has_it_gets_304(universe: Universe) -> None:
    first = Client().get("/fi/feed.atom")
    assert Client().get("/fi/feed.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_programme_in_which_nothing_happened_has_an_empty_feed(universe: Universe) -> None:
    programme_of("tyhja-2030", country="SE")
    root = _feed("/fi/p/tyhja-2030/feed.atom")
    assert _titles(root) == []
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00.000000Z"
