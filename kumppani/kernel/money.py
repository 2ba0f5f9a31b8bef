"""Money is a whole number of cents; it is parsed and printed exactly, never through a float."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _


class Qualifier(StrEnum):
    """The word a source prints before a sum that is not exact."""

    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as a source states it, in cents: exact, or bounds with the source's own qualifier. One of the two, never both."""

    exact: int | None = None
    lower: int | None = None
    upper: int | None = None
    qualifier: Qualifier | None = None

    def check(self) -> None:
        """Refuses a sum that is both exact and bounded, or neither, negative, bounded without a word, or bounded backwards."""
        bounded = self.lower is not None or self.upper is not None
        if (self.exact is None) != bounded or bounded != (self.qualifier is not None):
            raise RuleBroken("amount-exact-or-bounds", _("A sum is either exact, or bounds with the word its source uses; not both and not neither."))
        if any(cents is not None and cents < 0 for cents in (self.exact, self.lower, self.upper)):
            raise RuleBroken("amount-negative", _("A published sum cannot be negative."))
        if self.lower is not None and self.upper is not None and self.upper < self.lower:
            raise RuleBroken("amount-bounds-order", _("The upper bound of a sum is below its lower bound."))
