"""The map of city regions, drawn on the server: an outline where we have one, marks where the cities are, labels that touch nothing.

No label is placed by hand. Each is tried on all sides of its mark; the side that disturbs least is taken, and all are looked at again
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

NARROW, WIDE = frozenset("fijlrt.,:'’ "), frozenset("mwMW")
LETTER, AIR = {"narrow": 0.31, "wide": 0.86, "capital": 0.68, "other": 0.54}, 0.1
"""Widths of the labels' letters and of the air beside them, in font sizes; rather too wide than too narrow."""

ASCENT, DESCENT = 1.0, 0.3
"""Of a line of that font, in font sizes."""

SMALL, LARGE = 14.5, 18.0
"""Font sizes, in units of the drawing: beside the name stands the rest of the region in the smaller one; on a phone the name alone, larger."""

REACH = (13.0, 16.5)
"""Half the width and height around a mark that a finger may touch: no other name may lie there."""

MARGIN = 8.0
"""Around all that is drawn."""

SCHEMATIC_SIZE = 300.0
"""Longer side of a map without an outline."""
NOWHERE_ELSE = 1e-9
"""Points nearer to one another are one point: a scale drawn from less would be no number."""

LIKING = {"right": 0, "left": 1, "below": 3, "above": 3, "right below": 5, "right above": 5, "left below": 6, "left above": 6}
"""What each side of a mark costs by itself: a name reads best beside its mark."""

STEPS = 2000
"""How many placings are tried at most to better the first arrangement."""


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
        return {"left": "end", "right": "start"}.get(self.side.split()[0], "middle")


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
    def reach(self) -> Box:
        """The room its mark takes, with the air around it."""
        return _reach(self.x, self.y)


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
    boxes += [box for mark in marks for box in (mark.reach, mark.label.box)]
    return Atlas(_view_box(boxes), outline.path if outline else "", marks)


def _frame_around(spots: Sequence[Spot]) -> Frame:
    points = [project(spot.longitude, spot.latitude) for spot in spots]
    left, top = min((x for x, _y in points), default=0.0), min((y for _x, y in points), default=0.0)
    longest = max([x - left for x, _y in points] + [y - top for _x, y in points], default=0.0)
    return Frame(left, top, SCHEMATIC_SIZE / longest if longest > NOWHERE_ELSE else 1.0)


def _view_box(boxes: Sequence[Box]) -> str:
    left, top = min((box.left for box in boxes), default=0.0) - MARGIN, min((box.top for box in boxes), default=0.0) - MARGIN
    right, bottom = max((box.right for box in boxes), default=1.0) + MARGIN, max((box.bottom for box in boxes), default=1.0) + MARGIN
    return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def _reach(x: float, y: float) -> Box:
    return Box(x - REACH[0], y - REACH[1], x + REACH[0], y + REACH[1])


def _width(words: str) -> float:
    """How long a label is, in font sizes."""
    kinds = ("narrow" if letter in NARROW else "wide" if letter in WIDE else "capital" if letter.isupper() else "other" for letter in words)
    return sum(LETTER[kind] for kind in kinds) + AIR


def _candidates(spot: Spot, x: float, y: float) -> list[Label]:
    """The places a label can stand, the best liked first."""
    wide = max(_width(spot.name) * LARGE, _width(spot.name + spot.extra) * SMALL)
    half = wide / 2
    sides = {
        "right": (15, 5, 15, 15 + wide),
        "left": (-14, 5, -14 - wide, -14),
        "below": (0, 24, -half, half),
        "above": (0, -11, -half, half),
        "right below": (-12, 24, -12, wide - 12),
        "right above": (-12, -11, -12, wide - 12),
        "left below": (12, 24, 12 - wide, 12),
        "left above": (12, -11, 12 - wide, 12),
    }
    return [
        Label(side, f"{begin}", f"{line}", Box(x + left, y + line - LARGE * ASCENT, x + right, y + line + LARGE * DESCENT))
        for side, (begin, line, left, right) in sides.items()
    ]


def _labels(spots: Sequence[Spot], places: Sequence[tuple[float, float]], coast: Sequence[tuple[float, float]]) -> list[Label]:
    choices = [_candidates(spot, x, y) for spot, (x, y) in zip(spots, places, strict=True)]
    reaches = [_reach(x, y) for x, y in places]
    quiet = [_quiet_costs(some, [*reaches[:number], *reaches[number + 1 :]], coast) for number, some in enumerate(choices)]
    sides = _Arrangement(choices, quiet).found()
    return [some[side] for some, side in zip(choices, sides, strict=True)]


class _Arrangement:
    """The sides that together disturb least. Depth first, the cheapest side first; what cannot become cheaper than the best is not followed."""

    def __init__(self, choices: Sequence[Sequence[Label]], quiet: Sequence[Sequence[float]]) -> None:
        self._quiet = quiet
        self._clashes = [[_clashes(choices[number], choices[before]) for before in range(number)] for number in range(len(choices))]
        self._least_left = [sum(min(costs) for costs in quiet[number:]) for number in range(len(quiet) + 1)]
        self._best: list[int] = []
        self._best_cost = float("inf")
        self._steps = 0

    def found(self) -> list[int]:
        """One side a label. The first answer is the greedy one; the rest of the steps can only better it."""
        self._place([], 0.0)
        return self._best

    def _place(self, sides: list[int], cost: float) -> None:
        number = len(sides)
        if cost + self._least_left[number] >= self._best_cost or (self._best and self._steps > STEPS):
            return
        if number == len(self._quiet):
            self._best, self._best_cost = list(sides), cost
            return
        for added, side in sorted((self._cost(number, side, sides), side) for side in range(len(self._quiet[number]))):
            self._steps += 1
            self._place([*sides, side], cost + added)

    def _cost(self, number: int, side: int, sides: list[int]) -> float:
        clashes = self._clashes[number]
        return self._quiet[number][side] + sum(clashes[before].get((side, other), 0.0) for before, other in enumerate(sides) if clashes[before])


def _clashes(some: Sequence[Label], others: Sequence[Label]) -> dict[tuple[int, int], float]:
    """What it costs when two labels take sides on which they touch."""
    return {
        (side, other): _disturbs(label.box, [beside.box])
        for side, label in enumerate(some)
        for other, beside in enumerate(others)
        if label.box.overlap(beside.box)
    }


def _quiet_costs(some: Sequence[Label], marks: Sequence[Box], coast: Sequence[tuple[float, float]]) -> list[float]:
    """What each place of a label costs whatever the other labels do: other marks, the coastline, and how well it is liked."""
    return [_disturbs(label.box, marks) + _crosses(label.box, coast) + LIKING[label.side] for label in some]


def _disturbs(box: Box, others: Sequence[Box]) -> float:
    """A touch costs more than any coastline."""
    return sum(1000 + box.overlap(other) for other in others if box.overlap(other))


def _crosses(box: Box, coast: Sequence[tuple[float, float]]) -> float:
    """Names read best on land or on water, not across the line between."""
    return 1.5 * sum(box.holds(x, y) for x, y in coast)
