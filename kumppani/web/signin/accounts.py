"""Accounts: made when somebody is invited or first signs in, and the one-time link by which a password is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

if TYPE_CHECKING:
    from kumppani.domain.parties.models import Person, User


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
    """What the link for choosing a password holds. It works once, for three days: choosing a password or signing in uses it up."""
    return {"account": urlsafe_base64_encode(str(user.pk).encode()), "token": default_token_generator.make_token(user)}


def account_of_link(account: str, token: str) -> User | None:
    """Whose link this is; nobody's if it was used, is too old, or was never given."""
    try:
        key = int(urlsafe_base64_decode(account))
    except ValueError:
        return None
    user = get_user_model().objects.filter(pk=key).first() if 0 < key < 2**63 else None
    return user if user is not None and default_token_generator.check_token(user, token) else None


def end_sessions(person: Person) -> None:
    """Whoever is in as this person, anywhere, is in no longer."""
    for session in UserSession.objects.filter(user__person=person):
        session.end()


def forget_second_step(user: User) -> None:
    """For who has lost both the authenticator and the recovery codes: the next sign-in sets up new ones.

    The password goes with them: without a second step it would be the only one, and only the link of an invitation leads to a new one.
    """
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=user):
        session.end()


def choose_password(user: User, password: str) -> None:
    """Sets the password and ends every session of the account: whoever is in by the old one is in no longer."""
    user.set_password(password)
    user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=user):
        session.end()
