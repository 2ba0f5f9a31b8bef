"""The front page: what these agreements are, and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from kumppani.access import overview, visible
from kumppani.access.overview import Glance
from kumppani.domain.agreements.rules import Validity, validity_on, version_on
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.web.components import atlas, changes, drawn
from kumppani.web.evidence import Evidence, EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.elsewhere import ELSEWHERE
from kumppani.web.portal.present import amount_words
from kumppani.web.templatetags.kumppani import day

if TYPE_CHECKING:
    from kumppani.domain.publishing.models import Figure

MOST_CHANGES = 6
MOST_UPDATES = 6


@page
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """Map and table of the agreements, their state in one sentence, money as stated, themes, what comes next, what is official elsewhere."""
    viewer, programme = place.viewer, place.programme
    today = clock.today(programme.time_zone)
    glances = overview.agreements(viewer, programme)
    updates = overview.known_updates(viewer, programme)
    return show(
        request,
        place,
        "portal/home.html",
        {
            "linked": linked.site(place),
            "summary": _summary(place),
            "rows": [_row(glance, today) for glance in glances],
            "term": term_of(glances, today),
            "ends": _ends(glances, today),
            "regions": _regions(place, glances),
            "priority_count": sum(len(glance.priorities) for glance in glances),
            "municipality_count": len({town.key for glance in glances for town in glance.municipalities}),
            "money": _start_money(place),
            "themes": [theme for theme in visible.categories(viewer, programme, "themes") if theme.parent_id is None],
            "updates": updates[:MOST_UPDATES],
            "more_updates": len(updates) - MOST_UPDATES,
            "changes": changes.tell(overview.latest_changes(viewer, programme, changes.ACTS, MOST_CHANGES)),
            "elsewhere": ELSEWHERE.get(programme.country, ()),
        },
    )


def _summary(place: Place) -> Evidence | None:
    """Why the programme is described as it is: in the reader's language, else in the first there is."""
    rows = visible.evidence(place.viewer, place.programme, root=place.programme.key).filter(kind="programme", key=place.programme.key)
    return EvidenceBook(rows).chosen_text("programme", place.programme.key, "summary", place.language)


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement as the table twin of the map shows it."""

    glance: Glance
    validity: Validity
    ends_on: date | None


def _row(glance: Glance, today: date) -> Row:
    version = version_on(glance.versions, today)
    return Row(glance, validity_on(version, today), version.valid_to if version else None)


@dataclass(frozen=True, slots=True)
class Term:
    """How all the agreements stand on a day. `days_left` and `passed` (whole per cent) only where the last end is known."""

    total: int
    in_force: int
    begins_on: date | None
    ends_on: date | None
    days_left: int | None
    passed: int | None


def term_of(glances: Sequence[Glance], today: date) -> Term:
    """Counted from the version that counts today; one agreement whose end is in no source leaves the last end unknown."""
    versions = [version for glance in glances if (version := version_on(glance.versions, today))]
    in_force = [version for version in versions if validity_on(version, today) is Validity.IN_FORCE]
    ends = [version.valid_to for version in in_force or versions]
    ends_on = max((end for end in ends if end), default=None) if all(ends) else None
    begins_on = min((version.signed_on for version in versions if version.signed_on), default=None)
    if not in_force or ends_on is None or begins_on is None:
        return Term(len(glances), len(in_force), begins_on, ends_on, None, None)
    left = (ends_on - today).days
    return Term(len(glances), len(in_force), begins_on, ends_on, left, drawn.share((today - begins_on).days, (ends_on - begins_on).days))


def _ends(glances: Sequence[Glance], today: date) -> list[tuple[date, int]]:
    """The days on which agreements end from now on, and how many do."""
    versions = [version_on(glance.versions, today) for glance in glances]
    days = Counter(version.valid_to for version in versions if version and version.valid_to and version.valid_to >= today)
    return sorted(days.items())


@dataclass(frozen=True, slots=True)
class Point:
    """A mark of the map, what it leads to, and what is said of it."""

    marked: atlas.Marked
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class RegionMap:
    """The map, and the city regions that cannot be put on it because no source gives us a point."""

    atlas: atlas.Atlas
    points: Sequence[Point]
    without_point: Sequence[Glance]


def _regions(place: Place, glances: Sequence[Glance]) -> RegionMap:
    with_point = {glance.agreement.key: glance for glance in glances if glance.core.latitude is not None}
    found = atlas.draw(place.programme.country, tuple(_spot(place, glance) for glance in with_point.values()))
    points = [_point(place, marked, with_point[marked.spot.key]) for marked in found.marks]
    return RegionMap(found, points, [glance for glance in glances if glance.core.latitude is None])


def _point(place: Place, marked: atlas.Marked, glance: Glance) -> Point:
    name, *priorities = (Text(words).pick(place.language).value for words in (glance.agreement.name, *(one.title for one in glance.priorities)))
    return Point(marked, place.to("agreement", key=glance.agreement.key), f"{name}: {'; '.join(priorities)}" if priorities else name)


def _spot(place: Place, glance: Glance) -> atlas.Spot:
    core, *others = (Text(town.name).pick(place.language).value for town in glance.municipalities)
    extra = f" + {', '.join(others)}" if others else ""
    return atlas.Spot(glance.agreement.key, core, extra, float(glance.core.longitude or 0), float(glance.core.latitude or 0))


@dataclass(frozen=True, slots=True)
class Money:
    """One statement about the start-up money of the whole programme."""

    figure: Figure
    printed: str


def _start_money(place: Place) -> dict[str, object]:
    """What the sources state, side by side: they disagree, and we neither sum nor choose."""
    figures = [
        figure
        for figure in visible.figures(place.viewer, place.programme)
        if figure.agreement_id is None and figure.measures.startswith("start_money")
    ]
    statements = [_statement(figure, place.language) for figure in figures]
    return {"figures": [Money(figure, statement.printed) for figure, statement in zip(figures, statements, strict=True)], "statements": statements}


def _statement(figure: Figure, language: str) -> drawn.Statement:
    label, publisher = (Text(words).pick(language).value for words in (figure.label, figure.source.publisher))
    said = f"{publisher} {day(figure.source.published or figure.source.read_on)}".strip()
    return drawn.Statement(label, amount_words(figure.amount), figure.amount, "state", said)
