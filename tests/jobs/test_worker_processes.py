"""Real workers: a job is done, refused, taken up again after its worker was killed, and done once by two."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.domain.agreements.models import Agreement, Priority, WorkbookLoad
from kumppani.domain.parties.models import Person
from kumppani.imports.workbook.write import write_workbook
from kumppani.jobs.held import told
from kumppani.jobs.queue import TRIES, Job, JobState, job
from kumppani.jobs.workbook import ask_to_load, keep_checked, problems_of
from tests.builders import published_agreement
from tests.imports.workbook.filling import Filling
from tests.jobs.working import is_ready, until, worker_process
from tests.working import open_office

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 150


@pytest.fixture
def agreement(noon: None, transactional_db: None) -> Agreement:
    office = open_office()
    place = office.draft.agreement.municipalities.get()
    return published_agreement(office.programme, "harjoitus-01", 1, office.ministry, office.city, place).agreement


def coordinator() -> Viewer:
    return viewer_of(Person.objects.get(key="coordinator"))


def asked(agreement: Agreement, rows: int = 1, **cells: Any) -> str:
    """A job for a workbook with so many new priorities."""
    filling = Filling(write_workbook(SYSTEM, agreement, "en"))
    for number in range(1, rows + 1):
        filling.add("priorities", number=number, title__en=f"Focus {number}", **cells)
    return ask_to_load(keep_checked(filling.saved(), coordinator(), agreement), coordinator(), agreement)


def now(identifier: str) -> Job:
    return job(identifier, "coordinator", "harjoitus")


def test_a_job_waits_is_done_in_one_transaction_and_its_file_is_forgotten(agreement: Agreement, jobs_folder: Path) -> None:
    identifier = asked(agreement)
    assert now(identifier).state is JobState.WAITING
    assert len(list((jobs_folder / "files").iterdir())) == 1
    assert worker_process("--once").wait() == 0
    done = now(identifier)
    assert (done.state, done.outcome, done.by) == (JobState.DONE, {"state": "done", "load": 1}, "coordinator")
    assert (Priority.objects.count(), WorkbookLoad.objects.get().loaded_by) == (1, "coordinator")
    assert [list((jobs_folder / name).iterdir()) for name in ("files", "held")] == [[], []]


def test_what_is_refused_meanwhile_is_told_by_cell_and_changes_nothing(agreement: Agreement) -> None:
    first = asked(agreement)
    filling = Filling(write_workbook(SYSTEM, agreement, "en"))
    row = filling.add("priorities", number=1, title__en="Another focus")
    second = ask_to_load(keep_checked(filling.saved(), coordinator(), agreement), coordinator(), agreement)
    assert worker_process("--once").wait() == 0
    assert now(first).state is JobState.DONE
    refused = now(second)
    assert refused.state is JobState.REFUSED
    (problem,) = problems_of(refused.outcome)
    assert (problem.sheet, problem.row) == (filling.sheet("priorities").name, row)
    assert Priority.objects.get().title["en"] == "Focus 1"


def test_a_killed_worker_leaves_nothing_half_done_and_another_takes_the_job_up(agreement: Agreement) -> None:
    identifier = asked(agreement, MANY)
    killed = worker_process()
    until(lambda: (said := told(identifier)) is not None and said.done > 0)
    killed.send_signal(signal.SIGSTOP)
    assert now(identifier).state is JobState.RUNNING
    assert 0 < told(identifier).done < MANY  # type: ignore[union-attr]
    killed.kill()
    killed.wait()
    assert now(identifier).state is JobState.INTERRUPTED
    assert (Priority.objects.count(), WorkbookLoad.objects.count()) == (0, 0)
    assert worker_process("--once").wait() == 0
    assert now(identifier).state is JobState.DONE
    assert (Priority.objects.count(), WorkbookLoad.objects.count()) == (MANY, 1)


def test_a_job_at_which_workers_keep_dying_is_broken_off(agreement: Agreement) -> None:
    identifier = asked(agreement)
    DBTaskResult.objects.filter(pk=identifier).update(status="RUNNING", worker_ids=["dead"] * TRIES)
    assert worker_process("--once").wait() == 0
    broken = now(identifier)
    assert (broken.state, broken.outcome) == (JobState.BROKEN_OFF, {})
    assert DBTaskResult.objects.get().traceback == ""
    assert Priority.objects.count() == 0


def test_two_workers_do_each_job_once(agreement: Agreement) -> None:
    workers = [worker_process() for _ in range(2)]
    until(lambda: all(is_ready(worker) for worker in workers))
    identifier = asked(agreement, 30)
    until(lambda: now(identifier).is_finished)
    for worker in workers:
        worker.terminate()
    assert [worker.wait() for worker in workers] == [0, 0]
    assert now(identifier).state is JobState.DONE
    assert (Priority.objects.count(), WorkbookLoad.objects.count()) == (30, 1)
    assert len(DBTaskResult.objects.get().worker_ids) == 1


def test_a_worker_ends_when_who_started_it_is_gone() -> None:
    assert worker_process(f"--beside={os.getppid()}").wait() == 0


def test_a_worker_forgets_what_came_of_jobs_after_a_fortnight_and_files_nobody_asked_for(agreement: Agreement, jobs_folder: Path) -> None:
    old = asked(agreement)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    DBTaskResult.objects.filter(pk=old).update(status="SUCCESSFUL", finished_at=long_ago, return_value={"state": "done", "load": 1})
    (jobs_folder / "files" / "left").write_bytes(b"unasked")
    os.utime(jobs_folder / "files" / "left", (0, 0))
    worker = worker_process()
    until(lambda: not DBTaskResult.objects.exists() and not (jobs_folder / "files" / "left").exists())
    recent = asked(agreement)
    until(lambda: now(recent).is_finished)
    worker.terminate()
    assert worker.wait() == 0
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
