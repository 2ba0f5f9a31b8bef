"""Loads the facts in the folder reference/ through acts, as the account “reference”.

All files are checked first: whatever is wrong is told with file and line, and then nothing is changed. What a person has corrected since is never
overwritten: each such difference is told, and the command ends with exit code 1. Doing it again changes nothing.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from kumppani.access.load import programme as load_programme
from kumppani.access.viewer import SYSTEM
from kumppani.analytics.build import build
from kumppani.imports.reference.apply import Outcome, apply
from kumppani.imports.reference.load import load
from kumppani.ops.tables import out_of_date


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only check the files")
    parser.add_argument("--folder", type=Path, default=settings.REFERENCE_FOLDER, help="where the files are (default: reference/)")


def run(options: Namespace) -> None:
    if options.check:
        reference = load(options.folder)
        print(f"Nothing is wrong: {len(reference.agreements)} agreements from {len(reference.sources)} sources.")
        return
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    told = load_facts(options.folder)
    print(told or "The facts are there already.")


def load_facts(folder: Path) -> str:
    """What was done, in a sentence; nothing when there was nothing to do. Raises when something was left different from the files."""
    reference = load(folder)
    outcome = apply(reference)
    told = _told(outcome)
    if told:
        _let_search_read(reference.programme.key)
    if outcome.clean:
        return told
    left = [*outcome.conflicts, *outcome.unapplied]
    lines = "\n".join(map(str, sorted(left, key=lambda difference: difference.place)))
    raise CommandError(f"{told} {len(left)} left as {'it stands' if len(left) == 1 else 'they stand'}:\n{lines}".strip())


def _let_search_read(programme: str) -> None:
    """Spares the first reader the wait. Search sees to it itself where this cannot be done, so it is no reason to stop."""
    try:
        build(load_programme(SYSTEM, programme))
    except OSError as error:
        print(f"What search reads was not built: {error}", file=sys.stderr)


def _told(outcome: Outcome) -> str:
    entered = ", ".join(f"{count} {_plural(kind) if count > 1 else kind}" for kind, count in sorted(outcome.entered.items()))
    corrected = f"{outcome.corrected} corrected" if outcome.corrected else ""
    return f"Facts: {'; '.join(filter(None, (entered, corrected)))}." if entered or corrected else ""


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
