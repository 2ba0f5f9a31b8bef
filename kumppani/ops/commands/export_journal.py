"""Writes the journal to a file that anybody can verify with tools/verify_journal.py alone: one line for each event, then the signed heads.

Texts of what is not public are written as digests: the chain can be verified, the text not be read.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import CommandError

from kumppani.access import load
from kumppani.access.journal_export import lines
from kumppani.access.verify import chains
from kumppani.access.viewer import SYSTEM
from kumppani.ops.files import written_whole
from kumppani.ops.tables import out_of_date


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="where the journal is written; a file that is there is replaced when all is written")
    parser.add_argument("--programme", action="append", metavar="KEY", help="only the chain of this programme; may be given several times")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    chosen = [load.programme(SYSTEM, key).key for key in options.programme] if options.programme else chains()
    with written_whole(options.file) as file:
        file.writelines(f"{line}\n" for line in lines(chosen))
    print(f"{options.file}: the journal of {len(chosen)} {'chain' if len(chosen) == 1 else 'chains'}")
