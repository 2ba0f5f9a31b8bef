"""Things of a list made into rows: ready to be shown, with the evidence behind them, so many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from kumppani.access.column import Row
from kumppani.access.evidence import proofs_of
from kumppani.access.viewer import STRANGER
from kumppani.api.listings import Listing, Things

PIECE = 500
"""Things read at a time when all are wanted."""


def rows_of(listing: Listing, programme: Any, things: Sequence[Any], day: date) -> list[Row]:
    """The rows of a piece of a list. A list of programmes belongs to none: each of its rows to the one it shows."""
    ready = listing.prepare(programme, things)
    proofs = proofs_of(STRANGER, programme, [listing.spots(thing, day) for thing in ready])
    return [Row(programme or thing, thing, day, found) for thing, found in zip(ready, proofs, strict=True)]


def all_rows(listing: Listing, programme: Any, things: Things, day: date) -> Iterator[Row]:
    """Every row of a list, in constant memory."""
    for piece in _pieces(things):
        yield from rows_of(listing, programme, piece, day)


def _pieces(things: Things) -> Iterator[list[Any]]:
    if isinstance(things, QuerySet):
        # One query for all rows: what changes meanwhile neither doubles nor drops any.
        found = things.iterator(chunk_size=PIECE)
        while piece := list(islice(found, PIECE)):
            yield piece
    else:
        for start in range(0, things.count(), PIECE):
            yield list(things[start : start + PIECE])
