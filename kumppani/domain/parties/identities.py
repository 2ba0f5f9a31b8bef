"""Codes by which somebody whom a provider knows, and nobody here yet, is told to an administrator. Plain Python."""

from __future__ import annotations

import secrets
from datetime import timedelta

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

CODE_HOLDS = timedelta(days=1)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing that is mistaken for something else when it is read aloud."""


def new_code() -> str:
    """Eight letters and digits that nobody guesses in a day."""
    return "".join(secrets.choice(_LETTERS) for _each in range(8))


def shown_code(code: str) -> str:
    """In two groups, as people read it."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(typed.upper().split()).replace("-", "")


def check_not_linked(provider: str | None) -> None:
    """One identity at each provider: the former is unlinked first."""
    if provider is not None:
        raise RuleBroken("identity-linked", _("This person is linked at “{provider}” already: remove that link first.", provider=provider))
