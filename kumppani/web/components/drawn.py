"""What the drawn parts measure: blocks of completeness and bars of money, in SVG's own units, so that no page needs a style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kumppani.kernel.money import Amount

BLOCK = 30
"""Width and height of a block."""

SEAM = 3
"""The gap between two."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that should be known: its name, `known`, `partly` or `missing`, and when it was last looked for."""

    label: str
    level: str
    looked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block: where it begins, how it is drawn, and its outline."""

    left: int
    level: str
    outline: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """All of them, with what they count."""

    width: int
    blocks: tuple[Block, ...]
    known: int
    partly: int
    missing: int

    @property
    def total(self) -> int:
        """How many things should be known."""
        return len(self.blocks)


def blocks(levels: Sequence[str]) -> Blocks:
    """Completeness as blocks in a row, the last one round on its right like the mark."""
    drawn = tuple(Block(place * (BLOCK + SEAM), level, _outline(is_last=place == len(levels) - 1)) for place, level in enumerate(levels))
    return Blocks(len(levels) * (BLOCK + SEAM) - SEAM, drawn, levels.count("known"), levels.count("partly"), levels.count("missing"))


def _outline(*, is_last: bool) -> str:
    # Strokes are two units wide and lie half outside: everything is drawn one unit in.
    return "M1 1H15A14 14 0 0 1 15 29H1Z" if is_last else "M1 1H29V29H1Z"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sum as somebody states it, for a bar: its label, the words beside it, the sum, whose side it is (state, city or none), who says so."""

    label: str
    printed: str
    amount: Amount
    side: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: filled up to `sure` per cent of the longest, open up to `most` where the source gives bounds."""

    label: str
    note: str
    printed: str
    side: str
    sure: str
    most: str


def bars(statements: Iterable[Statement]) -> list[Bar]:
    """Sums drawn from zero on one scale, so that two per cent looks like two per cent. Never summed, never stacked."""
    given = list(statements)
    longest = max((_most(statement.amount) for statement in given), default=0)
    return [
        Bar(
            statement.label,
            statement.note,
            statement.printed,
            statement.side,
            _per_cent(_least(statement.amount), longest),
            _per_cent(_most(statement.amount), longest),
        )
        for statement in given
    ]


def _least(amount: Amount) -> int:
    return amount.exact if amount.exact is not None else amount.lower or 0


def _most(amount: Amount) -> int:
    bounds = (amount.exact, amount.upper, amount.lower)
    return next((cents for cents in bounds if cents is not None), 0)


def _per_cent(part: int, whole: int) -> str:
    """Tenths of a per cent as SVG writes them, by whole numbers only."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def share(part: int, whole: int) -> int:
    """Whole per cent, rounded down, between 0 and 100."""
    return max(0, min(100, part * 100 // whole)) if whole > 0 else 0
