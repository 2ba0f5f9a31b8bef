"""Prints a link by which somebody chooses a password and sets up their authenticator, to be handed to them and to nobody else.

The person must have been admitted before. The link works once, for three days, and serves as well for a forgotten password. Who has lost the
authenticator and every recovery code gets one with --forget-authenticator, after you have made sure that it is really them.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.core.management import CommandError
from django.urls import reverse

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.models import Person
from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.kernel.text import LANGUAGES
from kumppani.ops.tables import out_of_date
from kumppani.web.signin.accounts import account_of, link_parts
from kumppani.workflow.invitations import forget_authenticator, invite_person


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("person", metavar="KEY", help="key of the person, which is also their login")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of the page that the link leads to")
    parser.add_argument("--forget-authenticator", action="store_true", help="the next sign-in sets up a new authenticator and new recovery codes")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    if not settings.SECRET_LASTS:
        raise CommandError("KUMPPANI_SECRET_KEY is not set, so the service would not know this link. Set it, the same for both, and run it again.")
    person = Person.objects.select_related("programme").filter(key=options.person, is_system=False).exclude(key=BREAK_GLASS).first()
    if person is None:
        raise CommandError(f"There is nobody with the key “{options.person}” to be invited.")
    if options.forget_authenticator:
        forget_authenticator(by=SYSTEM, person=person, programme=person.programme, reason="kumppani invite --forget-authenticator")
    invite_person(by=SYSTEM, person=person, programme=None, email="", language=options.language)
    where = {"lang": options.language}
    if person.programme and person.programme.key != settings.DEFAULT_PROGRAMME:
        where["programme"] = person.programme.key
    print(settings.PUBLIC_URL + reverse("sign-in-first", kwargs={**where, **link_parts(account_of(person))}))
