"""Opens an act and writes the journal: one transaction, events buffered and appended last, once, at the outermost commit.

Appending last keeps the lock on the chain's head short: many writers queue for microseconds, not for the length of each other's acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from itertools import groupby
from typing import ParamSpec, TypeVar

from django.apps import apps
from django.db import OperationalError, models, transaction

from kumppani.access.journalled import (
    DIGEST,
    EVIDENCE,
    JOURNALLED,
    Carried,
    Exempt,
    Row,
    chain_of,
    digest_of_row,
    evidence_key,
    evidence_row,
    key_of,
    root_of,
    row_of,
)
from kumppani.access.viewer import Viewer
from kumppani.domain.journal.chain import digest_of, event_text
from kumppani.domain.journal.models import Event, Head
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence
from kumppani.kernel import clock
from kumppani.workflow import guard

__all__ = ["act", "forget_what_was_written", "record", "record_evidence", "record_removal", "row_of", "together"]

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

TRIES = 5
"""How often an act that lost a deadlock is tried."""

RETRYABLE_SQLSTATES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock detected."""


class Unrecorded(RuntimeError):
    """An act wrote what its events do not speak of: a mistake in the code, never something a user did."""


@dataclass(frozen=True, slots=True)
class _Entry:
    chain: str
    actor: str
    act: str
    label: str
    kind: str
    key: str
    root: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    changed: list[str]


@dataclass(slots=True)
class _Journal:
    """What an act has noted so far: its entries, and the objects whose evidence it wrote (chain, kind, key → by whom)."""

    entries: list[_Entry] = field(default_factory=list)
    cited: dict[tuple[str, str, str], str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)


_buffer: ContextVar[_Journal | None] = ContextVar("journal_buffer", default=None)


def act(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Makes a function an act: one transaction in which it may write. Inside another act it joins that one."""

    @wraps(function)
    def acting(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        if _buffer.get() is not None:
            return function(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                with together():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if attempt == TRIES or getattr(error.__cause__, "sqlstate", None) not in RETRYABLE_SQLSTATES:
                    raise
        raise AssertionError("unreachable: the last try returns or raises")

    return acting


@contextmanager
def together() -> Iterator[None]:
    """Several acts as one: all of them happen, or none."""
    if _buffer.get() is not None:
        yield
        return
    with guard.noting() as written:
        journal = _Journal(written=written)
        token = _buffer.set(journal)
        try:
            with transaction.atomic(), guard.writing():
                yield
                _append(journal)
        finally:
            _buffer.reset(token)


def record(
    by: Viewer, act: str, thing: models.Model, *, programme: Programme | None, key: str | None = None, before: Mapping[str, object] | None = None
) -> None:
    """Notes for the journal what an act did to an object: its open and internal fields now with the rows it carries, and those before.

    The key and the programme are those the object itself has (`access.journalled`): given, they are only checked.
    """
    after = row_of(thing)
    _note(by, act, thing, programme, key, before, {**after, DIGEST: digest_of_row(after)}, _changed(before, after))


def record_removal(
    by: Viewer, act: str, thing: models.Model, *, programme: Programme | None, key: str | None = None, before: Mapping[str, object]
) -> None:
    """Notes that an act deleted an object: what it was before, and nothing after."""
    _note(by, act, thing, programme, key, before, {}, [])


def record_evidence(by: Viewer, programme: Programme, kind: str, key: str) -> None:
    """Notes that an act wrote evidence of an object: all of its evidence, as it is in the end, becomes one event."""
    _journal().cited[programme.key, kind, key] = by.key


def forget_what_was_written() -> None:
    """For the one act that leaves no events: what it wrote so far need not be recorded."""
    _journal().written.clear()


def _journal() -> _Journal:
    journal = _buffer.get()
    if journal is None:
        raise guard.WriteOutsideAct("record() was called outside an act")
    return journal


def _note(
    by: Viewer,
    act: str,
    thing: models.Model,
    programme: Programme | None,
    key: str | None,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    changed: list[str],
) -> None:
    chain, own = chain_of(thing), key_of(thing)
    if chain != (programme.key if programme else "") or key not in {None, own}:
        raise Unrecorded(f"{thing._meta.label} “{own}” of programme “{chain}” was recorded as “{key}” of “{programme or ''}”")
    entry = _Entry(chain, by.key, act, thing._meta.label, thing._meta.model_name or "", own, root_of(thing), before or {}, after, changed)
    _journal().entries.append(entry)


def _changed(before: Mapping[str, object] | None, after: Row) -> list[str]:
    """Personal fields are told only as changed."""
    if not isinstance(before, Row):
        return []
    return sorted(name for name, value in after.personal.items() if before.personal.get(name) != value)


def _append(journal: _Journal) -> None:
    """Appends the noted events to their chains, locking each chain's head in the order of their names."""
    _check_recorded(journal)
    entries = [*journal.entries, *_evidence(journal.cited)]
    for chain in sorted({entry.chain for entry in entries}):
        head = _locked_head(chain)
        events = []
        for entry in (entry for entry in entries if entry.chain == chain):
            event = _event(entry, number=head.number + 1, previous=head.digest)
            head.number, head.digest = event.number, event.digest
            events.append(event)
        Event.objects.bulk_create(events)
        head.save(force_update=True)


def _locked_head(chain: str) -> Head:
    head = Head.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        Head.objects.get_or_create(chain=chain)
        head = Head.objects.select_for_update().get(chain=chain)
    return head


def _check_recorded(journal: _Journal) -> None:
    """Refuses an act that wrote a table of which none of its events speaks."""
    told = {entry.label for entry in journal.entries} | ({EVIDENCE} if journal.cited else set())
    for table in sorted(journal.written):
        label = _labels()[table]
        how = JOURNALLED.get(label)
        teller = how.by if isinstance(how, Carried) else label
        if not isinstance(how, Exempt) and teller not in told:
            raise Unrecorded(f"{label} was written, but no event of {teller} was recorded (see kumppani.access.journalled)")


@cache
def _labels() -> dict[str, str]:
    return {model._meta.db_table.lower(): model._meta.label for model in apps.get_models(include_auto_created=True)}


def _evidence(cited: Mapping[tuple[str, str, str], str]) -> Iterator[_Entry]:
    """One entry for each object whose evidence was written."""
    if not cited:
        return
    chains, keys = {chain for chain, _kind, _key in cited}, {key for _chain, _kind, key in cited}
    rows = Evidence.objects.filter(programme__key__in=chains, key__in=keys).select_related("source", "programme")
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for place, same in groupby(rows.order_by("programme", "kind", "key"), key=lambda row: (row.programme.key, row.kind, row.key)):
        found[place] = list(same)
    for place, actor in cited.items():
        chain, kind, key = place
        same_place = found.get(place, [])
        after = evidence_row(same_place)
        digest = {DIGEST: digest_of_row(after)} if same_place else {}
        root = same_place[0].root if same_place else ""
        yield _Entry(chain, actor, "cite", EVIDENCE, EVIDENCE, evidence_key(kind, key), root, {}, {**after, **digest} if same_place else {}, [])


def _event(entry: _Entry, *, number: int, previous: str) -> Event:
    at = clock.now()
    place = {"chain": entry.chain, "actor": entry.actor, "act": entry.act, "kind": entry.kind, "key": entry.key, "root": entry.root}
    text = event_text(**place, number=number, at=at, before=entry.before, after=entry.after, changed=entry.changed)
    return Event(**place, number=number, at=at, text=text, previous=previous, digest=digest_of(previous, text))
