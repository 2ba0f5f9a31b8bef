"""How Django finds who is signed in: an account with its person, in one query. Passwords and providers have backends of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from kumppani.web.signin.authenticator import code_is_right

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User


class AccountBackend(BaseBackend):
    """Knows accounts and checks no secret: whoever uses it to sign somebody in has checked before who they are."""

    def get_user(self, user_id: int) -> User | None:
        return get_user_model().objects.select_related("person").filter(pk=user_id).first()


class CodeBackend(BaseBackend):
    """Checks the code of the second step, so that failed codes are counted as failed passwords are."""

    def authenticate(self, request: HttpRequest | None, username: str, code: str) -> User | None:  # type: ignore[override]  # Django hands each backend only what it asks for
        user = get_user_model().objects.filter(login=username).first()
        return user if user is not None and code_is_right(user, code) else None
