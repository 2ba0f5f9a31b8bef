"""Checks a workbook and loads it: every row through the act that a page would use, all in one act, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.db import IntegrityError

from kumppani.access.checks import check_can
from kumppani.access.load import agreement_to_fill
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Measure, Priority, WorkbookLoad
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.imports.workbook.plan import KINDS, STATES, Changed, Plan, Stated, is_reported, plan_of
from kumppani.imports.workbook.read import Given, Problem, WorkbookRefused, read_workbook
from kumppani.imports.workbook.standing import Row, Standing, standing_of, token
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, Refusal, RuleBroken, TooLarge
from kumppani.kernel.text import LANGUAGES, Text, _
from kumppani.workflow.agreements import state_commitment, state_measure, state_priority
from kumppani.workflow.bodies import establish_body
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.corrections import correct_facts
from kumppani.workflow.reports import report_commitment, report_measure
from kumppani.workflow.workbooks import LoadedRow, load_workbook, tell_nobody

LARGEST_FILE = 10_000_000
"""Bytes of a workbook that is taken at all."""

Done = TypeVar("Done")
Progress = Callable[[int, int], None]


OVERTAKEN = _("Somebody changed the agreement at the same moment. Download the workbook again.")


def _quiet(_done: int, _all: int) -> None:
    """Tells nobody."""


def check_workbook(content: bytes, by: Viewer, agreement: Agreement | None = None) -> Plan:
    """What loading the file would do; nothing is changed. `agreement` None: the one the file names."""
    given = _read(content)
    agreement = agreement or agreement_to_fill(by, given.agreement, given.programme)
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    return plan_of(given, by, standing_of(agreement))


def apply_workbook(
    content: bytes,
    by: Viewer,
    agreement: Agreement | None = None,
    progress: Progress = _quiet,
    settle: Callable[[WorkbookLoad], None] = tell_nobody,
) -> Plan:
    """Loads the file, all of it or nothing, and returns what was done. A file that changes nothing leaves no event.

    `settle` is told of the load in the transaction that loads.
    """
    given = _read(content)
    agreement = agreement or agreement_to_fill(by, given.agreement, given.programme)
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    standing = standing_of(agreement)
    plan = plan_of(given, by, standing)
    if plan.refused:
        raise WorkbookRefused(plan.refused)
    if plan.nothing_to_do:
        return plan

    def rows(locked: Agreement) -> list[LoadedRow]:
        # Between the look and the lock somebody may have changed something.
        now = standing_of(locked)
        if token(now.state()) != token(standing.state()):
            raise Conflict("workbook-overtaken", OVERTAKEN)
        return _Run(by, given, now, plan, progress).run()

    digest = hashlib.sha256(content).hexdigest()
    try:
        run = load_workbook(by=by, agreement=agreement, digest=digest, unchanged=plan.unchanged, rows=rows, settle=settle)
    except IntegrityError as error:
        raise Conflict("workbook-overtaken", OVERTAKEN) from error
    plan.loaded_as = run.number
    return plan


def _read(content: bytes) -> Given:
    if len(content) > LARGEST_FILE:
        raise TooLarge("workbook-too-large", _("The file is larger than the 10 MB that a workbook may have."))
    return read_workbook(content)


@dataclass(slots=True)
class _Run:
    """The acts of one workbook, in the order in which one row needs another."""

    by: Viewer
    given: Given
    standing: Standing
    plan: Plan
    progress: Progress
    done: list[LoadedRow] = field(default_factory=list)
    priorities: dict[int, Priority] = field(default_factory=dict)

    def run(self) -> list[LoadedRow]:
        """Every row by its act; what was done, in the order in which it was done."""
        self.priorities = {one.number: one for one in Priority.objects.filter(agreement=self.standing.agreement)}
        for stated in self.plan.stated:
            key = self._try(stated.sheet, stated.row, "", partial(_STATE[stated.sheet], self, stated))
            self._count(LoadedRow(stated.sheet, stated.row, STATES[stated.sheet].value, key))
        left = self.plan.changed
        while left:
            # Two acts on one row may only be right in one order: what is refused now may pass once the other is done.
            again = [one for one in left if not self._passes(one)]
            if len(again) == len(left):
                self._try(again[0].sheet, again[0].row, again[0].cells[0].place, partial(self._change, again[0]))
            left = again
        return self.done

    def _count(self, row: LoadedRow) -> None:
        self.done.append(row)
        self.progress(len(self.done), len(self.plan.stated) + len(self.plan.changed))

    def _try(self, sheet: str, row: int, cell: str, act: Callable[[], Done]) -> Done:
        try:
            return act()
        except Refusal as error:
            raise WorkbookRefused([Problem(self.given.sheets[sheet].name, row, cell, error.reason)]) from error

    def _passes(self, one: Changed) -> bool:
        try:
            self._change(one)
        except RuleBroken:
            return False
        return True

    def _change(self, one: Changed) -> None:
        _CHANGE[one.act](self, one, {cell.column: cell.new for cell in one.cells})
        self._count(LoadedRow(one.sheet, one.row, one.act, one.key, [cell.column for cell in one.cells]))

    def correct(self, one: Changed, new: Row) -> None:
        """Puts right what was written down wrong."""
        programme = self.standing.agreement.programme
        today = clock.today(programme.time_zone)
        unknown, entered = Cited(Mark.UNKNOWN, looked_on=today), Cited(Mark.ENTERED, as_of=today)
        values = {name: (value, unknown if value is None else entered) for name, value in new.items()}
        correct_facts(by=self.by, programme=programme, kind=KINDS[one.sheet], key=one.key, values=values)

    def promise_reported(self, one: Changed, new: Any) -> None:
        """Reports a promise kept, released, or owed after all."""
        commitment = self.standing.commitments[one.key]
        days = {name: new.get(name, getattr(commitment, name)) for name in ("fulfilled_on", "released_on")}
        report_commitment(by=self.by, commitment=commitment, **days)

    def measure_reported(self, one: Changed, new: Row) -> None:
        """Reports how far a measure is."""
        self._report(self.standing.measures[one.key], {**self.standing.rows["measures"][one.key], **new})

    def _report(self, measure: Measure, whole: Any) -> None:
        days = {name: whole[name] for name in ("reported_on", "completed_on", "dropped_on")}
        report_measure(by=self.by, measure=measure, progress=_text(whole, "progress"), **days)

    def priority(self, stated: Stated) -> str:
        """States a priority."""
        cells: Any = stated.cells
        priority = self.priorities[cells["number"]] = state_priority(
            by=self.by,
            agreement=self.standing.agreement,
            key=stated.key,
            number=cells["number"],
            title=_text(cells, "title"),
            description=_text(cells, "description"),
            themes=[self.standing.themes[key] for key in (cells["themes"] or "").split()],
            valid_from=cells["valid_from"],
            valid_to=cells["valid_to"],
        )
        return priority.key

    def commitment(self, stated: Stated) -> str:
        """States a commitment."""
        cells: Any = stated.cells
        commitment = state_commitment(
            by=self.by,
            agreement=self.standing.agreement,
            key=stated.key,
            number=cells["number"],
            subject=_text(cells, "subject"),
            promise=_text(cells, "promise"),
            side=Side(cells["side"]),
            promised_by=self.standing.organisations[cells["promised_by"]],
            promised_to=self.standing.organisations[cells["promised_to"]],
            priority=self.priorities[cells["priority"]] if cells["priority"] else None,
            **{name: cells[name] for name in ("promised_on", "due_on", "fulfilled_on", "released_on")},
        )
        return commitment.key

    def measure(self, stated: Stated) -> str:
        """States a measure."""
        cells: Any = stated.cells
        measure = state_measure(
            by=self.by,
            priority=self.priorities[cells["priority"]],
            key=stated.key,
            number=cells["number"],
            action_type=self.standing.action_types[cells["action_type"]],
            title=_text(cells, "title"),
            description=_text(cells, "description"),
            lead=self.standing.organisations[cells["lead"]],
            partners=[self.standing.organisations[key] for key in dict.fromkeys((cells["partners"] or "").split())],
            **{name: cells[name] for name in ("stated_on", "starts_on", "ends_on", "completed_on", "dropped_on")},
        )
        if is_reported(cells):
            self._report(measure, cells)
        return measure.key

    def contact_point(self, stated: Stated) -> str:
        """States a contact point."""
        cells: Any = stated.cells
        point = state_contact_point(
            by=self.by,
            agreement=self.standing.agreement,
            organisation=self.standing.organisations[cells["organisation"]],
            role=_text(cells, "role"),
            **{name: cells[name] for name in ("address", "valid_from", "valid_to")},
        )
        return point.key

    def body(self, stated: Stated) -> str:
        """Establishes a body."""
        cells: Any = stated.cells
        return establish_body(
            by=self.by,
            programme=self.standing.agreement.programme,
            organisation=self.standing.organisations[cells["organisation"]],
            name=_text(cells, "name"),
            **{name: cells[name] for name in ("key", "kind", "quorum_rule", "quorum_number")},
        ).key


_STATE: dict[str, Callable[[_Run, Stated], str]] = {
    "priorities": _Run.priority,
    "commitments": _Run.commitment,
    "measures": _Run.measure,
    "contact_points": _Run.contact_point,
    "bodies": _Run.body,
}
_CHANGE: dict[str, Callable[[_Run, Changed, Row], None]] = {
    "correct_fact": _Run.correct,
    "report_commitment": _Run.promise_reported,
    "report_measure": _Run.measure_reported,
}


def _text(cells: Row, name: str) -> Text:
    return Text({language: str(cells[f"{name}.{language}"] or "") for language in LANGUAGES})
