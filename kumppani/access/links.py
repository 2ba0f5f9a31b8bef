"""Links by mail, as the pages of signing in need them: to whom one would go, and whether one can still be used."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from kumppani.domain.parties.models import AskedLink, Invitation, User

MOST = 5
"""Accounts that share an address and are each written to."""


def accounts_named(named: str) -> list[User]:
    """Whose login or mail address this is, if a letter can reach them and they have a second step: by mail alone nobody comes in."""
    found = User.objects.filter(person__recipient__email__gt="")
    found = found.filter(person__recipient__email__iexact=named) if "@" in named else found.filter(login=named)
    second = Authenticator.objects.filter(type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)).values("user")
    return list(found.filter(pk__in=second).order_by("pk")[:MOST])


def unused(number: int) -> AskedLink | None:
    """A link that nobody has used yet."""
    return AskedLink.objects.filter(pk=number, used_at=None, account__isnull=False).first()


def invitations_of(user: User) -> int:
    """How often somebody was invited."""
    return Invitation.objects.filter(person=user.person_id).count()
