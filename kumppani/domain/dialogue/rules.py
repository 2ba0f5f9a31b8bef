"""Rules of feedback."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

LONGEST_MESSAGE = 10_000
"""Characters."""

ANSWERED_WITHIN = timedelta(days=14)
"""How soon feedback on accessibility is to be answered (Act on the Provision of Digital Services, 306/2019)."""

_OF_A_PERSON = re.compile(r"[^\s@]+@[^\s@]+\.\w|\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b")
"""An e-mail address or a personal identity code."""


class Topic(StrEnum):
    """What feedback is about."""

    ACCESSIBILITY = "accessibility"
    MISTAKE = "mistake"
    MISSING = "missing"
    OTHER = "other"


def check_topic(topic: str) -> None:
    """Refuses an unknown topic."""
    if topic not in set(Topic):
        raise RuleBroken("unknown-topic", _("Choose what your feedback is about."))


def check_message(message: str) -> None:
    """Refuses no words, too many, and characters no database can store or that came broken."""
    if not message.strip():
        raise RuleBroken("message-missing", _("Write your message."))
    if len(message) > LONGEST_MESSAGE:
        too_long = _("The message has {length} characters; at most {longest} fit.", length=len(message), longest=LONGEST_MESSAGE)
        raise RuleBroken("message-too-long", too_long)
    if "\x00" in message or "\ufffd" in message:
        raise RuleBroken("message-unreadable", _("The message has characters that cannot be stored."))


def check_feedback(topic: str, message: str) -> None:
    """Both."""
    check_topic(topic)
    check_message(message)


def check_answer(answer: str) -> None:
    """Refuses an answer that cannot stand on a public page: none, too long, unreadable, or with somebody's address or identity code in it."""
    check_message(answer)
    if _OF_A_PERSON.search(answer):
        raise RuleBroken("answer-personal", _("The answer is public: leave out e-mail addresses and personal identity codes."))


def answer_due_on(topic: str, received_on: date) -> date | None:
    """By which day feedback is to be answered; None where nobody has set a day."""
    return received_on + ANSWERED_WITHIN if topic == Topic.ACCESSIBILITY else None
