"""iCalendar (RFC 5545), as bytes from plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Kumppani//Kumppani//EN"
LONGEST_LINE = 75
"""Octets of a line without its end; what is longer goes on in the next line after a space."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a calendar. `uid` never changes; `sequence` grows when it is altered; two moments with a zone, or two days (both included)."""

    uid: str
    starts: datetime | date
    ends: datetime | date
    title: str
    stamped: datetime
    sequence: int = 0
    place: str = ""
    description: str = ""
    address: str = ""
    is_cancelled: bool = False


def icalendar(name: str, events: Iterable[Event], *, language: str) -> bytes:
    """A calendar of this name, all texts in one language."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(event: Event, language: str) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{_moment(event.stamped)}", f"SEQUENCE:{event.sequence}")
    if isinstance(event.starts, datetime) and isinstance(event.ends, datetime):
        yield f"DTSTART:{_moment(event.starts)}"
        yield f"DTEND:{_moment(event.ends)}"
    else:
        # The last day of a span of days is not part of it, by the letter of section 3.6.1.
        yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.ends + timedelta(days=1):%Y%m%d}"
    for field, value in (("SUMMARY", event.title), ("LOCATION", event.place), ("DESCRIPTION", event.description)):
        if value:
            yield f"{field};LANGUAGE={language}:{_text(value)}"
    if event.address:
        yield f"URL:{_NOT_TEXT.sub('', event.address).replace(chr(10), '')}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Escaped; a line break of any kind is written as one, and control characters, which the format does not know, are left out."""
    lines = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_TEXT.sub("", lines).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never within a character."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
