"""iCalendar by the letter of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from kumppani.rendering.calendars import Event, icalendar

AT = datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=2)))


def event(**more: object) -> Event:
    given = {"uid": "group/1@example.org", "starts": AT, "ends": AT + timedelta(hours=2), "title": "Kokous", "stamped": AT}
    return Event(**{**given, **more})  # type: ignore[arg-type] fields by name


def lines_of(data: bytes) -> list[str]:
    """As a reader of the format sees it: folded lines joined again."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_a_meeting_is_told_in_universal_time() -> None:
    lines = lines_of(icalendar("Johtoryhmä", [event(place="Kaupungintalo", address="https://example.org/fi/")], language="fi"))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kumppani//Kumppani//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Johtoryhmä",
        "BEGIN:VEVENT",
        "UID:group/1@example.org",
        "DTSTAMP:20261124T080000Z",
        "SEQUENCE:0",
        "DTSTART:20261124T080000Z",
        "DTEND:20261124T100000Z",
        "SUMMARY;LANGUAGE=fi:Kokous",
        "LOCATION;LANGUAGE=fi:Kaupungintalo",
        "URL:https://example.org/fi/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_due_day_lasts_that_day_and_a_cancelled_meeting_says_so() -> None:
    due = lines_of(icalendar("x", [event(starts=date(2026, 12, 31), ends=date(2026, 12, 31), is_cancelled=True)], language="sv"))
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "STATUS:CANCELLED"} <= set(due)


def test_a_text_cannot_become_a_line_of_its_own() -> None:
    hostile = "a\r\nBEGIN:VALARM\nb; c, d\\n\x00\x1b"
    data = icalendar(hostile, [event(title=hostile, address="https://example.org/\r\nX:1")], language="fi")
    assert "SUMMARY;LANGUAGE=fi:a\\nBEGIN:VALARM\\nb\\; c\\, d\\\\n" in lines_of(data)
    assert not any(line.startswith(("BEGIN:VALARM", "X:1")) for line in lines_of(data))
    assert b"\x00" not in data


@given(st.text(max_size=300))
def test_lines_are_folded_at_75_octets_and_every_text_comes_back(words: str) -> None:
    data = icalendar("x", [event(title=words or "-", starts=AT.astimezone(UTC))], language="fi")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    (summary,) = [line for line in lines_of(data) if line.startswith("SUMMARY")]
    read = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], summary.split(":", 1)[1])
    assert read == re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", (words or "-").replace("\r\n", "\n").replace("\r", "\n"))
