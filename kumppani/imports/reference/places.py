"""Builds municipalities from the long table: one row a fact (municipality, field, qualifier). The qualifier is a language, a version, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from kumppani.domain.parties.rules import REGION_LEVELS
from kumppani.imports.reference.facts import Area, Fact, Municipality, Place, Words
from kumppani.imports.reference.read import Node, Problems, Row
from kumppani.imports.reference.shape import Shaper
from kumppani.kernel.text import LANGUAGES

COLUMNS = ("municipality", "field", "qualifier", "value", "source", "as_of", "mark", "looked_on")
POINT_KINDS = frozenset({"town_centre", "area_centre"})
BY_LANGUAGE = frozenset({"name", "language_status"})
PLAIN = frozenset({"latitude", "longitude", "point_kind"})
CODES = {f"{level}_code": level for level in REGION_LEVELS}
NAMES = {f"{level}_name": level for level in REGION_LEVELS}


@dataclass(slots=True)
class _Found:
    """The rows of one municipality, by field and qualifier."""

    place: Place
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)


def municipalities(rows: Iterable[Row], shape: Shaper) -> tuple[Municipality, ...]:
    """The municipalities in the order in which they first stand in the table."""
    found: dict[str, _Found] = {}
    for row in rows:
        name, qualifier = row.cells["field"], row.cells["qualifier"]
        if wrong := _wrong_place(name, qualifier):
            shape.problems.add(row.place, wrong)
            continue
        one = found.setdefault(row.cells["municipality"], _Found(row.place))
        if (name, qualifier) in one.rows:
            shape.problems.add(row.place, f"{row.cells['municipality']} has “{name}” “{qualifier}” twice")
        one.rows[name, qualifier] = row
    return tuple(filter(None, (_municipality(code, one, shape) for code, one in found.items())))


def _wrong_place(name: str, qualifier: str) -> str:
    """What is wrong with a field and its qualifier, or nothing."""
    version, _dot, language = qualifier.rpartition(".")
    if name in BY_LANGUAGE and qualifier not in LANGUAGES:
        return f"unknown language “{qualifier}” of the field {name}"
    if name in NAMES and (language not in LANGUAGES or not version.isdigit()):
        return f"the qualifier of {name} is a year and a language, such as 2025.fi, not “{qualifier}”"
    if name in CODES and not qualifier.isdigit():
        return f"the qualifier of {name} is the year of the codes, not “{qualifier}”"
    if name in PLAIN and qualifier:
        return f"the field {name} takes no qualifier"
    if name not in BY_LANGUAGE | PLAIN | CODES.keys() | NAMES.keys():
        return f"unknown field “{name}”"
    return ""


def _municipality(code: str, found: _Found, shape: Shaper) -> Municipality | None:
    rows = found.rows
    missing = [name for name in (*PLAIN, "name") if (name, "") not in rows and not any(key[0] == name for key in rows)]
    if not code or missing:
        shape.problems.add(found.place, f"municipality “{code}” lacks {', '.join(sorted(missing)) or 'its code'}")
        return None
    return Municipality(
        code,
        _words(rows, "name", "", shape),
        tuple(_areas(rows, found.place, shape)),
        shape.fact(_node(rows["latitude", ""], shape.problems), _degrees(shape, 90)),
        shape.fact(_node(rows["longitude", ""], shape.problems), _degrees(shape, 180)),
        shape.fact(_node(rows["point_kind", ""], shape.problems), lambda node: shape.one_of(node, POINT_KINDS, "kind of point")),
        _words(rows, "language_status", "", shape),
        found.place,
    )


def _areas(rows: dict[tuple[str, str], Row], place: Place, shape: Shaper) -> Iterable[Area]:
    codes = {(CODES[name], version) for name, version in rows if name in CODES}
    named = {(NAMES[name], qualifier.partition(".")[0]) for name, qualifier in rows if name in NAMES}
    for level, version in sorted(codes ^ named):
        shape.problems.add(place, f"{level} {version} needs both a code and a name")
    for level, version in sorted(codes & named):
        code: Fact[str] = shape.fact(_node(rows[f"{level}_code", version], shape.problems), shape.text)
        yield Area(level, version, code, _words(rows, f"{level}_name", f"{version}.", shape))


def _words(rows: dict[tuple[str, str], Row], name: str, prefix: str, shape: Shaper) -> Words:
    present = [language for language in LANGUAGES if (name, prefix + language) in rows]
    return Words({language: shape.fact(_node(rows[name, prefix + language], shape.problems), shape.text) for language in present})


def _degrees(shape: Shaper, limit: int) -> Callable[[Node], Decimal | None]:
    def read(node: Node) -> Decimal | None:
        try:
            degrees = Decimal(str(node.value))
        except InvalidOperation:
            degrees = Decimal("NaN")
        if degrees.is_finite() and -limit <= degrees <= limit:
            return degrees
        shape.problems.add(node.place, f"“{node.value}” is not a number of degrees between -{limit} and {limit}")
        return None

    return read


def _node(row: Row, problems: Problems) -> Node:
    """The row's evidence in the shape that a YAML file would have it in."""
    parts: dict[str, Node] = {}
    for name in ("value", "source", "as_of", "mark", "looked_on"):
        if text := row.cells[name]:
            parts[name] = Node(_day(text, row.place, problems) if name in {"as_of", "looked_on"} else text, row.place)
    if "value" not in parts and "looked_on" in parts:
        parts["unknown"] = Node(True, row.place)
    return Node(parts, row.place, dict.fromkeys(parts, row.place))


def _day(text: str, place: Place, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.add(place, f"{text} is not a day of the calendar")
        return None
