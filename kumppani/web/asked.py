"""What a reader asks with an address's parameters: read strictly, refused with a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

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
