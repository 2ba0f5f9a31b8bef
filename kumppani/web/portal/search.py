"""Search over everything a programme has: what was found, in which words, and how the reader's words were taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from kumppani.access.kept import NOT_KEPT
from kumppani.analytics import live
from kumppani.analytics.build import Fresh, NotReady, ensure_fresh
from kumppani.analytics.documents import KINDS
from kumppani.analytics.labels import KIND_NAMES
from kumppani.analytics.live import Days
from kumppani.analytics.questions.marking import Excerpt
from kumppani.analytics.questions.query import How
from kumppani.analytics.questions.search import PER_PAGE, Found, Heard, Hit, Question
from kumppani.analytics.questions.search import search as ask
from kumppani.domain.agreements.rules import commitment_state_on, measure_state_on, validity_on, version_on
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing, RuleBroken
from kumppani.kernel.text import Message, _
from kumppani.web.asked import page_number, search_words
from kumppani.web.page import page, show
from kumppani.web.place import Place

RETRY_AFTER = "3"
"""Seconds; building takes about one."""

KIND_PLURALS: Mapping[str, Message] = {
    "agreement": _("Agreements"),
    "priority": _("Strategic priorities"),
    "commitment": _("Commitments"),
    "measure": _("Measures"),
    "organisation": _("Organisations"),
    "theme": _("Cross-cutting themes"),
    "municipality": _("Municipalities"),
    "figure": _("Published figures"),
    "goal": _("Stated goals"),
    "update": _("Known updates"),
    "page": _("Pages of this site"),
}

FOUND_IN: Mapping[str, Message] = {"fi": _("found in Finnish"), "sv": _("found in Swedish"), "en": _("found in English")}

ANCHORS: Mapping[str, str] = {"figure": "#money", "municipality": "#territory"}
"""Where on an agreement's page a thing stands that has no page of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as the page shows it. `state`: axis and value, empty for none; `days`: what the calendar says of it, read now."""

    hit: Hit
    kind: str
    path: str
    state: tuple[str, str] | None
    days: Mapping[str, date | None]
    found_in: str

    @property
    def heading(self) -> Excerpt | None:
        """Its title; of what has none, the name of its agreement."""
        return self.hit.title or self.hit.of


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of thing, how many were found of it, how many that is of the most (in hundredths), and whether only these are shown."""

    label: str
    count: int
    share: int
    is_chosen: bool
    query: str


@page
def search(request: HttpRequest, place: Place) -> HttpResponse:
    """The page of results; without words only the box."""
    words, kind, number = search_words(request.GET), _kind(request.GET), page_number(request.GET)
    context: dict[str, Any] = {"q": words, "kind": kind}
    if not words:
        return show(request, place, "portal/search.html", context)
    try:
        fresh = ensure_fresh(place.programme)
    except NotReady:
        return _being_prepared(request, place, context)
    found = ask(fresh.snapshot.path, Question(words, place.language, kind, number))
    if number > found.pages:
        raise Missing("no-such-page-of-results", _("There is no page {number}: the results end at page {last}.", number=number, last=found.pages))
    response = show(request, place, "portal/search.html", context | _results(request, place, found, fresh, number))
    if fresh.is_late:
        # Kept pages hold until the database changes; this one holds only until the snapshot does.
        response["Cache-Control"] = NOT_KEPT
    return response


def _kind(query: QueryDict) -> str:
    kind = query.get("kind", "")
    if kind and kind not in KINDS:
        raise RuleBroken("unknown-kind", _("“{kind}” is not a kind of thing that can be searched for.", kind=kind[:40]))
    return kind


def _being_prepared(request: HttpRequest, place: Place, context: Mapping[str, Any]) -> HttpResponse:
    response = show(request, place, "portal/search.html", {**context, "is_being_prepared": True}, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _results(request: HttpRequest, place: Place, found: Found, fresh: Fresh, number: int) -> dict[str, Any]:
    first = (number - 1) * PER_PAGE + 1
    return {
        "found": found,
        "rows": _rows(place, found.hits),
        "facets": _facets(request.GET, found),
        "everything": sum(found.counts.values()),
        "all_query": _narrowed(request.GET, ""),
        "number": number,
        "first": first,
        "last": first + len(found.hits) - 1,
        "taken": [sentence for sentence in map(_taken, found.heard) if sentence],
        "is_late": fresh.is_late,
    }


def _rows(place: Place, hits: Sequence[Hit]) -> list[Row]:
    """Hits with their days as the database has them now. What is not there any more, or not for this reader, is left out."""
    days = live.days_of(place.viewer, place.programme, [(hit.kind, hit.key) for hit in hits])
    today = clock.today(place.programme.time_zone)
    return [_row(place, hit, days.get((hit.kind, hit.key), ()), today) for hit in hits if hit.kind not in live.KINDS or (hit.kind, hit.key) in days]


def _row(place: Place, hit: Hit, days: Sequence[Days], today: date) -> Row:
    state, shown = _state(hit.kind, days, today)
    found_in = str(FOUND_IN[hit.language]) if hit.language != place.language and hit.language in FOUND_IN else ""
    return Row(hit, str(KIND_NAMES[hit.kind]), _path(place, hit), state, shown.named if shown else {}, found_in)


def _state(kind: str, days: Sequence[Days], today: date) -> tuple[tuple[str, str] | None, Days | None]:
    """The state that the days make today, and the days it comes from."""
    if not days:
        return None, None
    if kind == "agreement":
        version = version_on(days, today)
        return ("validity", validity_on(version, today)), version
    if kind == "commitment":
        return ("commitment", commitment_state_on(days[0], today)), days[0]
    if kind == "measure":
        return ("measure", measure_state_on(days[0], today)), days[0]
    return None, days[0]


def _path(place: Place, hit: Hit) -> str:
    """The page of a thing; of what has none, the page on which it stands."""
    if hit.kind == "page":
        return place.to(hit.key)
    if hit.kind in {"agreement", "priority", "commitment", "measure", "organisation", "theme"}:
        return place.to(hit.kind, key=hit.key)
    where = place.to("agreement", key=hit.agreement) if hit.agreement else place.to("home")
    return f"{where}{ANCHORS.get(hit.kind, '')}"


def _facets(query: QueryDict, found: Found) -> list[Facet]:
    chosen = query.get("kind", "")
    counts = found.counts if not chosen or chosen in found.counts else {**found.counts, chosen: 0}
    most = max([1, *counts.values()])
    return [Facet(str(KIND_PLURALS[kind]), count, 100 * count // most, kind == chosen, _narrowed(query, kind)) for kind, count in counts.items()]


def _narrowed(query: QueryDict, kind: str) -> str:
    """The same search for one kind of thing, or for every kind; from its first page."""
    narrowed = query.copy()
    narrowed.pop("page", None)
    narrowed.pop("kind", None)
    if kind:
        narrowed["kind"] = kind
    return narrowed.urlencode()


def _taken(heard: Heard) -> str:
    """How a word was taken, where not as it was written."""
    instead = ", ".join(str(_("“{word}”", word=word)) for word in heard.instead)
    sentences = {
        How.BY_PARTS: _("Nothing has the word “{word}” as a whole: shown is what has all its parts.", word=heard.text),
        How.BEGINNING: _("Nothing has the word “{word}”: shown are longer words that begin so.", word=heard.text),
        How.NEARLY: _("Nothing has the word “{word}”: shown are words that differ by one letter.", word=heard.text),
        How.APART: _("Nothing has these words next to each other: “{word}” may stand anywhere.", word=heard.text),
        How.NOT_AT_ALL: _("Nothing has the word “{word}”.", word=heard.text),
    }
    if heard.how not in sentences:
        return ""
    return f"{sentences[heard.how]} ({instead})" if instead else str(sentences[heard.how])
