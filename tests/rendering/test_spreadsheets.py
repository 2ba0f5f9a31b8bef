"""Tables as bytes: what is written can be read back, by any program, as it was; and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from kumppani.rendering import spreadsheets
from kumppani.rendering.spreadsheets import FORMULA_STARTS, LONGEST_CELL, Cell, Sheet, csv_chunks, write_xlsx

CREATED = datetime(2026, 11, 24, 10, tzinfo=UTC)
TEXTS = some.text(some.characters(exclude_categories=("Cs",)), max_size=40)


def _csv(columns: list[str], *rows: list[Cell]) -> bytes:
    return b"".join(csv_chunks(columns, rows))


def _xlsx(*sheets: Sheet) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, sheets, created=CREATED)
    return file.getvalue()


def _read(content: bytes, sheet: str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in book.get_sheet_by_name(sheet).to_python()]


def test_csv_is_rfc_4180_in_utf_8_without_a_byte_order_mark() -> None:
    written = _csv(["key", "name"], ["a", 'Sanoi: "ä, ö"'], ["b", "kaksi\nriviä"])
    assert written == 'key,name\r\na,"Sanoi: ""ä, ö"""\r\nb,"kaksi\nriviä"\r\n'.encode()


def test_csv_writes_values_plainly() -> None:
    moment = datetime(2026, 11, 24, 12, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    written = _csv(["c"] * 8, [date(2021, 2, 9), moment, True, False, None, 492_500_000, Decimal("63.84000"), Decimal("1E+3")])
    assert written.decode().splitlines()[1] == "2021-02-09,2026-11-24T10:30:00.000005Z,true,false,,492500000,63.84000,1000"


@given(some.lists(TEXTS, min_size=1, max_size=5))
@example(["=1+1"])
@example(["'quoted"])
@example(["\t=1"])
@example(["\r\n=1"])
def test_a_csv_text_never_begins_like_a_formula_and_comes_back_as_it_was(texts: list[str]) -> None:
    written = _csv(["c"] * len(texts), list(texts)).decode()
    cells = list(csv.reader(io.StringIO(written, newline="")))[1]
    assert not any(cell.startswith(FORMULA_STARTS[:-1]) for cell in cells)
    assert [cell.removeprefix("'") for cell in cells] == texts


def test_many_rows_come_in_pieces_and_all_of_them() -> None:
    chunks = list(csv_chunks(["n"], ([number] for number in range(1234))))
    assert len(chunks) == 3
    assert b"".join(chunks).decode().split() == ["n", *map(str, range(1234))]


def test_xlsx_keeps_types() -> None:
    row: list[Cell] = ["ä", 492_500_000, True, date(2021, 2, 9), datetime(2026, 11, 24, 10, 30, tzinfo=UTC), Decimal("63.84"), None, "end"]
    written = _xlsx(Sheet("agreements", ["a", "b", "c", "d", "e", "f", "g", "h"], [row]))
    header, read = _read(written, "agreements")
    assert header == ["a", "b", "c", "d", "e", "f", "g", "h"]
    assert read == ["ä", 492_500_000.0, True, date(2021, 2, 9), datetime(2026, 11, 24, 10, 30), 63.84, "", "end"]  # noqa: DTZ001 a workbook knows no zones


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "https://example.test/", "12", "{=1}"])
def test_an_xlsx_text_is_a_text_and_nothing_else(text: str) -> None:
    written = _xlsx(Sheet("s", ["c"], [[text]]))
    assert _read(written, "s")[1] == [text]
    sheet = zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_what_xlsx_cannot_hold_as_a_number_or_a_day_is_written_as_text() -> None:
    row: list[Cell] = [10**15, 10**15 + 1, date(1900, 2, 28), date(1900, 3, 1)]
    assert _read(_xlsx(Sheet("s", list("abcd"), [row])), "s")[1] == [1e15, "1000000000000001", "1900-02-28", date(1900, 3, 1)]


def test_a_text_too_long_for_a_cell_says_where_the_whole_text_is() -> None:
    fits, too_long = "ä" * LONGEST_CELL, "ä" * (LONGEST_CELL + 1)
    read = _read(_xlsx(Sheet("s", ["a", "b"], [[fits, too_long]])), "s")[1]
    assert read == [fits, "(32768 characters, more than a cell can hold: see the CSV or JSON of this table)"]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "ROWS_IN_SHEET", 3)
    written = _xlsx(Sheet("s", ["n"], [[number] for number in range(5)]))
    found = [_read(written, name) for name in ("s", "s 2", "s 3")]
    assert found == [[["n"], [0.0], [1.0]], [["n"], [2.0], [3.0]], [["n"], [4.0]]]


def test_an_empty_table_still_has_its_header() -> None:
    assert _read(_xlsx(Sheet("s", ["a"], [])), "s") == [["a"]]
    assert _csv(["a"]) == b"a\r\n"


def test_the_same_table_gives_the_same_bytes() -> None:
    sheets = [Sheet("s", ["a", "b"], [["x", date(2021, 2, 9)]]), Sheet("about", ["what"], [["licence"]])]
    assert _xlsx(*sheets) == _xlsx(*sheets)
    core = zipfile.ZipFile(io.BytesIO(_xlsx(*sheets))).read("docProps/core.xml").decode()
    assert set(re.findall(r"W3CDTF\">([^<]+)<", core)) == {"2026-11-24T10:00:00Z"}
