"""Writes letters about what newly waits for people, and hands over every letter whose time has come. Run it every few minutes.

Run twice, or twice at once, it sends nothing twice: a letter is taken before it is handed over. One of which nobody can say whether it arrived,
because the connection broke, is not sent again. What is printed names nobody.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from email.message import EmailMessage
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import CommandError

from kumppani.access.recipients import links_wait, recipients
from kumppani.access.viewer import SYSTEM
from kumppani.ops.mail import MailServer, connected, hand_over
from kumppani.ops.tables import out_of_date
from kumppani.rendering.mail import letter
from kumppani.web.letters import words_of
from kumppani.workflow.notices import Taken, settle_letter, take_letter, write_letters


def add_arguments(_parser: ArgumentParser) -> None:
    """It takes none."""


def run(_options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    if settings.MAIL_SERVER is None:
        raise CommandError("KUMPPANI_MAIL_SERVER is not set. Name the mail server, e.g. smtp+starttls://user:password@mail.example.org:587.")
    if links_wait() and not settings.SECRET_LASTS:
        raise CommandError("KUMPPANI_SECRET_KEY is not set, so the service would not know the links in letters. Set it, the same for both.")
    written = sum(len(write_letters(by=SYSTEM, programme=programme, person=person)) for programme, person in recipients())
    sent, refused = _send(settings.MAIL_SERVER)
    print(f"{written} letters written, {sent} sent, {refused} refused by the mail server for now.")


def _send(server: MailServer) -> tuple[int, int]:
    sent = refused = 0
    with connected(server) as connection:
        while taken := take_letter(by=SYSTEM):
            is_sent = hand_over(connection, _message(taken))
            settle_letter(by=SYSTEM, taken=taken, is_sent=is_sent)
            sent, refused = sent + is_sent, refused + (not is_sent)
    return sent, refused


def _message(taken: Taken) -> EmailMessage:
    subject, words = words_of(taken.letter, taken.language)
    host = urlsplit(settings.PUBLIC_URL).hostname
    identifier = f"letter-{taken.letter.pk}.{int(taken.letter.written_at.timestamp())}@{host}"
    at = taken.letter.written_at
    return letter(sender=settings.MAIL_FROM, to=taken.email, subject=subject, words=words, language=taken.language, identifier=identifier, at=at)
