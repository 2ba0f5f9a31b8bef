"""The shell around every page and the shared components, as templates use them. The gallery shows each in all its states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from kumppani.kernel import clock
from kumppani.web import nav
from kumppani.web.place import Place

register = template.Library()


def _place(context: Context) -> Place | None:
    return context.get("place")


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[nav.Section]:
    """{% sections as menu %}: the portal's sections for this reader."""
    return nav.sections(context["request"], _place(context), context["language"])


@register.simple_tag(takes_context=True)
def editions(context: Context) -> list[nav.Edition]:
    """{% editions as choices %}: this page in each language."""
    return nav.editions(context["request"], context["language"])


@register.simple_tag(takes_context=True)
def shell_path(context: Context, name: str, **kwargs: object) -> str:
    """Like {% to %}, and works where the place is not known."""
    return nav.path_of(_place(context), context["language"], name, **kwargs)


@register.simple_tag(takes_context=True)
def permanent_address(context: Context) -> str:
    """The address under which this page is cited."""
    return nav.permanent_address(context["request"])


@register.simple_tag(takes_context=True)
def today(context: Context) -> Any:
    """The programme's calendar day."""
    place = _place(context)
    return clock.today(place.programme.time_zone if place else settings.TIME_ZONE)


@register.filter
def json_ld(value: Mapping[str, Any]) -> SafeString:
    """Linked data as a block a browser never runs. What could close the block early is written as JSON's own escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 every < in it is escaped above
