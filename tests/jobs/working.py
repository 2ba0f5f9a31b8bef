"""What tests of jobs share: a filled-in workbook, and a worker that is a real process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from kumppani.config.env import ROOT, SETTINGS

PATIENCE = 60
"""Seconds within which what must happen has happened, on a slow machine."""


def worker_process(*options: str) -> subprocess.Popen[bytes]:
    """`kumppani work` on the database of the tests."""
    return subprocess.Popen([sys.executable, "-m", "kumppani.ops", "work", *options], cwd=ROOT, env=_environment(), stdin=subprocess.DEVNULL)


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**inherited, "KUMPPANI_DATABASE_URL": _database_url(), "KUMPPANI_DATA_FOLDER": str(Path(settings.JOBS_FOLDER).parent)}


def _database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds; fails when it does not come to hold."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.02)


def is_ready(worker: subprocess.Popen[bytes]) -> bool:
    """Whether a worker has come so far that it ends in good order when it is told to."""
    caught = re.search(r"SigCgt:\s*([0-9a-f]+)", Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii"))
    return caught is not None and bool(int(caught[1], 16) & 1 << signal.SIGTERM - 1)
