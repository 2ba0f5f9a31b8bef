"""Loads the workbook of an agreement: all of it or nothing. Whatever is wrong is told with sheet and cell, and then nothing is changed.

With --dry-run the file is only checked, and what it would do is told. Loading the same file again changes nothing.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import CommandError
from django.utils import translation

from kumppani.access.people import viewer_by_key
from kumppani.access.viewer import SYSTEM
from kumppani.imports.workbook.apply import LARGEST_FILE, apply_workbook, check_workbook
from kumppani.imports.workbook.plan import Plan
from kumppani.imports.workbook.read import Problem, WorkbookRefused
from kumppani.kernel.text import LANGUAGES


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook written by “kumppani workbook” and filled in")
    parser.add_argument("--dry-run", action="store_true", help="only check the file and tell what it would do")
    parser.add_argument("--by", metavar="PERSON", help="key of the person whose powers hold and whose name the journal tells (default: the system)")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of what is told (default: en)")


def run(options: Namespace) -> None:
    with options.file.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    by = viewer_by_key(options.by) if options.by else SYSTEM
    with translation.override(options.language):
        try:
            plan = check_workbook(content, by) if options.dry_run else apply_workbook(content, by, progress=_progress)
        except WorkbookRefused as refusal:
            raise CommandError(_refused(refusal.problems)) from refusal
        if plan.refused:
            raise CommandError(_refused(plan.refused))
        print(_told(plan, dry_run=options.dry_run))


def _told(plan: Plan, *, dry_run: bool) -> str:
    counted = f"{len(plan.stated)} new, {len(plan.changed)} changed, {plan.unchanged} as they were"
    lines = [f"{plan.agreement.key}: rows {counted}.{' Nothing was changed: this was a dry run.' if dry_run else ''}"]
    lines += (f"  {one.sheet} row {one.row}: new" for one in plan.stated)
    lines += (f"  {one.sheet} {cell.place}: {cell.column} of {one.key}" for one in plan.changed for cell in one.cells)
    return "\n".join(lines)


def _refused(problems: list[Problem]) -> str:
    lines = "\n".join(f"  {problem}" for problem in problems)
    return f"Nothing was loaded. To mend ({len(problems)}):\n{lines}"


def _progress(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{whole}", end="\n" if done == whole else "", file=sys.stderr, flush=True)
