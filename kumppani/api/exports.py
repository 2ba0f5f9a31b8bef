"""Whole lists as CSV, XLSX and flat JSON, with the same columns.

A file is finished before its first byte is sent: a mistake in its last row is an error, never a shorter file. Small files are kept like pages;
large ones wait on disk and are sent from there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.http import FileResponse, HttpResponse

from kumppani.access.changes import public_events
from kumppani.access.column import Row
from kumppani.access.kept import etag_of
from kumppani.access.viewer import STRANGER
from kumppani.api.listings import Listing, Things
from kumppani.api.notices import NOT_SET, TRAINING, about, in_every_language, mark, terms
from kumppani.api.rows import all_rows
from kumppani.rendering.spreadsheets import Cell, Sheet, csv_chunks, plain, write_xlsx

CSV = "text/csv; charset=utf-8; header=present"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"

LARGEST_IN_MEMORY = 4 * 1024 * 1024
BEFORE_ANYTHING = datetime(2021, 1, 1, tzinfo=UTC)
"""When a workbook was made that nothing has happened to yet."""


def export(format_: str, listing: Listing, programme: Any, things: Things, day: date) -> HttpResponse:
    """The whole list as a file."""
    rows = all_rows(listing, programme, things, day)
    on = day if listing.is_dated else None
    name = "-".join(str(part) for part in (_prefix(programme), listing.name, on) if part)
    response = FORMATS[format_](listing, programme, rows, on)
    response["Content-Disposition"] = f'attachment; filename="{name}.{format_}"'
    return mark(response, programme)


def _prefix(programme: Any) -> str:
    if programme is None:
        return ""
    return f"training-{programme.key}" if programme.is_training else str(programme.key)


def _csv(listing: Listing, _programme: Any, rows: Iterator[Row], _on: date | None) -> HttpResponse:
    names = [column.name for column in listing.columns]
    return _finished(lambda file: file.writelines(csv_chunks(names, _cells(listing, rows))), CSV)


def _xlsx(listing: Listing, programme: Any, rows: Iterator[Row], on: date | None) -> HttpResponse:
    table = Sheet(listing.name, [column.name for column in listing.columns], _cells(listing, rows))
    notes = Sheet("about", ["about", "value"], _notes(programme, on))
    is_training = programme is not None and programme.is_training
    sheets = [notes, table] if is_training else [table, notes]
    return _finished(lambda file: write_xlsx(file, sheets, created=_last_change(programme)), XLSX)


def _json(listing: Listing, programme: Any, rows: Iterator[Row], on: date | None) -> HttpResponse:
    said = about(programme, on)
    head = {**said, "notice": said["notice"].dict() if said["notice"] else None, **terms()}
    return _finished(lambda file: file.writelines(_json_chunks(head, listing, rows)), JSON)


FORMATS: dict[str, Callable[[Listing, Any, Iterator[Row], date | None], HttpResponse]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}


def _cells(listing: Listing, rows: Iterator[Row]) -> Iterator[Sequence[Cell]]:
    return ([column.get(row) for column in listing.columns] for row in rows)


def _notes(programme: Any, on: date | None) -> list[tuple[str, Cell]]:
    # In every language at once, as everything here: a file does not depend on who asks for it.
    licence, operator = (value or " / ".join(in_every_language(NOT_SET).values()) for value in terms().values())
    notes: list[tuple[str, Cell]] = []
    if programme is not None:
        if programme.is_training:
            notes += [("notice", sentence) for sentence in in_every_language(TRAINING).values()]
        notes += [("programme", programme.key), ("training", programme.is_training)]
    return [*notes, ("licence", licence), ("operator", operator), ("on", on)]


def _json_chunks(head: dict[str, Any], listing: Listing, rows: Iterator[Row]) -> Iterator[bytes]:
    yield json.dumps(head, ensure_ascii=False, default=plain)[:-1].encode() + b', "items": ['
    total = 0
    for total, cells in enumerate(_cells(listing, rows), start=1):
        flat = {column.name: cell for column, cell in zip(listing.columns, cells, strict=True)}
        yield (b", " if total > 1 else b"") + json.dumps(flat, ensure_ascii=False, default=_json_value).encode()
    yield f'], "total": {total}, "next": null}}'.encode()


def _json_value(cell: date | datetime | Decimal) -> str | float:
    return float(cell) if isinstance(cell, Decimal) else plain(cell)


def _last_change(programme: Any) -> datetime:
    if programme is None:
        return BEFORE_ANYTHING
    newest = public_events(STRANGER, programme).first()
    return newest.at if newest else BEFORE_ANYTHING


def _finished(write: Callable[[IO[bytes]], object], media_type: str) -> HttpResponse:
    with ExitStack() as closing:
        file = closing.enter_context(SpooledTemporaryFile(max_size=LARGEST_IN_MEMORY))
        write(file)
        size = file.tell()
        file.seek(0)
        if size <= LARGEST_IN_MEMORY:
            return HttpResponse(file.read(), content_type=media_type)
        headers = {"ETag": etag_of(hashlib.file_digest(file, "sha256")), "Content-Length": str(size)}
        file.seek(0)
        # It is closed with the response that sends it.
        closing.pop_all()
        # A sibling in Django's classes, and the same thing to whoever sends it.
        return cast("HttpResponse", FileResponse(file, content_type=media_type, headers=headers))
