"""What Django's system check must also know: said at start, with a remedy."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register


def operator_is_named(**_: Any) -> list[CheckMessage]:
    """A public service says who runs it and under which licence its data may be used."""
    found: list[CheckMessage] = []
    if not settings.OPERATOR:
        found.append(checks.Warning("No operator is set; pages say “not set”.", hint="Set KUMPPANI_OPERATOR.", id="kumppani.W001"))
    if not settings.DATA_LICENCE:
        found.append(
            checks.Warning("No data licence is set; pages and exports say “not set”.", hint="Set KUMPPANI_DATA_LICENCE.", id="kumppani.W002")
        )
    return found


def register_checks() -> None:
    """Only for deployment: a trial on one's own machine needs neither."""
    register(operator_is_named, Tags.security, deploy=True)
