"""From degrees to the drawing: a sinusoidal projection about one meridian, which keeps areas and needs no library."""

from __future__ import annotations

import math
from dataclasses import dataclass

MERIDIAN = 26.0
"""Degrees east: runs through the middle of Finland, so that shapes lean least."""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Right and down, in degrees of latitude."""
    return (longitude - MERIDIAN) * math.cos(math.radians(latitude)), -latitude


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a drawing begins, in projected degrees, and how many units a degree is."""

    left: float
    top: float
    scale: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A point of the earth as a point of the drawing, to a tenth of a unit."""
        right, down = project(longitude, latitude)
        return round((right - self.left) * self.scale, 1), round((down - self.top) * self.scale, 1)
