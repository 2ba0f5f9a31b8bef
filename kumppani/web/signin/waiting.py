"""Between the two steps of signing in: who has given their password, kept in the session of somebody who is not signed in yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from kumppani.kernel import clock

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User

WAITING = "signing_in"
LONGEST_WAIT = 10 * 60
"""Seconds from the password to the code."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose second step is awaited, and what they want to see after it."""

    user: User
    wanted: str


def wait_for_second_step(request: HttpRequest, user: User, wanted: str) -> None:
    """Notes that somebody has given their password. Whoever was signed in here is so no longer."""
    request.session.flush()
    request.session[WAITING] = {"account": user.pk, "password": user.get_session_auth_hash(), "since": clock.now().timestamp(), "wanted": wanted}


def waiting(request: HttpRequest) -> Waiting | None:
    """Who has given their password within ten minutes; nobody if it was changed since."""
    noted = request.session.get(WAITING)
    if not noted or clock.now().timestamp() - noted["since"] > LONGEST_WAIT:
        return None
    user = get_user_model().objects.select_related("person").filter(pk=noted["account"]).first()
    if user is None or user.get_session_auth_hash() != noted["password"]:
        return None
    return Waiting(user, noted["wanted"])
