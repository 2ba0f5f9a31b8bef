"""Published money on a page: statements beside each other, drawn on one scale only where they speak of the same kind of money. Never summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kumppani.kernel.periods import Period
from kumppani.web.components.drawn import Statement
from kumppani.web.portal.present import amount_words
from kumppani.web.templatetags.kumppani import day, plain


@dataclass(frozen=True, slots=True)
class Line:
    """A statement: its figure (a publishing.Figure with its source), the sum in words, whether it is the agreement's own, the time it speaks of."""

    figure: Any
    printed: str
    is_own: bool
    period: Period


@dataclass(frozen=True, slots=True)
class Comparison:
    """Statements about the same kind of money; `drawn` is empty where there is nothing to compare."""

    lines: Sequence[Line]
    drawn: Sequence[Statement]

    @property
    def is_own(self) -> bool:
        """Whether some of them speak of the agreement itself."""
        return any(line.is_own for line in self.lines)


def comparisons(figures: Iterable[Any], side_of: Callable[[Any], str]) -> list[Comparison]:
    """Figures in their order, those that can be compared together. `side_of`: whose money a bar shows (state, city or neither)."""
    return [_comparison(together, side_of) for together in _together(list(figures))]


def _together(figures: Sequence[Any]) -> list[list[Any]]:
    """Comparable are statements of one group (sources about the same thing), and those that measure the same on the same basis."""
    found: list[list[Any]] = []
    for figure in figures:
        alike = [together for together in found if any(_comparable(figure, other) for other in together)]
        merged = [other for together in alike for other in together]
        found = [together for together in found if together not in alike]
        found.append([*merged, figure])
    order = {figure.key: place for place, figure in enumerate(figures)}
    return sorted((sorted(together, key=lambda one: order[one.key]) for together in found), key=lambda together: order[together[0].key])


def _comparable(one: Any, other: Any) -> bool:
    same_group = bool(one.group) and one.group == other.group
    return bool(same_group or (one.measures == other.measures and one.basis == other.basis))


def _comparison(figures: Sequence[Any], side_of: Callable[[Any], str]) -> Comparison:
    lines = [
        Line(figure, amount_words(figure.amount), figure.agreement_id is not None, Period(figure.period_from, figure.period_to)) for figure in figures
    ]
    if len(lines) < 2:
        return Comparison(lines, [])
    return Comparison(lines, [_statement(line, side_of) for line in lines])


def _statement(line: Line, side_of: Callable[[Any], str]) -> Statement:
    figure = line.figure
    said = f"{plain(figure.source.publisher)}, {day(figure.as_of)}"
    return Statement(plain(figure.label), line.printed, figure.amount, side_of(figure), said)
