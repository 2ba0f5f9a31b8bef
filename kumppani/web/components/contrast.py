"""Contrast of the colours in tokens.css, by WCAG 2.2: shown on the gallery page, and a pair below its limit fails a test."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "static/css/tokens.css"

TEXT, SHAPE = 4.5, 3.0
"""What text needs, and what marks and edges of controls need."""

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in ("paper", "surface", "sunken", "state-tint", "city-tint")),
    ("ink", "city-fill", TEXT),
    ("state", "surface", TEXT),
    ("state", "state-tint", TEXT),
    ("city", "surface", TEXT),
    ("city", "city-tint", TEXT),
    *((state, ground, TEXT) for state in ("good", "warn", "bad") for ground in (f"{state}-tint", "surface")),
    ("ink", "warn-tint", TEXT),
    *((mark, ground, SHAPE) for mark in ("state", "city-mark", "edge", "focus") for ground in ("paper", "surface")),
    ("city-mark", "city-tint", SHAPE),
    ("edge", "sunken", SHAPE),
    *((f"c{number}", "surface", SHAPE) for number in range(1, 7)),
)
"""Foreground, ground, least contrast: every pair that stands on every other in components.css and pages.css."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A pair with what it needs and what it has in either theme."""

    colour: str
    ground: str
    least: float
    light: float
    dark: float

    @property
    def is_enough(self) -> bool:
        """In both themes."""
        return min(self.light, self.dark) >= self.least


@cache
def tokens() -> Mapping[str, tuple[str, str]]:
    """Name → colour in the light, colour in the dark."""
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): *light-dark\((#\w{6}), *(#\w{6})\)", TOKENS.read_text())}


@cache
def contrasts() -> tuple[Contrast, ...]:
    """Every pair, measured."""
    known = tokens()
    return tuple(
        Contrast(colour, ground, least, ratio(known[colour][0], known[ground][0]), ratio(known[colour][1], known[ground][1]))
        for colour, ground, least in PAIRS
    )


def ratio(one: str, other: str) -> float:
    """WCAG's contrast of two colours written #RRGGBB, rounded down to a tenth: never flattered."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((lighter + 0.05) / (darker + 0.05) * 10) / 10


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
