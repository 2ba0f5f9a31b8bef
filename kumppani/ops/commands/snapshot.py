"""Builds what search and lists of many things read: an immutable, versioned folder for each programme. Readers keep the one before until it is whole.

Pages see to it themselves that what they read is fresh; this command spares the first reader after a change the wait.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace

from kumppani.access import load, visible
from kumppani.access.viewer import SYSTEM
from kumppani.analytics.build import build


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("programmes", nargs="*", metavar="PROGRAMME", help="key of a programme, e.g. fi-2021 (all of them)")


def run(options: Namespace) -> None:
    chosen = [load.programme(SYSTEM, key) for key in options.programmes] or list(visible.programmes(SYSTEM))
    for number, programme in enumerate(chosen, start=1):
        started = time.monotonic()
        snapshot = build(programme)
        print(
            f"[{number}/{len(chosen)}] {programme.key}: version {snapshot.version}, {snapshot.count} things, {time.monotonic() - started:.1f} s",
            flush=True,
        )
