"""A workbook of 2,000 rows checked and loaded, against reading the same file and inserting the same rows and nothing else, in one run."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable

import django

ROWS = 2_000
CHECKED_WITHIN, LOADED_WITHIN = 5.0, 20.0
"""Seconds."""


def run() -> int:
    """Prints both times with their floors; 1 when one is over its goal. On the database named in KUMPPANI_DATABASE_URL or a new SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("KUMPPANI_DATABASE_URL", f"sqlite:///{folder}/workbook.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "kumppani.config.settings"
        django.setup()
        # Django's models can only be imported once it is set up.
        from bench import workbook_work as work  # noqa: PLC0415 needs Django, which is set up by then

        work.prepare()
        content = work.filled(ROWS)
        read, checked = _seconds(lambda: work.only_read(content)), _seconds(lambda: work.check(content))
        inserted, loaded = _seconds(lambda: work.only_insert(ROWS)), _seconds(lambda: work.load(content))
        print(f"{ROWS} rows on {work.database()}: checked in {checked:.1f} s, {checked / read:.0f} times only reading the file ({read:.2f} s)")
        print(f"{ROWS} rows on {work.database()}: loaded in {loaded:.1f} s, {loaded / inserted:.1f} times bare inserts ({inserted:.1f} s)")
        return int(checked > CHECKED_WITHIN or loaded > LOADED_WITHIN)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
