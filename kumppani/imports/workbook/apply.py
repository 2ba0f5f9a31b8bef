"""Checks a workbook and loads it: every row through the act that a page would use, all in one act, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Priority
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.imports.workbook.plan import KINDS, Corrected, Plan, Stated, plan_of
from kumppani.imports.workbook.read import Given, Problem, WorkbookRefused, read_workbook
from kumppani.imports.workbook.standing import Row, Standing, standing_of
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, Missing, Refusal, RuleBroken
from kumppani.kernel.text import LANGUAGES, Text, _
from kumppani.workflow.agreements import state_commitment, state_measure, state_priority
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.workbooks import Loaded, load_workbook

LARGEST_FILE = 10_000_000
"""Bytes of a workbook that is taken at all."""

Progress = Callable[[int, int], None]


def _quiet(_done: int, _all: int) -> None:
    """Tells nobody."""


def check_workbook(content: bytes, by: Viewer, agreement: Agreement | None = None) -> Plan:
    """What loading the file would do; nothing is changed. `agreement` None: the one the file names."""
    given = _read(content)
    agreement = agreement or _named(given)
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    return plan_of(given, by, standing_of(agreement))


def apply_workbook(content: bytes, by: Viewer, agreement: Agreement | None = None, progress: Progress = _quiet) -> Plan:
    """Loads the file, all of it or nothing, and returns what was done. A file that changes nothing leaves no event."""
    given = _read(content)
    agreement = agreement or _named(given)
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    plan = plan_of(given, by, standing_of(agreement))
    if plan.refused:
        raise WorkbookRefused(plan.refused)
    if plan.nothing_to_do:
        return plan
    done: list[Plan] = []

    def rows(locked: Agreement) -> Loaded:
        # Planned again: between the look and the lock somebody may have changed something.
        standing = standing_of(locked)
        fresh = plan_of(given, by, standing)
        if fresh.refused:
            raise WorkbookRefused(fresh.refused)
        _Run(by, given, standing, fresh, progress).run()
        done.append(fresh)
        return Loaded(stated=len(fresh.stated), corrected=len(fresh.corrected), unchanged=fresh.unchanged)

    try:
        load_workbook(by=by, agreement=agreement, digest=hashlib.sha256(content).hexdigest(), rows=rows)
    except IntegrityError as error:
        raise Conflict("workbook-overtaken", _("Somebody changed the agreement at the same moment. Download the workbook again.")) from error
    return done[-1]


def _read(content: bytes) -> Given:
    if len(content) > LARGEST_FILE:
        raise RuleBroken("workbook-too-large", _("The file is larger than the 10 MB that a workbook may have."))
    return read_workbook(content)


def _named(given: Given) -> Agreement:
    found = Agreement.objects.select_related("programme").filter(programme__key=given.programme, key=given.agreement).first()
    if found is None:
        raise Missing("not-found", _("There is no agreement “{key}” here.", key=given.agreement[:60]))
    return found


@dataclass(slots=True)
class _Run:
    """The acts of one workbook, in the order in which one row needs another."""

    by: Viewer
    given: Given
    standing: Standing
    plan: Plan
    progress: Progress
    done: int = 0

    def run(self) -> None:
        self._priorities = {one.number: one for one in Priority.objects.filter(agreement=self.standing.agreement)}
        whole = len(self.plan.stated) + len(self.plan.corrected)
        for stated in self.plan.stated:
            self._try(stated.sheet, stated.row, "", lambda stated=stated: _STATE[stated.sheet](self, stated))
            self.done += 1
            self.progress(self.done, whole)
        left = self.plan.corrected
        while left:
            # Two days of one row may only be right together: what is refused now may pass once the other has moved.
            again = [one for one in left if not self._corrects(one)]
            if len(again) == len(left):
                self._try(again[0].sheet, again[0].row, again[0].cell, lambda: self._correct(again[0]))
            self.done += len(left) - len(again)
            self.progress(self.done, whole)
            left = again

    def _try(self, sheet: str, row: int, cell: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Refusal as error:
            raise WorkbookRefused([Problem(self.given.sheets[sheet].name, row, cell, error.reason)]) from error

    def _corrects(self, one: Corrected) -> bool:
        try:
            self._correct(one)
        except RuleBroken:
            return False
        return True

    def _correct(self, one: Corrected) -> None:
        programme = self.standing.agreement.programme
        today = clock.today(programme.time_zone)
        cited = Cited(Mark.UNKNOWN, looked_on=today) if one.new is None else Cited(Mark.ENTERED, as_of=today)
        correct_fact(by=self.by, programme=programme, kind=KINDS[one.sheet], key=one.key, field=one.field, value=one.new, cited=cited)

    def priority(self, stated: Stated) -> None:
        """States a priority."""
        cells: Any = stated.cells
        self._priorities[cells["number"]] = state_priority(
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

    def commitment(self, stated: Stated) -> None:
        """States a commitment."""
        cells: Any = stated.cells
        state_commitment(
            by=self.by,
            agreement=self.standing.agreement,
            key=stated.key,
            number=cells["number"],
            subject=_text(cells, "subject"),
            promise=_text(cells, "promise"),
            side=Side(cells["side"]),
            promised_by=self.standing.organisations[cells["promised_by"]],
            promised_to=self.standing.organisations[cells["promised_to"]],
            priority=self._priorities[cells["priority"]] if cells["priority"] else None,
            **{name: cells[name] for name in ("promised_on", "due_on", "fulfilled_on", "released_on")},
        )

    def measure(self, stated: Stated) -> None:
        """States a measure."""
        cells: Any = stated.cells
        state_measure(
            by=self.by,
            priority=self._priorities[cells["priority"]],
            key=stated.key,
            number=cells["number"],
            action_type=self.standing.action_types[cells["action_type"]],
            title=_text(cells, "title"),
            description=_text(cells, "description"),
            lead=self.standing.organisations[cells["lead"]],
            partners=[self.standing.organisations[key] for key in dict.fromkeys((cells["partners"] or "").split())],
            **{name: cells[name] for name in ("stated_on", "starts_on", "ends_on", "completed_on", "dropped_on")},
        )


_STATE: dict[str, Callable[[_Run, Stated], None]] = {"priorities": _Run.priority, "commitments": _Run.commitment, "measures": _Run.measure}


def _text(cells: Row, name: str) -> Text:
    return Text({language: str(cells[f"{name}.{language}"] or "") for language in LANGUAGES})
