"""Atom feeds (RFC 4287), in pages (RFC 5005), as bytes from plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from kumppani.rendering.markup import add, document

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated last: Atom wants a moment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `id` never changes and is never given twice."""

    id: str
    title: str
    updated: datetime
    link: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What happened, newest first. `address` is where this page of the feed is, `page` the page for people; next is older, previous newer."""

    id: str
    title: str
    subtitle: str
    language: str
    address: str
    page: str
    author: str
    rights: str
    entries: Sequence[Entry]
    next: str | None = None
    previous: str | None = None


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.subtitle)
    add(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=NEVER)))
    add(add(root, "author"), "name", feed.author)
    add(root, "rights", feed.rights)
    add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for relation, address in (("self", feed.address), ("next", feed.next), ("previous", feed.previous)):
        if address:
            add(root, "link", rel=relation, type="application/atom+xml", href=address)
    for entry in feed.entries:
        _add_entry(root, entry)
    return document(root)


def _add_entry(root: Element, entry: Entry) -> None:
    element = add(root, "entry")
    add(element, "id", entry.id)
    add(element, "title", entry.title)
    add(element, "updated", _moment(entry.updated))
    add(element, "link", rel="alternate", type="text/html", href=entry.link)
    if entry.summary:
        add(element, "summary", entry.summary)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
