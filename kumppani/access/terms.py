"""The words of the field in three languages, as reference/terms.yaml holds them: what they mean and how firmly each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from kumppani.kernel.text import LANGUAGES


class TermMark(StrEnum):
    """How firmly a term stands."""

    SEEN = "seen"
    BACKGROUND = "background"
    OURS = "ours"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Word:
    """What is printed, and what else is in use."""

    word: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One idea. `unsure` are the languages in which its word is not confirmed, `where` the pages on which it was seen."""

    number: int
    section: str
    words: Mapping[str, Word]
    meaning: str
    mark: TermMark
    unsure: frozenset[str]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenOn:
    """A page on which terms were seen."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms in their order, with the sections they stand in, the pages they were seen on and rules for their use."""

    terms: tuple[Term, ...]
    sections: Mapping[str, str]
    pages: Mapping[str, SeenOn]
    rules: tuple[str, ...]

    def not_confirmed(self, language: str) -> list[Term]:
        """Terms whose word in a language nobody has confirmed."""
        return [term for term in self.terms if language in term.unsure]


def read_glossary(path: Path) -> Glossary:
    """The glossary in a file of the form of reference/terms.yaml."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Glossary(
        terms=tuple(map(_term, given["terms"])),
        sections=given["sections"],
        pages={code: SeenOn(**page) for code, page in given["pages"].items()},
        rules=tuple(given["rules"]),
    )


def _term(given: Mapping[str, Any]) -> Term:
    return Term(
        number=given["number"],
        section=given["section"],
        words={language: Word(**given[language]) for language in LANGUAGES},
        meaning=given.get("meaning", ""),
        mark=TermMark(given["mark"]),
        unsure=frozenset(given.get("unsure", ())),
        where=tuple(filter(None, given.get("where", "").split(", "))),
    )


@cache
def glossary() -> Glossary:
    """The glossary of this installation, read once."""
    return read_glossary(settings.REFERENCE_FOLDER / "terms.yaml")
