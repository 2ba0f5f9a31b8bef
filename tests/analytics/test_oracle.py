"""The index and the oracle agree on what is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kumppani.analytics.language import NEUTRAL, STOP_WORDS, words
from kumppani.analytics.questions.query import How
from tests.analytics import oracle
from tests.analytics.library import LIBRARY, Shelf

VOCABULARY = sorted(
    {
        text[word.start : word.end]
        for document in LIBRARY
        for statement in (document.title, document.of, *document.body, *document.context, *({NEUTRAL: name} for name in document.names))
        for text in statement.values()
        for word in words(text, NEUTRAL)
    }
)
FORMS = [
    "kaupunkiratkaisun",
    "terveyden",
    "energian",
    "energin",
    "hållbart",
    "systemet",
    "kiertotalous",
    "ratkaisu",
    "city",
    "Vaasassa",
    "Helsingissä",
    "regions",
]


def agrees(shelf: Shelf, query: str) -> None:
    answer = shelf.ask(query)
    assert all(one.how is How.EXACTLY for one in answer.heard)
    assert {hit.key for hit in answer.hits} == oracle.found(LIBRARY, query)


@pytest.mark.parametrize("word", [*VOCABULARY, *FORMS])
def test_one_word(shelf: Shelf, word: str) -> None:
    assert oracle.found(LIBRARY, word)
    agrees(shelf, word)


@settings(max_examples=60)
@given(st.lists(st.sampled_from([word for word in [*VOCABULARY, *FORMS] if word not in STOP_WORDS]), min_size=1, max_size=3))
def test_several_words(shelf: Shelf, chosen: list[str]) -> None:
    # A word that says nothing keeps two of them from becoming one name of the glossary that neither is by itself.
    agrees(shelf, " the ".join(chosen))


@settings(max_examples=60)
@given(st.data())
def test_every_title_finds_its_thing(shelf: Shelf, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from([document for document in LIBRARY if document.title]))
    title = data.draw(st.sampled_from(sorted(document.title.values())))
    change = data.draw(st.sampled_from([str, str.upper, str.lower, str.title]))

    assert document.key in {hit.key for hit in shelf.ask(change(title)).hits}
