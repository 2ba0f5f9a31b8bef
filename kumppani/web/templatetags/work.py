"""What templates of the workbench use."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kumppani.domain.agreements.states import VERSION_NAMES, VersionStatus
from kumppani.kernel import clock
from kumppani.kernel.days import written_day
from kumppani.kernel.text import _
from kumppani.web.place import Place
from kumppani.web.templatetags.kumppani import words

if TYPE_CHECKING:
    from kumppani.domain.parties.models import Organisation

register = template.Library()


@register.filter
def version_state(status: str) -> str:
    """How far a version has come, in the words of those who work on it."""
    return str(VERSION_NAMES[VersionStatus(status)].staff)


@register.filter
def name_today(organisation: Organisation, place: Place) -> SafeString | str:
    """What an organisation is called today, from names already fetched."""
    return words(organisation.name_on(clock.today(place.programme.time_zone)))


@register.filter
def at_place(moment: datetime, place: Place) -> str:
    """A moment as day and time of the programme."""
    here = moment.astimezone(ZoneInfo(place.programme.time_zone))
    return f"{written_day(here.date(), get_language() or 'fi')} {here:%H.%M}"


FIELD_WORDS = {"promise": _("Promise"), "subject": _("Subject"), "due_on": _("Due by"), "title": _("Title"), "description": _("Description")}


@register.filter
def field_word(field: str) -> str:
    """What a field of a promise or measure is called; with the language of its words where it has several."""
    name, _dot, language = field.partition(".")
    word = str(FIELD_WORDS.get(name, name))
    return f"{word} ({language})" if language else word
