"""Which addresses stand for each page: the fullest and the emptiest thing of either programme, and the questions that change what a page shows."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from tests.browser.crawl import Crawl
from tests.browser.register import Address
from tests.browser.site import FACTS, TRAINING

PROGRAMMES = (FACTS, TRAINING)

SAMPLES: dict[str, tuple[str, ...]] = {
    "agreement": ("", "?on=2021-02-08", "?on=2028-01-01", "?known=2026-01-01T12:00"),
    "search": ("?q=energia", "", "?q=zzzzz"),
    "compare": ("?with={0}&with={1}&with={2}&with={3}", "", "?with={0}&with={1}"),
    # What stands in a frame is the same page without its shell.
    "embed-compare": ("?with={0}&with={1}&with={2}&with={3}",),
}
"""Name → what is asked of the page, first what it says most to. {0} and so on stand for keys of the programme's agreements, as many as there are."""

UNLINKED = {("feedback-item", TRAINING): [{"number": "1"}]}
"""Things that are there and that no page leads to: whoever wrote knows their number."""


def samples(page: Address, language: str, reached: Crawl) -> list[str]:
    """Paths of a page in one language, in both programmes: the first question put to the fullest and to the emptiest thing."""
    return _paths(page, language, reached, slice(1))


def variants(page: Address, language: str, reached: Crawl) -> list[str]:
    """Paths with the other questions, put to the fullest thing."""
    return _paths(page, language, reached, slice(1, None))


def _paths(page: Address, language: str, reached: Crawl, questions: slice) -> list[str]:
    return list(dict.fromkeys(path for programme in PROGRAMMES for path in _in_programme(page, language, programme, reached, questions)))


def examples(page: Address, programme: str, reached: Crawl) -> list[dict[str, str]]:
    """The parts of addresses that stand for a page in one programme."""
    if not page.parts:
        return [{}]
    shown = page.name.removeprefix("embed-")
    found = UNLINKED.get((shown, programme)) or reached.examples(shown, programme)
    return found[:1] if shown != page.name else found


def path_of(page: Address, language: str, programme: str, **parts: str) -> str:
    """The address of a page."""
    if not page.in_path:
        return f"{reverse(page.name.removeprefix('api:'), kwargs=parts)}?lang={language}"
    where = {"lang": language} if programme == FACTS else {"lang": language, "programme": programme}
    return reverse(page.name, kwargs={**where, **parts})


def _in_programme(page: Address, language: str, programme: str, reached: Crawl, questions: slice) -> Iterator[str]:
    keys = reached.keys("agreement", programme)
    for question in SAMPLES.get(page.name, ("",))[questions]:
        for parts in examples(page, programme, reached)[: 2 if questions.start is None else 1]:
            yield path_of(page, language, programme, **parts) + _filled(question, keys)


def _filled(question: str, keys: list[str]) -> str:
    """The question about as many agreements as there are."""
    asked = [part for part in question.split("&") if not any(f"{{{number}}}" in part for number in range(len(keys), 9))]
    return "&".join(asked).format(*keys)
