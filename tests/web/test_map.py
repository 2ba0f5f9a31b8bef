"""The map: points where they are, labels that touch nothing, and an outline that can be drawn again."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kumppani.web.components import atlas
from kumppani.web.components.projection import Frame, project
from tools import outline

ROOT = Path(__file__).resolve().parents[2]
CORES = ("091", "837", "853", "564", "179", "398", "405", "297", "167", "905", "743", "609", "491", "272", "205", "698")
"""The cities of the sixteen agreements, by their official codes."""

PARTS = {"091": ("049", "092"), "405": ("153",), "205": ("765",)}
"""Which other municipalities belong to their regions."""


def sixteen(language: str) -> tuple[atlas.Spot, ...]:
    """The sixteen as the reference data places and names them."""
    towns: dict[str, dict[str, str]] = defaultdict(dict)
    with (ROOT / "reference/municipalities.csv").open() as rows:
        for row in csv.DictReader(rows):
            towns[row["municipality"]][f"{row['field']}.{row['qualifier']}"] = row["value"]
    return tuple(_spot(towns, code, language) for code in CORES)


def _spot(towns: dict[str, dict[str, str]], code: str, language: str) -> atlas.Spot:
    others = [towns[other][f"name.{language}"] for other in PARTS.get(code, ())]
    extra = f" + {', '.join(others)}" if others else ""
    return atlas.Spot(code, towns[code][f"name.{language}"], extra, float(towns[code]["longitude."]), float(towns[code]["latitude."]))


def touches(drawing: atlas.Atlas) -> list[tuple[str, str]]:
    """Labels that touch another label, or what a finger may touch of another's mark."""
    labels = [(one.spot.name, two.spot.name) for one, two in combinations(drawing.marks, 2) if one.label.box.overlap(two.label.box)]
    marks = [(one.spot.name, two.spot.name) for one in drawing.marks for two in drawing.marks if one is not two and one.label.box.overlap(two.reach)]
    return labels + marks


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_label_of_the_sixteen_touches_anything(language: str) -> None:
    drawing = atlas.draw("FI", sixteen(language))

    assert len(drawing.marks) == 16
    assert touches(drawing) == []


def test_points_lie_where_their_degrees_say() -> None:
    assert project(26.0, 60.0) == (0.0, -60.0)
    east, _down = project(28.0, 60.0)
    assert east == pytest.approx(1.0)
    assert Frame(-1.0, -60.0, 10.0).place(28.0, 60.0) == (20.0, 0.0)
    places = {mark.spot.key: (mark.x, mark.y) for mark in atlas.draw("FI", sixteen("fi")).marks}
    assert places["091"] == pytest.approx((111.3, 610.0), abs=0.5)
    assert places["698"] == pytest.approx((137.1, 220.2), abs=0.5)
    assert places["905"][0] < places["743"][0] < places["297"][0] < places["167"][0]


def test_a_keyboard_walks_from_north_to_south() -> None:
    latitudes = [mark.spot.latitude for mark in atlas.draw("FI", sixteen("fi")).marks]

    assert latitudes == sorted(latitudes, reverse=True)


def test_another_country_is_drawn_without_an_outline() -> None:
    drawing = atlas.draw("ZZ", sixteen("fi")[:3])

    assert drawing.outline == ""
    assert atlas.draw("FI", ()).outline.startswith("M")


spots = st.lists(
    st.builds(
        atlas.Spot,
        key=st.uuids().map(str),
        name=st.text("aeiouklmn", min_size=1, max_size=20),
        extra=st.sampled_from(["", " + Espoo, Vantaa"]),
        longitude=st.floats(-30, 60),
        latitude=st.floats(-70, 70),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(spots, st.sampled_from(["FI", "ZZ"]))
def test_all_that_is_drawn_lies_within_the_view(given_spots: list[atlas.Spot], country: str) -> None:
    drawing = atlas.draw(country, tuple(given_spots))
    left, top, width, height = map(float, drawing.view_box.split())

    assert len(drawing.marks) == len(given_spots)
    for mark in drawing.marks:
        for box in (mark.reach, mark.label.box):
            assert left <= box.left
            assert box.right <= left + width
            assert top <= box.top
            assert box.bottom <= top + height


def test_the_outline_is_what_the_open_atlas_draws() -> None:
    assert json.loads(outline.OUTLINE.read_text()) == outline.drawn(json.loads(outline.ATLAS.read_text()))


def test_places_of_a_drawing_are_written_with_a_point() -> None:
    mark = atlas.draw("FI", sixteen("fi")).marks[0]

    assert mark.at == f"translate({mark.x:g} {mark.y:g})"
    assert "," not in mark.at


def test_places_a_hair_apart_are_drawn_as_one_point() -> None:
    drawing = atlas.draw("ZZ", (atlas.Spot("a", "A", "", 0.0, 0.0), atlas.Spot("b", "B", "", 0.0, 1e-308)))
    assert "nan" not in drawing.view_box
    assert all(math.isfinite(mark.reach.left) for mark in drawing.marks)
