"""The matrix of a round drawn small: a block for each clause in each draft, in SVG's own units, so that sixteen drafts are seen at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kumppani.domain.rounds.rules import Cell

BLOCK, SEAM, HEAD = 30, 4, 34
"""Side of a block, the gap between two, and the room for numbers along the edges."""


@dataclass(frozen=True, slots=True)
class Block:
    """One cell: where it stands and what it is."""

    left: int
    top: int
    progress: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number along an edge: of a clause or of a draft."""

    left: int
    top: int
    words: str


@dataclass(frozen=True, slots=True)
class Lattice:
    """All of it."""

    width: int
    height: int
    blocks: tuple[Block, ...]
    numbers: tuple[Number, ...]


def lattice(rows: Sequence[Mapping[str, Cell]], drafts: Sequence[str]) -> Lattice:
    """Clauses from top to bottom, drafts from left to right, each numbered from one."""

    def place(number: int) -> int:
        return HEAD + number * (BLOCK + SEAM)

    blocks = [
        Block(place(column), place(row), cells[key].progress.value)
        for row, cells in enumerate(rows)
        for column, key in enumerate(drafts)
        if key in cells
    ]
    across = [Number(place(column) + BLOCK // 2, HEAD - 10, str(column + 1)) for column in range(len(drafts))]
    down = [Number(HEAD // 2 - 4, place(row) + BLOCK // 2 + 5, str(row + 1)) for row in range(len(rows))]
    return Lattice(place(len(drafts)) - SEAM, place(len(rows)) - SEAM, tuple(blocks), (*across, *down))
