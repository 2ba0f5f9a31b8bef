"""Makes the database ready to serve, and leaves alone what is ready: its tables first, then what they hold."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kumppani.ops.commands import demo
from kumppani.ops.commands.migrate import migrate


def add_arguments(parser: ArgumentParser) -> None:
    """It has no options."""


def run(options: Namespace) -> None:
    if migrate():
        print("Tables are up to date.")
    demo.build()
