"""What all a programme shows rests on: its sources and what was taken from each, what is missing, and where sources disagree.

Only the evidence of what is published counts. A dozen queries at most, however much there is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from kumppani.access import completeness, visible
from kumppani.access.completeness import Item, Knowledge
from kumppani.access.viewer import Viewer
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.sources.models import Evidence, Source
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text


class Use(NamedTuple):
    """A source, and how many facts of each kind of object stand on it."""

    source: Source
    kinds: Mapping[str, int]

    @property
    def facts(self) -> int:
        """All of them."""
        return sum(self.kinds.values())


class Gap(NamedTuple):
    """An item of the completeness meter over all agreements: how many know it, know it in part, miss it; when it was last looked for."""

    item: Item
    known: int
    partly: int
    missing: int
    looked_on: date


class Disagreement(NamedTuple):
    """A fact on which sources differ: of what, which field, the value shown (None where it is not told here), its evidence, and the others'."""

    subject: Text
    agreement: str
    kind: str
    field: str
    value: Text | date | None
    chosen: Evidence
    others: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Provenance:
    """All of it."""

    agreements: int
    uses: Sequence[Use]
    gaps: Sequence[Gap]
    disagreements: Sequence[Disagreement]
    money: Sequence[Sequence[Figure]]


def of(viewer: Viewer, programme: Programme) -> Provenance:
    """What a programme rests on, for this viewer."""
    agreements: dict[str, Text] = dict(visible.agreements(viewer, programme).values_list("key", "name"))
    figures = list(visible.figures(viewer, programme))
    rows = list(visible.evidence(viewer, programme))
    return Provenance(
        agreements=len(agreements),
        uses=_uses(rows, figures),
        gaps=_gaps(rows, list(agreements), figures),
        disagreements=_disagreements(viewer, programme, rows, agreements),
        money=_disagreeing_money(figures),
    )


def _uses(rows: Iterable[Evidence], figures: Iterable[Figure]) -> list[Use]:
    """Sources by how much stands on them, then by key. A figure's evidence and the figure itself are one fact."""
    sources: dict[int, Source] = {}
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    for kind, source in [*((row.kind, row.source) for row in rows if row.kind != "figure"), *(("figure", figure.source) for figure in figures)]:
        if source is not None:
            sources[source.pk] = source
            kinds[source.pk][kind] += 1
    uses = [Use(source, dict(kinds[pk].most_common())) for pk, source in sources.items()]
    return sorted(uses, key=lambda use: (-use.facts, use.source.key))


def _gaps(rows: Iterable[Evidence], agreements: Sequence[str], figures: Iterable[Figure]) -> list[Gap]:
    """Each item over all agreements, in the order of the list of items."""
    by_root: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        by_root[row.root].append(row)
    measured = {figure.key: figure.measures for figure in figures}
    meters = [completeness.meter(completeness.items(), by_root[key], measured) for key in agreements]
    found = {item.key: [one for meter in meters for one in meter.found if one.item.key == item.key] for item in completeness.items()}
    return [_gap(item, found[item.key]) for item in completeness.items()]


def _gap(item: Item, found: Sequence[completeness.Found]) -> Gap:
    counted = Counter(one.knowledge for one in found)
    looked = max([one.looked_on for one in found], default=item.looked_on)
    return Gap(item, counted[Knowledge.KNOWN], counted[Knowledge.PARTLY], counted[Knowledge.MISSING], looked)


def _disagreeing_money(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Statements about the same thing, where those that measure the same do not say the same sum."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.group].append(figure)
    return [group for group in groups.values() if _disagree(group)]


def _disagree(group: Iterable[Figure]) -> bool:
    """A total and its parts are three sums and no disagreement."""
    sums: dict[str, set[Amount]] = defaultdict(set)
    for figure in group:
        sums[figure.measures].add(figure.amount)
    return any(len(amounts) > 1 for amounts in sums.values())


def _disagreements(viewer: Viewer, programme: Programme, rows: Iterable[Evidence], agreements: Mapping[str, Text]) -> list[Disagreement]:
    chosen: dict[tuple[str, str, str], Evidence] = {}
    others: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for row in rows:
        place = (row.kind, row.key, row.field)
        if row.chosen:
            chosen[place] = row
        else:
            others[place].append(row)
    things = _things(viewer, programme, {kind: {key for one, key, _field in others if one == kind} for kind, _key, _field in others})
    return [
        Disagreement(
            subject=agreements.get(chosen[place].root) or _name(things.get(place[:2])),
            agreement=chosen[place].root if chosen[place].root in agreements else "",
            kind=place[0],
            field=place[2],
            value=_value(things.get(place[:2]), place[2]),
            chosen=chosen[place],
            others=differing,
        )
        for place, differing in others.items()
        if place in chosen
    ]


Finder = Callable[[Viewer, Programme, set[str]], Iterable[tuple[str, Any]]]


def _by_key(things: Callable[[Viewer, Programme], Any]) -> Finder:
    return lambda viewer, programme, keys: ((thing.key, thing) for thing in things(viewer, programme).prefetch_related(None).filter(key__in=keys))


def _versions(viewer: Viewer, programme: Programme, keys: set[str]) -> Iterable[tuple[str, Any]]:
    found = visible.versions(viewer, programme).prefetch_related(None).filter(agreement__key__in={key.split("/")[0] for key in keys})
    return ((version.key, version) for version in found)


def _categories(_viewer: Viewer, programme: Programme, _keys: set[str]) -> Iterable[tuple[str, Any]]:
    found = Category.objects.filter(scheme__programme=programme).select_related("scheme")
    return ((f"{category.scheme.key}/{category.key}", category) for category in found)


def _municipalities(viewer: Viewer, programme: Programme, _keys: set[str]) -> Iterable[tuple[str, Any]]:
    return ((place.key, place) for place in visible.municipalities(viewer, programme).prefetch_related(None))


FINDERS: Mapping[str, Finder] = {
    "programme": lambda _viewer, programme, _keys: [(programme.key, programme)],
    "category": _categories,
    "municipality": _municipalities,
    "agreement": _by_key(visible.agreements),
    "version": _versions,
    "priority": _by_key(visible.priorities),
    "commitment": _by_key(visible.commitments),
    "measure": _by_key(visible.measures),
}
"""Kind of object → its objects by the keys their evidence stands under. Of other kinds only the sources are told, and where to read on."""


def _things(viewer: Viewer, programme: Programme, wanted: Mapping[str, set[str]]) -> dict[tuple[str, str], Any]:
    return {
        (kind, key): thing
        for kind, keys in wanted.items()
        if (find := FINDERS.get(kind)) is not None
        for key, thing in find(viewer, programme, keys)
        if key in keys
    }


def _name(thing: Any) -> Text:
    return next((words for name in ("name", "title", "label") if (words := getattr(thing, name, None))), Text())


def _value(thing: Any, field: str) -> Text | date | None:
    name, _dot, language = field.partition(".")
    value = getattr(thing, name, None)
    if isinstance(value, Text):
        return Text({language: value[language]}) if language in value else None
    return value if isinstance(value, date) else None
