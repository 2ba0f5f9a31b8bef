"""Signs the head of every chain of the journal that has grown, publishes it, and writes all published heads to a file to be kept elsewhere.

Whoever keeps the file can tell later whether a chain was cut or written anew: “kumppani verify-journal --heads FILE”. The key is the file named in
KUMPPANI_JOURNAL_KEY; --make-key makes it there, once. Run it every day, before the backup.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from kumppani.access.heads import published
from kumppani.access.viewer import SYSTEM
from kumppani.domain.journal.signing import load_key
from kumppani.ops.files import written_whole
from kumppani.ops.tables import out_of_date
from kumppani.workflow.heads import publish_heads


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where the published heads are written")
    parser.add_argument("--make-key", action="store_true", help="make the key in the file that KUMPPANI_JOURNAL_KEY names, when there is none")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    if settings.JOURNAL_KEY is None:
        raise CommandError("KUMPPANI_JOURNAL_KEY is not set. Name the file of the key, e.g. /etc/kumppani/journal-key.pem, and run it again.")
    if not options.make_key and not settings.JOURNAL_KEY.exists():
        raise CommandError(f"{settings.JOURNAL_KEY}: there is no key. Put it back, or make the first one with “kumppani heads --make-key”.")
    signed = publish_heads(by=SYSTEM, key=load_key(settings.JOURNAL_KEY, make=options.make_key))
    for head in signed:
        print(f"chain “{head.chain or 'shared'}”: {head.number} events, {head.digest}, signed with key {head.key_id}")
    if not signed:
        print("No chain has grown since it was last signed.")
    if options.file:
        with written_whole(options.file) as file:
            json.dump({"heads": [head.as_json() for head in published()]}, file, indent=1)
        print(f"{options.file}: keep it where nobody who runs this service can change it.")
