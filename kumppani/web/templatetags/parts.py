"""The shell around every page and the shared components, as templates use them. The gallery shows each in all its states."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from kumppani.access.history import KINDS
from kumppani.kernel import clock
from kumppani.web import nav
from kumppani.web.asked import AsOf
from kumppani.web.components import drawn, share
from kumppani.web.components.marks import MARK_IN_SHORT, MARK_WORDS, SOURCE_KIND_WORDS
from kumppani.web.components.states import STATES
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
def today(context: Context) -> date:
    """The programme's calendar day."""
    return _today(context)


def _today(context: Context) -> date:
    place = _place(context)
    return clock.today(place.programme.time_zone if place else settings.TIME_ZONE)


@register.inclusion_tag("parts/crumbs.html", takes_context=True)
def crumbs(context: Context, *words: object) -> dict[str, object]:
    """{% crumbs label path … label %}: from the front page down to this page, which has no path."""
    pairs = [*words, ""]
    trail = [(str(label), str(path)) for label, path in zip(pairs[::2], pairs[1::2], strict=True)]
    home = (str(nav.SECTIONS[0][1]), nav.path_of(_place(context), context["language"], "home"))
    return {"trail": [home, *trail]}


@register.inclusion_tag("parts/pair.html")
def pair(state: object = True, city: object = True, label: str = "") -> dict[str, object]:
    """The mark: a hollow half is a side that is not known. With a label it speaks, without one it only decorates."""
    return {"state": bool(state), "city": bool(city), "label": label}


@register.inclusion_tag("parts/pill.html")
def pill(kind: str, word: str, shape: str = "dot") -> dict[str, object]:
    """A state by shape, word and colour. kind: good warn bad none strong plain; shape: check triangle cross none half square dot."""
    return {"kind": kind, "shape": shape, "word": word}


@register.inclusion_tag("parts/pill.html")
def state_pill(axis: str, state: str) -> dict[str, object]:
    """The pill of a known state: {% state_pill "validity" validity %}; axes are validity, commitment, measure and known."""
    look = STATES[f"{axis}.{state}"]
    return {"kind": look.kind, "shape": look.shape, "word": str(look.word)}


@register.simple_tag
def state_word(axis: str, state: str) -> str:
    """The word of a state alone, for choices and heads of tables."""
    return str(STATES[f"{axis}.{state}"].word)


@register.inclusion_tag("parts/unknown.html", takes_context=True)
def unknown(context: Context, on: date | None = None, *, what: str = "", quiet: bool = False) -> dict[str, object]:
    """“not in our sources on DATE”, with a way to supply it. `on`: when it was last looked for, today if left out; `quiet` in tables."""
    request: HttpRequest = context["request"]
    asked = urlencode({"topic": "missing", "page": request.path})
    return {
        "on": on or _today(context),
        "what": what,
        "quiet": quiet,
        "supply": f"{nav.path_of(_place(context), context['language'], 'feedback')}?{asked}",
    }


@register.inclusion_tag("parts/figure.html")
def figure(value: object, label: str, source: object, *, unit: str = "", href: str = "", side: str = "") -> dict[str, object]:
    """A number with its meaning and where it comes from. side: state, city or none."""
    return {"value": value, "label": label, "source": source, "unit": unit, "href": href, "side": side}


@register.inclusion_tag("parts/evidence.html")
def evidence(row: Any, others: Sequence[Any] = ()) -> dict[str, object]:
    """How a value is known, from which source, as of when; and what differing sources print."""
    return {"row": row, "mark": MARK_WORDS[row.mark] if row else "", "others": others}


@register.filter
def mark_words(mark: str) -> str:
    """The mark of a row of evidence in plain words."""
    return str(MARK_WORDS[mark])


@register.filter
def mark_in_short(mark: str) -> str:
    """The mark in a word or two, for tables."""
    return str(MARK_IN_SHORT[mark])


@register.filter
def source_kind(kind: str) -> str:
    """What sort of thing a source is, in plain words."""
    return str(SOURCE_KIND_WORDS[kind])


@register.inclusion_tag("parts/known.html")
def known(items: Iterable[drawn.Item]) -> dict[str, object]:
    """Completeness as blocks and as a list. Items are components.drawn.Item."""
    listed = list(items)
    return {"items": listed, "row": drawn.blocks([item.level for item in listed])}


@register.inclusion_tag("parts/vow.html", takes_context=True)
def vow(context: Context, row: Any, names: Mapping[str, str]) -> dict[str, object]:
    """One subject: what the state promised, what the city region promised. `row` is components.vow.Vow, `names` what to call each side."""
    return {
        "request": context["request"],
        "language": context["language"],
        "place": _place(context),
        "row": row,
        "sides": [
            {"letter": "a", "mark": "sq", "name": names["state"], "promises": row.state},
            {"letter": "b", "mark": "ci", "name": names["city"], "promises": row.city},
        ],
    }


@register.inclusion_tag("parts/bars.html")
def bars(statements: Iterable[drawn.Statement]) -> dict[str, object]:
    """Sums from zero on one scale, never added up. Statements are components.drawn.Statement."""
    return {"rows": drawn.bars(statements)}


@register.inclusion_tag("parts/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, object]:
    """What happened, now, what comes. Each event has day, words, when (past, now or next), and perhaps path and evidence."""
    return {"events": list(events)}


@register.inclusion_tag("parts/asof.html", takes_context=True)
def as_of_form(context: Context, asof: AsOf, *days: object) -> dict[str, object]:
    """The form for ?on=, and links to days: {% as_of_form asof label day … %}."""
    request: HttpRequest = context["request"]
    return {"asof": asof, "days": list(zip(days[::2], days[1::2], strict=True)), "path": request.path, "language": context["language"]}


@register.inclusion_tag("parts/tools.html", takes_context=True)
def tools(
    context: Context,
    title: str,
    *,
    embed: str = "",
    history: str = "",
    resource: str = "",
    downloads: Sequence[share.Download] = (),
    **kwargs: object,
) -> dict[str, object]:
    """Permanent address, citation, embed code, downloads: {% tools title embed="agreement" key=… resource="agreements" %}."""
    place: Place = context["place"]
    request: HttpRequest = context["request"]
    return {
        # A promise is a sentence: the citation puts the full stop after it.
        "title": title.removesuffix("."),
        "embedded": place.embedded,
        "address": nav.permanent_address(request),
        "on": _today(context),
        "operator": share.operator(),
        "embed": share.embed_code(place, embed, title, request.GET.urlencode(), **kwargs) if embed else "",
        "history": place.to("history", kind=embed or history, **kwargs) if (embed or history) in KINDS and "key" in kwargs else "",
        "downloads": downloads or (share.downloads(place, resource, dict(request.GET.lists())) if resource else []),
    }


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: Context, number: int, pages: int) -> dict[str, object]:
    """Pages of a list, keeping what else was asked; first, last and the neighbours are always there."""
    query = context["request"].GET.copy()

    def to_page(page: int) -> str:
        query["page"] = str(page)
        return str(query.urlencode())

    wanted = sorted({1, pages, *(page for page in range(number - 1, number + 2) if 1 <= page <= pages)})
    steps: list[dict[str, object]] = []
    for before, page in zip([0, *wanted], wanted, strict=False):
        if page > before + 1:
            steps.append({"number": None})
        steps.append({"number": page, "query": to_page(page)})
    return {"number": number, "pages": pages, "steps": steps, "previous": to_page(number - 1), "next": to_page(number + 1)}


@register.filter
def json_ld(value: Mapping[str, Any]) -> SafeString:
    """Linked data as a block a browser never runs. What could close the block early is written as JSON's own escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 every < in it is escaped above
