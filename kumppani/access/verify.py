"""Whether the journal is as it was written, and whether the rows it speaks of are as it says. Bounded memory, however long the chains are.

Three questions: is each chain whole (`chain_faults`), does it still hold the heads that were signed earlier (`heads_faults`), are the objects as
their last events left them (`live_faults`).
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max

from kumppani.access.journalled import EVIDENCE, JOURNALLED, PARTS, Recorded, evidence_key, evidence_row, key_of, rows_in, rows_of
from kumppani.domain.journal.chain import COLUMNS, canonical, digest_of, moment
from kumppani.domain.journal.models import Event, Head
from kumppani.domain.journal.signing import SignedHead
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence

PIECE = 1000
"""Events or rows read at a time."""

Progress = Callable[[int], None]
"""Told how many events or rows have been read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the journal was written: in which chain, at which number, of which object."""

    chain: str
    number: int
    thing: str
    what: str

    def __str__(self) -> str:
        place = f"chain “{self.chain or 'shared'}”" + (f", event {self.number}" if self.number else "")
        return f"{place}{f', {self.thing}' if self.thing else ''}: {self.what}"


def _quiet(_read: int) -> None:
    """Nobody waits for the progress."""


def chains(programme: str | None = None) -> list[str]:
    """The chains there are, or that of one programme: those that have events, and those that have a head."""
    if programme is not None:
        return [programme]
    return sorted(set(Event.objects.order_by().values_list("chain", flat=True).distinct()) | set(Head.objects.values_list("chain", flat=True)))


def chain_faults(chain: str, progress: Progress = _quiet) -> Iterator[Fault]:
    """Reads a chain from its first event: every digest anew, numbers without a gap, text and row agreeing, and the head at the end."""
    number, digest, read = 0, "", 0
    for read, event in enumerate(Event.objects.filter(chain=chain).order_by("number").iterator(chunk_size=PIECE), start=1):
        yield from _event_faults(event, number, digest)
        number, digest = event.number, event.digest
        if read % PIECE == 0:
            progress(read)
    progress(read)
    head = Head.objects.filter(chain=chain).first()
    if head is None:
        yield Fault(chain, number, "", "the chain has no head")
    elif head.number != number:
        yield Fault(chain, number, "", f"the head says {head.number} events, the last one here is {number}: events were removed or added")
    elif head.digest != digest:
        yield Fault(chain, number, "", "the head has another digest than the last event")


def _event_faults(event: Event, number: int, digest: str) -> Iterator[Fault]:
    def fault(what: str) -> Fault:
        return Fault(event.chain, event.number, f"{event.kind} {event.key}", what)

    if event.number != number + 1:
        yield fault(f"the event before it is {number}: what stood between was removed")
    elif event.previous != digest:
        yield fault("it does not follow the event before it: one of the two was changed, inserted or moved")
    if event.digest != digest_of(event.previous, event.text):
        yield fault("its digest is not that of its text: it was changed")
    if differing := _columns_that_differ(event):
        yield fault(f"its row and its text differ in {', '.join(differing)}")


def _columns_that_differ(event: Event) -> list[str]:
    """The columns that the text contradicts; all of it where the text cannot be read, or is not written in the one canonical way."""
    try:
        said = json.loads(event.text)
    except ValueError:
        return ["text"]
    if not isinstance(said, dict) or canonical(said) != event.text:
        return ["text"]
    row = {name: getattr(event, name) for name in COLUMNS} | {"at": moment(event.at)}
    return [name for name in COLUMNS if said.get(name) != row[name]]


def heads_faults(published: Iterable[SignedHead], chosen: str | None = None) -> Iterator[Fault]:
    """Whether the chains still hold the heads that were signed earlier."""
    for head in published:
        if chosen is not None and head.chain != chosen:
            continue
        if not head.is_genuine():
            yield Fault(head.chain, head.number, "", "the signature of the published head is not that of its key: the file was changed")
            continue
        event = Event.objects.filter(chain=head.chain, number=head.number).only("digest", "kind", "key").first()
        if event is None:
            yield Fault(head.chain, head.number, "", f"the head of {head.at} names an event that is gone: the chain was cut")
        elif event.digest != head.digest:
            what = f"the head of {head.at} has another digest: the history was rewritten"
            yield Fault(head.chain, head.number, f"{event.kind} {event.key}", what)


def live_faults(programme: str | None = None, progress: Progress = _quiet) -> Iterator[Fault]:
    """Compares every object with its last event. Finds what was changed, inserted and deleted behind the application's back."""
    programmes: list[Programme | None] = list(Programme.objects.filter(**({"key": programme} if programme else {})).order_by("key"))
    read = 0
    for one in [*programmes, *([] if programme else [None])]:
        chain = one.key if one else ""
        with _last_events(chain) as last:
            for kind, rows in _objects(one):
                for piece in _pieces(rows):
                    yield from last.differences(kind, dict(piece))
                    read += len(piece)
                    progress(read)
            yield from last.left_over()
    if programme is None:
        yield from _chains_of_nothing({one.key for one in programmes if one})


def _chains_of_nothing(known: set[str]) -> Iterator[Fault]:
    for chain in chains():
        if chain and chain not in known:
            yield Fault(chain, 0, f"programme {chain}", "the programme is gone, and the journal says nothing of it")


def _objects(programme: Programme | None) -> Iterator[tuple[str, Iterator[tuple[str, Mapping[str, object]]]]]:
    """Every kind of object with its rows as the journal would write them now."""
    for label, how in JOURNALLED.items():
        if isinstance(how, Recorded):
            model = apps.get_model(label)
            yield model._meta.model_name or "", _rows(rows_in(model, programme))
    if programme is not None:
        yield EVIDENCE, _evidence(programme)


def _rows(found: models.QuerySet[Any]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for things in _pieces(found.order_by("pk").iterator(chunk_size=PIECE)):
        yield from zip(map(key_of, things), rows_of(things), strict=True)


def _evidence(programme: Programme) -> Iterator[tuple[str, Mapping[str, object]]]:
    rows = Evidence.objects.filter(programme=programme).select_related("source").order_by("kind", "key")
    for (kind, key), same in groupby(rows.iterator(chunk_size=PIECE), key=lambda row: (row.kind, row.key)):
        yield evidence_key(kind, key), evidence_row(same)


def _pieces(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while piece := list(islice(iterator, PIECE)):
        yield piece


class _LastEvents:
    """The last event of each object of a chain, on disk; what has been compared is crossed out."""

    def __init__(self, chain: str, file: sqlite3.Connection) -> None:
        self.chain, self.file = chain, file
        file.execute("CREATE TABLE last (kind TEXT, key TEXT, number INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID")
        rows = Event.objects.filter(chain=chain).order_by().values_list("kind", "key").annotate(last=Max("number"))
        file.executemany("INSERT INTO last VALUES (?, ?, ?)", rows.iterator(chunk_size=PIECE))

    def differences(self, kind: str, rows: Mapping[str, Mapping[str, object]]) -> Iterator[Fault]:
        """Compares objects of one kind with what their last events say."""
        numbers = {key: self._cross_out(kind, key) for key in rows}
        events = Event.objects.filter(chain=self.chain, number__in=[number for number in numbers.values() if number])
        told = dict(events.values_list("number", "text"))
        for key, row in rows.items():
            number = numbers[key]
            if not number:
                yield Fault(self.chain, 0, f"{kind} {key}", "the journal says nothing of it: it was inserted behind the application's back")
            elif differing := differences(_after(told.get(number, "")), row):
                yield Fault(self.chain, number, f"{kind} {key}", f"it is not as its last event left it: {', '.join(differing)}")

    def _cross_out(self, kind: str, key: str) -> int:
        found = self.file.execute("DELETE FROM last WHERE kind = ? AND key = ? RETURNING number", (kind, key)).fetchone()
        return int(found[0]) if found else 0

    def left_over(self) -> Iterator[Fault]:
        """Objects that the journal knows and the database does not, unless their last event says that they were deleted."""
        for piece in _pieces(self.file.execute("SELECT number, kind, key FROM last ORDER BY number")):
            told = dict(Event.objects.filter(chain=self.chain, number__in=[number for number, _kind, _key in piece]).values_list("number", "text"))
            for number, kind, key in piece:
                if _after(told.get(number, "")):
                    yield Fault(self.chain, number, f"{kind} {key}", "it is gone: it was deleted behind the application's back")


@contextmanager
def _last_events(chain: str) -> Iterator[_LastEvents]:
    with tempfile.NamedTemporaryFile(prefix="kumppani-verify-") as place, closing(sqlite3.connect(place.name, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=OFF")
        file.execute("PRAGMA synchronous=OFF")
        yield _LastEvents(chain, file)


def _after(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said.get("after", {}) if isinstance(said, dict) else {}


def differences(told: Mapping[str, Any], row: Mapping[str, Any]) -> list[str]:
    """The fields in which a row differs from what was told of it. A field the row has since been given, or has lost, cannot differ."""
    now = json.loads(canonical(row))
    fields = [name for name, value in told.items() if name in now and name != PARTS and now[name] != value]
    carried = told.get(PARTS, {})
    return sorted(fields) + sorted(name for name, rows in carried.items() if name in now.get(PARTS, {}) and _rows_differ(rows, now[PARTS][name]))


def _rows_differ(told: list[dict[str, Any]], now: list[dict[str, Any]]) -> bool:
    known = set(told[0]) & set(now[0]) if told and now else set()
    return len(told) != len(now) or _only(told, known) != _only(now, known)


def _only(rows: list[dict[str, Any]], names: set[str]) -> list[str]:
    return sorted(canonical({name: row[name] for name in names}) for row in rows)
