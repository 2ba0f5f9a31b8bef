"""The journal for who audits: every event of the programme, what is looked for narrowed by an address that can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict

from kumppani.access import auditing
from kumppani.access.auditing import Wanted
from kumppani.access.told import TOLD
from kumppani.kernel.days import read_day, written_day
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.permission_words import PERMITTED

LONGEST = 220
"""Characters of a key, as the journal stores it."""


ACTS: Mapping[str, Message] = {permission.value: words for permission, words in PERMITTED.items()}
"""Act → its words; what needs no permission of its own has none."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An event with its moment in the programme's own time, and its kind and its act in words where there are any."""

    entry: auditing.Entry
    at: str
    word: str
    act: str


@work_page
def journal(request: HttpRequest, place: Place) -> HttpResponse:
    """The events looked for, newest first, fifty on a page."""
    wanted = _wanted(request.GET)
    found = auditing.audited(place.viewer, place.programme, wanted)
    asked = {name: value for name, value in request.GET.items() if name in FIELDS and value}
    context = {
        "found": found,
        "shown": [_shown(place, entry) for entry in found.entries],
        "asked": asked,
        "kinds": [(kind, str(TOLD[kind].word) if kind in TOLD else kind) for kind in auditing.KINDS],
        "older": f"?{urlencode({**asked, 'before': found.more})}" if found.more else "",
        "is_first": wanted.before is None,
    }
    return show(request, place, "workbench/journal.html", context)


FIELDS = ("kind", "key", "act", "actor", "since", "until")


def _wanted(query: QueryDict) -> Wanted:
    """What an address asks for; refuses what cannot be looked for."""
    said: Mapping[str, str] = {name: query.get(name, "").strip() for name in FIELDS}
    if any(len(value) > LONGEST or "\0" in value for value in said.values()):
        raise RuleBroken("search-too-long", _("A key has at most {longest} characters.", longest=LONGEST))
    if said["kind"] and said["kind"] not in auditing.KINDS:
        raise RuleBroken("no-such-kind", _("There are no events of the kind “{kind}”.", kind=said["kind"][:40]))
    days: dict[str, Any] = {name: read_day(said[name]) if said[name] else None for name in ("since", "until")}
    wanted = Wanted(said["kind"], said["key"], said["act"].replace(" ", "_"), said["actor"], **days)
    before = query.get("before", "")
    if not before:
        return wanted
    if not before.isascii() or not before.isdecimal() or len(before) > 15:
        raise RuleBroken("bad-number", _("“{asked}” is not the number of an event.", asked=before[:40]))
    return replace(wanted, before=int(before))


def _shown(place: Place, entry: auditing.Entry) -> Shown:
    local = entry.at.astimezone(ZoneInfo(place.programme.time_zone))
    word = str(TOLD[entry.kind].word) if entry.kind in TOLD else entry.kind
    return Shown(
        entry, f"{written_day(local.date(), place.language)} {local:%H:%M:%S}", word, str(ACTS.get(entry.act) or entry.act.replace("_", " "))
    )
