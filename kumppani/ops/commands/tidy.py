"""Deletes what signing in leaves behind: ended sessions, failed tries older than thirty days, codes and asked links older than a day.

Run it every day.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from axes.models import AccessAttempt
from django.core.management import CommandError

from kumppani.access.viewer import SYSTEM
from kumppani.kernel import clock
from kumppani.ops.tables import out_of_date
from kumppani.web.signin.sessions import forget_ended
from kumppani.workflow.identities import forget_codes
from kumppani.workflow.links import forget_links

KEPT = timedelta(days=30)
"""How long a failed try is known, with the address and the browser it came from."""


def add_arguments(_parser: ArgumentParser) -> None:
    """It takes none."""


def run(_options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    tries, _each = AccessAttempt.objects.filter(attempt_time__lt=clock.now() - KEPT).delete()
    codes, links = forget_codes(by=SYSTEM), forget_links(by=SYSTEM)
    print(f"{forget_ended()} ended sessions, {tries} failed tries, {codes} codes that nobody used and {links} asked links deleted.")
