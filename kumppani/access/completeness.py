"""How much of an agreement is known: n of m items that reference/completeness.yaml lists, told from the evidence behind its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol

import yaml
from django.conf import settings

from kumppani.domain.sources.rules import Mark
from kumppani.kernel.text import Text

FIRM = frozenset({Mark.SEEN, Mark.ENTERED})
"""Marks of a fact that needs no word of caution."""


class Knowledge(StrEnum):
    """How much of an item is known."""

    KNOWN = "known"
    PARTLY = "partly"
    MISSING = "missing"


class Evidence(Protocol):
    """What the meter needs to know of a row of evidence."""

    kind: str
    key: str
    field: str
    chosen: bool
    mark: str
    looked_on: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """Something that ought to be known. `facts` are kinds of object and their fields; `looked_on` is when it was last looked for in general."""

    key: str
    label: Text
    facts: frozenset[str]
    looked_on: date


@dataclass(frozen=True, slots=True)
class Found:
    """An item and how much of it is known; `looked_on` is the day it was last looked for, told where something is missing."""

    item: Item
    knowledge: Knowledge
    looked_on: date


@dataclass(frozen=True, slots=True)
class Meter:
    """The items in the order in which they are shown: known ones first, missing ones last."""

    found: Sequence[Found]

    def count(self, knowledge: Knowledge) -> int:
        """How many items are known so far."""
        return sum(1 for found in self.found if found.knowledge is knowledge)

    @property
    def known(self) -> int:
        """The n of n of m."""
        return self.count(Knowledge.KNOWN)

    @property
    def partly(self) -> int:
        """Items of which something is known."""
        return self.count(Knowledge.PARTLY)

    @property
    def missing(self) -> int:
        """Items of which nothing is."""
        return self.count(Knowledge.MISSING)


def read_items(path: Path) -> tuple[Item, ...]:
    """The items in a file of the form of reference/completeness.yaml. `load-reference` has checked it."""
    return tuple(
        Item(entry["key"], Text(entry["label"]), frozenset(entry["facts"]), entry["looked_on"])
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


@cache
def items() -> tuple[Item, ...]:
    """The items of this installation, read once."""
    return read_items(settings.REFERENCE_FOLDER / "completeness.yaml")


def meter(wanted: Iterable[Item], evidence: Iterable[Evidence], measured: Mapping[str, str]) -> Meter:
    """Measures an agreement by the evidence of its facts. `measured`: the key of a figure → what it measures (a fact figure.WHAT).

    Known: every piece is firm. Missing: no piece, or all of them unknown. Partly: whatever lies between.
    """
    pieces = [(_fact(row, measured), row) for row in evidence if row.chosen]
    found = [_found(item, [row for fact, row in pieces if fact in item.facts]) for item in wanted]
    return Meter(sorted(found, key=lambda one: list(Knowledge).index(one.knowledge)))


def _fact(row: Evidence, measured: Mapping[str, str]) -> str:
    field = measured.get(row.key, "") if row.kind == "figure" else row.field.partition(".")[0]
    return f"{row.kind}.{field}"


def _found(item: Item, rows: Sequence[Evidence]) -> Found:
    looked = max([row.looked_on for row in rows if row.looked_on is not None], default=item.looked_on)
    return Found(item, _knowledge({row.mark for row in rows}), looked)


def _knowledge(marks: set[str]) -> Knowledge:
    if marks <= {Mark.UNKNOWN}:
        return Knowledge.MISSING
    return Knowledge.KNOWN if marks <= FIRM else Knowledge.PARTLY
