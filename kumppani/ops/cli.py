"""`kumppani COMMAND …`: the one entry for operators. What can go wrong is said in one sentence, with exit code 1."""

from __future__ import annotations

import importlib
import os
import sys
from argparse import ArgumentError, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import Protocol, cast

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line
from django.db import OperationalError
from django.utils import translation

from kumppani.kernel.errors import Refusal

COMMANDS = {
    "prepare": "make the database ready to serve: tables, facts, training programme",
    "serve": "answer readers",
    "work": "do jobs that were asked for on pages, and what is done now and then; “serve” starts one by itself",
    "demo": "build the training programme; --reset forgets what was done in it",
    "snapshot": "build what search reads",
    "migrate": "bring the tables of the database up to date",
    "load-reference": "load the facts in reference/; --check only checks them",
    "send-mail": "write and send letters about what waits for people",
    "tidy": "delete ended sessions, failed tries older than thirty days, and what is known of links asked for by mail",
    "verify-journal": "verify that nothing in the journal was changed",
    "workbook": "write the workbook of an agreement, to be filled in",
    "load-workbook": "load a filled-in workbook; --dry-run only checks it",
    "invite": "print the link by which somebody chooses a password and sets up their authenticator",
    "break-glass": "print a one-time way in for an emergency: every use stands in the log and in the journal",
    "heads": "sign and publish the heads of the journal, and write them to a file to keep elsewhere",
    "export-journal": "write the journal to a file that anybody can verify",
    "reference": "write docs/reference from the code",
    "manage": "any command of Django's own, e.g. kumppani manage check --deploy",
}
EXPECTED = (Refusal, CommandError, ImproperlyConfigured, OperationalError, OSError)


class Command(Protocol):
    """What a module in `kumppani.ops.commands` offers."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the command's options."""

    def run(self, options: Namespace) -> None:
        """Does the work; raises one of `EXPECTED` when it cannot be done."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code: 0 done, 1 refused with a sentence, 2 not understood."""
    name, *rest = [*(sys.argv[1:] if arguments is None else arguments)] or [""]
    if name in {"-h", "--help", ""}:
        print(usage())
        return 0 if name else 2
    if name not in COMMANDS:
        print(f"kumppani: there is no command “{name}”.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        _run(name, rest)
    except EXPECTED as error:
        print(f"kumppani {name}: {sentence(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def usage() -> str:
    """The list of commands."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {summary}" for name, summary in COMMANDS.items()]
    return "\n".join(["usage: kumppani COMMAND …    (kumppani COMMAND --help says more)", "", *lines])


def _run(name: str, arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kumppani.config.settings")
    if name == "manage":
        execute_from_command_line(["kumppani manage", *arguments])
        return
    if name == "serve":
        tell_settings(arguments)
    django.setup()
    command = cast("Command", importlib.import_module(f"kumppani.ops.commands.{name.replace('-', '_')}"))
    parser = ArgumentParser(prog=f"kumppani {name}", description=command.__doc__, formatter_class=RawDescriptionHelpFormatter)
    command.add_arguments(parser)
    with translation.override("en"):
        command.run(parser.parse_args(arguments))


def tell_settings(arguments: Sequence[str]) -> None:
    """What `serve` is asked and the settings must know: they are loaded before the command can read its options."""
    options = ArgumentParser(add_help=False, exit_on_error=False)
    options.add_argument("--port", default="")
    options.add_argument("--production", action="store_true")
    try:
        asked, _rest = options.parse_known_args(arguments)
    except ArgumentError:
        return  # The command itself says what is wrong.
    if asked.production:
        os.environ["KUMPPANI_PRODUCTION"] = "1"
    if asked.port.isdecimal() and not asked.production:
        # Permanent links and citations then lead to where this trial really answers.
        os.environ.setdefault("KUMPPANI_PUBLIC_URL", f"http://127.0.0.1:{asked.port}")


def sentence(error: Exception) -> str:
    """What an operator reads: where it is wrong (file and line, when the error knows them) and what is wrong."""
    if isinstance(error, Refusal):
        with translation.override("en"):
            place = ":".join(str(error.values[part]) for part in ("file", "line") if part in error.values)
            return f"{place}: {error}" if place and not str(error).startswith(place) else str(error)
    if isinstance(error, OperationalError):
        return f"The database cannot be used: {str(error).splitlines()[0]}. Is KUMPPANI_DATABASE_URL right, and “kumppani migrate” done?"
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {error.filename}"
    return str(error)
