"""Draws Finland's outline for the map on the front page, out of npm's world-atlas (Natural Earth 1:10m, in the public domain).

    .venv/bin/python -m tools.outline      writes kumppani/web/components/finland.json anew

The outline is simplified by Douglas and Peucker's rule and stands in the repository, since it is small and nobody's property.
A test draws it again and compares.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from kumppani.web.components.projection import Frame, project

ROOT = Path(__file__).resolve().parent.parent
ATLAS = ROOT / "node_modules/world-atlas/countries-10m.json"
OUTLINE = ROOT / "kumppani/web/components/finland.json"

FINLAND = "246"
"""ISO 3166-1 numeric."""

WIDTH = 300
"""Units of the drawing."""

TOLERANCE = 0.55
"""Units by which the simplified line may stray."""

FEWEST_POINTS = 29
"""Smaller islands are left out."""

Point = tuple[float, float]


def drawn(atlas: dict[str, Any]) -> dict[str, Any]:
    """The outline as SVG path data, with the frame by which points are placed on it."""
    rings = [ring for ring in _rings(atlas) if len(ring) >= FEWEST_POINTS]
    projected = [project(*point) for ring in rings for point in ring]
    left, right = min(x for x, _y in projected), max(x for x, _y in projected)
    top, bottom = min(y for _x, y in projected), max(y for _x, y in projected)
    scale = WIDTH / (right - left)
    frame = Frame(left, top, scale)
    path = "".join(_path(_simple(frame, ring)) for ring in rings)
    return {
        "source": "Natural Earth 1:10m through world-atlas, in the public domain; simplified by tools/outline.py",
        "left": left,
        "top": top,
        "scale": scale,
        "width": WIDTH,
        "height": round((bottom - top) * scale, 1),
        "path": path,
    }


def _rings(atlas: dict[str, Any]) -> list[list[Point]]:
    """Finland's outer rings in degrees, out of TopoJSON's shared, delta-coded arcs."""
    country = next(shape for shape in atlas["objects"]["countries"]["geometries"] if shape.get("id") == FINLAND)
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return [_ring(atlas, polygon[0]) for polygon in polygons]


def _ring(atlas: dict[str, Any], arcs: list[int]) -> list[Point]:
    points: list[Point] = []
    for number in arcs:
        # A negative number is the arc ~number walked backwards.
        arc = _arc(atlas, number) if number >= 0 else _arc(atlas, ~number)[::-1]
        points += arc[1:] if points else arc
    return points


def _arc(atlas: dict[str, Any], number: int) -> list[Point]:
    scale, origin = atlas["transform"]["scale"], atlas["transform"]["translate"]
    points, x, y = [], 0, 0
    for right, up in atlas["arcs"][number]:
        x, y = x + right, y + up
        points.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
    return points


def _simple(frame: Frame, ring: list[Point]) -> list[Point]:
    points = [frame.place(*point) for point in ring]
    middle = len(points) // 2
    return [*_thinned(points[: middle + 1])[:-1], *_thinned(points[middle:])]


def _thinned(points: list[Point]) -> list[Point]:
    """The line without the points that lie closer than the tolerance to it."""
    if len(points) < 3:
        return points
    distances = [_distance(point, points[0], points[-1]) for point in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__) + 1
    if distances[farthest - 1] <= TOLERANCE:
        return [points[0], points[-1]]
    return [*_thinned(points[: farthest + 1])[:-1], *_thinned(points[farthest:])]


def _distance(point: Point, start: Point, end: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    away = (point[0] - start[0], point[1] - start[1])
    length = math.hypot(*along)
    return abs(along[0] * away[1] - along[1] * away[0]) / length if length else math.hypot(*away)


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z" if len(points) > 3 else ""


if __name__ == "__main__":
    OUTLINE.write_text(json.dumps(drawn(json.loads(ATLAS.read_text())), indent=1) + "\n")
    print(f"wrote {OUTLINE.relative_to(ROOT)}")
