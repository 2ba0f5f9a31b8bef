"""Rules of what is published."""

from __future__ import annotations

from datetime import date

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text, _


def check_signed(signed_on: date | None) -> None:
    """What is still negotiated is not for everyone."""
    if signed_on is None:
        raise RuleBroken("not-signed-yet", _("Only a signed version can be published."))


def check_reason(reason: Text) -> None:
    """Nothing disappears from the public without a word."""
    if not reason:
        raise RuleBroken("withdrawal-needs-reason", _("Say why it is withdrawn: the reason is shown in its place."))


def check_wording(wording: str) -> None:
    """A figure is a statement: it has words."""
    if not wording.strip():
        raise RuleBroken("figure-needs-wording", _("A published figure needs the wording its source prints."))
