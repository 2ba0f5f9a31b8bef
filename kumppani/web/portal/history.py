"""What became of a thing, event by event, and the record of it as the system knew it at a moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from kumppani.access import history as past
from kumppani.access.changes import SENTENCES
from kumppani.access.told import TOLD
from kumppani.kernel.days import written_day
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Message, Text, _
from kumppani.web.asked import known_at, page_number
from kumppani.web.page import page, show
from kumppani.web.place import Place

EVENTS = 30
"""On a page of the history."""

VERBS: dict[str, Message] = {
    "recorded": _("{what} was recorded: {name}."),
    "changed": _("{what} was changed: {name}."),
    "removed": _("{what} was removed: {name}."),
}
NAMELESS: dict[str, Message] = {
    "recorded": _("{what} was recorded."),
    "changed": _("{what} was changed."),
    "removed": _("{what} was removed."),
}
LANGUAGE_NAMES: dict[str, Message] = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}


@dataclass(frozen=True, slots=True)
class Words:
    """Words, and their language where it is not the reader's."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """A field with what it said before and says after."""

    label: str
    before: Sequence[Words]
    after: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words."""

    at: str
    sentence: str
    lines: Sequence[Line]
    is_new: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Record:
    """An object as it was known: what it is called, since when it was known so, and its fields."""

    title: str
    since: str
    fields: Sequence[tuple[str, Sequence[Words]]]


@page
def history(request: HttpRequest, place: Place, kind: str, key: str) -> HttpResponse:
    """The page of a thing's history, newest first."""
    found, number = past.past_of(place.viewer, place.programme, kind, key), page_number(request.GET)
    total = found.events.count()
    events = list(found.events[(number - 1) * EVENTS : number * EVENTS])
    if not events and number > 1:
        raise Missing("no-such-page", _("There is no page {page} of this history.", page=number))
    context = {
        **_head(place, found),
        "told": told_of(place, found, events),
        "number": number,
        "pages": -(-total // EVENTS),
        "latest": events[0].at.astimezone(ZoneInfo(place.programme.time_zone)).strftime("%Y-%m-%dT%H:%M") if events else "",
    }
    return show(request, place, "portal/history.html", context)


def with_known(kind: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Makes a page of one thing show its record as the system knew it, when ?known= asks for a moment. Stands inside `page`."""

    def wrapped(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def showing(request: HttpRequest, place: Place, key: str) -> HttpResponse:
            moment = known_at(request.GET, place.programme)
            return view(request, place, key=key) if moment is None else _known(request, place, kind, key, moment)

        return showing

    return wrapped


def _known(request: HttpRequest, place: Place, kind: str, key: str, moment: datetime) -> HttpResponse:
    found = past.past_of(place.viewer, place.programme, kind, key)
    records = [_record(place, one) for one in past.known(found, moment)]
    return show(request, place, "portal/known.html", {**_head(place, found), "moment": _moment(moment, place), "records": records})


def _head(place: Place, found: past.Past) -> dict[str, Any]:
    """What both pages say of the thing itself."""
    thing, kind = found.thing, found.kind
    agreement = thing if kind == "agreement" else getattr(thing, "agreement", None)
    return {
        "kind": kind,
        "key": thing.key,
        "word": str(TOLD[kind].word),
        "name": past.name_of(found),
        "agreement": agreement,
        "zone": place.programme.time_zone,
    }


def told_of(place: Place, found: past.Past, events: Sequence[Any]) -> list[Told]:
    """The events in words."""
    return [_told(place, found, entry) for entry in past.tell(found, events)]


def _told(place: Place, found: past.Past, entry: past.Entry) -> Told:
    lines = [
        Line(_label(line.label, line.language), _all(place, line.before, line.language), _all(place, line.after, line.language))
        for line in entry.lines
    ]
    return Told(_moment(entry.at, place), _sentence(place, found, entry), lines, entry.verb == "recorded", entry.is_hidden)


def _sentence(place: Place, found: past.Past, entry: past.Entry) -> str:
    name = ", ".join(one.words for one in _all(place, entry.name))
    number = entry.key.rpartition("/")[2]
    known = SENTENCES.get((entry.act, entry.kind))
    if known is not None and (name or entry.kind == "publication"):
        agreement = getattr(found.thing, "agreement", found.thing)
        whole = Text(getattr(agreement, "name", None) or {}).pick(place.language).value
        return str(Message(known.template, agreement=whole, name=name, number=number))
    what = str(TOLD[entry.kind].word)
    return str(Message(VERBS[entry.verb].template, what=what, name=name) if name else Message(NAMELESS[entry.verb].template, what=what))


def _record(place: Place, one: past.Record) -> Record:
    name = ", ".join(words.words for words in _all(place, one.name))
    title = f"{TOLD[one.kind].word}: {name}" if name else str(TOLD[one.kind].word)
    return Record(title, _moment(one.at, place), [(_label(label, language), _all(place, values, language)) for label, language, values in one.fields])


def _label(label: Message, language: str) -> str:
    return str(_("{label}, in {language}", label=label, language=LANGUAGE_NAMES.get(language, language))) if language else str(label)


def _all(place: Place, values: Sequence[past.Value], language: str = "") -> list[Words]:
    return [_words(value, place.language, language) for value in values]


def _words(value: past.Value, reader: str, language: str) -> Words:
    if isinstance(value, Text):
        picked = value.pick(reader)
        return Words(picked.value, picked.language if picked.language != reader else "")
    if isinstance(value, date):
        return Words(written_day(value, reader), "")
    return Words(str(value), language if language != reader else "")


def _moment(moment: datetime, place: Place) -> str:
    """A moment in the programme's own time: 24.11.2026 12:00."""
    local = moment.astimezone(ZoneInfo(place.programme.time_zone))
    return f"{written_day(local.date(), place.language)} {local:%H:%M}"
