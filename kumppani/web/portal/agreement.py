"""One agreement: what was promised, by whom, and how it is going, on the day asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from kumppani.access import completeness, load, visible, whole
from kumppani.access.whole import Part, WholeAgreement
from kumppani.domain.agreements.rules import Validity
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import LANGUAGES, Message, Text, _
from kumppani.web.asked import as_of
from kumppani.web.components import drawn
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked, money, timeline
from kumppani.web.portal.history import with_known
from kumppani.web.portal.parties import parties
from kumppani.web.portal.present import Backed, amount_words, backed, backed_words, downloads_of, local_day, sources_used
from kumppani.web.portal.reading import Reading, read
from kumppani.web.portal.territory import grid, small_map
from kumppani.web.portal.undertakings import plan, priorities, promises
from kumppani.web.templatetags.kumppani import plain

LISTS: dict[str, Message] = {
    "parties": _("parties"),
    "priorities": _("priorities"),
    "commitments": _("commitments"),
    "measures": _("measures"),
    "figures": _("published sums"),
}
"""Lists of the open interface that an agreement's page offers."""

GAPS = ("commitments", "action_plan", "cooperation_parties", "known_updates")
"""Of what it is said when it was last looked for, where there is none of it."""

START_MONEY = "start_money"
"""What the figure at the head of the page measures."""

TERM = ("signed_on", "valid_from", "valid_to", "authentic_language", "text")


@page
@with_known("agreement")
def agreement(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of an agreement; of a withdrawn one, what is said in its place."""
    asked = as_of(request.GET, place.programme)
    try:
        found = whole.agreement(place.viewer, place.programme, key)
    except Missing:
        return _withdrawn(request, place, key)
    reading = read(place, asked, found)
    context = {
        "asof": asked,
        "agreement": found.agreement,
        **_lead(reading),
        **_content(reading),
        **promises(reading),
        **priorities(reading),
        **plan(reading),
        **_money(reading),
        **parties(reading),
        **_where(reading),
        **_history(reading),
        "ecosystems": visible.ecosystems(place.viewer, place.programme).prefetch_related(None).filter(agreement=found.agreement),
        "gaps": {name: reading.book.chosen("agreement", key, name) for name in GAPS},
        "downloads": downloads_of(place, "agreements", key, asked, LISTS),
        "linked": linked.agreement(place, found, reading.version, asked.day),
    }
    return show(request, place, "portal/agreement.html", context)


def _withdrawn(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Gone, not missing: the reason that was published stands in its place."""
    version = load.withdrawn_agreement(place.viewer, place.programme, key)
    withdrawn_on = local_day(version.publication.withdrawn_at, place.programme.time_zone)
    context = {"version": version, "agreement": version.agreement, "withdrawn_on": withdrawn_on}
    return show(request, place, "portal/withdrawn.html", context, status=410)


@dataclass(frozen=True, slots=True)
class Wording:
    """The content statement in one language as it was printed, and what stands behind it."""

    language: str
    words: str
    evidence: Backed


def _lead(reading: Reading) -> dict[str, Any]:
    """The answer, and the figures under it."""
    name, ends = reading.found.agreement.name, reading.version.valid_to
    known = _known(reading.found)
    firm = sum(1 for item in known if item.level == completeness.Knowledge.KNOWN)
    return {
        "version": reading.version,
        "validity": reading.validity,
        "is_signed": reading.is_signed,
        "other_names": _other_names(name, reading.language),
        "side_names": {"state": str(_("The state")), "city": plain(name)},
        "days_left": (ends - reading.day) // timedelta(days=1) if ends and reading.validity is Validity.IN_FORCE else None,
        "start_money": _start_money(reading.found),
        "known": known,
        "known_count": f"{firm}/{len(known)}",
    }


def _other_names(name: Text, language: str) -> list[tuple[str, str]]:
    """The name in the other languages, where it is another one."""
    found: dict[str, str] = {}
    for code in LANGUAGES:
        if name.get(code) not in (None, name.pick(language).value):
            found.setdefault(name[code], code)
    return [(code, words) for words, code in found.items()]


def _known(found: WholeAgreement) -> list[drawn.Item]:
    measured = {figure.key: figure.measures for figure in found.figures}
    meter = completeness.meter(completeness.items(), found.evidence, measured)
    return [drawn.Item(plain(one.item.label), one.knowledge, one.looked_on) for one in meter.found]


def _start_money(found: WholeAgreement) -> tuple[str, Any] | None:
    """The agreement's own start-up money as its first source states it."""
    own = (figure for figure in found.figures if figure.agreement_id is not None and figure.measures == START_MONEY)
    return next(((amount_words(figure.amount), figure) for figure in own), None)


def _content(reading: Reading) -> dict[str, Any]:
    """What was agreed as it was printed, and the goals sources state."""
    book, version = reading.book, reading.version
    return {
        "wordings": [
            Wording(language, version.content.get(language, ""), backed(book, "version", version.key, f"content.{language}"))
            for language in LANGUAGES
        ],
        "goals": [
            (part, backed_words(book, "stated_goal", _goal_key(reading, part), "wording", reading.language))
            for part in reading.found.parts_of("stated_goal")
        ],
    }


def _goal_key(reading: Reading, part: Part) -> str:
    return f"{reading.key}/goal/{part.position}"


def _money(reading: Reading) -> dict[str, Any]:
    """Published sums; the sources of those that speak of all agreements alone are listed with the sums, not with the agreement's."""
    figures = reading.found.figures
    sums = money.comparisons(figures, _side_of_money)
    cited = [linked.CitedFigure(line.figure) for one in sums if one.is_own for line in one.lines]
    return {
        "money": sums,
        "has_own_money": any(figure.agreement_id is not None for figure in figures),
        "sources": sources_used([*reading.found.evidence, *cited]),
    }


def _side_of_money(figure: Any) -> str:
    """National money is the state's; what speaks of one city region is drawn on its side."""
    return "state" if figure.agreement_id is None else "city"


def _where(reading: Reading) -> dict[str, Any]:
    places = reading.found.territory
    return {
        "territory": grid(places),
        "territory_evidence": backed(reading.book, "agreement", reading.key, "territory"),
        "atlas": small_map(reading.place.programme.country, places),
    }


def _history(reading: Reading) -> dict[str, Any]:
    """Stages, and the versions with their texts."""
    found, book = reading.found, reading.book
    return {
        "events": timeline.events(reading.place, found, book, reading.asked),
        "has_updates": bool(found.parts_of("known_update")),
        "undated": timeline.undated_updates(found),
        "versions": [(one, backed(book, "version", one.key, "text")) for one in found.versions],
        "term": {field: backed(book, "version", reading.version.key, field) for field in TERM},
    }
