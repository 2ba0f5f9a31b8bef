"""Atom feeds keep what RFC 4287 and RFC 5005 ask of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

from kumppani.rendering.feeds import Entry, Feed, atom

ATOM = "{http://www.w3.org/2005/Atom}"


def _feed(*entries: Entry, **more: str | None) -> Feed:
    return Feed(
        id="tag:example.test,2026:fi-2021/feed/fi",
        title="Muutokset",
        subtitle="Mitä muuttui",
        language="fi",
        address="https://example.test/fi/feed.atom",
        page="https://example.test/fi/",
        author="Operaattori & kumppani",
        rights="CC-BY-4.0",
        entries=entries,
        **more,
    )


def _entry(number: int, title: str = "Otsikko", updated: datetime = datetime(2026, 11, 24, 10, tzinfo=UTC)) -> Entry:
    return Entry(f"tag:example.test,2026:fi-2021/change/{number}/fi", title, updated, f"https://example.test/fi/{number}")


def _parsed(feed: Feed) -> ET.Element:
    return ET.fromstring(atom(feed))  # noqa: S314 written by ourselves a moment ago


def test_a_feed_says_who_it_is() -> None:
    root = _parsed(_feed(_entry(1)))
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fi"
    assert [root.findtext(f"{ATOM}{name}") for name in ("id", "title", "rights")] == [
        "tag:example.test,2026:fi-2021/feed/fi",
        "Muutokset",
        "CC-BY-4.0",
    ]
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Operaattori & kumppani"
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": "https://example.test/fi/feed.atom",
        "alternate": "https://example.test/fi/",
    }


def test_an_entry_has_its_id_title_moment_and_page_once_each() -> None:
    late = _entry(2, "“Lainaus” <b>ja</b> & merkki", datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=2))))
    entry = _parsed(_feed(late)).findall(f"{ATOM}entry")[0]
    assert [child.tag.removeprefix(ATOM) for child in entry] == ["id", "title", "updated", "link"]
    assert entry.findtext(f"{ATOM}title") == "“Lainaus” <b>ja</b> & merkki"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T10:00:00.000000Z"


def test_a_feed_is_as_new_as_its_newest_entry_and_one_without_entries_was_never_updated() -> None:
    newer = datetime(2026, 12, 1, tzinfo=UTC)
    assert _parsed(_feed(_entry(1), _entry(2, updated=newer))).findtext(f"{ATOM}updated") == "2026-12-01T00:00:00.000000Z"
    assert _parsed(_feed()).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00.000000Z"


def test_pages_of_a_feed_lead_to_each_other() -> None:
    root = _parsed(_feed(_entry(1), next="https://example.test/fi/feed.atom?page=3", previous="https://example.test/fi/feed.atom"))
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate", "next", "previous"}


def test_what_xml_forbids_is_shown_as_a_replacement() -> None:
    entry = _parsed(_feed(_entry(1, "a\x00b\x0bc\ufffe\U0001f600ä\td"))).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "a\ufffdb\ufffdc\ufffd\U0001f600ä\td"
