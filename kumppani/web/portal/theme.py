"""Cross-cutting themes: which agreements and priorities fall under each. The mapping is ours where its evidence says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.domain.agreements.rules import MeasureState, measure_state_on
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.web.components import share
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.present import Backed, Party, backed, backed_words, party
from kumppani.web.templatetags.kumppani import plain

SCHEME = "themes"


class ThemeLine(NamedTuple):
    """A theme with what falls under it."""

    theme: Any
    label: Backed
    agreements: int
    priorities: int


class UnderTheme(NamedTuple):
    """A priority under a theme, and why we put it there."""

    priority: Any
    agreement: Any
    mapping: Backed


@page
def themes(request: HttpRequest, place: Place) -> HttpResponse:
    """The list of themes."""
    found = list(visible.categories(place.viewer, place.programme, SCHEME))
    book = EvidenceBook(visible.evidence(place.viewer, place.programme, root=SCHEME))
    under: dict[str, list[Any]] = defaultdict(list)
    priorities = list(visible.priorities(place.viewer, place.programme).prefetch_related(None).prefetch_related("themes"))
    for one in priorities:
        for theme in one.themes.all():
            under[theme.key].append(one)
    lines = [
        ThemeLine(
            theme,
            backed_words(book, "category", f"{SCHEME}/{theme.key}", "label", place.language),
            len({one.agreement_id for one in under[theme.key]}),
            len(under[theme.key]),
        )
        for theme in found
    ]
    unmapped = [one for one in priorities if not one.themes.all()]
    return show(
        request,
        place,
        "portal/themes.html",
        {
            "lines": lines,
            "unmapped": unmapped,
            "priorities_count": len(priorities),
            "downloads": share.downloads(place, "categories", {"scheme": SCHEME}),
        },
    )


@page
def theme(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of a theme."""
    found = load.theme(place.viewer, place.programme, key)
    priorities = list(visible.priorities(place.viewer, place.programme).prefetch_related(None).filter(themes=found))
    keys = sorted({one.agreement.key for one in priorities})
    rows = visible.evidence(place.viewer, place.programme, roots=[SCHEME, *keys])
    book = EvidenceBook(rows.filter(Q(kind="category") | Q(kind="priority", field="themes")))
    lines = [UnderTheme(one, one.agreement, backed(book, "priority", one.key, "themes")) for one in priorities]
    context = {
        "theme": found,
        "label": backed_words(book, "category", f"{SCHEME}/{found.key}", "label", place.language),
        "lines": lines,
        "agreements_count": len(keys),
        "regions": _regions(place, priorities),
        "downloads": share.downloads(place, "priorities", {"theme": key}),
        "linked": linked.theme(place, found),
        **_work(place, priorities, clock.today(place.programme.time_zone)),
    }
    return show(request, place, "portal/theme.html", context)


def _regions(place: Place, priorities: Sequence[Any]) -> list[tuple[Text, list[Any]]]:
    """The municipalities of the agreements under a theme, by region (in the newest classification each lies in)."""
    every = visible.municipalities(place.viewer, place.programme).prefetch_related(None).prefetch_related("regions")
    rows = every.filter(territories__agreement__in={one.agreement_id for one in priorities})
    by_region: dict[Text, list[Any]] = defaultdict(list)
    for municipality in rows:
        regions = sorted((one for one in municipality.regions.all() if one.level == "region"), key=lambda one: str(one.version))
        by_region[Text(regions[-1].name) if regions else Text()].append(municipality)
    return sorted(by_region.items(), key=lambda item: plain(item[0]))


def _work(place: Place, priorities: Sequence[Any], day: date) -> dict[str, Any]:
    """Measures under the theme's priorities and who carries them."""
    measures = list(
        visible.measures(place.viewer, place.programme).prefetch_related(None).filter(priority__in=priorities).prefetch_related("partners")
    )
    prefetch_related_objects([who for one in measures for who in (one.lead, *one.partners.all())], "names")
    lines = [(one, state) for one in measures if (state := measure_state_on(one, day)) is not MeasureState.NOT_YET_STATED]
    working: dict[str, Party] = {who.key: party(who, day) for one, _state in lines for who in (one.lead, *one.partners.all())}
    return {"measures": [(one, state, one.lead.name_on(day)) for one, state in lines], "organisations": list(working.values())}
