"""Takes nodes apart into typed values. A node of the wrong shape is a problem, and a harmless value goes on so that all problems are told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kumppani.domain.sources.rules import NEED_SOURCE, Mark, SourceCard
from kumppani.imports.reference.facts import Differing, Fact, Place, Words
from kumppani.imports.reference.read import Node, Problems
from kumppani.kernel.ids import KEY
from kumppani.kernel.text import LANGUAGES, Text

Value = TypeVar("Value")
Parts = Mapping[str, Node]

BETWEEN_ITEMS = " · "
"""Joins the items of a list that a page prints, where they stand in one line."""

EVIDENCE = ("source", "as_of", "mark", "note", "also", "unknown", "looked_on")
MARKS_IN_FILES = frozenset(Mark) - {Mark.UNKNOWN, Mark.ENTERED}


@dataclass(frozen=True, slots=True)
class Shaper:
    """Knows the sources that may be cited; every method notes what is wrong in `problems`."""

    problems: Problems
    sources: Mapping[str, SourceCard]

    def parts(self, node: Node, required: Sequence[str], optional: Iterable[str] = ()) -> Parts:
        """The fields of a mapping; refuses unknown ones (typing errors) and missing ones."""
        if not isinstance(node.value, dict):
            self.problems.add(node.place, f"a mapping with {', '.join(required) or 'its fields'} is expected here")
            return {}
        known = {*required, *optional}
        for name in node.value.keys() - known:
            self.problems.add(node.keys[name], f"unknown field “{name}”; known here: {', '.join(sorted(known))}")
        for name in (name for name in required if name not in node.value):
            self.problems.add(node.place, f"the field “{name}” is missing")
        return {name: part for name, part in node.value.items() if name in known}

    def items(self, node: Node | None) -> list[Node]:
        """The parts of a list."""
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.problems.add(node.place, "a list is expected here")
            return []
        return node.value

    def text(self, node: Node | None) -> str:
        """Words: text, not empty."""
        if node is None:
            return ""
        if not isinstance(node.value, str) or not node.value.strip():
            self.problems.add(node.place, f"text is expected here, not {_described(node)}")
            return ""
        return node.value

    def optional_text(self, node: Node | None) -> str | None:
        """Words, or nothing."""
        return None if node is None or node.value is None else self.text(node) or None

    def key(self, node: Node | None) -> str:
        """One of our keys."""
        found = self.text(node)
        if node is not None and found and not KEY.match(found.replace("_", "-")):
            self.problems.add(node.place, f"“{found}” is not a key: small letters, digits and hyphens")
        return found

    def number(self, node: Node | None) -> int | None:
        """A whole number, not negative."""
        if node is None or node.value is None:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, int) or node.value < 0:
            self.problems.add(node.place, f"a whole number is expected here, not {_described(node)}")
            return None
        return node.value

    def day(self, node: Node | None) -> date | None:
        """A day as 2021-02-09."""
        if node is None or node.value is None:
            return None
        if not isinstance(node.value, date):
            self.problems.add(node.place, f"a day such as 2021-02-09 is expected here, not {_described(node)}")
            return None
        return node.value

    def one_of(self, node: Node | None, allowed: Iterable[str], meaning: str, *, tell: bool = True) -> str:
        """One of some codes. `tell`: the sentence lists them."""
        found = self.text(node)
        if node is not None and found and found not in set(allowed):
            self.problems.add(node.place, f"unknown {meaning} “{found}”" + (f"; known: {', '.join(sorted(allowed))}" if tell else ""))
            return ""
        return found

    def language(self, node: Node | None) -> str:
        """The code of a language."""
        return self.one_of(node, LANGUAGES, "language")

    def texts(self, node: Node | None) -> Text:
        """Our own words, in every language."""
        if node is None:
            return Text()
        parts = self.parts(node, LANGUAGES)
        return Text({language: self.text(part) for language, part in parts.items()})

    def words(self, node: Node | None, *, lists: bool = False) -> Words:
        """Words in every language, each with its evidence. `lists`: a language may give the items that a page prints."""
        if node is None:
            return Words({})
        parts = self.parts(node, LANGUAGES)
        return Words({language: self.wording_fact(part) if lists else self.fact(part, self.text) for language, part in parts.items()})

    def wording_fact(self, node: Node) -> Fact[str]:
        """A fact whose value is a sentence, or `items` in its place."""
        listed = isinstance(node.value, dict) and "items" in node.value
        return self.fact(node, self.joined, name="items") if listed else self.fact(node, self.text)

    def joined(self, node: Node) -> str:
        """The items of a printed list in one line."""
        return BETWEEN_ITEMS.join(self.text(part) for part in self.items(node))

    def fact(self, node: Node, read: Callable[[Node], Value | None], *, name: str = "value", more: Iterable[str] = ()) -> Fact[Value]:
        """A value with its evidence, or “unknown” with the day it was looked for. `more` are fields of other readers of the same mapping."""
        parts = self.parts(node, (), (name, *EVIDENCE, *more))
        note = self.texts(parts.get("note"))
        if "unknown" in parts:
            return self._unknown(node, parts, name, note)
        if name not in parts:
            self.problems.add(node.place, f"neither {name} nor unknown: true")
        if "looked_on" in parts:
            self.problems.add(parts["looked_on"].place, "looked_on belongs to what is unknown")
        mark = Mark(self.one_of(parts.get("mark"), MARKS_IN_FILES, "mark") or Mark.SEEN)
        source, as_of = self._source(node.place, parts, mark)
        also = tuple(filter(None, (self._differing(part) for part in self.items(parts.get("also")))))
        value = read(parts[name]) if name in parts else None
        return Fact(value, mark, node.place, source=source, as_of=as_of, note=note, also=also)

    def _unknown(self, node: Node, parts: Parts, name: str, note: Text) -> Fact[Value]:
        if parts["unknown"].value is not True:
            self.problems.add(parts["unknown"].place, "unknown can only be true")
        for other in (name, "source", "as_of", "mark", "also"):
            if other in parts:
                self.problems.add(parts[other].place, f"what is unknown has no {other}")
        looked_on = self.day(parts.get("looked_on"))
        if looked_on is None:
            self.problems.add(node.place, "what is unknown needs looked_on: the day it was last looked for")
        return Fact(None, Mark.UNKNOWN, node.place, looked_on=looked_on, note=note)

    def _source(self, place: Place, parts: Parts, mark: Mark) -> tuple[str | None, date | None]:
        source, as_of = self.optional_text(parts.get("source")), self.day(parts.get("as_of"))
        if source is None and mark in NEED_SOURCE:
            self.problems.add(place, "a value needs a source, or the mark “ours”")
        if source is not None and source not in self.sources:
            self.problems.add(parts["source"].place, f"unknown source “{source}”: it is not in sources.yaml")
        if as_of is None:
            self.problems.add(place, "a value needs as_of: the day for which its source says so")
        return source, as_of

    def _differing(self, node: Node) -> Differing | None:
        listed = isinstance(node.value, dict) and "items" in node.value
        name = "items" if listed else "wording"
        parts = self.parts(node, (name, "language", "source", "as_of"), ("note",))
        wording = self.joined(parts["items"]) if listed else self.text(parts.get(name))
        source, as_of = self._source(node.place, parts, Mark.SEEN) if {"source", "as_of"} <= parts.keys() else (None, None)
        language = self.language(parts.get("language"))
        if not (wording and language and source and as_of):
            return None
        return Differing(wording, language, source, as_of, self.texts(parts.get("note")), node.place)


def _described(node: Node) -> str:
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list"
    return "nothing" if node.value in {None, ""} else f"“{node.value}”"
