"""The journal as an auditor reads it: every event of a programme, of whatever kind, with who did it and each field before and after.

Personal fields are in no event, so they are not here either. What everybody may read of it is `access.history`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kumppani.access.checks import check_can
from kumppani.access.journalled import DIGEST, JOURNALLED, PARTS, Recorded
from kumppani.access.told import TOLD
from kumppani.access.viewer import Viewer
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import LANGUAGES, Message

PIECE = 50
"""Events on a page."""

KINDS = sorted(label.partition(".")[2].lower() for label, how in JOURNALLED.items() if isinstance(how, Recorded))
"""Kinds of object that have events."""

UNTOLD = frozenset({DIGEST, "programme", "key"})
"""What a row says that its event says already, or that only machines compare."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: events of a kind, of an object or the whole it belongs to, of an act, by somebody, from a day to a day; before a number."""

    kind: str = ""
    key: str = ""
    act: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A field (in words where it has some), its language where it has several, and what it said before and after; empty where nothing."""

    field: str | Message
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event."""

    number: int
    at: datetime
    actor: str
    act: str
    kind: str
    key: str
    digest: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of events, newest first, how many there are in all, and before which number the next page begins (none: it is the last)."""

    entries: tuple[Entry, ...]
    total: int
    more: int | None


def audited(viewer: Viewer, programme: Programme, wanted: Wanted) -> Found:
    """The events looked for, for who may read the journal. Two queries."""
    check_can(viewer, Permission.READ_JOURNAL, programme.key)
    found = Event.objects.filter(chain=programme.key, **_narrowed(programme, wanted))
    if wanted.key:
        found = found.filter(key=wanted.key) | found.filter(root=wanted.key)
    total = found.count()
    if wanted.before is not None:
        found = found.filter(number__lt=wanted.before)
    events = list(found.order_by("-number")[: PIECE + 1])
    shown = events[:PIECE]
    return Found(tuple(_entry(event) for event in shown), total, shown[-1].number if len(events) > PIECE else None)


def _narrowed(programme: Programme, wanted: Wanted) -> dict[str, Any]:
    narrowed: dict[str, Any] = {name: value for name in ("kind", "act", "actor") if (value := getattr(wanted, name))}
    zone = ZoneInfo(programme.time_zone)
    if wanted.since:
        narrowed["at__gte"] = datetime.combine(wanted.since, time(), zone)
    if wanted.until:
        narrowed["at__lt"] = datetime.combine(wanted.until + timedelta(days=1), time(), zone)
    return narrowed


def _entry(event: Event) -> Entry:
    said = json.loads(event.text)
    changes = tuple(_changes(event.kind, _flat(said["before"]), _flat(said["after"])))
    return Entry(event.number, event.at, event.actor, event.act, event.kind, event.key, event.digest, changes)


def _changes(kind: str, before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> Iterator[Change]:
    words = TOLD[kind].fields if kind in TOLD else {}
    for place in dict.fromkeys([*after, *before]):
        was, is_now = before.get(place, ""), after.get(place, "")
        if was != is_now:
            field, language = place
            yield Change(words.get(field, field), language, was, is_now)


def _flat(row: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """(field, language) → what it says. Rows that are carried stand under their own names."""
    flat: dict[tuple[str, str], str] = {}
    for field, value in {**row, **row.get(PARTS, {})}.items():
        if field in UNTOLD or field == PARTS:
            continue
        if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
            flat |= {(field, language): words for language, words in value.items()}
        else:
            flat[field, ""] = _said(value)
    return flat


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
