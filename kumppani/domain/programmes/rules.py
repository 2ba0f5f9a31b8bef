"""Rules of programmes."""

from __future__ import annotations

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _


def check_is_training(key: str, *, is_training: bool) -> None:
    """Refuses to forget anything but what was invented."""
    if not is_training:
        raise RuleBroken("not-a-training-programme", _("“{key}” is not a training programme: what was done in it is never deleted.", key=key))
