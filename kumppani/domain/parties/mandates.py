"""Mandates: how far somebody may act for an organisation that is not their role's. Each level permits what the ones before it do, and more."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.periods import Period
from kumppani.kernel.text import _


class MandateLevel(StrEnum):
    """Prepare: write. Submit: also put before others and report. Manage: also say who else may."""

    PREPARE = "prepare"
    SUBMIT = "submit"
    MANAGE = "manage"


_PREPARE = frozenset(
    {Permission.EDIT_TERMS, Permission.EDIT_CLAUSE, Permission.STRIKE_CLAUSE, Permission.COMMENT, Permission.RESOLVE_COMMENT},
)
_SUBMIT = _PREPARE | {
    Permission.PASS_DRAFT,
    Permission.PROPOSE,
    Permission.REQUEST_CHANGE,
    Permission.REPORT_COMMITMENT,
    Permission.REPORT_MEASURE,
    Permission.LOAD_WORKBOOK,
}
PERMITS: dict[str, frozenset[Permission]] = {
    MandateLevel.PREPARE: _PREPARE,
    MandateLevel.SUBMIT: _SUBMIT,
    MandateLevel.MANAGE: _SUBMIT | {Permission.STATE_CONTACT_POINT, Permission.GIVE_MANDATE, Permission.WITHDRAW_MANDATE},
}
"""What each level permits, on what is the organisation's. Never what decides: an organisation decides by those who hold its roles."""


def check_level(level: str) -> None:
    """Refuses a level nobody knows."""
    if level not in PERMITS:
        raise RuleBroken("unknown-mandate-level", _("Choose what the mandate is for: preparing, submitting or managing."))


def check_one_at_a_time(held: Collection[Period], wanted: Period) -> None:
    """Somebody has one mandate for an organisation at a time."""
    if any(period.overlaps(wanted) for period in held):
        raise RuleBroken("mandate-held", _("This person has a mandate for the organisation at that time already: withdraw it first."))
