"""Jobs as they are asked for and looked at. What is stored is the queue of django-tasks; a job is never changed but by its worker.

A job keeps who asked (their key), what about, and what came of it. It keeps no file, no name and no address; what it says of cells that
were refused it says to who handed them in, and all of it is forgotten after `KEPT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kumppani.jobs.held import Progress, is_held, told
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing, Refusal
from kumppani.kernel.text import Message, _

KEPT = timedelta(days=14)
"""How long it is remembered what came of a job."""

TRIES = 3
"""How often a job is taken up whose worker died at it."""

SEEN_AT_ONCE = 50
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class JobState(StrEnum):
    """How a job stands. Interrupted: its worker died, and the next one takes it up. Broken off: nobody takes it up again."""

    WAITING = "waiting"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    DONE = "done"
    REFUSED = "refused"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class Job:
    """A job: what (by the name of its task), about what (a key), who asked and when, how it stands, and what came of it."""

    id: str
    what: str
    about: str
    by: str
    asked_at: datetime
    finished_at: datetime | None
    state: JobState
    progress: Progress | None
    outcome: Mapping[str, Any]

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in {JobState.DONE, JobState.REFUSED, JobState.BROKEN_OFF}


def job(identifier: str, by: str, programme: str) -> Job:
    """A job of a programme, for who asked for it; to anybody else it is not there."""
    try:
        found = _of(by, programme).filter(pk=UUID(identifier)).first()
    except ValueError:
        found = None
    if found is None:
        raise Missing("no-such-job", _("There is no such job of yours here. What came of a job is kept for {days} days.", days=KEPT.days))
    return _job(found)


def jobs(by: str, programme: str) -> list[Job]:
    """The latest jobs that somebody asked for in a programme, the newest first. One query."""
    return [_job(row) for row in _of(by, programme).order_by("-enqueued_at", "pk")[:SEEN_AT_ONCE]]


def outcome_of(refusal: Refusal) -> dict[str, Any]:
    """What a job says that was refused."""
    return {"state": JobState.REFUSED.value, "reason": as_data(refusal.reason)}


def as_data(message: Message) -> dict[str, Any]:
    """A sentence as it is stored, to be read in any language."""
    return {"template": message.template, "values": {name: _value(value) for name, value in message.values.items()}}


def from_data(stored: Mapping[str, Any]) -> Message:
    """A sentence that was stored."""
    values = {name: from_data(value) if isinstance(value, dict) else value for name, value in stored["values"].items()}
    return Message(stored["template"], **values)


def forget_old() -> int:
    """Forgets jobs that came to an end long ago; how many."""
    old = Q(finished_at__lt=clock.now() - KEPT) & ~Q(status__in=UNFINISHED)
    return DBTaskResult.objects.filter(old).delete()[0]


def _value(value: object) -> Any:
    if isinstance(value, Message):
        return as_data(value)
    return value if isinstance(value, int | str | None) else str(value)


def _of(by: str, programme: str) -> Any:
    return DBTaskResult.objects.filter(args_kwargs__kwargs__by=by, args_kwargs__kwargs__programme=programme)


def _job(row: Any) -> Job:
    given, identifier = row.args_kwargs["kwargs"], str(row.pk)
    outcome = row.return_value or {}
    state = _state(row.status, identifier, outcome)
    progress = told(identifier) if state is JobState.RUNNING else None
    what = row.task_path.rpartition(".")[2]
    return Job(identifier, what, given["about"], given["by"], row.enqueued_at, row.finished_at, state, progress, outcome)


def _state(status: str, identifier: str, outcome: Mapping[str, Any]) -> JobState:
    if status == TaskResultStatus.READY:
        return JobState.WAITING
    if status == TaskResultStatus.RUNNING:
        return JobState.RUNNING if is_held(identifier) else JobState.INTERRUPTED
    return JobState(outcome["state"]) if status == TaskResultStatus.SUCCESSFUL else JobState.BROKEN_OFF
