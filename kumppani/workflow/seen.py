"""Two people at one thing: an editor says what they saw, and nothing is overwritten that they did not see."""

from __future__ import annotations

from django.db import models

from kumppani.domain.journal.chain import canonical, digest_of
from kumppani.kernel.errors import Conflict
from kumppani.kernel.text import _
from kumppani.workflow._record import row_of


def seen_of(thing: models.Model) -> str:
    """The digest of a row as it is now: a form carries it from the moment it is shown."""
    return digest_of("", canonical(row_of(thing)))


def check_seen(thing: models.Model, seen: str) -> None:
    """Refuses to go on when the row has changed since."""
    if seen != seen_of(thing):
        raise Conflict("changed-meanwhile", _("Somebody changed this after you opened it. Look at it as it is now, then make your change again."))
