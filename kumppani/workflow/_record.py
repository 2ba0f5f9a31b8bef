"""Opens an act and writes the journal: one transaction, events buffered and appended last, once, at the outermost commit.

Appending last keeps the lock on the chain's head short: many writers queue for microseconds, not for the length of each other's acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, models, transaction

from kumppani.access.fields import FIELDS, Kind
from kumppani.access.viewer import Viewer
from kumppani.domain.journal.chain import canonical, digest_of, event_text
from kumppani.domain.journal.models import Event, Head
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.workflow import guard

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

TRIES = 5
"""How often an act that lost a deadlock is tried."""

RETRYABLE_SQLSTATES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock detected."""


@dataclass(frozen=True, slots=True)
class _Entry:
    chain: str
    actor: str
    act: str
    kind: str
    key: str
    before: Mapping[str, object]
    after: Mapping[str, object]


_buffer: ContextVar[list[_Entry] | None] = ContextVar("journal_buffer", default=None)


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
    buffer: list[_Entry] = []
    token = _buffer.set(buffer)
    try:
        with transaction.atomic(), guard.writing():
            yield
            _append(buffer)
    finally:
        _buffer.reset(token)


def record(
    by: Viewer, act: str, thing: models.Model, *, programme: Programme | None, key: str | None = None, before: Mapping[str, object] | None = None
) -> None:
    """Notes for the journal what an act did to an object: its open and internal fields now, and those given as they were before."""
    buffer = _buffer.get()
    if buffer is None:
        raise guard.WriteOutsideAct("record() was called outside an act")
    chain = programme.key if programme else ""
    after = row_of(thing)
    buffer.append(
        _Entry(
            chain, by.key, act, thing._meta.model_name or "", key or str(thing), before or {}, {**after, "digest": digest_of("", canonical(after))}
        )
    )


def row_of(thing: models.Model) -> dict[str, object]:
    """The object's fields for the journal: related objects by key, personal fields not at all."""
    kinds = FIELDS[thing._meta.label]
    return {
        field.name: _value(thing, field) for field in thing._meta.concrete_fields if field.name != "id" and kinds[field.name] is not Kind.PERSONAL
    }


def _value(thing: models.Model, field: models.Field[object, object]) -> object:
    value = getattr(thing, field.name)
    if isinstance(value, models.Model):
        return getattr(value, "key", value.pk)
    return dict(value) if isinstance(value, Mapping) else value


def _append(buffer: list[_Entry]) -> None:
    """Appends the buffered events to their chains, locking each chain's head in the order of their names."""
    for chain in sorted({entry.chain for entry in buffer}):
        Head.objects.get_or_create(chain=chain)
        head = Head.objects.select_for_update().get(chain=chain)
        events = []
        for entry in (entry for entry in buffer if entry.chain == chain):
            event = _event(entry, number=head.number + 1, previous=head.digest)
            head.number, head.digest = event.number, event.digest
            events.append(event)
        Event.objects.bulk_create(events)
        head.save()


def _event(entry: _Entry, *, number: int, previous: str) -> Event:
    at = clock.now()
    text = event_text(
        chain=entry.chain,
        number=number,
        at=at,
        actor=entry.actor,
        act=entry.act,
        kind=entry.kind,
        key=entry.key,
        before=entry.before,
        after=entry.after,
    )
    return Event(
        chain=entry.chain,
        number=number,
        at=at,
        actor=entry.actor,
        act=entry.act,
        kind=entry.kind,
        key=entry.key,
        text=text,
        previous=previous,
        digest=digest_of(previous, text),
    )
