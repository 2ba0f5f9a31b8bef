"""A workbook as it came back: which rows and cells it has. Whatever is no workbook of an agreement, or cannot be read, is told with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from kumppani.imports.workbook.sheets import FORMAT, MARKER, NOT_FILLED_IN, SHEETS, Column, Kind, Sheet, reference
from kumppani.imports.workbook.standing import token
from kumppani.imports.workbook.xlsx import RawSheet, Unreadable, Value, open_workbook
from kumppani.kernel.days import read_day
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message, _
from kumppani.rendering.spreadsheets import LONGEST_CELL
from kumppani.rendering.workbook import ROWS_ABOVE, Cell

LARGEST_NUMBER = 32_767
MOST_PROBLEMS = 500
"""After so many it is no use to read on."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: sheet as it is called in the file, row from 1 (0: the whole sheet), cell such as D7 or nothing."""

    sheet: str
    row: int
    cell: str
    reason: Message

    def __str__(self) -> str:
        place = self.cell or (str(_("row {row}", row=self.row)) if self.row else "")
        return f"{self.sheet}{' ' if place else ''}{place}: {self.reason}"


class WorkbookRefused(RuleBroken):
    """A workbook that was not loaded; `problems` says everything that is wrong with it. Nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        reason = _("The workbook was not loaded: {count} places need mending. First: {first}", count=len(problems), first=problems[0])
        super().__init__("workbook-refused", reason)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row with something in it: its number in the sheet, its key (new rows have none), its cells that are not empty."""

    number: int
    key: str
    cells: dict[str, Cell]


@dataclass(slots=True)
class GivenSheet:
    """A sheet: its name in the file, where each column is, its rows."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[GivenRow] = field(default_factory=list)

    def cell(self, row: int, column: str) -> str:
        """Where a cell is."""
        return reference(row, self.columns[column])


@dataclass(slots=True)
class Given:
    """A whole workbook as it came back: of which agreement and version, what was downloaded, what stands in it now."""

    programme: str
    agreement: str
    version: str
    base: dict[tuple[str, str], dict[str, str]]
    sheets: dict[str, GivenSheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(content: bytes) -> Given:
    """Reads a workbook. Refuses at once what is none of ours; everything else that is wrong is among its problems."""
    raw = open_workbook(content)
    marked = {str(sheet.cells.get((1, 1), "")).removeprefix(MARKER): sheet for sheet in raw if str(sheet.cells.get((1, 1))).startswith(MARKER)}
    if "state" not in marked:
        raise RuleBroken(
            "workbook-without-state", _("This is no workbook of an agreement: its hidden sheet is missing. Download the workbook again.")
        )
    given = _state(marked["state"])
    for sheet in raw:
        marker = str(sheet.cells.get((1, 1), "")).removeprefix(MARKER)
        if marked.get(marker) is not sheet and (sheet.cells or sheet.formulas):
            given.problems.append(Problem(sheet.name, 0, "", _("This sheet is none of the workbook's: nothing is read from it. Remove it.")))
    for name in marked.keys() - SHEETS.keys() - NOT_FILLED_IN:
        given.problems.append(Problem(marked[name].name, 0, "", _("This sheet is none of the workbook's: nothing is read from it. Remove it.")))
    for name, sheet_of_ours in SHEETS.items():
        if name not in marked:
            given.problems.append(Problem(str(sheet_of_ours.title), 0, "", _("The sheet is missing. Download the workbook again.")))
        else:
            given.sheets[name] = _read_sheet(sheet_of_ours, marked[name], given.problems)
    return given


def _state(sheet: RawSheet) -> Given:
    lines: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), value in sheet.cells.items():
        lines[row][column] = str(value)
    facts = {cells.get(1, ""): cells.get(2, "") for cells in lines.values() if cells.get(1) != "row"}
    base = {
        (cells.get(2, ""), cells.get(3, "")): dict(pair.partition(":")[::2] for pair in cells.get(4, "").split())
        for cells in lines.values()
        if cells.get(1) == "row"
    }
    if facts.get("format") != FORMAT or token((*place, cells) for place, cells in base.items()) != facts.get("token"):
        raise RuleBroken("workbook-state-altered", _("The hidden sheet of the workbook was altered. Download the workbook again."))
    return Given(facts.get("programme", ""), facts.get("agreement", ""), facts.get("version", ""), base)


def _read_sheet(sheet: Sheet, raw: RawSheet, problems: list[Problem]) -> GivenSheet:
    given = GivenSheet(raw.name)
    problems += (
        Problem(raw.name, row, reference(row, column), _("Formulas are not read: write the value itself."))
        for row, column in raw.formulas[:MOST_PROBLEMS]
    )
    problems += (Problem(raw.name, 0, area, _("These cells are merged: every cell stands alone.")) for area in raw.merged[:MOST_PROBLEMS])
    for (row, column), value in raw.cells.items():
        if row == 1 and column > 1:
            if str(value) in given.columns:
                problems.append(Problem(raw.name, 1, reference(1, column), _("The hidden name “{name}” stands twice.", name=str(value)[:40])))
            given.columns.setdefault(str(value), column)
    missing = [column for column in sheet.columns if column.id not in given.columns]
    problems += (
        Problem(raw.name, 1, "", _("The column “{heading}” is missing, or its hidden name was altered.", heading=one.heading)) for one in missing
    )
    if not missing:
        _read_rows(sheet, raw, given, problems)
    return given


def _read_rows(sheet: Sheet, raw: RawSheet, given: GivenSheet, problems: list[Problem]) -> None:
    names = {place: name for name, place in given.columns.items()}
    known = {column.id: column for column in sheet.columns}
    lines: dict[int, dict[int, Value]] = defaultdict(dict)
    for (row, column), value in raw.cells.items():
        if row > ROWS_ABOVE:
            lines[row][column] = value
    for row, line in sorted(lines.items()):
        if len(problems) > MOST_PROBLEMS:
            return
        cells: dict[str, Cell] = {}
        for place, value in line.items():
            ours = known.get(names.get(place, ""))
            if ours is not None:
                problems += _read_into(cells, raw.name, row, place, ours, value, closed=sheet.note if sheet.closed else None)
            elif place > 1:
                problems.append(Problem(raw.name, row, reference(row, place), _("There is no column of the workbook here: this would be lost.")))
        if cells or 1 in line:
            given.rows.append(GivenRow(row, str(line.get(1, "")), cells))


def _read_into(
    cells: dict[str, Cell], sheet: str, row: int, place: int, column: Column, value: Value, *, closed: Message | None
) -> Iterator[Problem]:
    if closed is not None:
        yield Problem(sheet, row, reference(row, place), closed)
        return
    try:
        read = _READERS[column.kind](value)
    except RuleBroken as error:
        yield Problem(sheet, row, reference(row, place), error.reason)
        cells[column.id] = None
        return
    if read not in {None, ""}:
        cells[column.id] = read


def _text(value: Value) -> Cell:
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise RuleBroken("cell-too-long", _("The text has {count} characters; a cell holds 32767.", count=len(value)))
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise RuleBroken("cell-unreadable", _("The text holds characters that are no letters of any language."))
        return value if value.strip() else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise RuleBroken("cell-no-text", _("This is no text: format the cell as text."))


def _key(value: Value) -> Cell:
    text = _text(value)
    return " ".join(str(text).split()) if text else None


def _number(value: Value) -> Cell:
    text = value.strip() if isinstance(value, str) else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else value
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= LARGEST_NUMBER:
        return number
    raise RuleBroken("cell-no-number", _("This is no whole number from 1 to 32767."))


def _day(value: Value) -> Cell:
    if isinstance(value, datetime):
        raise RuleBroken("cell-with-time", _("This is a day with a time: write the day alone, as 9.2.2021."))
    if isinstance(value, date):
        return read_day(value.isoformat())
    if isinstance(value, str):
        return read_day(value.strip()) if value.strip() else None
    if isinstance(value, Unreadable):
        raise RuleBroken("cell-unreadable", _("“{value}” is no value: the cell shows an error.", value=value.words))
    raise RuleBroken("cell-no-day", _("“{value}” is a number and no day: format the cell as a date, or write 9.2.2021.", value=value))


_READERS = {Kind.TEXT: _text, Kind.DAY: _day, Kind.NUMBER: _number, Kind.KEY: _key, Kind.KEYS: _key}
