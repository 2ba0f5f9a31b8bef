"""Rules of bodies."""

from __future__ import annotations

from enum import StrEnum

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _


class BodyKind(StrEnum):
    """What sort of body decides."""

    COUNCIL = "council"
    BOARD = "board"
    STEERING_GROUP = "steering_group"
    OFFICE_HOLDER = "office_holder"


def check_body_kind(kind: str) -> None:
    """Refuses a kind of body nobody knows."""
    if kind not in set(BodyKind):
        raise RuleBroken("unknown-body-kind", _("“{kind}” is not a known kind of body.", kind=kind))
