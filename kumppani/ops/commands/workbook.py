"""Writes the workbook of an agreement: what stands now, to be filled in and loaded with “kumppani load-workbook”.

Headings and explanations are in the language asked for; the file can be loaded whatever that is.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import translation

from kumppani.access.load import agreement_to_fill
from kumppani.access.viewer import SYSTEM
from kumppani.imports.workbook.write import write_workbook
from kumppani.kernel.text import LANGUAGES


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("agreement", metavar="KEY", help="key of the agreement, e.g. fi-2021-01")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the workbook is written (.xlsx)")
    parser.add_argument("--language", choices=LANGUAGES, default="fi", help="language of the headings (default: fi)")


def run(options: Namespace) -> None:
    agreement = agreement_to_fill(SYSTEM, options.agreement)
    with translation.override(options.language):
        content = write_workbook(SYSTEM, agreement, options.language)
    options.out.write_bytes(content)
    print(f"Written: {options.out} ({len(content)} bytes), the workbook of {agreement.key}.")
