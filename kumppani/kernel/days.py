"""Days as people and machines write them."""

from __future__ import annotations

import re
from datetime import date

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", re.ASCII)

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def read_day(asked: str) -> date:
    """A day written 2021-02-09 or 9.2.2021, between 1900 and 2199; refuses anything else, and days no calendar has."""
    match = _DAY.fullmatch(asked)
    found = match.groupdict() if match else {"year": "0", "month": "0", "day": "0"}
    try:
        day = date(int(found["year"] or found["y"]), int(found["month"] or found["m"]), int(found["day"] or found["d"]))
    except ValueError as error:
        raise RuleBroken("bad-day", _("“{asked}” is not a day. Write it as 9.2.2021 or 2021-02-09.", asked=asked[:40])) from error
    if not 1900 <= day.year <= 2199:
        raise RuleBroken("day-out-of-range", _("The day {asked} is outside the years 1900–2199.", asked=asked))
    return day


def written_day(day: date, language: str) -> str:
    """A day as a reader of the language expects it: 9.2.2021 in Finnish and Swedish, 9 February 2021 in English."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day.day}.{day.month}.{day.year}"
