"""The difference between two texts by words, and between two versions by clauses. Nothing is lost: both texts can be read out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kumppani.domain.agreements.wording import Worded
from kumppani.kernel.text import Text

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share a fate."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in one language, before and after. A number is None where the clause does not stand."""

    key: str
    number_before: int | None
    number_after: int | None
    heading: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether a word differs, or the clause is new or gone. Moving alone is no change of words."""
        appeared_or_went = (self.number_before is None) != (self.number_after is None)
        return appeared_or_went or any(piece.mark is not Mark.KEPT for piece in (*self.heading, *self.body))


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order; what was deleted stands before what came in its place."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    pieces: list[Piece] = []
    for tag, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(pieces, Mark.KEPT, before[start:end])
        else:
            _add(pieces, Mark.DELETED, before[start:end])
            _add(pieces, Mark.INSERTED, after[from_:to])
    return tuple(pieces)


def _add(pieces: list[Piece], mark: Mark, words: list[str]) -> None:
    if words:
        pieces.append(Piece(mark, "".join(words)))


def text_after(pieces: Iterable[Piece]) -> str:
    """The new text: without what was deleted."""
    return "".join(piece.words for piece in pieces if piece.mark is not Mark.DELETED)


def text_before(pieces: Iterable[Piece]) -> str:
    """The old text: without what was inserted."""
    return "".join(piece.words for piece in pieces if piece.mark is not Mark.INSERTED)


def redline_of_clauses(before: Iterable[Worded], after: Iterable[Worded], language: str) -> list[ClauseChange]:
    """Two versions clause by clause in one language, in the order of the new one; clauses that are gone stand last."""
    old: Mapping[str, Worded] = {clause.code: clause for clause in before}
    new: Mapping[str, Worded] = {clause.code: clause for clause in after}
    return [_change(key, old.get(key), new.get(key), language) for key in (*new, *(key for key in old if key not in new))]


def _change(key: str, old: Worded | None, new: Worded | None, language: str) -> ClauseChange:
    def said(clause: Worded | None, field: str) -> str:
        words: Text = getattr(clause, field) if clause else Text()
        return words.get(language, "")

    return ClauseChange(
        key,
        old.number if old else None,
        new.number if new else None,
        redline(said(old, "heading"), said(new, "heading")),
        redline(said(old, "body"), said(new, "body")),
    )
