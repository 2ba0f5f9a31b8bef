"""What became of a thing, event by event with old and new values; and what the system knew of it at a moment.

Only what is open today is told, by open fields alone. What a person did before an agreement was first published is told without its values: they
were nobody else's to read, and what was published says what came of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max, Q, QuerySet

from kumppani.access import meetings, visible
from kumppani.access.actors import machines
from kumppani.access.journalled import PARTS, chain_of, key_of, root_of
from kumppani.access.told import CODES, OF_VERSIONS, SHOWN_OF_ROWS, TOLD, TOLD_OF_VERSIONS
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import AgreementVersion, Priority
from kumppani.domain.agreements.queries import SIGNED
from kumppani.domain.bodies.models import Body, Seat
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Municipality
from kumppani.domain.programmes.models import Category, Programme
from kumppani.kernel.errors import Missing
from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.text import Message, Text, _

KINDS: Mapping[str, Callable[[Viewer, Programme], QuerySet[Any]]] = {
    "agreement": visible.agreements,
    "priority": visible.priorities,
    "commitment": visible.commitments,
    "measure": visible.measures,
    "ecosystem": visible.ecosystems,
    "organisation": visible.organisations,
    "body": meetings.bodies,
}
"""Kinds of thing that have a page of their own → where they are found."""

OF_BODIES = ("body", "seat", "term")
"""Kinds that are told with a body: their keys begin with its key. Its meetings are told by their minutes."""

OF_ECOSYSTEMS = ("ecosystem", "ecosystemmember", "ecosystempriority")
"""Kinds that are told with an ecosystem: their keys begin with its key."""

ALWAYS_OPEN = frozenset({"organisation", "body"})
"""Kinds that no publication opens."""

CARRIED_ALONG = ("priority", "commitment", "measure", "contactpoint", "cooperationparty", "statedgoal", "knownupdate", *OF_ECOSYSTEMS)
"""Parts of an agreement that are open while the agreement is."""

SIGNED_HERE = "bring_into_force"
"""What this act left is what was published; what stood there before it was a draft."""

Value = Text | Message | date | str
"""Something a field says, ready to be written in the reader's language."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field, its language where it has several, and what it said before and says after; nothing where there was nothing."""

    label: Message
    language: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event: what it did to which object, and the fields that became others. `is_hidden`: its values were not open when it happened."""

    number: int
    at: datetime
    act: str
    kind: str
    key: str
    name: tuple[Value, ...]
    verb: str
    lines: tuple[Line, ...]
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A thing whose past is told. `opened` is the number of the event by which it was first published; none where it always was open."""

    programme: Programme
    viewer: Viewer
    kind: str
    thing: Any
    opened: tuple[int, datetime] | None
    machines: frozenset[str]
    events: QuerySet[Event]


def past_of(viewer: Viewer, programme: Programme, kind: str, key: str) -> Past:
    """The past of a thing that is open today; what is not is Missing."""
    if kind not in KINDS:
        raise Missing("no-such-kind", _("There is no history of this kind here."))
    thing = KINDS[kind](viewer, programme).prefetch_related(None).filter(key=key).first()
    if thing is None:
        raise Missing("not-found", _("There is nothing by the key “{key}” here.", key=key))
    chain, root = chain_of(thing), root_of(thing)
    events = Event.objects.filter(chain=chain, kind=kind, key=key)
    if kind == "agreement":
        events = Event.objects.filter(_of_agreement(thing), chain=chain, root=root)
    if kind == "ecosystem":
        events = Event.objects.filter(Q(key=key) | Q(key__startswith=f"{key}/"), chain=chain, root=root, kind__in=OF_ECOSYSTEMS)
    if kind == "body":
        events = Event.objects.filter(chain=chain, root=root, kind__in=OF_BODIES)
    return Past(programme, viewer, kind, thing, _opened(chain, root) if kind not in ALWAYS_OPEN else None, machines(), events.order_by("-number"))


def _of_agreement(agreement: Any) -> Q:
    """The agreement, its open versions with their parts, and what is open with it."""
    found = Q(kind="agreement") | Q(kind__in=CARRIED_ALONG)
    for version in AgreementVersion.objects.filter(agreement=agreement, publication__status=visible.OPEN).select_related("agreement"):
        own = Q(key=version.key) | Q(key__startswith=f"{version.key}/")
        found |= own & Q(kind__in=OF_VERSIONS, act__in=TOLD_OF_VERSIONS)
    return found


def _opened(chain: str, root: str) -> tuple[int, datetime] | None:
    first = Event.objects.filter(chain=chain, root=root, kind="publication", act="publish").order_by("number").values_list("number", "at").first()
    return (first[0], first[1]) if first else None


def tell(past: Past, events: Sequence[Event]) -> list[Entry]:
    """The events with their values. As many queries as there are kinds of thing that values name, at most five."""
    said = [json.loads(event.text) for event in events]
    names = _Names(past, ((one["kind"], row) for one in said for row in (one["before"], one["after"])))
    return [_entry(past, names, event, one) for event, one in zip(events, said, strict=True)]


def _entry(past: Past, names: _Names, event: Event, said: Mapping[str, Any]) -> Entry:
    before, after = said["before"], said["after"]
    is_hidden = past.opened is not None and event.number < past.opened[0] and event.actor not in past.machines
    if is_hidden and event.act == SIGNED_HERE:
        before, is_hidden = {}, False
    verb = "changed" if before and after else "removed" if before else "recorded"
    lines = () if is_hidden else tuple(_lines(names, event.kind, before, after))
    name = () if is_hidden and event.kind != "agreement" else names.values(event.kind, TOLD[event.kind].named_by, after or before)
    return Entry(event.number, event.at, event.act, event.kind, event.key, name, verb, lines, is_hidden)


def _lines(names: _Names, kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    for field, label in TOLD[kind].fields.items():
        old, new = _said(before, field), _said(after, field)
        if old == new:
            continue
        if isinstance(new if new is not None else old, dict):
            for language in sorted({*(old or {}), *(new or {})}):
                was, is_now = (old or {}).get(language, ""), (new or {}).get(language, "")
                if was != is_now:
                    yield Line(label, language, (was,) if was else (), (is_now,) if is_now else ())
        else:
            lines = names.values(kind, field, before), names.values(kind, field, after)
            if lines[0] != lines[1]:
                yield Line(label, "", *lines)


def _said(row: Mapping[str, Any], field: str) -> Any:
    """What a row says of a field, or of the rows it carries under that name. An event that changed some of many rows still carries all."""
    return row.get(PARTS, {}).get(field) if field in SHOWN_OF_ROWS else row.get(field)


def name_of(past: Past) -> Text:
    """What the thing is called today."""
    if past.kind == "organisation":
        return Text(list(past.thing.names.all())[-1].name)
    return Text(getattr(past.thing, TOLD[past.kind].named_by))


@dataclass(frozen=True, slots=True)
class Record:
    """What was known of an object at a moment: its last event until then."""

    kind: str
    key: str
    at: datetime
    name: tuple[Value, ...]
    fields: tuple[tuple[Message, str, tuple[Value, ...]], ...]


def known(past: Past, moment: datetime) -> list[Record]:
    """Everything known of the thing at a moment, the thing itself first: of what is open today. Nothing where it was not open yet."""
    if past.opened is not None and moment < past.opened[1]:
        return []
    last = past.events.filter(at__lte=moment).order_by().values("kind", "key").annotate(last=Max("number")).values("last")
    events = list(past.events.filter(number__in=last, kind__in=list(TOLD)).order_by("number"))
    said = [(event, json.loads(event.text)["after"]) for event in events]
    said = [(event, row) for event, row in said if row and _stood(event, row)]
    names = _Names(past, ((event.kind, row) for event, row in said))
    order = [past.kind, *TOLD]
    said.sort(key=lambda one: (order.index(one[0].kind), one[0].number))
    return [
        Record(event.kind, event.key, event.at, names.values(event.kind, TOLD[event.kind].named_by, row), tuple(_fields(names, event.kind, row)))
        for event, row in said
    ]


def _stood(event: Event, row: Mapping[str, Any]) -> bool:
    """A version that was still negotiated was not known to anybody else."""
    return event.kind != "agreementversion" or row.get("status") in SIGNED


def _fields(names: _Names, kind: str, row: Mapping[str, Any]) -> Iterator[tuple[Message, str, tuple[Value, ...]]]:
    for field, label in TOLD[kind].fields.items():
        said = _said(row, field)
        if isinstance(said, dict):
            yield from ((label, language, (words,)) for language, words in sorted(said.items()) if words)
        elif values := names.values(kind, field, row):
            yield label, "", values


NOT_OPEN = _("not open to everyone")


class _Names:
    """Reads the values of rows: days as days, codes as words, keys of other objects as their names."""

    def __init__(self, past: Past, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        wanted: dict[type[models.Model], set[str]] = {}
        for kind, row in rows:
            for field in TOLD[kind].fields:
                for model, key in _pointers(kind, field, row):
                    wanted.setdefault(model, set()).add(key)
        self.names = {(model, key): name for model, keys in wanted.items() for key, name in _names(past, model, keys).items()}

    def values(self, kind: str, field: str, row: Mapping[str, Any]) -> tuple[Value, ...]:
        """What a row says of a field; several values of the rows it carries."""
        said = _said(row, field) if field else None
        if said is None or said == "" or said == {} or said == []:
            return ()
        model, name = _column(kind, field)
        each = [one.get(name) for one in said] if field in SHOWN_OF_ROWS else [said]
        found = [self._value(kind, field, model._meta.get_field(name), one) for one in each if one not in (None, "")]
        return tuple(found if field not in SHOWN_OF_ROWS else sorted(found, key=str))

    def _value(self, kind: str, field: str, column: Any, said: Any) -> Value:
        if column.is_relation:
            key = str(said)
            return self.names.get((column.related_model, key)) or (key if column.related_model._meta.label == "documents.File" else NOT_OPEN)
        if isinstance(column, LocalisedTextField):
            return Text(said)
        if isinstance(column, models.DateField):
            return date.fromisoformat(said[:10])
        return CODES.get((kind, field), {}).get(said) or str(said)


def _column(kind: str, field: str) -> tuple[type[models.Model], str]:
    """The model and the name of the column that is shown for a field, or for rows that are carried."""
    model = apps.get_model(TOLD[kind].label)
    if field not in SHOWN_OF_ROWS:
        return model, field
    how = {"territory": "agreements.Territory", "themes": "agreements.PriorityTheme", "partners": "agreements.MeasurePartner"}
    return apps.get_model(how.get(field) or {"names": "parties.OrganisationName", "identifiers": "parties.Identifier"}[field]), SHOWN_OF_ROWS[field]


def _pointers(kind: str, field: str, row: Mapping[str, Any]) -> Iterator[tuple[type[models.Model], str]]:
    said = _said(row, field)
    if said in (None, "", [], {}):
        return
    model, name = _column(kind, field)
    column = model._meta.get_field(name)
    if column.is_relation:
        each = [one.get(name) for one in said] if field in SHOWN_OF_ROWS else [said]
        related: Any = column.related_model
        yield from ((related, str(one)) for one in each if one)


def _names(past: Past, model: type[models.Model], keys: set[str]) -> dict[str, Value]:
    """The names of today of other objects, as far as they are open."""
    viewer, programme = past.viewer, past.programme
    if model._meta.label == "parties.Organisation":
        found = visible.organisations(viewer, programme).select_related(None).prefetch_related(None).filter(key__in=keys).prefetch_related("names")
        return {one.key: Text(list(one.names.all())[-1].name) for one in found if one.names.all()}
    if model is Priority:
        return {one.key: Text(one.title) for one in visible.priorities(viewer, programme).prefetch_related(None).filter(key__in=keys)}
    if model is Body:
        return {one.key: Text(one.name) for one in Body.objects.filter(programme=programme, key__in=keys)}
    if model is Seat:
        bodies = {key.rpartition("/")[0] for key in keys}
        return {one.key: Text(one.title) for one in Seat.objects.filter(body__programme=programme, body__key__in=bodies).select_related("body")}
    if model is Category:
        places = Q()
        for key in keys:
            scheme, _slash, own = key.partition("/")
            places |= Q(scheme__key=scheme, key=own)
        return {f"{one.scheme.key}/{one.key}": Text(one.label) for one in visible.categories(viewer, programme).filter(places)}
    if model is Municipality:
        return {key_of(one): Text(one.name) for one in Municipality.objects.filter(code__in=[key.partition("-")[2] for key in keys])}
    return {}
