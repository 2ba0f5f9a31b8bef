"""What the journal costs: an act with its events against the same writes without journal and guard, in one run.

One writer first, in turns, so that a slow minute of the machine slows both; then eight writers at once on one chain. The goal is that an act takes
less than 3 times as long as its bare writes, for one writer; KUMPPANI_DATABASE_URL says on which database (a new SQLite file without it).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable

import django

WRITERS = 8
ACTS = 40
BLOCKS = 10
PER_BLOCK = 20
GOAL = 3.0


def run() -> int:
    """Prints times, rates and ratio; 0 when the goal is met, 1 otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("KUMPPANI_DATABASE_URL", f"sqlite:///{folder}/journal.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "kumppani.config.settings"
        django.setup()
        # Django's models can only be imported once it is set up.
        from bench import journal_work  # noqa: PLC0415 needs Django, which is set up by then

        journal_work.prepare()
        ratio = _one_writer(journal_work.one_act, journal_work.the_same_writes, journal_work.database())
        acts, bare = _rate(journal_work.one_act), _rate(journal_work.the_same_writes)
        print(f"{WRITERS} writers at once: {acts:.0f} acts/s, the same writes alone {bare:.0f}/s")
    return 0 if ratio < GOAL else 1


def _one_writer(act: Callable[[int, int], None], bare: Callable[[int, int], None], database: str) -> float:
    acts: list[float] = []
    writes: list[float] = []
    for block in range(BLOCKS):
        acts += _times(act, block)
        writes += _times(bare, block)
    ratio = statistics.median(acts) / statistics.median(writes)
    told = f"an act {statistics.median(acts) * 1000:.2f} ms, the same writes alone {statistics.median(writes) * 1000:.2f} ms"
    print(f"one writer on {database}: {told}; {ratio:.2f} times (goal: less than {GOAL:.0f})")
    return ratio


def _times(work: Callable[[int, int], None], block: int) -> list[float]:
    found = []
    for turn in range(PER_BLOCK):
        start = time.perf_counter()
        work(100 + block, turn)
        found.append(time.perf_counter() - start)
    return found


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
