"""What every answer says of itself: its programme, whether it is training data, licence and operator."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from kumppani.api.schemas import Localised
from kumppani.kernel.text import LANGUAGES, Message, _

TRAINING = _("Training data: every city, organisation, agreement and euro here is invented. Nothing here is a real decision.")
NOT_SET = _("not set")


def in_every_language(message: Message) -> dict[str, str]:
    """A sentence in each language of the interface."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = str(message)
    return said


def about(programme: Any, on: date | None) -> dict[str, Any]:
    """Of which programme and day an answer speaks. No programme: it speaks of all."""
    training = programme is not None and programme.is_training
    return {
        "programme": programme.key if programme else None,
        "training": training,
        "notice": Localised(**in_every_language(TRAINING)) if training else None,
        "on": on,
    }


def terms() -> dict[str, Any]:
    """Licence of the data and operator of the service; None: not set."""
    return {"licence": settings.DATA_LICENCE or None, "operator": settings.OPERATOR or None}


def mark(response: HttpResponse, programme: Any) -> HttpResponse:
    """Search engines are to leave training data alone."""
    if programme is not None and programme.is_training:
        response["X-Robots-Tag"] = "noindex"
    return response
