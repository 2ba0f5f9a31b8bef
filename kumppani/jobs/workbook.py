"""The job that loads a workbook that was checked before."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from kumppani.access.people import viewer_by_key
from kumppani.access.viewer import Viewer
from kumppani.access.workbooks import agreement_of_job
from kumppani.domain.agreements.models import Agreement, WorkbookLoad
from kumppani.imports.workbook.apply import apply_workbook
from kumppani.imports.workbook.read import Problem, WorkbookRefused
from kumppani.jobs import kept
from kumppani.jobs.held import Progress, tell
from kumppani.jobs.queue import UNFINISHED, JobState, as_data, from_data, outcome_of
from kumppani.jobs.worker import settle
from kumppani.kernel.errors import Refusal

CHECKING, LOADING = "checking", "loading"
"""The phases: reading the file and comparing it with the agreement, then the acts of its rows."""

TELLS_EVERY = 0.2
"""Seconds between two words on how far it is."""


def keep_checked(content: bytes, by: Viewer, agreement: Agreement) -> str:
    """Keeps a workbook that was checked, until its person asks to load it; the ticket by which they do."""
    return kept.keep(content, by=by.key, programme=agreement.programme.key, about=agreement.key, needed=needed_files())


def ask_to_load(ticket: str, by: Viewer, agreement: Agreement) -> str:
    """Asks for the load of a workbook that was kept; the job that does it. Asked twice it is the same job."""
    programme = agreement.programme.key

    def ask(taken: kept.Ticket) -> None:
        load_workbook.enqueue(by=by.key, programme=programme, about=agreement.key, file=taken.name, digest=taken.digest)

    taken = kept.take(ticket, by=by.key, programme=programme, about=agreement.key, do=ask)
    asked = DBTaskResult.objects.filter(args_kwargs__kwargs__file=taken.name).first()
    if asked is None:
        raise kept.gone()
    return str(asked.pk)


def forget_unasked() -> int:
    """Deletes files that nobody asked to load within their hour; how many."""
    return kept.sweep(needed_files())


def needed_files() -> frozenset[str]:
    """Names of the files that jobs still read."""
    unfinished = DBTaskResult.objects.filter(status__in=UNFINISHED).values_list("args_kwargs", flat=True)
    return frozenset(given["kwargs"]["file"] for given in unfinished if "file" in given["kwargs"])


def problems_of(outcome: Any) -> list[Problem]:
    """What was wrong with which cell, of a job that was refused."""
    stored = outcome.get("problems", ())
    return [Problem(one["sheet"], one["row"], one["cell"], from_data(one["reason"])) for one in stored]


@task(takes_context=True)
def load_workbook(context: TaskContext, *, by: str, programme: str, about: str, file: str, digest: str) -> None:
    """Loads a workbook with what its person may do now. The rows, and that the job is done, are one transaction."""
    job = context.task_result.id
    told = _Told(job)
    told.phase(CHECKING)

    def loaded(run: WorkbookLoad) -> None:
        settle(job, _done(run.number))

    try:
        content = kept.content_of(file, digest)
        plan = apply_workbook(content, viewer_by_key(by), agreement_of_job(programme, about), progress=told.rows, settle=loaded)
        outcome = None if plan.loaded_as else _done(0)
    except WorkbookRefused as refusal:
        problems = [{"sheet": one.sheet, "row": one.row, "cell": one.cell, "reason": as_data(one.reason)} for one in refusal.problems]
        outcome = {"state": JobState.REFUSED.value, "problems": problems}
    except Refusal as refusal:
        outcome = outcome_of(refusal)
    if outcome is not None:
        settle(job, outcome)
    kept.forget_file(file)


def _done(number: int) -> dict[str, Any]:
    return {"state": JobState.DONE.value, "load": number}


@dataclass(slots=True)
class _Told:
    """Says how far the job is, and not at every row."""

    job: str
    last: float = 0.0

    def phase(self, phase: str) -> None:
        tell(self.job, Progress(phase))

    def rows(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= TELLS_EVERY or done == total:
            self.last = now
            tell(self.job, Progress(LOADING, done, total))
