"""Where a city region is: as a table of codes, and as a mark on the map of the country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kumppani.access import whole
from kumppani.web.components import atlas
from kumppani.web.portal.present import REGION_LEVELS
from kumppani.web.templatetags.kumppani import plain


class Column(NamedTuple):
    """A classification of areas in one version."""

    label: str
    level: str
    version: str


class Row(NamedTuple):
    """A municipality; for each column the area it lies in, or None."""

    municipality: Any
    is_core: bool
    cells: Sequence[tuple[Column, whole.Area | None]]


class Grid(NamedTuple):
    """The city region as a table."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def grid(places: Sequence[whole.Place]) -> Grid:
    """Municipalities by rows, classifications by columns: the largest areas first, each classification's versions in order."""
    levels = list(REGION_LEVELS)
    kinds = sorted({(area.level, area.version) for one in places for area in one.areas}, key=lambda kind: (levels.index(kind[0]), kind[1]))
    columns = [Column(str(REGION_LEVELS[level]), level, version) for level, version in kinds]
    return Grid(columns, [Row(one.municipality, one.is_core, [(column, _area(one, column)) for column in columns]) for one in places])


def _area(one: whole.Place, column: Column) -> whole.Area | None:
    return next((area for area in one.areas if (area.level, area.version) == (column.level, column.version)), None)


def small_map(country: str, places: Sequence[whole.Place]) -> atlas.Atlas | None:
    """Where in the country it is. No map where we have no outline to show it on, or no point."""
    spots = tuple(_spot(one.municipality) for one in places if one.municipality.latitude is not None)
    found = atlas.draw(country, spots) if spots else None
    return found if found and found.outline else None


def _spot(municipality: Any) -> atlas.Spot:
    return atlas.Spot(municipality.key, plain(municipality.name), "", float(municipality.longitude), float(municipality.latitude))
