"""Accounts: made when somebody is invited or first signs in, and the one-time link by which a password is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from kumppani.access.links import invitations_of

if TYPE_CHECKING:
    from kumppani.domain.parties.models import Person, User


class InvitationTokens(PasswordResetTokenGenerator):
    """Tokens that a later invitation makes useless, as choosing a password or signing in does."""

    key_salt = "kumppani: invitation"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{invitations_of(user)}"


TOKENS = InvitationTokens()


def account_of(person: Person) -> User:
    """The account of somebody; made, without a password, if there is none yet."""
    accounts = get_user_model().objects
    user = accounts.filter(person=person).first()
    if user is None:
        user = accounts.model(login=person.key, person=person)
        user.set_unusable_password()
        user.save()
    return user


def link_parts(user: User) -> dict[str, str]:
    """What the link for choosing a password holds. It works once, for three days: choosing a password, signing in or a later invitation ends it."""
    return {"account": urlsafe_base64_encode(str(user.pk).encode()), "token": TOKENS.make_token(user)}


def account_of_link(account: str, token: str) -> User | None:
    """Whose link this is; nobody's if it was used, is too old, or was never given."""
    try:
        key = int(urlsafe_base64_decode(account))
    except ValueError:
        return None
    user = get_user_model().objects.filter(pk=key).first() if 0 < key < 2**63 else None
    return user if user is not None and TOKENS.check_token(user, token) else None


def choose_password(user: User, password: str) -> None:
    """Sets the password and ends every session of the account: whoever is in by the old one is in no longer."""
    user.set_password(password)
    user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=user):
        session.end()
