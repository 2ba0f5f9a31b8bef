"""Reads an XLSX file that anybody may have sent: cells with their types, and the places of formulas and merged cells.

Read here and not by a library for two reasons: formulas must be seen, where libraries show the value last computed; and a cell far away
(XFD1048576) must cost one cell, where libraries set aside the whole rectangle up to it. Only the standard library; nothing is executed or fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.parsers import expat

from kumppani.kernel.errors import RuleBroken, TooLarge
from kumppani.kernel.text import _

LARGEST_UNPACKED = 64_000_000
"""Bytes of all parts of a file together, unpacked."""

MOST_CELLS = 400_000
"""Cells with something in them, of all sheets together: ten times what 2,000 rows take."""

MOST_PARTS = 500
_BUILT_IN_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the formats for days and times that every spreadsheet program knows."""

_UNSAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell with an error or with something that is no value."""

    words: str


Value = str | int | float | bool | date | datetime | Unreadable


@dataclass(slots=True)
class RawSheet:
    """A sheet as it was sent: only cells with something in them, by (row, column) from 1."""

    name: str
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def open_workbook(content: bytes) -> list[RawSheet]:
    """The sheets in their order. Refuses what is no XLSX file, is damaged, holds macros, or unpacks to more than any workbook needs."""
    parts = _parts(content)
    try:
        texts = _texts(parts["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in parts else []
        days = _day_styles(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else frozenset()
        listed, epoch = _listed(parts)
        return _sheets(parts, listed, texts, days, epoch)
    except (expat.ExpatError, KeyError, ValueError, UnicodeError) as error:
        raise RuleBroken("workbook-broken", _("The file is damaged: it cannot be read as an XLSX workbook.")) from error


def _sheets(parts: Mapping[str, bytes], listed: Sequence[tuple[str, str]], texts: list[str], days: frozenset[int], epoch: date) -> list[RawSheet]:
    sheets: list[RawSheet] = []
    for name, path in listed:
        if path in parts:
            room = MOST_CELLS - sum(len(sheet.cells) for sheet in sheets)
            sheets.append(_Reading(RawSheet(name), texts, days, epoch, room).read(parts[path]))
    return sheets


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise TooLarge("workbook-unpacks-too-large", _("The file unpacks to more than a workbook of an agreement ever holds."))
            if any(info.filename.lower().endswith("vbaproject.bin") for info in infos):
                raise RuleBroken("workbook-with-macros", _("The file holds macros. Save it as an ordinary workbook (.xlsx)."))
            return {info.filename.lstrip("/"): _unpacked(archive, info) for info in infos if info.filename.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise RuleBroken("not-a-workbook", _("The file is not an XLSX workbook, or it is damaged or locked with a password.")) from error


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Exactly as many bytes as the part says it has: one that says less than it holds fails its checksum instead of filling the memory."""
    with archive.open(info) as part:
        return part.read(info.file_size) if info.file_size else b""


Start = Callable[[str, dict[str, str]], None]


def _parse(content: bytes, start: Start, end: Callable[[str], None], words: Callable[[str], None]) -> None:
    """Local names only: a prefix says nothing here. A document type is refused: no workbook has one, and it can define what explodes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_given: object) -> None:
        raise ValueError("a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = words
    parser.Parse(content, True)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _texts(content: bytes) -> list[str]:
    """The texts that cells share; readings of characters (rPh) are no part of them."""
    found: list[str] = []
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, _given: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name in inside:
            inside[name] = True

    def end(name: str) -> None:
        if name == "si":
            found.append(_unescaped("".join(pieces)))
        elif name in inside:
            inside[name] = False

    _parse(content, start, end, lambda words: pieces.append(words) if inside["t"] and not inside["rPh"] else None)
    return found


def _day_styles(content: bytes) -> frozenset[int]:
    """Numbers of the cell styles that show days."""
    codes: dict[int, str] = {}
    used: list[int] = []
    inside: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name == "numFmt" and "numFmtId" in given:
            codes[int(given["numFmtId"])] = given.get("formatCode", "")
        elif name == "cellXfs":
            inside.append(name)
        elif name == "xf" and inside:
            used.append(int(given.get("numFmtId", "0")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside.clear()

    _parse(content, start, end, lambda _words: None)
    return frozenset(place for place, code in enumerate(used) if code in _BUILT_IN_DAYS or _shows_days(codes.get(code, "")))


def _shows_days(code: str) -> bool:
    said = _UNSAID.sub("", code).lower()
    return "general" not in said and any(letter in said for letter in "dmyhs")


def _listed(parts: Mapping[str, bytes]) -> tuple[list[tuple[str, str]], date]:
    """Names of the sheets with their parts, and the day from which days are counted."""
    targets: dict[str, str] = {}
    listed: list[tuple[str, str]] = []
    epoch = [date(1899, 12, 30)]

    def related(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            target = given.get("Target", "")
            targets[given.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def named(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            identifier = next((value for key, value in given.items() if key.rpartition(":")[2] == "id" and ":" in key), "")
            listed.append((given.get("name", "?")[:80], targets.get(identifier, "")))
        elif name == "workbookPr" and given.get("date1904") in {"1", "true"}:
            epoch[0] = date(1904, 1, 1)

    _parse(parts["xl/_rels/workbook.xml.rels"], related, lambda _name: None, lambda _words: None)
    _parse(parts["xl/workbook.xml"], named, lambda _name: None, lambda _words: None)
    return listed, epoch[0]


class _Reading:
    """One sheet while it is read."""

    def __init__(self, sheet: RawSheet, texts: list[str], days: frozenset[int], epoch: date, room: int) -> None:
        self.sheet, self.texts, self.days, self.epoch, self.room = sheet, texts, days, epoch, room
        self.row = self.column = 0
        self.type, self.style = "n", 0
        self.pieces: list[str] = []
        self.takes_words = self.in_reading = False

    def read(self, content: bytes) -> RawSheet:
        """Fills the sheet."""
        _parse(content, self._start, self._end, self._words)
        return self.sheet

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._cell(given)
        elif name in {"v", "t"}:
            self.takes_words = not self.in_reading
        elif name == "rPh":
            self.in_reading = True
        elif name == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
        elif name == "f":
            self.sheet.formulas.append((self.row, self.column))
            self._take(self.sheet.formulas)
        elif name == "mergeCell":
            self.sheet.merged.append(given.get("ref", "?")[:20])
            self._take(self.sheet.merged)

    def _take(self, places: Sized) -> None:
        """Refuses more than any workbook needs before it fills the memory."""
        if len(places) > self.room:
            raise TooLarge("workbook-too-many-cells", _("The file has more cells than a workbook of an agreement ever holds."))

    def _cell(self, given: dict[str, str]) -> None:
        place = _PLACE.match(given["r"]) if "r" in given else None
        if "r" in given and place is None:
            raise ValueError("a cell without a place")
        if place:
            self.column = 0
            for letter in place[1].upper():
                self.column = self.column * 26 + ord(letter) - ord("A") + 1
            self.row = int(place[2])
        else:
            self.column += 1
        self.type, self.style = given.get("t", "n"), int(given.get("s", "0"))
        self.pieces.clear()

    def _words(self, words: str) -> None:
        if self.takes_words:
            self.pieces.append(words)

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.takes_words = False
        elif name == "rPh":
            self.in_reading = False
        elif name == "c":
            text = "".join(self.pieces)
            if text and (value := self._value(text)) != "":
                self.sheet.cells[self.row, self.column] = value
                self._take(self.sheet.cells)

    def _value(self, text: str) -> Value:
        try:
            if self.type == "s":
                return self.texts[int(text)]
            if self.type in {"str", "inlineStr"}:
                return _unescaped(text)
            if self.type == "b":
                return text.strip() in {"1", "true"}
            if self.type == "d":
                return _plain_day(datetime.fromisoformat(text))
            return self._number(float(text)) if self.type == "n" else Unreadable(text[:40])
        except (ValueError, IndexError, OverflowError):
            return Unreadable(text[:40])

    def _number(self, number: float) -> Value:
        if self.style in self.days:
            moment = datetime.combine(self.epoch, datetime.min.time()) + timedelta(days=number)
            return _plain_day(moment)
        return int(number) if number == int(number) else number


def _plain_day(moment: datetime) -> date | datetime:
    return moment if moment.time() != datetime.min.time() else moment.date()
