"""Brings the tables of the database named in KUMPPANI_DATABASE_URL up to date; makes the folder of an SQLite file where there is none."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from kumppani.ops.tables import out_of_date


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="name every migration")


def run(options: Namespace) -> None:
    migrate(verbosity=1 if options.verbose else 0)


def migrate(*, verbosity: int = 0) -> bool:
    """Whether there was anything to do."""
    if connection.vendor == "sqlite":
        Path(str(connection.settings_dict["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    if not out_of_date():
        return False
    call_command("migrate", interactive=False, verbosity=verbosity)
    return True
