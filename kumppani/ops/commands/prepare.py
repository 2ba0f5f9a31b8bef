"""Makes the database ready to serve, and leaves alone what is ready: its tables first, then what they hold."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.core.management import CommandError

from kumppani.access.viewer import SYSTEM
from kumppani.ops.commands import demo, load_reference
from kumppani.ops.commands.migrate import migrate
from kumppani.workflow.people import establish_roles


def add_arguments(parser: ArgumentParser) -> None:
    """It has no options."""


def run(options: Namespace) -> None:
    if migrate():
        print("Tables are up to date.")
    establish_roles(by=SYSTEM)
    _facts()
    demo.build()


def _facts() -> None:
    """What a person has corrected since the last loading is told, and is no reason not to serve."""
    try:
        if told := load_reference.load_facts(settings.REFERENCE_FOLDER):
            print(told)
    except CommandError as left:
        print(left, file=sys.stderr)
