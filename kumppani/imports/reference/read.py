"""Reads YAML and CSV into values that remember their file and line. What cannot be read is a problem, never a guess."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

import yaml

from kumppani.imports.reference.facts import Place
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message

Scalar = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in the files: where, and a sentence for the operator."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.sentence}"


class ReferenceRefused(RuleBroken):
    """The files cannot be taken as they are: all that is wrong with them, by file and line. Nothing was changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("reference-refused", Message("{problems}", problems="\n".join(map(str, problems))))
        self.problems = problems


@dataclass(slots=True)
class Problems:
    """What was found wrong so far; reading goes on after a problem, so that all are told at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, sentence: str) -> None:
        """Notes a problem."""
        self.found.append(Problem(place, sentence))

    def refuse(self) -> None:
        """Raises all that was found, sorted by file and line; does nothing when nothing was."""
        if self.found:
            raise ReferenceRefused(tuple(sorted(set(self.found))))


@dataclass(frozen=True, slots=True)
class Node:
    """A value read from a file: a scalar, a list or a mapping of nodes. `keys` are the places of a mapping's keys."""

    value: Scalar | list[Node] | dict[str, Node]
    place: Place
    keys: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a CSV file: column → text as written."""

    cells: Mapping[str, str]
    place: Place


def read_text(path: Path, problems: Problems) -> str | None:
    """The file's text in UTF-8, or None with a problem."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.add(Place(path.name, 1), "the file is missing")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path.name, data.count(b"\n", 0, error.start) + 1)
        problems.add(place, f"not UTF-8: byte 0x{data[error.start]:02x} cannot be read; save the file in UTF-8")
        return None


def read_yaml(path: Path, problems: Problems) -> Node | None:
    """The one document of a YAML file, or None with a problem."""
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(Place(path.name, mark.line + 1 if mark else 1), f"malformed YAML: {error.problem or error.context}")
        return None
    except yaml.reader.ReaderError as error:
        place = Place(path.name, text.count("\n", 0, error.position) + 1)
        problems.add(place, f"malformed YAML: character U+{ord(text[error.position]):04X} is not allowed")
        return None
    except RecursionError:
        problems.add(Place(path.name, 1), "malformed YAML: nested too deeply")
        return None
    if root is None:
        problems.add(Place(path.name, 1), "the file is empty")
        return None
    return _Converter(path.name, problems).node(root)


@dataclass(slots=True)
class _Converter:
    """Turns PyYAML's nodes into ours."""

    file: str
    problems: Problems
    seen: set[int] = field(default_factory=set)

    def node(self, node: yaml.Node) -> Node:
        place = Place(self.file, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return Node(self.scalar(node, place), place)
        if id(node) in self.seen:
            self.problems.add(place, "aliases (*name) are not used here: write the value out")
            return Node(None, place)
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return Node([self.node(part) for part in node.value], place)
        return self.mapping(node, place)

    def mapping(self, node: yaml.Node, place: Place) -> Node:
        parts: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key_place = Place(self.file, key_node.start_mark.line + 1)
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key in parts:
                self.problems.add(key_place, f"“{key}” stands twice in the same mapping")
            parts[key], keys[key] = self.node(value_node), key_place
        return Node(parts, place, keys)

    def scalar(self, node: yaml.ScalarNode, place: Place) -> Scalar:
        kind, text = node.tag.rpartition(":")[2], str(node.value)
        try:
            match kind:
                case "null":
                    return None
                case "bool":
                    return text.lower() in {"true", "yes", "on"}
                case "int":
                    return int(text)
                case "float":
                    return float(text)
                case "timestamp":
                    return date.fromisoformat(text)
        except ValueError:
            meant = "a day of the calendar" if kind == "timestamp" else "a number (a code with a leading zero goes in quotes)"
            self.problems.add(place, f"{text} is not {meant}")
            return None
        return text


def read_csv(path: Path, columns: tuple[str, ...], problems: Problems) -> list[Row]:
    """The rows of a CSV file with exactly these columns; a malformed row is a problem and left out."""
    text = read_text(path, problems)
    if text is None:
        return []
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for number, cells in enumerate(reader):
            place, start = Place(path.name, start), reader.line_num + 1
            if number == 0 and tuple(cells) != columns:
                problems.add(place, f"the columns must be {','.join(columns)}")
                return []
            if number and len(cells) != len(columns):
                problems.add(place, f"{len(cells)} cells instead of {len(columns)}")
            elif number:
                rows.append(Row(dict(zip(columns, cells, strict=True)), place))
    except csv.Error as error:
        problems.add(Place(path.name, start), f"malformed CSV: {error}")
    if start == 1:
        problems.add(Place(path.name, 1), "the file is empty")
    return rows
