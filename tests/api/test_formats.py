"""CSV, XLSX and flat JSON of every list: all rows, the same columns, the same values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client, override_settings
from python_calamine import CalamineWorkbook

from kumppani.access.kept import PAGES
from kumppani.api import exports
from kumppani.api.listings import LISTINGS, Listing
from tests.api.asking import PREFIX, ask, ask_csv

pytestmark = pytest.mark.usefixtures("world")

EVERY = pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)


def _file(name: str, format_: str, **query: str) -> Any:
    response = Client().get(f"{PREFIX}{name}", {"format": format_, **query})
    assert response.status_code == 200, response.content
    return response


def _sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


@EVERY
def test_the_three_formats_have_the_same_columns_and_as_many_rows_as_the_list(listing: Listing) -> None:
    names = [column.name for column in listing.columns]
    total = ask(listing.name)["total"]
    rows = list(csv.reader(io.StringIO(_file(listing.name, "csv").content.decode(), newline="")))
    assert rows[0] == names
    assert len(rows) == total + 1
    assert all(len(row) == len(names) for row in rows)
    flat = _file(listing.name, "json").json()
    assert flat["total"] == total
    assert flat["next"] is None
    assert [list(item) for item in flat["items"]] == [names] * total
    sheet = _sheets(_file(listing.name, "xlsx").content)[listing.name]
    assert sheet[0] == names
    assert len(sheet) == total + 1


@EVERY
def test_the_three_formats_have_the_same_values(listing: Listing) -> None:
    flat = _file(listing.name, "json").json()["items"]
    sheet = _sheets(_file(listing.name, "xlsx").content)[listing.name][1:]
    for from_csv, from_json, from_xlsx in zip(ask_csv(listing.name), flat, sheet, strict=True):
        for (name, text), value, cell in zip(from_csv.items(), from_json.values(), from_xlsx, strict=True):
            assert _as_csv(value) == text, name
            assert _as_xlsx(value) == cell, name


def _as_csv(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.5f}"
    return {None: "", True: "true", False: "false"}.get(value, str(value)) if not isinstance(value, int) or isinstance(value, bool) else str(value)


def _as_xlsx(value: Any) -> Any:
    if isinstance(value, str):
        for read in (date.fromisoformat, _moment):
            try:
                return read(value)
            except ValueError:
                continue
    return "" if value is None else value


def _moment(value: str) -> datetime:
    if not value.endswith("Z"):
        raise ValueError(value)
    return datetime.fromisoformat(value).replace(tzinfo=None, microsecond=0)


def test_a_page_of_a_list_and_its_file_agree() -> None:
    for item, row in zip(ask("commitments", on="2023-05-01")["items"], ask_csv("commitments", on="2023-05-01"), strict=True):
        assert (item["key"], item["state"], item["promised_by"]["key"], item["due_on"]) == (
            row["key"],
            row["state"],
            row["promised_by"],
            row["due_on"],
        )
        assert row["on"] == "2023-05-01"


def test_a_file_has_all_rows_whatever_page_is_asked_for() -> None:
    assert len(ask_csv("measures", limit=2, page=2)) == 6


def test_a_file_is_narrowed_like_the_list() -> None:
    assert {row["agreement"] for row in ask_csv("parties", agreement="fi-2021-02")} == {"fi-2021-02"}
    assert [row["key"] for row in ask_csv("priorities", theme="digital")] == ["fi-2021-01-p2"]


def test_what_is_not_known_is_an_empty_cell_and_named_beside_it() -> None:
    row = ask_csv("agreements")[0]
    assert row["valid_from"] == ""
    assert row["not_in_sources"] == "version.valid_from=2026-11-24"
    assert "version.valid_to=seen:release" in row["evidence"].split()


def test_money_stands_in_cents() -> None:
    rows = {row["key"]: row for row in ask_csv("figures")}
    assert (rows["start-decision"]["exact_cents"], rows["start-decision"]["lower_cents"]) == ("492500000", "")
    assert (rows["north-year"]["lower_cents"], rows["north-year"]["upper_cents"], rows["north-year"]["qualifier"]) == (
        "90000000",
        "110000000",
        "about",
    )
    assert rows["north-year"]["currency"] == "EUR"


def test_files_say_what_they_are() -> None:
    found = {format_: _file("agreements", format_) for format_ in ("csv", "xlsx", "json")}
    assert {format_: response["Content-Type"] for format_, response in found.items()} == {
        "csv": "text/csv; charset=utf-8; header=present",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/json",
    }
    assert found["csv"]["Content-Disposition"] == 'attachment; filename="fi-2021-agreements-2026-11-24.csv"'
    assert _file("sources", "csv")["Content-Disposition"] == 'attachment; filename="fi-2021-sources.csv"'


def test_files_of_training_data_cannot_be_mistaken() -> None:
    response = _file("agreements", "csv", programme="harjoitus")
    assert response["Content-Disposition"] == 'attachment; filename="training-harjoitus-agreements-2026-11-24.csv"'
    assert {row["training"] for row in ask_csv("agreements", programme="harjoitus")} == {"true"}
    assert {row["training"] for row in ask_csv("agreements")} == {"false"}
    sheets = _sheets(_file("agreements", "xlsx", programme="harjoitus").content)
    assert list(sheets) == ["about", "agreements"]
    assert sheets["about"][1][0] == "notice"
    assert any("invented" in str(cell) for cell in sheets["about"][3])
    flat = _file("agreements", "json", programme="harjoitus").json()
    assert flat["training"] is True
    assert "invented" in flat["notice"]["en"]
    assert flat["items"][0]["training"] is True


def test_a_workbook_says_licence_and_operator_behind_the_table() -> None:
    assert list(_sheets(_file("agreements", "xlsx").content)) == ["agreements", "about"]
    notes = {row[0]: row[1] for row in _sheets(_file("agreements", "xlsx").content)["about"]}
    assert (notes["programme"], notes["training"]) == ("fi-2021", False)
    assert notes["licence"] == notes["operator"]
    assert notes["licence"].endswith(" / not set")
    PAGES.forget()
    with override_settings(OPERATOR="Kaupunki", DATA_LICENCE="CC-BY-4.0"):
        notes = {row[0]: row[1] for row in _sheets(_file("agreements", "xlsx").content)["about"]}
    assert (notes["licence"], notes["operator"]) == ("CC-BY-4.0", "Kaupunki")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
def test_the_same_data_give_the_same_bytes_whoever_asks(format_: str) -> None:
    first = _file("organisations", format_)
    PAGES.forget()
    again = Client().get(f"{PREFIX}organisations", {"format": format_}, headers={"Accept-Language": "sv"})
    assert first.content == again.content
    assert first["ETag"] == again["ETag"]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
def test_a_large_file_waits_on_disk_and_is_the_same_file(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small = _file("organisations", format_)
    PAGES.forget()
    monkeypatch.setattr(exports, "LARGEST_IN_MEMORY", 100)
    large = _file("organisations", format_)
    assert large.streaming
    assert b"".join(large.streaming_content) == small.content
    assert (large["ETag"], large["Content-Length"], large["Cache-Control"]) == (small["ETag"], str(len(small.content)), small["Cache-Control"])
    unchanged = Client().get(f"{PREFIX}organisations", {"format": format_}, headers={"If-None-Match": small["ETag"]})
    assert unchanged.status_code == 304


def test_a_mistake_in_the_last_row_is_an_error_and_not_a_shorter_file(monkeypatch: pytest.MonkeyPatch) -> None:
    original = exports.all_rows

    def failing(*given: Any) -> Iterator[Any]:
        yield from original(*given)
        raise RuntimeError("the last row cannot be read")

    monkeypatch.setattr(exports, "all_rows", failing)
    for format_ in ("csv", "xlsx", "json"):
        response = Client(raise_request_exception=False).get(f"{PREFIX}agreements", {"format": format_})
        assert response.status_code == 500
        assert json.loads(response.content)["code"] == "our-mistake"
