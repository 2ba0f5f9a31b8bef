"""How an act ends that somebody is signed in, or can sign in by what they had."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from kumppani.domain.parties.models import User


def end_sessions(user: User) -> None:
    """Whoever is in by this account, anywhere, is in no longer."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def forget_password_left_alone(user: User) -> None:
    """Without a second step the password would be the only one: it goes too, and with it every sign-in that waits for its second step."""
    if not Authenticator.objects.filter(user=user).exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])
