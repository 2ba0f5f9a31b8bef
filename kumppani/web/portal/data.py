"""About the data: where it is from and how old it is, what is missing, where sources disagree, and how to take it along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from kumppani.access import heads, provenance, terms
from kumppani.access.provenance import Disagreement, Gap, Provenance, Use
from kumppani.domain.journal.signing import SignedHead
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.components import share
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal.present import EVIDENCE_KINDS, amount_words

LISTS: dict[str, Message] = {
    "agreements": _("Agreements"),
    "versions": _("Versions of agreements"),
    "parties": _("Parties"),
    "priorities": _("Strategic priorities"),
    "commitments": _("Commitments"),
    "measures": _("Measures"),
    "figures": _("Published money"),
    "ecosystems": _("Ecosystems"),
    "contact-points": _("Contact points"),
    "organisations": _("Organisations"),
    "municipalities": _("Municipalities"),
    "categories": _("Classifications"),
    "sources": _("Sources"),
    "changes": _("Changes"),
    "heads": _("Signed heads of the journal"),
}
"""Lists of the open interface that belong to a programme, by their names there."""

KINDS: dict[str, Message] = EVIDENCE_KINDS | {"programme": _("the programme"), "category": _("classifications"), "municipality": _("places")}
"""Kind of object → what was taken."""

FIELDS: dict[tuple[str, str], Message] = {
    ("programme", "name"): _("Name of the programme"),
    ("programme", "summary"): _("Summary of the programme"),
    ("category", "label"): _("Label in a classification"),
    ("municipality", "name"): _("Name of the municipality"),
    ("organisation", "name"): _("Name of the organisation"),
    ("agreement", "name"): _("Name of the agreement"),
    ("agreement", "territory"): _("Municipalities"),
    ("agreement", "decider"): _("Regional council that decides"),
    ("version", "signed_on"): _("Signed on"),
    ("version", "valid_from"): _("Start of the term"),
    ("version", "valid_to"): _("End of the term"),
    ("version", "content"): _("Strategic content"),
    ("priority", "title"): _("Title of a strategic priority"),
    ("priority", "description"): _("Description of a strategic priority"),
    ("priority", "themes"): _("Cross-cutting themes"),
}
"""(Kind of object, field) → what sources disagree on."""

YEARS = ngettext_lazy("%(count)d year", "%(count)d years", "count")
MONTHS = ngettext_lazy("%(count)d month", "%(count)d months", "count")
DAYS = ngettext_lazy("%(count)d day", "%(count)d days", "count")

WHOLE = 100
"""Per cent."""

SHOWN_AT_ONCE = 12
"""Sources, before somebody asks for the rest."""


class Origin(NamedTuple):
    """A source as the table shows it."""

    use: Use
    age: str
    taken: Sequence[tuple[str, int]]


class Origins(NamedTuple):
    """Sources: those that most stands on, and the rest, which a long page shows only when asked."""

    most: Sequence[Origin]
    rest: Sequence[Origin]

    @property
    def total(self) -> int:
        """How many sources there are."""
        return len(self.most) + len(self.rest)


class Hole(NamedTuple):
    """A gap with its bar, in whole per cent: filled up to `sure`, open up to `most`."""

    gap: Gap
    sure: int
    most: int


class Quarrel(NamedTuple):
    """A disagreement with what it is about in words."""

    about: str
    found: Disagreement
    value_is_day: bool


class Signed(NamedTuple):
    """A signed head with its moment, in UTC as it was signed."""

    head: SignedHead
    day: date
    time: str


class Sums(NamedTuple):
    """Statements about the same money that differ."""

    label: Text
    statements: Sequence[tuple[str, Any]]


@page
def data(request: HttpRequest, place: Place) -> HttpResponse:
    """The page, with everything that its programme rests on."""
    today = clock.today(place.programme.time_zone)
    found = provenance.of(place.viewer, place.programme)
    origins = [_origin(use, today) for use in found.uses]
    context = {
        "day": today,
        "found": found,
        **_totals(found),
        "origins": Origins(origins[:SHOWN_AT_ONCE], origins[SHOWN_AT_ONCE:]),
        "holes": [_hole(gap, found.agreements) for gap in found.gaps],
        "quarrels": [_quarrel(one) for one in found.disagreements],
        "money": [Sums(group[0].label, [(amount_words(figure.amount), figure) for figure in group]) for group in found.money],
        "terms": terms.glossary().not_confirmed("sv"),
        "heads": [_signed(head) for head in heads.last(place.viewer, place.programme)],
        "lists": [(name, str(label), share.downloads(place, name)) for name, label in LISTS.items()],
    }
    return show(request, place, "portal/data.html", context)


def _totals(found: Provenance) -> dict[str, int]:
    """How much of what should be known is, over all agreements and items."""
    return {
        "total": sum(gap.known + gap.partly + gap.missing for gap in found.gaps),
        "known": sum(gap.known for gap in found.gaps),
        "partly": sum(gap.partly for gap in found.gaps),
        "missing": sum(gap.missing for gap in found.gaps),
        "facts": sum(use.facts for use in found.uses),
    }


def _origin(use: Use, today: date) -> Origin:
    taken = [(str(KINDS.get(kind, _("other facts"))), number) for kind, number in use.kinds.items()]
    return Origin(use, str(age(use.source.published, today)) if use.source.published else "", list(_merged(taken)))


def _merged(taken: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Kinds that are called the same count together."""
    found: dict[str, int] = {}
    for words, number in taken:
        found[words] = found.get(words, 0) + number
    return found.items()


def age(published: date, today: date) -> Promise | str:
    """How old something is, in whole years; in months where it is younger than two years, in days where younger than two months."""
    months = (today.year - published.year) * 12 + today.month - published.month - (today.day < published.day)
    if months >= 24:
        return YEARS % {"count": months // 12}
    return MONTHS % {"count": months} if months >= 2 else DAYS % {"count": max((today - published).days, 0)}


def _hole(gap: Gap, agreements: int) -> Hole:
    whole = agreements or 1
    return Hole(gap, gap.known * WHOLE // whole, (gap.known + gap.partly) * WHOLE // whole)


def _signed(head: SignedHead) -> Signed:
    at = datetime.fromisoformat(head.at)
    return Signed(head, at.date(), f"{at:%H:%M} UTC")


def _quarrel(found: Disagreement) -> Quarrel:
    name, _dot, _language = found.field.partition(".")
    words = FIELDS.get((found.kind, name)) or KINDS.get(found.kind, _("other facts"))
    return Quarrel(str(words), found, isinstance(found.value, date))
