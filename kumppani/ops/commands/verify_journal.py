"""Verifies the journal: that no event was changed, removed, inserted or moved since it was written.

A chain by itself cannot tell that its end was cut off, or that all of it was written anew: --heads FILE can, with heads that were signed and kept
earlier (“kumppani heads”). --live compares every object of the database with the last event that speaks of it, and so finds what was changed
behind the application's back. What is wrong is named by chain, number and object, and the exit code is 1.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.core.management import CommandError

from kumppani.access import load
from kumppani.access.verify import Fault, chain_faults, chains, heads_faults, live_faults
from kumppani.access.viewer import SYSTEM
from kumppani.domain.journal.signing import SignedHead, read_head
from kumppani.ops.tables import out_of_date

MOST = 100
"""Faults that are told one by one."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--programme", action="append", metavar="KEY", help="only the chain of this programme; may be given several times")
    parser.add_argument("--heads", type=Path, metavar="FILE", help="heads that were signed earlier: finds a chain that was cut or written anew")
    parser.add_argument("--live", action="store_true", help="compare every object with the last event that speaks of it")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    chosen: list[str | None] = [load.programme(SYSTEM, key).key for key in options.programme or []] or [None]
    heads = read_heads(options.heads) if options.heads else []
    faults = _all(chosen, heads, live=options.live)
    shown = list(islice(faults, MOST))
    for fault in shown:
        print(fault, file=sys.stderr)
    if shown:
        more = sum(1 for _fault in faults)
        raise CommandError(f"The journal is not as it was written: {len(shown) + more} faults{f', the first {MOST} are told' if more else ''}.")
    print("The journal is as it was written.")


def _all(chosen: Iterable[str | None], heads: list[SignedHead], *, live: bool) -> Iterator[Fault]:
    for programme in chosen:
        for chain in chains(programme):
            yield from chain_faults(chain, _progress(f"chain “{chain or 'shared'}”", "events"))
        yield from heads_faults(heads, programme)
        if live:
            yield from live_faults(programme, _progress(f"objects of {programme or 'all programmes'}", "rows"))


def _progress(what: str, unit: str) -> Callable[[int], None]:
    """Says how far it is, in place; on a terminal only."""

    def say(read: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{what}: {read} {unit} read", end="", file=sys.stderr, flush=True)

    return say


def read_heads(path: Path) -> list[SignedHead]:
    """The heads in a file that “kumppani heads” or the open interface wrote."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CommandError(f"{path}: this is not JSON.") from error
    rows = given.get("heads", given.get("items")) if isinstance(given, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CommandError(f"{path}: there is no list of heads in it.")
    return [read_head(row) for row in rows]
