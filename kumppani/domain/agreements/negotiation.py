"""Rules of the acts by which an agreement is negotiated and ended, in plain Python."""

from __future__ import annotations

from datetime import date, timedelta

from kumppani.kernel.errors import Conflict, RuleBroken
from kumppani.kernel.periods import Period
from kumppani.kernel.text import LANGUAGES, _

LONGEST_COMMENT = 4_000
LONGEST_CASE_NUMBER = 100
LONGEST_SECTION = 40
"""Characters."""


def check_no_other_open(is_open: bool) -> None:
    """One version of an agreement is negotiated at a time."""
    if is_open:
        raise RuleBroken("negotiation-open", _("A version of this agreement is being negotiated already."))


def check_said(words: str) -> None:
    """A comment or a reason says something, at a length somebody reads."""
    if not words.strip():
        raise RuleBroken("words-missing", _("Say it in words: nothing was written."))
    check_fits(words, LONGEST_COMMENT)


def check_fits(words: str, longest: int) -> None:
    """Refuses what would not be kept whole: nothing that somebody wrote is cut off."""
    if len(words) > longest:
        raise RuleBroken("too-long-to-read", _("At most {longest} characters fit here.", longest=longest))
    if "\x00" in words:
        raise RuleBroken("unreadable-text", _("The text has a character that cannot be kept."))


def check_terms(valid_from: date | None, valid_to: date | None, authentic_language: str) -> None:
    """The terms of a draft: in order, and a language (not named yet is fine) that the agreement is written in."""
    Period(valid_from, valid_to).check_order()
    if authentic_language and authentic_language not in LANGUAGES:
        raise RuleBroken("unknown-language", _("An agreement is not written in “{language}” here.", language=authentic_language[:20]))


def check_same_content(*digests: str) -> None:
    """What is approved, what was proposed and what stands there now are one content."""
    if len(set(digests)) > 1:
        raise Conflict("version-changed", _("The version has changed since this was decided: what was approved is not what stands here now."))


def check_body_of_party(body_of: str, party: str) -> None:
    """A party approves by its own body."""
    if body_of != party:
        raise RuleBroken("body-of-another", _("A party approves by its own body; this one is of “{organisation}”.", organisation=body_of))


def check_not_ahead(day: date, today: date) -> None:
    """What is recorded as done was done by today."""
    if day > today:
        raise RuleBroken("day-ahead", _("The day {day} has not come yet.", day=day.isoformat()))


def check_start(agreed: date | None, start: date) -> None:
    """A version comes into force on the day the parties approved, where they approved one."""
    if agreed is not None and agreed != start:
        raise RuleBroken("other-start-than-approved", _("The parties approved that it comes into force on {day}.", day=agreed.isoformat()))


def check_ended(valid_to: date | None, today: date) -> None:
    """An agreement is closed when its term is over; to end it earlier, the parties amend the term."""
    if valid_to is None or valid_to >= today:
        raise RuleBroken("term-not-over", _("The agreement is still in force. To end it earlier, amend its term."))


def day_before(day: date) -> date:
    """The last day of what ends when something else begins."""
    return day - timedelta(days=1)
