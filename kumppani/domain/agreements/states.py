"""Statuses people give, and the acts that lead from one to the next. What the calendar makes of a day is computed in `rules`."""

from __future__ import annotations

from enum import StrEnum

from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.acts import ActTable, Names, Step
from kumppani.kernel.text import _


class VersionStatus(StrEnum):
    """How far a version of an agreement has come."""

    SIGNED = "signed"


VERSION_ACTS: ActTable[VersionStatus] = {
    (None, "record_signed_elsewhere"): Step(
        next=VersionStatus.SIGNED, turn="nobody", permission=Permission.RECORD_SIGNED_ELSEWHERE, event="record_signed_elsewhere"
    ),
}

VERSION_NAMES: dict[VersionStatus, Names] = {
    VersionStatus.SIGNED: Names(owner="nobody", staff=_("Signed by all parties"), public=_("Signed"), before=_("To be signed")),
}
