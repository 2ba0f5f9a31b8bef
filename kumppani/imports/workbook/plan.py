"""What loading a workbook would do, row by row, before anything is done: state, correct, leave, refuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Commitment
from kumppani.domain.agreements.rules import (
    Side,
    check_commitment,
    check_happened,
    check_measure,
    check_parties_of_commitment,
    check_report,
    check_role_address,
)
from kumppani.domain.bodies.rules import BodyKind, QuorumRule, check_quorum
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.imports.workbook.read import Given, GivenRow, GivenSheet, Problem
from kumppani.imports.workbook.sheets import SHEETS, Column, Kind, Sheet
from kumppani.imports.workbook.standing import Row, Standing, digest
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, Refusal, RuleBroken
from kumppani.kernel.ids import check_identifier, check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import LANGUAGES, Message, Text, _
from kumppani.rendering.workbook import Cell, shown
from kumppani.workflow.promises import check_corrects, check_speaks, check_states

LETTER = {"priorities": "p", "commitments": "c", "measures": "m"}
"""Sheet → what stands before the number in the key of a new row."""

NAMES_ROWS = {**dict.fromkeys(LETTER, "number"), "bodies": "key"}
"""Sheet → the column by which a new row is named."""

STATES = {
    "priorities": Permission.STATE_PRIORITY,
    "commitments": Permission.STATE_COMMITMENT,
    "measures": Permission.STATE_MEASURE,
    "contact_points": Permission.STATE_CONTACT_POINT,
    "bodies": Permission.ESTABLISH_BODY,
}
KINDS = {"priorities": "priority", "commitments": "commitment", "measures": "measure", "contact_points": "contact_point", "parties": "organisation"}
NAMED = {"priorities": "title", "commitments": "promise", "measures": "title", "contact_points": "role"}
"""Sheet → the text a row has in at least one language."""

REPORTED: dict[str, tuple[str, frozenset[str]]] = {
    "commitments": ("report_commitment", frozenset({"fulfilled_on", "released_on"})),
    "measures": (
        "report_measure",
        frozenset({"reported_on", "completed_on", "dropped_on", *(f"progress.{language}" for language in LANGUAGES)}),
    ),
}
"""Sheet → the act by which these columns of a row that is there already change; all others are corrected."""

REPORT_WITHOUT_DAY = _("A report says as of which day it is: fill in “{column}”.", column=_("Reported on"))
MAY_STAND_EMPTY = _("(empty)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A new row; `key` names what is to be, where it is known before it is."""

    sheet: str
    row: int
    key: str
    cells: Row


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that changes: where it is, of which column, from what to what."""

    place: str
    column: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is there already and changes: by which act, of which object."""

    sheet: str
    row: int
    act: str
    key: str
    cells: tuple[ChangedCell, ...]


@dataclass(slots=True)
class Plan:
    """Everything a workbook would do. Applied only when nothing is refused; `loaded_as` is then the number of the load."""

    agreement: Agreement
    stated: list[Stated] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Problem] = field(default_factory=list)
    loaded_as: int = 0

    @property
    def nothing_to_do(self) -> bool:
        """Whether the agreement says already what the workbook says."""
        return not (self.stated or self.changed or self.refused)


def plan_of(given: Given, by: Viewer, standing: Standing) -> Plan:
    """Compares a workbook with what stands now. Refuses at once one of another agreement or of an earlier version of it."""
    agreement = standing.agreement
    if (given.programme, given.agreement) != (agreement.programme.key, agreement.key):
        raise Conflict("workbook-of-another", _("This is the workbook of “{key}”, another agreement.", key=given.agreement[:60]))
    if given.version != str(standing.version):
        reason = _("The workbook is of version {old}; the agreement is now at version {new}.", old=given.version[:9], new=standing.version)
        raise Conflict("workbook-of-older-version", reason)
    planning = _Planning(given, by, standing, Plan(agreement, refused=list(given.problems)))
    for name, sheet in given.sheets.items():
        planning.sheet(SHEETS[name], sheet)
    planning.check_numbers()
    order = list(SHEETS)
    names = {sheet.name: order.index(name) for name, sheet in given.sheets.items()}
    planning.plan.refused.sort(key=lambda problem: (names.get(problem.sheet, -1), problem.row))
    return planning.plan


class _Planning:
    """One run over a workbook."""

    def __init__(self, given: Given, by: Viewer, standing: Standing, plan: Plan) -> None:
        self.given, self.by, self.standing, self.plan = given, by, standing, plan
        self.agreement = standing.agreement
        self.permitted: dict[tuple[Permission, str, str], Message | None] = {}
        new = given.sheets.get("priorities", GivenSheet("")).rows
        self.priorities = {row["number"] for row in standing.rows["priorities"].values()} | {row.cells.get("number") for row in new}
        self.of_organisations: dict[tuple[str, str], Cell] = {}
        self.unread = {(problem.sheet, problem.cell) for problem in given.problems}
        self.today = clock.today(standing.agreement.programme.time_zone)

    def _is_told(self, sheet: GivenSheet, row: GivenRow, column: Column) -> bool:
        """Whether it is said already that this cell could not be read: nothing more is said of it."""
        return bool(self.unread) and (sheet.name, sheet.cell(row.number, column.id)) in self.unread

    def refuse(self, sheet: GivenSheet, row: int, cell: str, reason: Message) -> None:
        """Notes a refusal."""
        self.plan.refused.append(Problem(sheet.name, row, cell, reason))

    def sheet(self, ours: Sheet, sheet: GivenSheet) -> None:
        """All rows of a sheet, those that are there and those that should be."""
        if ours.closed:
            return
        seen: set[str] = set()
        standing = self.standing.rows[ours.id]
        for row in sheet.rows:
            key = row.key or self._new_key(ours, row)
            if not row.key and ours.id in NAMES_ROWS and (key in seen or (key in standing and not _as_it_stands(ours, row, standing[key]))):
                name = NAMES_ROWS[ours.id]
                self.refuse(sheet, row.number, sheet.cell(row.number, name), _taken(row.cells[name]))
                continue
            if key in seen:
                self.refuse(sheet, row.number, "", _("The row “{key}” stands twice.", key=key))
            elif key in standing:
                self.known(ours, sheet, row, key, standing[key])
            elif row.key:
                self.refuse(
                    sheet, row.number, "", _("There is no row “{key}” in the agreement (any more). Download the workbook again.", key=key[:80])
                )
            else:
                self.new(ours, sheet, row, key)
            seen.add(key)
        for gone in [key for (name, key) in self.given.base if name == ours.id and key in standing and key not in seen]:
            self.refuse(sheet, 0, "", _("The row “{key}” is missing: nothing is deleted by leaving it out.", key=gone))

    def _new_key(self, ours: Sheet, row: GivenRow) -> str:
        if ours.id == "contact_points":
            same = (key for key, standing in self.standing.rows[ours.id].items() if _as_it_stands(ours, row, standing))
            return next(same, f"row{row.number}")
        if ours.id == "bodies":
            return str(row.cells.get("key") or f"row{row.number}")
        return f"{self.agreement.key}-{LETTER.get(ours.id, 'x')}{row.cells.get('number') or f'row{row.number}'}"

    def known(self, ours: Sheet, sheet: GivenSheet, row: GivenRow, key: str, standing: Row) -> None:
        """A row that is there: each cell is as it stands, changed, or changed by somebody else meanwhile."""
        base = self.given.base.get((ours.id, key), {})
        before = len(self.plan.refused)
        changed: dict[str, Cell] = {}
        for column in ours.columns:
            new, old = row.cells.get(column.id), standing[column.id]
            if _same(new, old, column) or self._is_told(sheet, row, column):
                continue
            problem = self._cell_problem(ours, column, new, old, base)
            if problem is not None:
                self.refuse(sheet, row.number, sheet.cell(row.number, column.id), problem)
            else:
                changed[column.id] = new.strip() if isinstance(new, str) else new
        if len(self.plan.refused) > before or any(self._is_told(sheet, row, column) for column in ours.columns):
            return
        if not changed:
            self.plan.unchanged += 1
        elif (reason := self._rule_broken(ours, key, {**standing, **changed}, changed)) is not None:
            self.refuse(sheet, row.number, sheet.cell(row.number, min(changed)), reason)
        else:
            self._change(ours, sheet, row, key, standing, changed)

    def _cell_problem(self, ours: Sheet, column: Column, new: Cell, old: Cell, base: dict[str, str]) -> Message | None:
        if base.get(column.id) != digest(old):
            return _("Changed by somebody else meanwhile. Yours: {yours}. Now: {theirs}.", yours=_said(new), theirs=_said(old))
        if column.fixed:
            return _("This cannot be changed in the workbook; it stands as {theirs}.", theirs=_said(old))
        if column.needed and new is None:
            return _("This must not be empty.")
        return self._unknown(ours, column, new)

    def _unknown(self, ours: Sheet, column: Column, value: Cell) -> Message | None:
        """Why a key cannot be used, if so."""
        if value is None:
            return None
        known: dict[str, Callable[[], Any]] = {
            "organisations": lambda: self.standing.organisations,
            "action_types": lambda: self.standing.action_types,
            "sides": lambda: set(Side),
            "body_kinds": lambda: set(BodyKind),
            "quorum_rules": lambda: set(QuorumRule),
        }
        if column.choices in known and value not in known[column.choices]():
            return _("“{value}” is none of the known keys.", value=str(value)[:80])
        if column.kind is Kind.KEYS:
            of = self.standing.themes if column.id == "themes" else self.standing.organisations
            unknown = [key for key in str(value).split() if key not in of]
            return _("“{value}” is none of the known keys.", value=unknown[0][:80]) if unknown else None
        if ours.id == "bodies" and column.id == "organisation" and value not in self.standing.parties():
            return _("“{value}” has no part in this agreement.", value=value)
        if column.id == "priority" and value not in self.priorities:
            return _("There is no priority with the number {value}.", value=value)
        return None

    def _change(self, ours: Sheet, sheet: GivenSheet, row: GivenRow, key: str, standing: Row, changed: dict[str, Cell]) -> None:
        target = str(standing["organisation"]) if ours.id == "parties" else key
        by_act: dict[str, list[ChangedCell]] = {}
        for name, new in changed.items():
            place = sheet.cell(row.number, name)
            if ours.id == "parties" and (target, name) in self.of_organisations:
                if self.of_organisations[target, name] != new:
                    self.refuse(sheet, row.number, place, _("Another row says something else of the same organisation."))
                continue
            self.of_organisations[target, name] = new
            by_act.setdefault(_act_of(ours, name), []).append(ChangedCell(place, name, standing[name], new))
        self.plan.changed += (Changed(ours.id, row.number, act, target, tuple(cells)) for act, cells in sorted(by_act.items()))

    def _rule_broken(self, ours: Sheet, key: str, whole: Row, changed: dict[str, Cell]) -> Message | None:
        """Why a row may not change like this: by the acts it takes, or as a whole."""
        acts = {_act_of(ours, name) for name in changed}
        reasons = []
        if "correct_fact" in acts:
            reasons.append(self._may(Permission.CORRECT_FACT, str(whole["organisation"]) if ours.id == "parties" else ""))
            if ours.id == "commitments":
                corrected = {name: value for name, value in changed.items() if _act_of(ours, name) == "correct_fact"}
                reasons.append(_refusal(lambda: check_corrects(self.by, self.standing.commitments[key], corrected)))
        if "report_commitment" in acts:
            reasons.append(_refusal(lambda: self._check_reported_promise(key, whole)))
        if "report_measure" in acts:
            reasons.append(
                self._may(Permission.REPORT_MEASURE, also=str(whole["lead"])) or _refusal(lambda: self._check_reported_measure(key, whole))
            )
        return next(filter(None, reasons), None) or _broken(ours.id, whole)

    def _check_reported_promise(self, key: str, whole: Any) -> None:
        for day in (whole["fulfilled_on"], whole["released_on"]):
            check_happened(day, self.today)
        check_speaks(self.by, self.standing.commitments[key], whole["fulfilled_on"], whole["released_on"])

    def _check_stated_promise(self, whole: Any) -> None:
        fulfilled_on, released_on = whole["fulfilled_on"], whole["released_on"]
        check_happened(max(fulfilled_on or date.min, released_on or date.min), self.today)
        named = {name: self.standing.organisations[whole[name]] for name in ("promised_by", "promised_to")}
        stated = Commitment(agreement=self.agreement, side=whole["side"], promised_on=whole["promised_on"], **named)
        check_states(self.by, stated, fulfilled_on, released_on)

    def _check_reported_measure(self, key: str, whole: Any) -> None:
        if whole["reported_on"] is None:
            raise RuleBroken("report-without-day", REPORT_WITHOUT_DAY)
        check_report(self.standing.measures[key], whole["reported_on"], self.today)
        for day in (whole["completed_on"], whole["dropped_on"]):
            check_happened(day, self.today)

    def _may(self, permission: Permission, organisation: str = "", also: str = "") -> Message | None:
        asked = permission, organisation, also
        if asked not in self.permitted:
            of = frozenset({organisation}) if organisation else self.standing.owners | {also}
            self.permitted[asked] = _refusal(lambda: check_can(self.by, permission, self.agreement.programme.key, of=of))
        return self.permitted[asked]

    def new(self, ours: Sheet, sheet: GivenSheet, row: GivenRow, key: str) -> None:
        """A row that should be."""
        if ours.id not in STATES:
            self.refuse(sheet, row.number, "", _("No row can be added here: parties are recorded with the version they sign."))
            return
        before = len(self.plan.refused)
        whole: dict[str, Cell] = {column.id: None for column in ours.columns}
        for name, value in row.cells.items():
            whole[name] = value.strip() if isinstance(value, str) else value
        for column in (one for one in ours.columns if not self._is_told(sheet, row, one)):
            reason = _("This must not be empty.") if column.needed and whole[column.id] is None else self._unknown(ours, column, whole[column.id])
            if reason is not None:
                self.refuse(sheet, row.number, sheet.cell(row.number, column.id), reason)
        if len(self.plan.refused) == before and not any(self._is_told(sheet, row, column) for column in ours.columns):
            reason = self._not_stated(ours, whole)
            if reason is not None:
                self.refuse(sheet, row.number, "", reason)
            else:
                self.plan.stated.append(Stated(ours.id, row.number, key, whole))

    def _not_stated(self, ours: Sheet, whole: Row) -> Message | None:
        """Why a new row as a whole may not be, if so."""
        organisation = str(whole["organisation"]) if ours.id == "bodies" else ""
        reason = self._may(STATES[ours.id], organisation) or _broken(ours.id, whole)
        return reason or self._not_in_use(ours, whole) or self._first_report(ours, whole)

    def _not_in_use(self, ours: Sheet, whole: Any) -> Message | None:
        if ours.id != "measures" or whole["stated_on"] in self.standing.action_types[str(whole["action_type"])].period:
            return None
        return _("“{key}” is not an action type in use on that day.", key=whole["action_type"])

    def _first_report(self, ours: Sheet, whole: Any) -> Message | None:
        """Why a new row may not say at once how far it is."""
        if ours.id == "commitments":
            return _refusal(lambda: self._check_stated_promise(whole))
        if ours.id != "measures" or not is_reported(whole):
            return None
        if whole["reported_on"] is None:
            return REPORT_WITHOUT_DAY
        lead = self._may(Permission.REPORT_MEASURE, also=str(whole["lead"]))
        return lead or _refusal(lambda: check_report(SimpleNamespace(**{**whole, "reported_on": None}), whole["reported_on"], self.today))

    def check_numbers(self) -> None:
        """A number names one row of its sheet."""
        for name in LETTER:
            taken = Counter(row["number"] for row in self.standing.rows[name].values())
            for stated in (one for one in self.plan.stated if one.sheet == name):
                taken[stated.cells["number"]] += 1
                if taken[stated.cells["number"]] > 1:
                    sheet = self.given.sheets[name]
                    self.refuse(sheet, stated.row, sheet.cell(stated.row, "number"), _taken(stated.cells["number"]))


def is_reported(measure: Row) -> bool:
    """Whether a row says how far the measure is."""
    return any(measure[name] is not None for name in ("reported_on", *(f"progress.{language}" for language in LANGUAGES)))


def _act_of(ours: Sheet, column: str) -> str:
    act, columns = REPORTED.get(ours.id, ("", frozenset()))
    return act if column in columns else "correct_fact"


def _taken(name: Cell) -> Message:
    return _("“{name}” is taken by another row.", name=str(name)[:80])


def _as_it_stands(ours: Sheet, row: GivenRow, standing: Row) -> bool:
    """Whether a row without a key says what stands already: the same new row loaded a second time."""
    return all(_same(row.cells.get(column.id), standing[column.id], column) for column in ours.columns)


def _same(new: Cell, old: Cell, column: Column) -> bool:
    if column.kind is Kind.KEYS:
        return sorted(str(new or "").split()) == sorted(str(old or "").split())
    return new == old or new == shown(old) or (isinstance(old, str) and new == " ".join(old.split()) and column.kind is Kind.KEY)


def _said(cell: Cell) -> object:
    return MAY_STAND_EMPTY if cell is None else f"“{str(cell)[:120]}”"


def _refusal(check: Callable[[], object]) -> Message | None:
    try:
        check()
    except Refusal as error:
        return error.reason
    return None


def _broken(sheet: str, whole: Row) -> Message | None:
    """Which rule the row as a whole would break."""
    return next((reason for check in _checks(sheet, whole) if (reason := _refusal(check)) is not None), None)


def _checks(sheet: str, whole: Row) -> Iterator[Callable[[], object]]:
    thing: Any = SimpleNamespace(**{name.replace(".", "_"): value for name, value in whole.items()})
    yield lambda: check_name(Text({language: str(whole[f"{NAMED.get(sheet, 'name')}.{language}"] or "") for language in LANGUAGES}))
    if sheet == "priorities":
        yield lambda: Period(thing.valid_from, thing.valid_to).check_order()
    elif sheet == "commitments":
        yield lambda: check_parties_of_commitment(thing.promised_by, thing.promised_to)
        yield lambda: check_commitment(thing)
    elif sheet == "measures":
        yield lambda: check_measure(thing)
    elif sheet == "contact_points":
        yield lambda: check_role_address(thing.address)
        yield lambda: Period(thing.valid_from, thing.valid_to).check_order()
    elif sheet == "bodies":
        yield lambda: check_key(thing.key)
        yield lambda: check_quorum(thing.quorum_rule, thing.quorum_number)
    elif thing.identifier_business_id:
        yield lambda: check_identifier("business_id", thing.identifier_business_id)
