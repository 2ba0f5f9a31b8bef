"""Rules of the acts by which an agreement is negotiated and ended, in plain Python."""

from __future__ import annotations

from datetime import date, timedelta

from kumppani.kernel.errors import Conflict, RuleBroken
from kumppani.kernel.text import _

LONGEST_COMMENT = 4_000


def check_no_other_open(is_open: bool) -> None:
    """One version of an agreement is negotiated at a time."""
    if is_open:
        raise RuleBroken("negotiation-open", _("A version of this agreement is being negotiated already."))


def check_said(words: str) -> None:
    """A comment or a reason says something, at a length somebody reads."""
    if not words.strip():
        raise RuleBroken("words-missing", _("Say it in words: nothing was written."))
    if len(words) > LONGEST_COMMENT:
        raise RuleBroken("too-long-to-read", _("At most {longest} characters fit here.", longest=LONGEST_COMMENT))
    if "\x00" in words:
        raise RuleBroken("unreadable-text", _("The text has a character that cannot be kept."))


def check_same_content(approved: str, proposed: str, now: str) -> None:
    """An approval is of exactly what was proposed, and that has not changed since."""
    if approved != proposed or now != proposed:
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
