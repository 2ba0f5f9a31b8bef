"""The evidence of what a page shows, found by object and field; one query for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from kumppani.kernel.text import LANGUAGES


class Evidence(Protocol):
    """What pages need to know of a row of evidence."""

    kind: str
    key: str
    field: str
    chosen: bool
    mark: str
    looked_on: date | None


class EvidenceBook:
    """Rows of evidence by (kind, key, field): the chosen one, and those that say otherwise."""

    def __init__(self, rows: Iterable[Evidence]) -> None:
        self._chosen: dict[tuple[str, str, str], Evidence] = {}
        self._others: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
        for row in rows:
            place = (row.kind, row.key, row.field)
            if row.chosen:
                self._chosen[place] = row
            else:
                self._others[place].append(row)

    def chosen(self, kind: str, key: str, field: str) -> Evidence | None:
        """What stands behind the value that is printed."""
        return self._chosen.get((kind, key, field))

    def chosen_text(self, kind: str, key: str, field: str, language: str) -> Evidence | None:
        """Likewise for localised words: of the reader's language, else of the first there is."""
        found = (self.chosen(kind, key, f"{field}.{choice}") for choice in (language, *LANGUAGES))
        return next((row for row in found if row is not None and row.mark != "unknown"), None) or self.chosen(kind, key, field)

    def others(self, kind: str, key: str, field: str) -> list[Evidence]:
        """What differing sources print for the same."""
        return self._others.get((kind, key, field), [])

    def all_others(self) -> dict[tuple[str, str, str], list[Evidence]]:
        """Every field on which sources differ."""
        return dict(self._others)
