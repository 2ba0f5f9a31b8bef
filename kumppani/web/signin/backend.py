"""How Django finds who is signed in: an account with its person, in one query. Passwords and providers have backends of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User


class AccountBackend(BaseBackend):
    """Knows accounts and checks no secret: whoever uses it to sign somebody in has checked before who they are."""

    def get_user(self, user_id: int) -> User | None:
        return get_user_model().objects.select_related("person").filter(pk=user_id).first()
