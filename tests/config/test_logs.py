"""No secret of an address stands in a log."""

from __future__ import annotations

import logging

import pytest

from kumppani.config.logs import WithoutSecrets

PATHS = [
    "/fi/sign-in/first/MQ/abc-123/",
    "/fi/sign-in/break-glass/abc-123/",
    "/fi/sign-in/link/abc-123/",
    "/sv/p/x/calendar/abc-123/dates.ics",
]


@pytest.mark.parametrize("path", PATHS)
def test_what_an_address_keeps_secret_is_cut(path: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Forbidden: %s", (path,), None)
    assert WithoutSecrets().filter(record)
    assert "abc-123" not in record.getMessage()
    assert record.getMessage().startswith("Forbidden: /")


def test_other_lines_stay_as_they_are() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/fi/agreements/x/",), None)
    WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /fi/agreements/x/"
