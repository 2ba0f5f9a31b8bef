"""Two to four agreements beside each other: the same rows for each, and what differs said by word and shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict

from kumppani.access import beside, completeness, visible
from kumppani.access.beside import Beside
from kumppani.access.whole import Concentration
from kumppani.domain.agreements.rules import (
    CommitmentState,
    MeasureState,
    Side,
    commitment_state_on,
    measure_state_on,
    validity_on,
    version_on,
)
from kumppani.kernel import clock
from kumppani.kernel.errors import Refusal, RuleBroken
from kumppani.kernel.text import Message, Text, _
from kumppani.web.components import drawn, share
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal.present import Backed, amount_words, backed, backed_words, party
from kumppani.web.templatetags.kumppani import plain

FEWEST, MOST = 2, 4
"""How many agreements are compared at a time: more columns cannot be read."""

DIFFERENCES = "differences"
"""What ?only= may ask for."""

START_MONEY = "start_money"
"""What the figures at the head of the page measure."""


@dataclass(frozen=True, slots=True)
class Column:
    """An agreement as it stands on a day."""

    one: Beside
    book: EvidenceBook
    version: Any
    day: date
    language: str

    @property
    def key(self) -> str:
        """The agreement's."""
        return self.one.agreement.key


class Cell(NamedTuple):
    """What stands in a cell: how it is shown, what is shown, what tells two cells apart (None: not known), and what stands behind it."""

    shown_as: str
    content: Any
    compared: Hashable
    backed: Backed | None = None

    @property
    def looked_on(self) -> date | None:
        """When what is not known was last looked for."""
        row: Any = self.backed.row if self.backed else None
        return row.looked_on if row else None

    @property
    def doubt(self) -> str:
        """The mark of a value that is not firm, or nothing."""
        return self.backed.row.mark if self.backed and self.backed.row and not self.backed.is_firm else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared."""

    heading: str
    cells: Sequence[tuple[Column, Cell]]

    @property
    def differs(self) -> bool:
        """Whether the agreements are not alike in it. Not knowing the same of each is being alike."""
        return len({cell.compared for _column, cell in self.cells}) > 1


@page
def compare(request: HttpRequest, place: Place) -> HttpResponse:
    """The choice, and under it the comparison where two to four were chosen."""
    keys = [key for key in request.GET.getlist("with") if key]
    listed = visible.agreements(place.viewer, place.programme).values_list("key", "name")
    context: dict[str, Any] = {"listed": listed, "slots": [*keys, *[""] * MOST][:MOST], "fewest": FEWEST, "most": MOST}
    try:
        only = _only(request.GET)
        if not keys:
            return show(request, place, "portal/compare.html", context)
        _check_choice(keys)
        found = beside.agreements(place.viewer, place.programme, keys)
    except Refusal as refusal:
        return show(request, place, "portal/compare.html", context | {"refusal": refusal.reason}, status=refusal.status)
    return show(request, place, "portal/compare.html", context | _comparison(place, found, request.GET, only=only))


def _only(query: QueryDict) -> bool:
    asked = query.get("only", "")
    if asked not in {"", DIFFERENCES}:
        raise RuleBroken("bad-only", _("“{asked}” is not a way to narrow the comparison: only “{known}” is.", asked=asked[:40], known=DIFFERENCES))
    return asked == DIFFERENCES


def _check_choice(keys: Sequence[str]) -> None:
    """Refuses one agreement, too many, and one twice."""
    if len(keys) < FEWEST:
        raise RuleBroken("compare-too-few", _("Choose at least {fewest} agreements to compare.", fewest=FEWEST))
    if len(keys) > MOST:
        raise RuleBroken("compare-too-many", _("At most {most} agreements are compared at a time; you chose {number}.", most=MOST, number=len(keys)))
    if twice := next((key for key, times in Counter(keys).items() if times > 1), None):
        raise RuleBroken("compared-with-itself", _("The agreement “{key}” was chosen twice. Choose each only once.", key=twice[:60]))


def _comparison(place: Place, found: Sequence[Beside], query: QueryDict, *, only: bool) -> dict[str, Any]:
    today = clock.today(place.programme.time_zone)
    columns = [Column(one, EvidenceBook(one.evidence), version_on(one.versions, today), today, place.language) for one in found]
    every = rows(columns)
    differing = [row for row in every if row.differs]
    other = query.copy()
    other.setlist("only", [] if only else [DIFFERENCES])
    return {
        "columns": columns,
        "names": " · ".join(plain(one.agreement.name) for one in found),
        "rows": differing if only else every,
        "total": len(every),
        "differing": len(differing),
        "alike": len(every) - len(differing),
        "only": only,
        "other_query": other.urlencode(),
        "money": _drawn_money(found),
        "day": today,
        "downloads": share.downloads(place, "agreements"),
    }


def rows(columns: Sequence[Column]) -> list[Row]:
    """Everything that is compared, in the order in which it is read."""
    before: list[tuple[Message, Callable[[Column], Cell]]] = [
        (_("State of the agreement today"), _validity),
        (_("Signed on"), _day("signed_on")),
        (_("Start of the term"), _day("valid_from")),
        (_("End of the term"), _day("valid_to")),
        (_("Strategic content"), _content),
        (_("Number of strategic priorities"), lambda column: _number(len(_current(column)))),
        (_("Strategic priorities"), _priorities),
        (_("Cross-cutting themes"), _themes),
        (_("Municipalities"), _towns),
        (_("Region"), _regions),
        (_("Regional council that decides"), _decider),
        (_("Signed for the state by"), _signatories(Side.STATE)),
        (_("Signed for the city region by"), _signatories(Side.CITY)),
    ]
    after: list[tuple[Message, Callable[[Column], Cell]]] = [
        (_("Commitments"), _commitments),
        (_("Measures"), _measures),
        (_("How much is known"), _known),
    ]
    return [*_rows(before, columns), *_money(columns), *_rows(after, columns)]


def _rows(compared: Sequence[tuple[Message, Callable[[Column], Cell]]], columns: Sequence[Column]) -> list[Row]:
    return [Row(str(heading), [(column, cell(column)) for column in columns]) for heading, cell in compared]


def _validity(column: Column) -> Cell:
    state = validity_on(column.version, column.day)
    return Cell("validity", state, state)


def _day(field: str) -> Callable[[Column], Cell]:
    def cell(column: Column) -> Cell:
        value = getattr(column.version, field)
        return Cell("day", value, value, backed(column.book, "version", column.version.key, field))

    return cell


def _content(column: Column) -> Cell:
    words = column.version.content
    return Cell("words", words, plain(words) or None, backed_words(column.book, "version", column.version.key, "content", column.language))


def _number(number: int) -> Cell:
    return Cell("number", number, number or None)


def _current(column: Column) -> list[Concentration]:
    """Priorities that hold that day."""
    return [one for one in column.one.priorities if column.day in one.priority.period]


def _priorities(column: Column) -> Cell:
    listed = [one.priority for one in _current(column)]
    return Cell("priorities", listed, frozenset(plain(one.title) for one in listed) or None)


def _themes(column: Column) -> Cell:
    """Themes of the priorities that hold; the mark is that of the first mapping."""
    holding = [one for one in _current(column) if one.themes]
    themes = {theme.key: theme for one in holding for theme in one.themes}
    mapping = backed(column.book, "priority", holding[0].priority.key, "themes") if holding else None
    return Cell("themes", list(themes.values()), frozenset(themes) or None, mapping)


def _towns(column: Column) -> Cell:
    names = [town.municipality.name for town in column.one.towns]
    return _texts(names, backed(column.book, "agreement", column.key, "territory"))


def _regions(column: Column) -> Cell:
    return _texts({plain(town.region): town.region for town in column.one.towns if town.region}.values())


def _texts(texts: Iterable[Text], behind: Backed | None = None) -> Cell:
    listed = list(texts)
    return Cell("texts", listed, frozenset(map(plain, listed)) or None, behind)


def _decider(column: Column) -> Cell:
    decider = column.one.agreement.decider
    parties = [party(decider, column.day)] if decider else []
    return Cell("parties", parties, decider.key if decider else None, backed(column.book, "agreement", column.key, "decider"))


def _signatories(side: Side) -> Callable[[Column], Cell]:
    def cell(column: Column) -> Cell:
        signed = [one.organisation for one in column.one.signatories if one.side == side and one.version_id == column.version.pk]
        first = backed(column.book, "signatory", f"{column.version.key}/{signed[0].key}", "organisation") if signed else None
        return Cell("parties", [party(one, column.day) for one in signed], frozenset(one.key for one in signed) or None, first)

    return cell


def _money(columns: Sequence[Column]) -> list[Row]:
    """A row for each kind of money that some source states for one of them."""
    kinds = {figure.measures: figure.label for column in columns for figure in column.one.figures}
    return [Row(plain(label), [(column, _stated(column, kind)) for column in columns]) for kind, label in kinds.items()]


def _stated(column: Column, kind: str) -> Cell:
    figures = [figure for figure in column.one.figures if figure.measures == kind]
    return Cell("money", [(amount_words(figure.amount), figure) for figure in figures], tuple(figure.amount for figure in figures) or None)


def _commitments(column: Column) -> Cell:
    states = [commitment_state_on(one, column.day) for one in column.one.commitments]
    made = [state for state in states if state is not CommitmentState.NOT_YET_MADE]
    return _states("commitment", made, list(CommitmentState), backed(column.book, "agreement", column.key, "commitments"))


def _measures(column: Column) -> Cell:
    states = [measure_state_on(one, column.day) for one in column.one.measures]
    stated = [state for state in states if state is not MeasureState.NOT_YET_STATED]
    return _states("measure", stated, list(MeasureState), backed(column.book, "agreement", column.key, "action_plan"))


def _states(axis: str, states: Sequence[str], order: Sequence[str], gap: Backed) -> Cell:
    counted = Counter(states)
    listed = [(axis, state, counted[state]) for state in order if counted[state]]
    return Cell("states", listed, tuple(listed) or None, gap)


def _known(column: Column) -> Cell:
    measured = {figure.key: figure.measures for figure in column.one.figures}
    meter = completeness.meter(completeness.items(), column.one.evidence, measured)
    blocks = drawn.blocks([found.knowledge for found in meter.found])
    return Cell("known", blocks, (meter.known, meter.partly, meter.missing))


def _drawn_money(found: Sequence[Beside]) -> list[drawn.Statement]:
    """The start-up money of each as bars on one scale, where at least two have a statement of it."""
    given = [(one, figure) for one in found for figure in one.figures if figure.measures == START_MONEY]
    if len({one.agreement.key for one, _figure in given}) < FEWEST:
        return []
    return [
        drawn.Statement(plain(one.agreement.name), amount_words(figure.amount), figure.amount, Side.STATE, plain(figure.source.publisher))
        for one, figure in given
    ]
