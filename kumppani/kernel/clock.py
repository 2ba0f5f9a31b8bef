"""The one place that knows what time it is. Times are aware UTC; a day needs a zone, since midnight differs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The moment, aware, in UTC, to the microsecond."""
    return _stopped_at.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day in the zone named, e.g. "Europe/Helsinki"."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Time stands still at `moment` (aware) inside the block: for tests and for telling a story that happened earlier."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    token = _stopped_at.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped_at.reset(token)
