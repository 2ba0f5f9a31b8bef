"""Who is at work on a job, and how far they are: one small file per job in the data folder.

The lock on the file is the worker's life: the kernel takes it away from a process that dies, however it dies, so nobody waits for a sign of life
that does not come. What the file says is how far the work is. Neither touches the database, where the work is one transaction that nobody sees into.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

WIDTH = 120
"""Bytes that are always written at once: a reader sees the old ones or the new ones."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: in which phase, and how many of how many (0 of 0: nobody knows)."""

    phase: str
    done: int = 0
    total: int = 0


def folder(name: str) -> Path:
    """A folder of ours in the data folder, which only this service may read."""
    path = Path(settings.JOBS_FOLDER) / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@contextmanager
def held(job: str) -> Iterator[bool]:
    """Whether nobody else is at this job: then it is ours for the length of the block."""
    with _file(job).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def is_held(job: str) -> bool:
    """Whether a worker that lives is at this job."""
    if not _file(job).exists():
        return False
    with held(job) as is_ours:
        return not is_ours


def tell(job: str, progress: Progress) -> None:
    """Says how far a job is."""
    file = os.open(_file(job), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(file, json.dumps(asdict(progress)).encode().ljust(WIDTH), 0)
    finally:
        os.close(file)


def told(job: str) -> Progress | None:
    """How far a job says it is; None while it has said nothing."""
    try:
        return Progress(**json.loads(_file(job).read_bytes()))
    except (FileNotFoundError, ValueError):
        return None


def forget(job: str) -> None:
    """Takes the file of a job away that nobody will take up any more."""
    _file(job).unlink(missing_ok=True)


def _file(job: str) -> Path:
    return folder("held") / job
