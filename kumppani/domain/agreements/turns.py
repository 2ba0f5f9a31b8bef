"""Whose turn it is while a version is negotiated, computed from what was done. Plain Python."""

from __future__ import annotations

from collections.abc import Collection

from kumppani.domain.agreements.states import VersionStatus
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.text import _


def whose_turn(status: VersionStatus, drafter: str, signatories: Collection[str], approved: Collection[str]) -> frozenset[str]:
    """Keys of the parties who can take the next step: the drafter, or while something is proposed those who have not approved it."""
    if status is VersionStatus.PROPOSED:
        return frozenset(signatories) - frozenset(approved) or frozenset({drafter})
    if status in {VersionStatus.DRAFT, VersionStatus.AGREED}:
        return frozenset({drafter})
    return frozenset()


def check_turn(party: str, turn: Collection[str]) -> None:
    """Refuses a party whose turn it is not."""
    if party not in turn:
        whose = ", ".join(sorted(turn))
        raise NotAllowed("not-your-turn", _("It is not the turn of “{party}” but of: {whose}.", party=party, whose=whose))


def check_still_asked(party: str, signatories: Collection[str], approved: Collection[str]) -> None:
    """Refuses the approval of a party that has given it already."""
    if party in approved:
        waiting = ", ".join(sorted(frozenset(signatories) - frozenset(approved))) or "–"
        raise NotAllowed("not-your-turn", _("“{party}” has approved it already. Still asked: {waiting}.", party=party, waiting=waiting))


def check_all_approved(signatories: Collection[str], approved: Collection[str]) -> None:
    """Refuses to call agreed what a party has not approved."""
    if missing := sorted(frozenset(signatories) - frozenset(approved)):
        raise RuleBroken("approval-missing", _("Not approved yet by: {missing}.", missing=", ".join(missing)))
