"""Prints a link by which the operator comes in when no administrator can: for an hour, as administrator of the whole installation on that day.

The link works once, within a quarter of an hour. Making it stands in the log, and every use in the log and in the journal, where nothing is
removed unnoticed.
"""

from __future__ import annotations

import logging
from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.core.management import CommandError
from django.urls import reverse

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.models import Person
from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.kernel.text import LANGUAGES
from kumppani.ops.tables import out_of_date
from kumppani.web.signin.accounts import account_of
from kumppani.web.signin.break_glass import token_for
from kumppani.workflow.people import admit_person, establish_roles

log = logging.getLogger(__name__)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of the page that the link leads to")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    if not settings.SECRET_LASTS:
        raise CommandError("KUMPPANI_SECRET_KEY is not set, so the service would not know this link. Set it, the same for both, and run it again.")
    establish_roles(by=SYSTEM)
    person = Person.objects.filter(key=BREAK_GLASS).first()
    if person is None:
        person = admit_person(by=SYSTEM, key=BREAK_GLASS, name="Break glass", programme=None)
    token = token_for(account_of(person))
    log.critical("BREAK GLASS: a way in by the account for emergencies was made; it works once, within a quarter of an hour")
    print(settings.PUBLIC_URL + reverse("sign-in-break-glass", kwargs={"lang": options.language, "token": token}))
