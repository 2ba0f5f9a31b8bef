"""The worker: takes one job after another, and those up again whose worker died.

django-tasks-db brings a worker of its own, which knows nothing of killed ones and ends when SQLite is locked for long; docs/decisions/011.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import OperationalError, close_old_connections
from django.db.models import QuerySet
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kumppani.jobs.held import forget, held
from kumppani.jobs.queue import TRIES, outcome_of
from kumppani.kernel import clock
from kumppani.kernel.errors import Refusal

EVERY = 0.5
"""Seconds between two looks at the queue."""

HOUR = 3600.0

log = logging.getLogger(__name__)


class Overtaken(RuntimeError):
    """The job was settled by somebody else meanwhile: what this worker did for it is rolled back."""


def settle(identifier: str, outcome: dict[str, Any]) -> None:
    """Says what came of a job, once. Called in the transaction of the work, the work is done if and only if the job says so."""
    _settle(identifier, status=TaskResultStatus.SUCCESSFUL, return_value=outcome)


def _settle(identifier: str, **columns: Any) -> None:
    running = DBTaskResult.objects.filter(pk=identifier, status=TaskResultStatus.RUNNING)
    if not running.update(finished_at=clock.now(), **columns):
        raise Overtaken(identifier)


def work_off(worker: str = "", is_stopped: Callable[[], bool] = bool) -> int:
    """Does what waits, one after the other, until nothing waits; how many were done. What a dead worker left is first put back."""
    put_back_interrupted()
    worker, done = worker or uuid4().hex, 0
    while not is_stopped() and any(_take(row, worker) for row in _waiting()):
        done += 1
    return done


def put_back_interrupted() -> None:
    """Lets jobs wait again that are under way with no worker alive; after `TRIES` they are broken off."""
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        with held(str(row.pk)) as is_ours:
            if is_ours:
                _put_back(row)


def _waiting() -> QuerySet[Any]:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def _put_back(row: Any) -> None:
    if len(row.worker_ids) < TRIES:
        DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY)
        log.warning("job %s was interrupted and waits again", row.pk)
    else:
        _break_off(row, "interrupted too often")


def _break_off(row: Any, why: str) -> None:
    try:
        # Why it broke stands in the log, without the values that were at hand; the row holds no traceback.
        _settle(row.pk, status=TaskResultStatus.FAILED, exception_class_path=why)
    except Overtaken:
        return
    log.error("job %s was broken off: %s", row.pk, why)
    forget(str(row.pk))


def _take(row: Any, worker: str) -> bool:
    """Whether the job was ours to do, and was done. The lock comes first: no job is under way without one."""
    with held(str(row.pk)) as is_ours:
        if not is_ours or not _claimed(row, worker):
            return False
        _do(row)
    return True


def _claimed(row: Any, worker: str) -> bool:
    row.worker_ids = [*row.worker_ids, worker]
    begun = {"status": TaskResultStatus.RUNNING, "started_at": clock.now(), "worker_ids": row.worker_ids}
    return bool(_waiting().filter(pk=row.pk).update(**begun))


def _do(row: Any) -> None:
    result = row.task_result
    try:
        outcome = result.task.call(TaskContext(task_result=result), *result.args, **result.kwargs)
        if outcome is not None:
            settle(row.pk, outcome)
    except Refusal as refusal:
        settle(row.pk, outcome_of(refusal))
    except Overtaken:
        log.warning("job %s was settled by another worker", row.pk)
    except OperationalError:
        # The database was out of reach or locked for too long: that says nothing of the job.
        _put_back(row)
        return
    except Exception as error:
        log.exception("job %s failed", row.pk)
        _break_off(row, type(error).__qualname__)
    forget(str(row.pk))


@dataclass(slots=True)
class Worker:
    """A worker until it is told to stop (SIGTERM, SIGINT), or whoever started it is gone: then it ends the job at hand and no more.

    `beside`: the process that started it. `hourly`: what else it does at its start and every hour after, between jobs.
    """

    beside: int | None = None
    hourly: Sequence[Callable[[], object]] = ()
    name: str = field(default_factory=lambda: uuid4().hex)
    is_stopped: bool = False
    due: float = 0.0

    def run(self) -> None:
        """Works until it is stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.is_stopped and self.beside in {None, os.getppid()}:
            close_old_connections()
            try:
                work_off(self.name, lambda: self.is_stopped)
                self._now_and_then()
            except OperationalError as error:
                log.warning("the database cannot be used for now: %s", str(error).partition("\n")[0])
            close_old_connections()
            if not self.is_stopped:
                time.sleep(EVERY)

    def _now_and_then(self) -> None:
        if time.monotonic() >= self.due:
            for one in self.hourly:
                one()
            self.due = time.monotonic() + HOUR

    def _stop(self, *_: Any) -> None:
        self.is_stopped = True
