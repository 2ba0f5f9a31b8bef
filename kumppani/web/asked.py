"""What a reader asks with an address's parameters: read strictly, refused with a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.http import QueryDict

from kumppani.kernel import clock
from kumppani.kernel.days import read_day
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

if TYPE_CHECKING:
    from kumppani.domain.programmes.models import Programme

LONGEST_SEARCH = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day a page speaks of. `today` is the programme's calendar day."""

    day: date
    today: date

    @property
    def is_today(self) -> bool:
        """Whether the page speaks of today."""
        return self.day == self.today


def as_of(query: QueryDict, programme: Programme) -> AsOf:
    """The day asked for by ?on=, in ISO form or as d.m.yyyy; today where none is asked."""
    today = clock.today(programme.time_zone)
    asked = query.get("on", "").strip()
    return AsOf(read_day(asked) if asked else today, today)


def page_number(query: QueryDict) -> int:
    """The page asked for by ?page=, from 1."""
    asked = query.get("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,5}", asked, re.ASCII):
        raise RuleBroken("bad-page", _("“{asked}” is not a page number. Pages are numbered from 1.", asked=asked[:40]))
    return int(asked)


def search_words(query: QueryDict) -> str:
    """The words asked for by ?q=, trimmed; refuses more than fit."""
    words = " ".join(query.get("q", "").split())
    if len(words) > LONGEST_SEARCH:
        raise RuleBroken(
            "search-too-long", _("A search has at most {longest} characters; this one has {length}.", longest=LONGEST_SEARCH, length=len(words))
        )
    return words


_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)


def known_at(query: QueryDict, programme: Programme) -> datetime | None:
    """The moment asked for by ?known=, in the programme's own time, to the end of the minute; refuses one that is none or is still to come."""
    asked = query.get("known")
    if asked is None:
        return None
    if "on" in query:
        raise RuleBroken("known-and-on", _("Ask for what was known at a moment or for what was valid on a day, not for both."))
    try:
        local = datetime.fromisoformat(asked) if _MOMENT.fullmatch(asked) else None
    except ValueError:
        local = None
    if local is None or not 1900 <= local.year <= 2199:
        raise RuleBroken("bad-moment", _("“{asked}” is not a moment. Write it as 2026-11-24T09:30.", asked=asked[:40]))
    moment = local.replace(second=59, microsecond=999_999, tzinfo=ZoneInfo(programme.time_zone))
    if local.replace(tzinfo=moment.tzinfo) > clock.now():
        raise RuleBroken("moment-to-come", _("{asked} is still to come: nobody knows what will be known then.", asked=asked))
    return moment
