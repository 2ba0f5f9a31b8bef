"""A letter as the mail format has it (RFC 5322), from plain values."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime


def letter(*, sender: str, to: str, subject: str, words: str, language: str, identifier: str, at: datetime) -> EmailMessage:
    """A letter of plain words. `identifier` is the same however often it is sent, so that a reader's program knows a second copy for one."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{identifier}>"
    # Nobody's absence notes shall answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words)
    message["Content-Language"] = language
    return message
