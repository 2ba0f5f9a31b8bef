"""A downloaded workbook in the hands of somebody who fills it in and saves it with a program of their own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import xlsxwriter

from kumppani.imports.workbook.sheets import MARKER
from kumppani.imports.workbook.xlsx import RawSheet, open_workbook


class Filling:
    """The cells of a workbook: look, write, and save them as another file."""

    def __init__(self, content: bytes) -> None:
        self.sheets: list[RawSheet] = open_workbook(content)
        self._more: dict[str, list[Callable[[Any], object]]] = {}

    def sheet(self, name: str) -> RawSheet:
        return next(sheet for sheet in self.sheets if sheet.cells.get((1, 1)) == f"{MARKER}{name}")

    def column(self, sheet: str, name: str) -> int:
        return next(column for (row, column), value in self.sheet(sheet).cells.items() if row == 1 and value == name)

    def row(self, sheet: str, key: str) -> int:
        return next(row for (row, column), value in self.sheet(sheet).cells.items() if row > 3 and column == 1 and value == key)

    def first_empty(self, sheet: str) -> int:
        return max(3, *(row for row, _column in self.sheet(sheet).cells)) + 1

    def look(self, sheet: str, key: str, column: str) -> object:
        return self.sheet(sheet).cells.get((self.row(sheet, key), self.column(sheet, column)))

    def write(self, sheet: str, row: int | str, column: str, value: Any) -> Filling:
        """Writes one cell of the row with this number or key; None empties it."""
        place = (row if isinstance(row, int) else self.row(sheet, row)), self.column(sheet, column)
        cells = self.sheet(sheet).cells
        cells.pop(place, None)
        if value is not None:
            cells[place] = value
        return self

    def add(self, sheet: str, **values: Any) -> int:
        """Fills the first empty row and returns its number; names of columns with two underscores for the dot (title__fi)."""
        row = self.first_empty(sheet)
        for name, value in values.items():
            self.write(sheet, row, name.replace("__", "."), value)
        return row

    def also(self, sheet: str, do: Callable[[Any], object]) -> Filling:
        """Something else done to the sheet when it is saved: merged cells, a formula."""
        self._more.setdefault(sheet, []).append(do)
        return self

    def without(self, sheet: str) -> Filling:
        self.sheets.remove(self.sheet(sheet))
        return self

    def saved(self) -> bytes:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            day = book.add_format({"num_format": "d.m.yyyy"})
            for sheet in self.sheets:
                page = book.add_worksheet(sheet.name)
                for (row, column), value in sheet.cells.items():
                    _write(page, row - 1, column - 1, value, day)
                for do in self._more.get(str(sheet.cells.get((1, 1))).removeprefix(MARKER), ()):
                    do(page)
        return file.getvalue()


def _write(page: Any, row: int, column: int, value: object, day: Any) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))
