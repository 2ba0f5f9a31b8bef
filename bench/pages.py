"""The five main pages against an empty Django view, in one run: requests a second, p95, 304 answers, memory of a worker.

Pages are asked in turns with the floor, a block each, so that a slow minute of the machine slows both. Goals: p95 at most 4 times the
floor's, 304 answers at most 1.5 times. "First" is a page nobody has asked for since the last change: rendered, not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.serving import Timing, fetch, free_port, memory_of_workers, server, time_requests

PAGES = {
    "home": "/fi/",
    "agreements": "/fi/agreements/",
    "agreement": "/fi/agreements/fi-2021-14/",
    "compare": "/fi/compare/?with=fi-2021-02&with=fi-2021-14",
    "search": "/fi/search/?q=terveys",
}
BLOCKS = 5
PER_BLOCK = 60
GOAL_P95 = 4.0
GOAL_304 = 1.5
ROOT = Path(__file__).resolve().parent.parent


def run() -> int:
    """Prints the table; 0 when both goals are met, 1 otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"KUMPPANI_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "KUMPPANI_DATA_FOLDER": folder}
        kumppani = str(ROOT / ".venv" / "bin" / "kumppani")
        subprocess.run([kumppani, "prepare"], env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
        site, floor = free_port(), free_port()
        serve = [kumppani, "serve", "--port", str(site), "--workers", "1"]
        empty = [sys.executable, "-m", "bench.empty", str(floor)]
        with server(serve, site, "/fi/", environment) as pid, server(empty, floor, "/"):
            firsts = {name: time_requests(site, f"{path}{'&' if '?' in path else '?'}first=1", 1, expect=200) for name, path in PAGES.items()}
            results = {name: _measure(site, floor, path) for name, path in PAGES.items()}
            return _report(firsts, results, memory_of_workers(pid))


def _measure(site: int, floor: int, path: str) -> tuple[Timing, Timing, Timing]:
    """The page, its 304 answer and the floor, in turns."""
    _status, etag, _body = fetch(site, path)
    page, unchanged, nothing = [], [], []
    for _ in range(BLOCKS):
        nothing += time_requests(floor, "/", PER_BLOCK, expect=200).seconds
        page += time_requests(site, path, PER_BLOCK, expect=200).seconds
        unchanged += time_requests(site, path, PER_BLOCK, expect=304, headers={"If-None-Match": etag}).seconds
    return Timing(tuple(page)), Timing(tuple(unchanged)), Timing(tuple(nothing))


def _report(firsts: dict[str, Timing], results: dict[str, tuple[Timing, Timing, Timing]], memory: list[int]) -> int:
    print(f"{'page':<12}{'first ms':>10}{'requests/s':>12}{'p95 ms':>9}{'× floor':>9}{'304 p95 ms':>12}{'× floor':>9}{'floor p95 ms':>14}")
    met = True
    for name, (page, unchanged, floor) in results.items():
        ratio, ratio_304 = page.p95 / floor.p95, unchanged.p95 / floor.p95
        met = met and ratio <= GOAL_P95 and ratio_304 <= GOAL_304
        first = firsts[name].seconds[0] * 1000
        row = f"{name:<12}{first:>10.1f}{page.per_second:>12.0f}{page.p95 * 1000:>9.2f}{ratio:>9.2f}"
        print(f"{row}{unchanged.p95 * 1000:>12.2f}{ratio_304:>9.2f}{floor.p95 * 1000:>14.2f}")
    print(f"memory of a worker: {', '.join(f'{kibibytes / 1024:.0f} MiB' for kibibytes in memory)}")
    print(f"goals (p95 ≤ {GOAL_P95:g} × floor, 304 ≤ {GOAL_304:g} ×): {'met' if met else 'NOT met'}")
    return 0 if met else 1
