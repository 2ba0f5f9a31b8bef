"""Kept pages: each address has its own."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kumppani.access.kept import PAGES, answer

RAW = "sää".encode().decode("latin-1")
"""Letters as they arrive when nobody wrote them with percent signs."""


@pytest.mark.django_db
def test_letters_sent_as_they_are_and_others_sent_with_percent_signs_are_two_addresses(rf: RequestFactory) -> None:
    """Django prints the same path for both: a reader of one must not get what was made for the other."""
    PAGES.forget()
    asked = [rf.get("/", QUERY_STRING=f"q={RAW}"), rf.get("/", QUERY_STRING="q=s%C3%83%C2%A4%C3%83%C2%A4")]
    assert len({request.get_full_path() for request in asked}) == 1
    assert [answered(request) for request in asked] == ["sää", RAW]


def answered(request: HttpRequest) -> str:
    return answer(request, lambda: HttpResponse(request.GET["q"])).content.decode()
