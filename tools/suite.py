"""The whole test suite, on SQLite with all browser tests, then on a PostgreSQL of its own with one browser journey.

python3 -m tools.suite [pytest's own arguments]
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import postgres

PYTEST = Path(__file__).resolve().parent.parent / ".venv/bin/pytest"
# Two processes, as on the two cores that the time limit of the suite is set for; one takes over what another has not begun.
PARALLEL = ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "worksteal"]
ON_SQLITE: list[str] = []
ON_POSTGRES = ["-m", "not browser or postgres_journey"]


@dataclass(frozen=True)
class Counts:
    """What became of the tests on one database; an error in a fixture is a failure, and so is a run that died."""

    database: str
    passed: int
    failed: int
    skipped: int
    exit_code: int

    @property
    def good(self) -> bool:
        return self.exit_code == 0 and self.failed == 0 and self.passed > 0

    def __str__(self) -> str:
        line = f"{self.database}: {self.passed} passed, {self.failed} failed"
        return f"{line}, {self.skipped} skipped" if self.skipped else line


def main(arguments: Sequence[str]) -> int:
    """Both databases, whatever the first says; the counts of both come last."""
    postgres.stop_in_order_on_signals()
    outcomes = []
    try:
        # First, so that a machine without PostgreSQL hears of it before the long part.
        with postgres.server() as url:
            outcomes.append(_run("sqlite", ON_SQLITE, arguments, None))
            outcomes.append(_run("postgresql", ON_POSTGRES, arguments, url))
    except postgres.NoServer as missing:
        print(f"tests: {missing}", file=sys.stderr)
        return 1
    print()
    for outcome in outcomes:
        print(outcome)
    return 0 if all(outcome.good for outcome in outcomes) else 1


def _run(database: str, selection: Sequence[str], arguments: Sequence[str], url: str | None) -> Counts:
    print(f"\n==> Tests on {database}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "KUMPPANI_DATABASE_URL"}
    if url:
        environment["KUMPPANI_DATABASE_URL"] = url
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = postgres.run([PYTEST, *PARALLEL, *selection, f"--junit-xml={report}", *arguments], environment)
        return counts(database, report, code)


def counts(database: str, report: Path, exit_code: int) -> Counts:
    """Reads the counts from a JUnit report; without a readable one nothing passed."""
    total = failed = skipped = 0
    with contextlib.suppress(OSError, ET.ParseError):
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 (our own pytest wrote it a moment ago)
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    return Counts(database, max(total - failed - skipped, 0), failed, skipped, exit_code)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
