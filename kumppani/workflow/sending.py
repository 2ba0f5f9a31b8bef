"""A form is taken once, however often it is sent: the token of its opening is kept in the same transaction as what it did."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from kumppani.domain.journal.models import SentForm
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, RuleBroken
from kumppani.kernel.text import _
from kumppani.workflow._record import act

Result = TypeVar("Result")

KEPT = timedelta(days=7)
"""How long it is known that a form was sent."""


@act
def once(*, attempt: str, do: Callable[[], Result]) -> Result:
    """Does what a form asks, unless the same opening of it was sent before. What is refused may be mended and sent again."""
    if not re.fullmatch(r"[0-9a-f]{32}", attempt, re.ASCII):
        raise RuleBroken("bad-attempt", _("The form came in pieces. Open this page again and send it anew."))
    now = clock.now()
    SentForm.objects.filter(sent_at__lt=now - KEPT).delete()
    _row, is_first = SentForm.objects.get_or_create(attempt=attempt, defaults={"sent_at": now})
    if not is_first:
        raise Conflict("sent-already", _("This form was sent already and has been taken: what it did stands on this page."))
    return do()
