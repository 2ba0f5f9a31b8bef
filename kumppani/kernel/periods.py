"""Stretches of days. Both ends belong to the period; None is an end nobody has set (or nobody knows)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _


@dataclass(frozen=True, slots=True)
class Period:
    """From–to in whole days, ends included."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return (self.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (self.end or date.max)

    def check_order(self) -> None:
        """Refuses an end before the start."""
        if self.start and self.end and self.end < self.start:
            raise RuleBroken(
                "end-before-start", _("The end {end} is before the start {start}.", end=self.end.isoformat(), start=self.start.isoformat())
            )


def first_overlap(periods: Iterable[Period]) -> tuple[Period, Period] | None:
    """Two periods that share a day, earliest first, or None when none do."""
    ordered = sorted(periods, key=lambda period: (period.start or date.min, period.end or date.max))
    return next(((left, right) for left, right in pairwise(ordered) if left.overlaps(right)), None)
