"""Builds the training programme: an invented state and three invented city regions, for trying things out. Leaves it alone where it is there already.

With --reset it first forgets everything that was done in it. No other programme is touched.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.core.management import CommandError

from kumppani.demo import story
from kumppani.ops.tables import out_of_date


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--reset", action="store_true", help="forget what was done in the training programme and build it anew")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    if options.reset:
        story.rebuild()
        print(f"The training programme “{story.KEY}” was built anew.")
    elif not build():
        print(f"The training programme “{story.KEY}” is there already; --reset builds it anew.")


def build() -> bool:
    """Whether it had to be built."""
    _programme, built = story.build()
    if built:
        print(f"The training programme “{story.KEY}” was built.")
    return built
