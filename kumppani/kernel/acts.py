"""The shape of an act table: one row per (status, act). The tables stand in each concept's `states.py`; diagrams are drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message, _

Status = TypeVar("Status", bound=str)


class Whose(StrEnum):
    """On what an act is done: something of the programme, something of an organisation, or in the name of one of the parties."""

    PROGRAMME = "programme"
    ORGANISATION = "organisation"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Step:
    """What an act does in a status: the next status, whose turn it is then, the permission it takes, the event it leaves; on what."""

    next: str
    turn: str
    permission: str
    event: str
    whose: Whose = Whose.PROGRAMME


@dataclass(frozen=True, slots=True)
class Names:
    """What a status is called by staff, by the public, and before it is reached; and who owns it."""

    owner: str
    staff: Message
    public: Message
    before: Message


ActTable = Mapping[tuple[Status | None, str], Step]
"""Keyed by (status before, act); None is a thing that does not exist yet."""


def step(table: ActTable[Status], status: Status | None, act: str) -> Step:
    """The row for an act in a status; refuses an act that the table does not have there."""
    found = table.get((status, act))
    if found is None:
        raise RuleBroken("act-not-in-status", _("“{act}” cannot be done while the status is “{status}”.", act=act, status=status or "new"))
    return found
