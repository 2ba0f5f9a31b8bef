"""The days of things found, read from the database at the moment of showing them: what is not there, or not visible any more, is not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import KnownUpdate, StatedGoal
from kumppani.domain.programmes.models import Programme

Thing = tuple[str, str]
"""Kind and key."""

MOST_DAYS = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is read: its visible rows, what makes its key, which days it has."""

    rows: Callable[[Viewer, Programme], QuerySet[Any]]
    key: Combinable
    days: tuple[str, ...]


def _text(field: str) -> Combinable:
    return Cast(F(field), CharField())


def _said(model: Any) -> Callable[[Viewer, Programme], QuerySet[Any]]:
    return lambda viewer, programme: model.objects.filter(agreement__in=visible.agreements(viewer, programme).order_by().values("pk"))


KINDS: Mapping[str, Kind] = {
    # One row for each version in force or to come: which one counts is a rule of agreements.
    "agreement": Kind(visible.versions, _text("agreement__key"), ("signed_on", "valid_from", "valid_to")),
    "priority": Kind(visible.priorities, _text("key"), ("valid_from", "valid_to")),
    "commitment": Kind(visible.commitments, _text("key"), ("promised_on", "due_on", "fulfilled_on", "released_on")),
    "measure": Kind(visible.measures, _text("key"), ("stated_on", "starts_on", "ends_on", "completed_on", "dropped_on")),
    "organisation": Kind(visible.organisations, _text("key"), ("valid_from", "valid_to")),
    "theme": Kind(lambda viewer, programme: visible.categories(viewer, programme, "themes"), _text("key"), ("valid_from", "valid_to")),
    "municipality": Kind(visible.municipalities, Concat("country", Value("-"), "code", output_field=CharField()), ()),
    "figure": Kind(visible.figures, _text("key"), ("as_of", "period_from", "period_to")),
    "goal": Kind(_said(StatedGoal), Concat("agreement__key", Value("/goal/"), _text("position"), output_field=CharField()), ()),
    "update": Kind(_said(KnownUpdate), Concat("agreement__key", Value("/update/"), _text("position"), output_field=CharField()), ("happened_on",)),
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one row, by the names they have in the model: what the rules of agreements ask of a version, a promise, a measure."""

    named: Mapping[str, date | None]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.named[name]
        except KeyError:
            raise AttributeError(name) from None


def days_of(viewer: Viewer, programme: Programme, things: Iterable[Thing]) -> dict[Thing, list[Days]]:
    """The days of each of these things that the viewer may see now, in one query; of an agreement one entry for each version."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for kind, key in things:
        if kind in KINDS:
            wanted[kind].add(key)
    parts = [_rows(viewer, programme, kind, keys) for kind, keys in wanted.items()]
    found: defaultdict[Thing, list[Days]] = defaultdict(list)
    for kind, key, *days in _union(parts):
        found[kind, key].append(Days(dict(zip(KINDS[kind].days, days, strict=False))))
    return dict(found)


def _rows(viewer: Viewer, programme: Programme, kind: str, keys: set[str]) -> QuerySet[Any]:
    read = KINDS[kind]
    columns: dict[str, Combinable] = {"found_kind": Value(kind, CharField()), "found_key": read.key}
    columns |= {f"day_{place}": _day(read.days, place) for place in range(MOST_DAYS)}
    rows = read.rows(viewer, programme).order_by().select_related(None).prefetch_related(None)
    found: QuerySet[Any] = rows.annotate(**columns).filter(found_key__in=keys).values_list(*columns)
    return found


def _day(days: Sequence[str], place: int) -> Combinable:
    return F(days[place]) if place < len(days) else Cast(Value(None), DateField())


def _union(parts: list[QuerySet[Any]]) -> Iterator[tuple[Any, ...]]:
    if parts:
        first, *rest = parts
        yield from first.union(*rest, all=True) if rest else first
