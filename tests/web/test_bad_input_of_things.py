"""Whatever is written into the addresses of pages of one thing is answered with a sentence: 400 or 404, never a mistake of ours."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client

from kumppani.kernel.text import LANGUAGES
from tests.universe import Universe
from tests.web.reading import get, words

PLACES = (
    "agreements/fi-2021-01",
    "priorities/fi-2021-01-p1",
    "commitments/fi-2021-01-c1",
    "measures/fi-2021-01-m1",
    "organisations/city-north",
)

BAD_DAYS = ("2021-02-30", "9.2.21", "<script>alert(1)</script>", "' OR 1=1 --", "0000-01-01", "9999-12-31", "2021-02-09T00:00", "x" * 10_000)
BAD_BYTES = ("on=%FF%FE", "on=%00", "q=%C3%28")
BAD_KEYS = ("'%20OR%201=1", "..%2F..%2Fetc", "%3Cb%3E", "x" * 3000, "ÄÄ")
KINDS = ("agreements", "priorities", "commitments", "measures", "themes", "organisations", "files")


@pytest.mark.parametrize("path", PLACES)
def test_a_bad_day_is_named_in_the_readers_language(universe: Universe, client: Client, path: str) -> None:
    sentences = set()
    for language, day in product(LANGUAGES, BAD_DAYS):
        page = client.get(f"/{language}/{path}/", {"on": day})
        assert page.status_code == 400, day[:40]
        assert "<script>alert" not in page.content.decode()
        assert day[:20] in words(page) or "<" in day
        sentences.add((page.headers["Content-Language"], day))
    assert len(sentences) == len(LANGUAGES) * len(BAD_DAYS)


def test_bytes_that_are_no_text_are_refused(universe: Universe, client: Client) -> None:
    for path, query in product((*PLACES, "themes/low_carbon", "themes", "organisations"), BAD_BYTES):
        assert get(client, f"/en/{path}/?{query}").status_code == 400, (path, query)


def test_a_key_that_cannot_be_is_not_found(universe: Universe, client: Client) -> None:
    for kind, key in product(KINDS, BAD_KEYS):
        assert get(client, f"/en/{kind}/{key}/").status_code == 404, (kind, key[:40])


def test_only_reading_is_possible(universe: Universe, client: Client) -> None:
    for path in PLACES:
        assert client.post(f"/en/{path}/", {"on": "2021-02-09"}).status_code == 405, path
