"""Rules of feedback."""

from __future__ import annotations

from enum import StrEnum

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

LONGEST_MESSAGE = 10_000
"""Characters."""


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
