"""Tables as bytes: CSV for machines, XLSX for spreadsheet programs. Both hold the same columns and rows, made from plain values.

CSV: RFC 4180, UTF-8 without a byte order mark, commas, one header row, CR LF, days as 2021-02-09, moments in UTC, true and false, empty for no value.
A text that a spreadsheet program would take for a formula (it begins with = + - @, their full-width forms, a tab or a line end) is written with an
apostrophe before it; so is a text that begins with an apostrophe. Who takes one leading apostrophe off again has every text as it was.
XLSX needs no such mark: its texts are typed as texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

import xlsxwriter

Cell = str | int | bool | Decimal | date | datetime | None

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")  # noqa: RUF001 the full-width forms are meant
"""What a text must not begin with in CSV unmarked."""

ROWS_IN_CHUNK = 500
ROWS_IN_SHEET = 1_048_576
LONGEST_CELL = 32_767
LARGEST_EXACT = 10**15
"""XLSX: rows of a sheet with its header, characters of a cell, and the whole number up to which its floating point is exact."""

FIRST_DAY = date(1900, 3, 1)
"""XLSX: from here on its count of days is right; it believes in a 29 February 1900."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows` are read once, one at a time."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The table as CSV, a few hundred rows at a time."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    for number, row in enumerate(chain([columns], rows), start=1):
        writer.writerow([csv_text(cell) for cell in row])
        if number % ROWS_IN_CHUNK == 0:
            yield _emptied(lines)
    yield _emptied(lines)


def _emptied(lines: io.StringIO) -> bytes:
    content = lines.getvalue().encode()
    lines.seek(0)
    lines.truncate()
    return content


def csv_text(cell: Cell) -> str:
    """One cell as CSV writes it, before quoting."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return "" if cell is None else plain(cell)


def plain(cell: str | int | Decimal | date | datetime) -> str:
    """A value as text: ISO days, moments in UTC with Z, true and false, no exponents."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return f"{cell.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def write_xlsx(file: IO[bytes], sheets: Sequence[Sheet], *, created: datetime) -> None:
    """Writes a workbook in constant memory. The same tables and the same `created` give the same bytes."""
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None), "author": "Kumppani"})
        pens = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            str: book.add_format({"bold": True}),
        }
        for sheet in sheets:
            _write_sheet(book, sheet, pens)


def _write_sheet(book: Any, sheet: Sheet, pens: dict[type, Any]) -> None:
    """A table longer than a sheet goes on in the next one, under the same header: nothing is cut."""
    part, place = 1, 1
    page = _headed(book, sheet.title, sheet.columns, pens)
    for row in sheet.rows:
        if place == ROWS_IN_SHEET:
            part, place = part + 1, 1
            page = _headed(book, f"{sheet.title} {part}", sheet.columns, pens)
        for column, cell in enumerate(row):
            _write_cell(page, place, column, cell, pens)
        place += 1


def _headed(book: Any, title: str, columns: Sequence[str], pens: dict[type, Any]) -> Any:
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    page.set_column(0, len(columns) - 1, 18)
    for column, name in enumerate(columns):
        page.write_string(0, column, name, pens[str])
    return page


def _write_cell(page: Any, row: int, column: int, cell: Cell, pens: dict[type, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell.astimezone(UTC).replace(tzinfo=None), pens[datetime])
    elif isinstance(cell, date) and cell >= FIRST_DAY:
        page.write_datetime(row, column, cell, pens[date])
    elif isinstance(cell, int | Decimal) and -LARGEST_EXACT <= cell <= LARGEST_EXACT:
        page.write_number(row, column, cell)
    else:
        page.write_string(row, column, _fitting(plain(cell)))


def _fitting(text: str) -> str:
    """A text that no cell can hold is not cut off: the cell says where the whole text is."""
    if len(text) <= LONGEST_CELL:
        return text
    return f"({len(text)} characters, more than a cell can hold: see the CSV or JSON of this table)"
