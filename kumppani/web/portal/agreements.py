"""The list of agreements: filtered, sorted, taken along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, QueryDict

from kumppani.access import visible
from kumppani.domain.agreements.rules import Validity, validity_on, version_on
from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message, Text, _
from kumppani.web.components.share import downloads
from kumppani.web.components.states import STATES
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.present import amount_words

if TYPE_CHECKING:
    from kumppani.domain.agreements.models import Agreement, AgreementVersion
    from kumppani.domain.programmes.models import Category
    from kumppani.domain.publishing.models import Figure
    from kumppani.domain.sources.models import Evidence

FIRM = frozenset({Mark.SEEN, Mark.ENTERED})
"""Marks of which nothing needs to be said in a table."""

AFTER_Z = str.maketrans("åäö", "{|}")
"""Finnish and Swedish alphabets end in å, ä, ö; these signs follow z."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A sum as one source states it."""

    printed: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement as the list shows it on a day. `doubt` is the mark of who decides, where it is not firm."""

    agreement: Agreement
    version: AgreementVersion | None
    validity: Validity
    decider: Text
    decider_evidence: Evidence | None
    money: Sequence[Stated]

    @property
    def doubt(self) -> str:
        """The mark, or nothing."""
        row = self.decider_evidence
        return row.mark if row is not None and row.mark not in FIRM else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the list is narrowed and ordered."""

    theme: str = ""
    validity: str = ""
    sort: str = "listed"

    @property
    def narrows(self) -> bool:
        """Whether rows may be left out."""
        return bool(self.theme or self.validity)


@page
def agreements(request: HttpRequest, place: Place) -> HttpResponse:
    """All published agreements; those with a theme, or in force, where asked. Ten queries for any number."""
    today = clock.today(place.programme.time_zone)
    rows = _rows(place, today)
    themes = _themes(rows)
    asked = read(request.GET, themes)
    found = [row for row in rows if _fits(row, asked, themes)]
    found.sort(key=SORTS[asked.sort].key(place.language))
    return show(
        request,
        place,
        "portal/agreements.html",
        {
            "rows": found,
            "total": len(rows),
            "asked": asked,
            "themes": sorted(themes.values(), key=lambda theme: (theme.position, theme.key)),
            "validities": [(state.value, str(STATES[f"validity.{state}"].word)) for state in Validity if state is not Validity.NOT_SIGNED],
            "sorts": [(name, str(sort.label)) for name, sort in SORTS.items()],
            "today": today,
            "linked": linked.dataset(place, downloads(place, "agreements")),
        },
    )


def read(query: QueryDict, themes: Mapping[int, Category]) -> Asked:
    """What the address asks for; refuses a theme, a state and an order there is not."""
    theme, validity, sort = query.get("theme", ""), query.get("validity", ""), query.get("sort", "") or "listed"
    if theme and theme not in {one.key for one in themes.values()}:
        raise RuleBroken("unknown-theme", _("No agreement here has a theme “{theme}”.", theme=theme[:60]))
    if validity and validity not in set(Validity):
        raise RuleBroken("unknown-validity", _("“{asked}” is not a state an agreement can be in.", asked=validity[:60]))
    if sort not in SORTS:
        raise RuleBroken("unknown-order", _("A list cannot be put in the order “{asked}”.", asked=sort[:60]))
    return Asked(theme, validity, sort)


def _rows(place: Place, today: date) -> list[Row]:
    viewer, programme = place.viewer, place.programme
    money: dict[int, list[Stated]] = {}
    for figure in visible.figures(viewer, programme).filter(measures="start_money", agreement__isnull=False):
        money.setdefault(figure.agreement_id or 0, []).append(Stated(amount_words(figure.amount), figure))
    deciders = {row.key: row for row in visible.evidence(viewer, programme).filter(kind="agreement", field="decider", chosen=True)}
    return [_row(agreement, today, deciders.get(agreement.key), money.get(agreement.pk, [])) for agreement in visible.agreements(viewer, programme)]


def _row(agreement: Agreement, today: date, evidence: Evidence | None, money: Sequence[Stated]) -> Row:
    version = version_on(agreement.versions.all(), today)
    decider = agreement.decider.name_on(today) if agreement.decider else Text()
    return Row(agreement, version, validity_on(version, today), decider, evidence, money)


def _themes(rows: Iterable[Row]) -> dict[int, Category]:
    """The themes in use, by their row's number."""
    return {theme.pk: theme for row in rows for priority in row.agreement.priorities.all() for theme in priority.themes.all()}


def _fits(row: Row, asked: Asked, themes: Mapping[int, Category]) -> bool:
    if asked.validity and row.validity != asked.validity:
        return False
    return not asked.theme or any(
        asked.theme in _with_parents(theme, themes) for priority in row.agreement.priorities.all() for theme in priority.themes.all()
    )


def _with_parents(theme: Category, themes: Mapping[int, Category]) -> list[str]:
    """A theme's key and those of the themes it lies in."""
    keys = []
    at: Category | None = theme
    while at is not None:
        keys.append(at.key)
        at = themes.get(at.parent_id or 0)
    return keys


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list: what it is called, and the key for a reader of a language."""

    label: Message
    key: Callable[[str], Callable[[Row], tuple[object, ...]]]


def _by_name(language: str) -> Callable[[Row], tuple[object, ...]]:
    return lambda row: (Text(row.agreement.name).pick(language).value.casefold().translate(AFTER_Z), row.agreement.position)


SORTS: Mapping[str, Sort] = {
    "listed": Sort(_("In the programme’s order"), lambda _language: lambda row: (row.agreement.position,)),
    "name": Sort(_("By name"), _by_name),
    "priorities": Sort(_("Most priorities first"), lambda _language: lambda row: (-len(row.agreement.priorities.all()), row.agreement.position)),
}
