"""A page never gives a name of the frame another meaning: the page's own language is the frame's."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from kumppani.web.context import FRAME_NAMES, everywhere
from kumppani.web.page import show


@pytest.mark.parametrize("name", sorted(FRAME_NAMES))
def test_a_page_that_takes_a_name_of_the_frame_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        show(RequestFactory().get("/"), None, "portal/feedback.html", {name: "fi"})  # type: ignore[arg-type]


def test_every_name_of_the_frame_is_guarded() -> None:
    assert everywhere(RequestFactory().get("/")).keys() == FRAME_NAMES
