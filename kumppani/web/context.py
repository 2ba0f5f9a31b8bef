"""What every template may use besides its own context. Nothing here asks the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from kumppani.kernel.text import LANGUAGES

FRAME_NAMES = frozenset({"operator", "data_licence", "public_url", "permanent_address", "languages", "language"})
"""What `everywhere` gives: no page may call something of its own so."""


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Operator, licence, languages, and the page's own permanent address."""
    return {
        "operator": settings.OPERATOR,
        "data_licence": settings.DATA_LICENCE,
        "public_url": settings.PUBLIC_URL,
        "permanent_address": f"{settings.PUBLIC_URL}{request.get_full_path()}",
        "languages": LANGUAGES,
        "language": get_language() or "fi",
    }
