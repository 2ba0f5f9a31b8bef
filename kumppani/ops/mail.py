"""Handing letters over to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over, and how the way there is kept secret: by TLS from the start, by STARTTLS, or not at all."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = ""


SECONDS = 30
"""How long the server has for each answer."""

REFUSED = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)
"""What says for certain that the server has not taken a letter. Anything else may have happened after it took it."""


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection by which letters can be handed over; OSError where there is none."""
    context = ssl.create_default_context()
    if server.tls == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with connection:
        if server.tls == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        yield connection


def hand_over(connection: smtplib.SMTP, message: EmailMessage) -> bool:
    """Whether the server took it. Raises where nobody can say."""
    try:
        connection.send_message(message)
    except REFUSED:
        return False
    return True
