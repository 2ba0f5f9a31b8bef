"""The map of city regions, drawn on the server: an outline where we have one, marks where the cities are, labels that touch nothing.

No label is placed by hand. Each is tried on four sides of its mark; the side that disturbs least is taken, and all are looked at again
until nothing moves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kumppani.web.components.projection import Frame, project

LETTER = 0.57
"""Width of an average letter of the labels' font, in font sizes; rather too wide than too narrow."""

ASCENT, DESCENT = 1.0, 0.3
"""Of a line of that font, in font sizes."""

SMALL, LARGE = 14.5, 18.0
"""Font sizes, in units of the drawing: beside the name stands the rest of the region in the smaller one; on a phone the name alone, larger."""

MARK = (9.8, 6.0)
"""Half the width and height of a mark."""

MARGIN = 8.0
"""Around all that is drawn."""

SCHEMATIC_SIZE = 300.0
"""Longer side of a map without an outline."""

ROUNDS = 6
"""How often all labels are looked at again, at most."""


class Box(NamedTuple):
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Spot(NamedTuple):
    """A city region to be marked: its key, its core's name, what else belongs to it, and the core's degrees."""

    key: str
    name: str
    extra: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Label:
    """On which side of its mark a name stands, where from the mark it begins, and the room it takes on the drawing."""

    side: str
    x: str
    y: str
    box: Box

    @property
    def anchor(self) -> str:
        """SVG's text-anchor."""
        return {"left": "end", "right": "start"}.get(self.side, "middle")


@dataclass(frozen=True, slots=True)
class Marked:
    """A spot as drawn."""

    spot: Spot
    x: float
    y: float
    label: Label

    @property
    def at(self) -> str:
        """Its place as SVG's translate: written here, since a template would write a Finnish decimal comma."""
        return f"translate({self.x:g} {self.y:g})"

    @property
    def mark_box(self) -> Box:
        """The room its mark takes."""
        return _mark_box(self.x, self.y)


@dataclass(frozen=True, slots=True)
class Atlas:
    """The whole drawing. Without an outline it is schematic."""

    view_box: str
    outline: str
    marks: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class _Outline:
    frame: Frame
    width: float
    height: float
    path: str
    points: tuple[tuple[float, float], ...]


@lru_cache(maxsize=1)
def _finland() -> _Outline:
    given = json.loads((Path(__file__).parent / "finland.json").read_text())
    points = tuple(tuple(map(float, pair.split())) for pair in given["path"].replace("M", "L").replace("Z", "").split("L") if pair)
    return _Outline(Frame(given["left"], given["top"], given["scale"]), given["width"], given["height"], given["path"], points)  # type: ignore[arg-type] # pairs


@lru_cache(maxsize=64)
def draw(country: str, spots: tuple[Spot, ...]) -> Atlas:
    """The map of these spots, from north to south as a keyboard walks them. Finland has its outline; other countries are schematic."""
    outline = _finland() if country == "FI" else None
    frame = outline.frame if outline else _frame_around(spots)
    ordered = sorted(spots, key=lambda spot: (-spot.latitude, spot.longitude, spot.name))
    places = [frame.place(spot.longitude, spot.latitude) for spot in ordered]
    labels = _labels(ordered, places, outline.points if outline else ())
    marks = tuple(Marked(spot, x, y, label) for spot, (x, y), label in zip(ordered, places, labels, strict=True))
    boxes = [Box(0, 0, outline.width, outline.height)] if outline else []
    boxes += [box for mark in marks for box in (mark.mark_box, mark.label.box)]
    return Atlas(_view_box(boxes), outline.path if outline else "", marks)


def _frame_around(spots: Sequence[Spot]) -> Frame:
    points = [project(spot.longitude, spot.latitude) for spot in spots]
    left, top = min((x for x, _y in points), default=0.0), min((y for _x, y in points), default=0.0)
    longest = max([x - left for x, _y in points] + [y - top for _x, y in points], default=0.0)
    return Frame(left, top, SCHEMATIC_SIZE / longest if longest else 1.0)


def _view_box(boxes: Sequence[Box]) -> str:
    left, top = min((box.left for box in boxes), default=0.0) - MARGIN, min((box.top for box in boxes), default=0.0) - MARGIN
    right, bottom = max((box.right for box in boxes), default=1.0) + MARGIN, max((box.bottom for box in boxes), default=1.0) + MARGIN
    return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def _mark_box(x: float, y: float) -> Box:
    return Box(x - MARK[0], y - MARK[1], x + MARK[0], y + MARK[1])


def _candidates(spot: Spot, x: float, y: float) -> list[Label]:
    """The four places a label can stand, the best liked first."""
    name, whole = len(spot.name) * LETTER, (len(spot.name) + len(spot.extra)) * LETTER
    wide = max(name * LARGE, whole * SMALL)
    half = wide / 2
    sides = {"right": (15, 5, 15, 15 + wide), "left": (-14, 5, -14 - wide, -14), "below": (0, 24, -half, half), "above": (0, -12, -half, half)}
    return [
        Label(side, f"{begin}", f"{line}", Box(x + left, y + line - LARGE * ASCENT, x + right, y + line + LARGE * DESCENT))
        for side, (begin, line, left, right) in sides.items()
    ]


def _labels(spots: Sequence[Spot], places: Sequence[tuple[float, float]], coast: Sequence[tuple[float, float]]) -> list[Label]:
    choices = [_candidates(spot, x, y) for spot, (x, y) in zip(spots, places, strict=True)]
    marks = [_mark_box(x, y) for x, y in places]
    quiet = [[_disturbs_marks(label.box, marks) + _crosses(label.box, coast) + liking for liking, label in enumerate(some)] for some in choices]
    chosen = [min(range(4), key=costs.__getitem__) for costs in quiet]
    for _round in range(ROUNDS):
        before = list(chosen)
        for number, some in enumerate(choices):
            others = [choices[other][side].box for other, side in enumerate(chosen) if other != number]
            costs = [cost + _disturbs(label.box, others) for cost, label in zip(quiet[number], some, strict=True)]
            chosen[number] = min(range(4), key=costs.__getitem__)
        if chosen == before:
            break
    return [some[side] for some, side in zip(choices, chosen, strict=True)]


def _disturbs(box: Box, others: Sequence[Box]) -> float:
    """A touch costs more than any coastline."""
    return sum(1000 + box.overlap(other) for other in others if box.overlap(other))


def _disturbs_marks(box: Box, marks: Sequence[Box]) -> float:
    # A label never touches its own mark, so that all marks can be asked.
    return _disturbs(box, marks)


def _crosses(box: Box, coast: Sequence[tuple[float, float]]) -> float:
    """Names read best on land or on water, not across the line between."""
    return 3.0 * sum(box.holds(x, y) for x, y in coast)
