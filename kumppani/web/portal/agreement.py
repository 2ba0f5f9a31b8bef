"""One agreement: what was promised, by whom, and how it is going, on the day asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from kumppani.access import completeness, load, whole
from kumppani.access.whole import Concentration, Part, Signed, WholeAgreement, Work
from kumppani.domain.agreements.rules import (
    CommitmentState,
    MeasureState,
    Side,
    Validity,
    commitment_state_on,
    measure_state_on,
    validity_on,
    version_on,
)
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import LANGUAGES, Message, Text, _
from kumppani.web.asked import AsOf, as_of
from kumppani.web.components import atlas, drawn
from kumppani.web.components.vow import Promise, Vow
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked, money, timeline
from kumppani.web.portal.present import (
    REGION_LEVELS,
    Backed,
    Party,
    amount_words,
    backed,
    backed_words,
    bounds_of,
    downloads_of,
    local_day,
    party,
    sources_used,
)
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


@page
def agreement(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of an agreement; of a withdrawn one, what is said in its place."""
    asked = as_of(request.GET, place.programme)
    try:
        found = whole.agreement(place.viewer, place.programme, key)
    except Missing:
        return _withdrawn(request, place, key)
    return show(request, place, "portal/agreement.html", _context(place, asked, found))


def _withdrawn(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Gone, not missing: the reason that was published stands in its place."""
    version = load.withdrawn_agreement(place.viewer, place.programme, key)
    withdrawn_on = local_day(version.publication.withdrawn_at, place.programme.time_zone)
    return show(
        request, place, "portal/withdrawn.html", {"version": version, "agreement": version.agreement, "withdrawn_on": withdrawn_on}, status=410
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """The content statement in one language as it was printed, and what stands behind it."""

    language: str
    words: str
    evidence: Backed


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, with the approvals that are known."""

    party: Party
    side: str
    approvals: Sequence[tuple[whole.Approved, Backed]]
    approvals_gap: Any


@dataclass(frozen=True, slots=True)
class Focus:
    """A priority as the page lists it."""

    priority: Any
    themes: Sequence[Any]
    title: Backed
    mapping: Backed


class Line(NamedTuple):
    """A measure as the plan lists it on the day asked for."""

    measure: Any
    state: MeasureState
    lead: Text
    partners: Sequence[Text]


class Column(NamedTuple):
    """A classification of areas in one version."""

    label: str
    level: str
    version: str


class Row(NamedTuple):
    """A municipality; for each column the area it lies in, or None."""

    municipality: Any
    is_core: bool
    cells: Sequence[tuple[Column, whole.Area | None]]


class Grid(NamedTuple):
    """The city region as a table."""

    columns: Sequence[Column]
    rows: Sequence[Row]


class Plan(NamedTuple):
    """The measures under one priority."""

    priority: Any
    lines: Sequence[Line]


def _context(place: Place, asked: AsOf, found: WholeAgreement) -> dict[str, Any]:
    book = EvidenceBook(found.evidence)
    version = version_on(found.versions, asked.day)
    validity = validity_on(version, asked.day)
    is_signed = validity is not Validity.NOT_SIGNED
    sums = money.comparisons(found.figures, _side_of_money)
    return {
        "asof": asked,
        "agreement": found.agreement,
        "version": version,
        "version_key": version.key if version else "",
        "validity": validity,
        "is_signed": is_signed,
        "other_names": _other_names(found.agreement.name, place.language),
        "side_names": {"state": str(_("The state")), "city": plain(found.agreement.name)},
        "name_evidence": backed_words(book, "agreement", found.agreement.key, "name", place.language),
        "known": (known := _meter(found)),
        "known_count": f"{sum(1 for item in known if item.level == completeness.Knowledge.KNOWN)}/{len(known)}",
        "start_money": _start_money(found),
        "days_left": (version.valid_to - asked.day) // timedelta(days=1) if version and version.valid_to and validity is Validity.IN_FORCE else None,
        "term": {
            field: backed(book, "version", version.key, field) for field in ("signed_on", "valid_from", "valid_to", "authentic_language", "text")
        }
        if version
        else {},
        "wordings": _wordings(book, version) if version else [],
        **_parties(place, found, book, version, asked.day, is_signed=is_signed),
        **_promises(place, found, book, asked.day),
        **_priorities(found, book, place.language, asked.day),
        **_measures(found, asked.day),
        "territory": _territory(found.territory),
        "atlas": _atlas(place, found),
        "territory_evidence": backed(book, "agreement", found.agreement.key, "territory"),
        "goals": [
            (part, backed_words(book, "stated_goal", _part_key(found, part), "wording", place.language)) for part in found.parts_of("stated_goal")
        ],
        "money": sums,
        "has_own_money": any(figure.agreement_id is not None for figure in found.figures),
        "events": timeline.events(place, found, book, asked),
        "has_updates": bool(found.parts_of("known_update")),
        "undated": timeline.undated_updates(found),
        "versions": [(one, backed(book, "version", one.key, "text")) for one in found.versions],
        "gaps": {name: book.chosen("agreement", found.agreement.key, name) for name in GAPS},
        "sources": sources_used([*found.evidence, *(linked.CitedFigure(line.figure) for one in sums if one.is_own for line in one.lines)]),
        "downloads": downloads_of(place, "agreements", found.agreement.key, asked, LISTS),
        "linked": linked.agreement(place, found, version, asked.day),
    }


def _other_names(name: Text, language: str) -> list[tuple[str, str]]:
    """The name in the other languages, where it is another one."""
    found: dict[str, str] = {}
    for code in LANGUAGES:
        if name.get(code) not in (None, name.pick(language).value):
            found.setdefault(name[code], code)
    return [(code, words) for words, code in found.items()]


def _territory(places: Sequence[whole.Place]) -> Grid:
    """Municipalities by rows, classifications by columns: the largest areas first, each classification's versions in order."""
    levels = list(REGION_LEVELS)
    kinds = sorted({(area.level, area.version) for one in places for area in one.areas}, key=lambda kind: (levels.index(kind[0]), kind[1]))
    columns = [Column(str(REGION_LEVELS[level]), level, version) for level, version in kinds]
    return Grid(columns, [Row(one.municipality, one.is_core, [(column, _area(one, column)) for column in columns]) for one in places])


def _atlas(place: Place, found: WholeAgreement) -> atlas.Atlas | None:
    """Where in the country it is. No map where we have no outline to show it on, or no point."""
    towns = [(one.municipality, one.municipality.latitude, one.municipality.longitude) for one in found.territory]
    spots = [
        atlas.Spot(town.key, plain(town.name), "", float(longitude), float(latitude)) for town, latitude, longitude in towns if latitude and longitude
    ]
    drawn_map = atlas.draw(place.programme.country, tuple(spots)) if spots else None
    return drawn_map if drawn_map and drawn_map.outline else None


def _area(one: whole.Place, column: Column) -> whole.Area | None:
    return next((area for area in one.areas if (area.level, area.version) == (column.level, column.version)), None)


def _part_key(found: WholeAgreement, part: Part) -> str:
    word = {"stated_goal": "goal", "known_update": "update"}[part.kind]
    return f"{found.agreement.key}/{word}/{part.position}"


def _meter(found: WholeAgreement) -> list[drawn.Item]:
    measured = {figure.key: figure.measures for figure in found.figures}
    meter = completeness.meter(completeness.items(), found.evidence, measured)
    return [drawn.Item(plain(one.item.label), one.knowledge, one.looked_on) for one in meter.found]


def _start_money(found: WholeAgreement) -> tuple[str, Any] | None:
    """The agreement's own start-up money as its first source states it."""
    own = (figure for figure in found.figures if figure.agreement_id is not None and figure.measures == START_MONEY)
    return next(((amount_words(figure.amount), figure) for figure in own), None)


def _wordings(book: EvidenceBook, version: Any) -> list[Wording]:
    return [
        Wording(language, version.content.get(language, ""), backed(book, "version", version.key, f"content.{language}")) for language in LANGUAGES
    ]


def _parties(place: Place, found: WholeAgreement, book: EvidenceBook, version: Any, day: date, *, is_signed: bool) -> dict[str, Any]:
    number = version.number if version else 0
    signed = [_signature(found, book, one, day) for one in found.signatories if one.version == number]
    return {
        "signatures": signed if is_signed else [],
        "sides": {side.value: " · ".join(plain(one.party.name) for one in signed if one.side == side) for side in Side},
        "negotiators": [
            party(part.organisation, day, backed(book, "negotiator", f"{version.key}/negotiator/{part.organisation.key}", "organisation"))
            for part in found.parts_of("negotiator")
            if part.version == number and part.organisation is not None
        ],
        "cooperation": [
            party(
                part.organisation,
                day,
                backed(book, "cooperation_party", f"{found.agreement.key}/{part.organisation.key}", "organisation"),
                part.words,
                part.period,
            )
            for part in found.parts_of("cooperation_party")
            if is_signed and part.organisation is not None and day in part.period
        ],
        "decider": party(found.agreement.decider, day, backed(book, "agreement", found.agreement.key, "decider"))
        if found.agreement.decider
        else None,
        "decider_evidence": backed(book, "agreement", found.agreement.key, "decider"),
    }


def _signature(found: WholeAgreement, book: EvidenceBook, one: Signed, day: date) -> Signature:
    key = f"{found.agreement.key}/{one.version}/{one.organisation.key}"
    approvals = [(approved, backed(book, "approval", f"{key}/{approved.body_key}", "decided_on")) for approved in one.approvals]
    signing = backed(book, "signatory", key, "organisation")
    return Signature(party(one.organisation, day, signing), one.side, approvals, book.chosen("signatory", key, "approval"))


def _promises(place: Place, found: WholeAgreement, book: EvidenceBook, day: date) -> dict[str, Any]:
    """Promises by subject, both sides beside each other; those not yet made that day are only counted."""
    by_subject: dict[Text, dict[str, list[Promise]]] = defaultdict(lambda: defaultdict(list))
    states = {commitment.key: commitment_state_on(commitment, day) for commitment in found.commitments}
    for commitment in found.commitments:
        if states[commitment.key] is not CommitmentState.NOT_YET_MADE:
            evidence = backed_words(book, "commitment", commitment.key, "promise", place.language)
            path = place.to("commitment", key=commitment.key)
            promise = Promise(commitment.promise, path, states[commitment.key], commitment.due_on, evidence.row, evidence.others)
            by_subject[commitment.subject][commitment.side].append(promise)
    gap = book.chosen("agreement", found.agreement.key, "commitments")
    vows = [Vow(subject, sides[Side.STATE], sides[Side.CITY], day) for subject, sides in by_subject.items()]
    return {
        "vows": vows,
        "promises_later": sum(1 for state in states.values() if state is CommitmentState.NOT_YET_MADE),
        "hollow": Vow({place.language: str(_("Commitments one by one"))}, looked_on=gap.looked_on if gap else None),
        "has_commitments": bool(found.commitments),
    }


def _priorities(found: WholeAgreement, book: EvidenceBook, language: str, day: date) -> dict[str, Any]:
    def focus(one: Concentration) -> Focus:
        key = one.priority.key
        return Focus(one.priority, one.themes, backed_words(book, "priority", key, "title", language), backed(book, "priority", key, "themes"))

    version = version_on(found.versions, day)
    valid = [one for one in found.priorities if validity_on(bounds_of(one.priority, version), day) is Validity.IN_FORCE]
    return {"priorities": [focus(one) for one in valid], "priorities_not_valid": [one.priority for one in found.priorities if one not in valid]}


def _measures(found: WholeAgreement, day: date) -> dict[str, Any]:
    """The plan by priority; measures not yet in it that day are only counted."""
    states = {work.measure.key: measure_state_on(work.measure, day) for work in found.measures}
    stated = [work for work in found.measures if states[work.measure.key] is not MeasureState.NOT_YET_STATED]
    priorities = {work.measure.priority_id: work.measure.priority for work in stated}
    plan = [
        Plan(priority, [_line(work, states[work.measure.key], day) for work in stated if work.measure.priority_id == pk])
        for pk, priority in sorted(priorities.items(), key=lambda item: item[1].number)
    ]
    return {"plan": plan, "measures_later": len(found.measures) - len(stated), "has_measures": bool(found.measures)}


def _line(work: Work, state: MeasureState, day: date) -> Line:
    return Line(work.measure, state, work.measure.lead.name_on(day), [partner.name_on(day) for partner in work.partners])


def _side_of_money(figure: Any) -> str:
    """National money is the state's; what speaks of one city region is drawn on its side."""
    return "state" if figure.agreement_id is None else "city"
