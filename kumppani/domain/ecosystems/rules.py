"""Rules of ecosystems in plain Python: what ties a member to one, and when it may join and leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.periods import Period, first_overlap
from kumppani.kernel.text import _


class Tie(StrEnum):
    """What ties a member to an ecosystem. Each can be shown from a source of its own: a project's partners, a register, a contract, a programme."""

    PROJECT = "project"
    MEMBERSHIP = "membership"
    CONTRACT = "contract"
    EVENT = "event"


def check_tie(tie: str) -> None:
    """Refuses a kind of tie that is not known."""
    if tie not in set(Tie):
        raise RuleBroken("unknown-tie", _("“{tie}” is no kind of tie to an ecosystem.", tie=tie[:40]))


def check_joins_once(same: Iterable[Period]) -> None:
    """An organisation has one tie of a kind at a time: a second that overlaps it would count it twice."""
    if clash := first_overlap(same):
        raise RuleBroken("joined-already", _("The organisation has such a tie already on {day}.", day=str(clash[1].start)))


def check_leaves(began: date, ended: date | None, on: date) -> None:
    """A tie ends on or after the day it began, and its end is only ever moved nearer."""
    Period(began, on).check_order()
    if ended is not None and on > ended:
        raise RuleBroken("left-already", _("The tie has ended before that day: a new one has to begin."))
