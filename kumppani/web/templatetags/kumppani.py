"""What templates of every page use: addresses, words in the reader's language, days, money, what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kumppani.kernel.days import written_day
from kumppani.kernel.text import Text

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, **kwargs: object) -> str:
    """The path of a page of this programme in this language: {% to "agreement" key=agreement.key %}."""
    return str(context["place"].to(name, **kwargs))


@register.filter
def words(value: Mapping[str, str] | None) -> SafeString | str:
    """Localised words for this reader; in a <span lang> where they exist only in another language."""
    language = get_language() or "fi"
    picked = Text(value or {}).pick(language)
    if picked.language == language:
        return picked.value
    return format_html('<span lang="{}">{}</span>', picked.language, picked.value)


@register.filter
def plain(value: Mapping[str, str] | None) -> str:
    """Localised words without markup, for titles and attributes."""
    return Text(value or {}).pick(get_language() or "fi").value


@register.filter
def day(value: date | None) -> str:
    """A day as the reader's language writes it: 9.2.2021 in Finnish and Swedish, 9 February 2021 in English. Empty for none."""
    return "" if value is None else written_day(value, get_language() or "fi")


@register.filter
def euros(cents: int | None) -> str:
    """Whole cents as euros: 100 000 €, or € 100,000 in English; cents only where there are some."""
    if cents is None:
        return ""
    decimals = 0 if cents % 100 == 0 else 2
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    amount = number_format(whole, use_l10n=True, force_grouping=True)
    if decimals:
        amount += f"{'.' if get_language() == 'en' else ','}{rest:02d}"
    return f"{sign}€{amount}" if get_language() == "en" else f"{sign}{amount}\u00a0€"


@register.filter
def entry(mapping: Mapping[Any, Any], key: Any) -> Any:
    """One entry of a mapping by a key known only at run time."""
    return mapping.get(key)
