"""Rules of notices: what somebody is told of by mail and how soon, and when a letter that could not be handed over is tried again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.text import LANGUAGES, _

LONGEST_EMAIL = 254
TRIES = 8
"""How often a letter is tried before it is given up."""

DIGEST_HOUR = 7
"""From this hour of the programme's day on, the letter of the day is written."""

_EMAIL = re.compile(r"[^@\s,;<>\"()]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,}", re.ASCII)


class How(StrEnum):
    """How soon somebody wants to be told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


def check_email(email: str) -> None:
    """Refuses what is no address; none at all is one's own choice."""
    if email and (len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
        raise RuleBroken("no-email", _("This is not an e-mail address. Write it as name@city.example, or leave it empty."))


def check_reserved(email: str) -> None:
    """Refuses a real address where everybody may sign in as everybody: an address there must end with a name that no mail ever reaches (RFC 2606)."""
    if email and not email.lower().endswith((".example", ".invalid", ".test")):
        raise RuleBroken("address-of-a-real-person", _("This is a training programme that many share: write an address that ends with .example."))


def check_language(language: str) -> None:
    """Refuses a language nobody is written to in."""
    if language not in LANGUAGES:
        raise RuleBroken("unknown-language", _("“{language}” is not a language of this site.", language=language[:20]))


def check_how(how: Mapping[str, str], kinds: Collection[str]) -> None:
    """Refuses what nobody is told of, and a way in which nobody is told."""
    if set(how) - set(kinds) or set(how.values()) - set(How):
        raise RuleBroken("unknown-notice", _("Choose for each matter whether you are told of it at once, once a day or never."))


def check_whose(by: str, person: str, *, administers: bool) -> None:
    """Refuses to set for somebody else where their mail goes, unless one administers people."""
    if by != person and not administers:
        raise NotAllowed("not-your-mail", _("Where somebody’s mail goes is set by themselves or by an administrator."))


def next_try(tries: int, now: datetime) -> datetime | None:
    """When a letter that failed this often is tried again: after 2, 4, 8 … minutes; None once it is given up."""
    return now + timedelta(minutes=2**tries) if tries < TRIES else None


def digest_of_secret(secret: str) -> str:
    """By what the secret of a feed is recognised without being kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
