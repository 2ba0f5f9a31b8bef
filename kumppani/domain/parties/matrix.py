"""Who may do what: how a role, and for whom it is held, answer an act. The pages that say it are written from here; the acts ask `access.checks`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from kumppani.domain.parties.permissions import FOR_EVERYONE, Reach
from kumppani.domain.parties.roles import StandardRole
from kumppani.kernel.acts import Step, Whose


class Held(StrEnum):
    """For whom a role is held, seen from the thing acted on: for an organisation whose thing it is, for another one, for none in particular."""

    OWN = "own"
    ANOTHER = "another"
    NOBODY = "nobody"


def refusal(role: StandardRole | None, held: Held, row: Step) -> str | None:
    """The code with which an act in its status is refused to somebody in a role (None: a stranger); None where it is done."""
    if row.permission in FOR_EVERYONE:
        return None
    if role is None or row.permission not in role.permissions:
        return "not-permitted"
    if role.reach == Reach.ORGANISATION and (row.whose == Whose.PROGRAMME or held is not Held.OWN):
        return "not-permitted"
    return "for-no-party" if row.whose == Whose.PARTY and held is not Held.OWN else None


def rows_of(table: Mapping[Any, Step], act: str) -> list[Step]:
    """What an act is in each status in which it can be done."""
    return [row for (_status, name), row in table.items() if name == act]
