"""The agreement workbook as bytes: an explanation first, sheets to fill in, lists of known keys, and what was downloaded, hidden.

Every sheet has three rows above its own: a hidden one with names that never depend on a language, a sentence about the sheet, the headings.
The hidden first column carries each row's key. Texts are typed as texts: nothing that begins with = + - @ becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from kumppani.rendering.spreadsheets import FIRST_DAY, LONGEST_CELL

Cell = str | int | date | None

ROWS_ABOVE = 3
"""Rows above the first row of data."""

ROOM = 3_000
"""Rows below the present ones that still offer their lists."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. `choices` names the list a cell chooses from; a fixed one is shown grey in rows that are there already."""

    id: str
    words: str
    width: int
    is_day: bool = False
    choices: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to fill in."""

    marker: str
    title: str
    note: str
    columns: Sequence[Heading]
    rows: Sequence[tuple[str, Mapping[str, Cell]]]


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """A list of keys and what each is called."""

    id: str
    title: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole workbook. `about`: (what, value) lines of the explanation; `state`: what the reader of the file compares with."""

    about_title: str
    about: Sequence[tuple[str, str]]
    pages: Sequence[Page]
    lists_title: str
    lists: Sequence[KnownKeys]
    state: Sequence[Sequence[str]]


def shown(cell: Cell) -> Cell:
    """What stands in the workbook for a value: a text no cell can hold is not cut off, but stays out of it."""
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return f"({len(cell)} …)"
    return cell.isoformat() if isinstance(cell, date) and cell < FIRST_DAY else cell


def workbook_bytes(book: Book, *, created: datetime) -> bytes:
    """The workbook as an XLSX file. The same book and the same `created` give the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as written:
        written.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None), "author": "Kumppani"})
        pens = {
            "day": written.add_format({"num_format": "d.m.yyyy", "valign": "top"}),
            "text": written.add_format({"text_wrap": True, "valign": "top"}),
            "fixed": written.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959", "bg_color": "#F2F2F2"}),
            "fixed_day": written.add_format({"num_format": "d.m.yyyy", "valign": "top", "font_color": "#595959", "bg_color": "#F2F2F2"}),
            "heading": written.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "note": written.add_format({"italic": True}),
        }
        _write_about(written, book, pens)
        ranges = {known.id: (column, len(known.rows)) for column, known in enumerate(book.lists)}
        for page in book.pages:
            _write_page(written, page, book.lists_title, ranges, pens)
        _write_lists(written, book, pens)
        _write_state(written, book.state)
    return file.getvalue()


def _write_about(written: Any, book: Book, pens: Mapping[str, Any]) -> None:
    sheet = written.add_worksheet(book.about_title)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "kumppani:about")
    sheet.set_row(0, None, None, {"hidden": True})
    for row, (what, value) in enumerate(book.about, start=1):
        sheet.write_string(row, 0, what, pens["heading"])
        sheet.write_string(row, 1, value, pens["text"])


def _write_page(written: Any, page: Page, lists_title: str, ranges: Mapping[str, tuple[int, int]], pens: Mapping[str, Any]) -> None:
    sheet = written.add_worksheet(page.title)
    sheet.write_string(0, 0, page.marker)
    sheet.write_string(1, 1, page.note, pens["note"])
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for place, column in enumerate(page.columns, start=1):
        sheet.write_string(0, place, column.id)
        sheet.write_string(2, place, column.words, pens["heading"])
        sheet.set_column(place, place, column.width, pens["day" if column.is_day else "text"])
        _offer(sheet, place, column, len(page.rows), lists_title, ranges)
    for row, (key, cells) in enumerate(page.rows, start=ROWS_ABOVE):
        sheet.write_string(row, 0, key)
        for place, column in enumerate(page.columns, start=1):
            _write_cell(sheet, row, place, shown(cells.get(column.id)), "fixed" if column.fixed else "", pens)
    sheet.freeze_panes(ROWS_ABOVE, 2)


def _offer(sheet: Any, place: int, column: Heading, rows: int, lists_title: str, ranges: Mapping[str, tuple[int, int]]) -> None:
    """A list to choose from, or a calendar day: offered and warned about, never forced, so that the file's reader says what is wrong."""
    area = (ROWS_ABOVE, place, ROWS_ABOVE + rows + ROOM, place)
    if column.choices in ranges and ranges[column.choices][1]:
        where, count = ranges[column.choices]
        letter = chr(ord("A") + 2 * where)
        source = f"='{lists_title}'!${letter}${ROWS_ABOVE + 1}:${letter}${ROWS_ABOVE + count}"
        sheet.data_validation(*area, {"validate": "list", "source": source, "error_type": "warning"})
    elif column.is_day:
        sheet.data_validation(*area, {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_type": "warning"})


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, fixed: str, pens: Mapping[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, pens["fixed_day" if fixed else "day"])
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell, pens[fixed or "text"])
    elif cell:
        sheet.write_string(row, place, cell, pens[fixed or "text"])


def _write_lists(written: Any, book: Book, pens: Mapping[str, Any]) -> None:
    sheet = written.add_worksheet(book.lists_title)
    sheet.write_string(0, 0, "kumppani:lists")
    sheet.set_row(0, None, None, {"hidden": True})
    for place, known in enumerate(book.lists):
        sheet.set_column(2 * place, 2 * place + 1, 34)
        sheet.write_string(2, 2 * place, known.title, pens["heading"])
        for row, (key, label) in enumerate(known.rows, start=ROWS_ABOVE):
            sheet.write_string(row, 2 * place, key)
            sheet.write_string(row, 2 * place + 1, label)
    sheet.freeze_panes(ROWS_ABOVE, 0)


def _write_state(written: Any, state: Sequence[Sequence[str]]) -> None:
    sheet = written.add_worksheet("kumppani")
    sheet.very_hidden()
    sheet.write_string(0, 0, "kumppani:state")
    for row, cells in enumerate(state, start=1):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell)
