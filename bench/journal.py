"""Acts a second with eight writers of one programme, against the same inserts without journal, guard or evidence, in one run."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable

import django

WRITERS = 8
ACTS = 40


def run() -> int:
    """Prints both rates and their ratio, on the database named in KUMPPANI_DATABASE_URL or a new SQLite file. Always 0: it has no goal yet."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("KUMPPANI_DATABASE_URL", f"sqlite:///{folder}/journal.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "kumppani.config.settings"
        django.setup()
        # Django's models can only be imported once it is set up.
        from bench import journal_work  # noqa: PLC0415

        journal_work.prepare()
        acts = _rate(journal_work.one_act)
        bare = _rate(journal_work.one_bare_insert)
        cost = bare / acts
        print(f"{WRITERS} writers on {journal_work.database()}: {acts:.0f} acts/s; bare inserts {bare:.0f}/s; an act costs {cost:.1f} of them")
    return 0


def _rate(work: Callable[[int, int], None]) -> float:
    def write(writer: int) -> None:
        for turn in range(ACTS):
            work(writer, turn)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return WRITERS * ACTS / (time.perf_counter() - start)
