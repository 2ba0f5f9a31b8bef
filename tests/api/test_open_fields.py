"""No answer is made of a field that is not for everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from kumppani.api.description import schema
from tests.api.asking import PREFIX, ask
from tests.api.watching import not_open, watched

pytestmark = pytest.mark.usefixtures("world")


def _addresses() -> list[str]:
    lists = [path for path in schema()["paths"] if "{" not in path]
    names = (
        "agreements",
        "priorities",
        "commitments",
        "measures",
        "figures",
        "ecosystems",
        "organisations",
        "municipalities",
        "sources",
        "programmes",
    )
    things = [f"{PREFIX}{name}/{ask(name)['items'][0]['key']}" for name in names]
    return [*lists, *things, f"{PREFIX}versions/fi-2021-01/1", f"{PREFIX}categories/themes/digital", "/fi/feed.atom", "/sitemap.xml"]


def test_answers_feed_and_sitemap_read_open_fields_only() -> None:
    seen: set[tuple[str, str]] = set()
    for address in _addresses():
        with watched() as read:
            assert Client().get(address).status_code == 200, address
        assert not_open(read) == set(), address
        seen |= read
    assert {("sources.Evidence", "mark"), ("publishing.Publication", "opened_at"), ("journal.Event", "act")} <= seen


def test_nobody_who_acts_is_named() -> None:
    for name in ("changes", "agreements", "versions", "figures"):
        content = Client().get(f"{PREFIX}{name}").content.decode()
        for person in ("keeper", "publisher", "corrector", "bystander"):
            assert f"{person}-fi-2021" not in content
