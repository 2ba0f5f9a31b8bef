"""What a column of a list is, and the shapes that columns share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kumppani.access.evidence import Proofs
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import LANGUAGES, Message, _

LANGUAGE_NAMES = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}

Value = str | int | bool | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a list, as of a day, with the evidence behind it."""

    programme: Programme
    thing: Any
    day: date
    proofs: Proofs = field(default_factory=dict)


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for machines, its label for people, and how its value is read."""

    name: str
    label: Message
    get: Callable[[Row], Value]
    kind: Kind = Kind.TEXT


def at(path: str) -> Callable[[Row], Any]:
    """Reads attributes one after another, from the thing; nothing where one of them is nothing, or empty words."""
    names = path.split(".")

    def read(row: Row) -> Any:
        found = row.thing
        for name in names:
            if found is None:
                return None
            found = getattr(found, name)
        return None if found == "" else found

    return read


def keys(things: Iterable[Any]) -> str | None:
    """Keys with spaces between."""
    return " ".join(str(thing.key) for thing in things) or None


def plain(name: str, label: Message, path: str | None = None, kind: Kind = Kind.TEXT) -> Column:
    """A column that shows one attribute."""
    return Column(name, label, at(path or name), kind)


def words(name: str, label: Message, get: Callable[[Row], Mapping[str, str] | None] | None = None) -> tuple[Column, ...]:
    """Three columns: the same words in each language, empty where there are none."""
    read = get or at(name)

    def in_language(language: str) -> Callable[[Row], Value]:
        return lambda row: (read(row) or {}).get(language)

    label_in = {language: _("{label}, in {language}", label=label, language=LANGUAGE_NAMES[language]) for language in LANGUAGES}
    return tuple(Column(f"{name}_{language}", label_in[language], in_language(language)) for language in LANGUAGES)


def organisation(name: str, label: Message) -> tuple[Column, ...]:
    """Four columns: an organisation's key, and its name on the day of the row."""
    found = at(name)

    def called(row: Row) -> Mapping[str, str] | None:
        thing = found(row)
        return thing.name_on(row.day) if thing is not None else None

    return Column(name, label, at(f"{name}.key")), *words(f"{name}_name", _("{label}, name", label=label), called)
