"""The glossary: one file of data, the document written from it, and nothing in it unmarked."""

from __future__ import annotations

from django.conf import settings

from kumppani.access.terms import TermMark, glossary
from kumppani.kernel.text import LANGUAGES
from kumppani.ops.glossary import glossary_page


def test_the_document_is_what_the_data_says() -> None:
    """Run `make reference` after changing reference/terms.yaml."""
    assert (settings.ROOT_FOLDER / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary_page(glossary())


def test_terms_are_numbered_and_stand_in_every_language() -> None:
    terms = glossary().terms
    assert [term.number for term in terms] == list(range(1, len(terms) + 1))
    assert len(terms) == 120
    assert all(term.words[language].word for term in terms for language in LANGUAGES)
    assert {term.section for term in terms} == set(glossary().sections)


def test_what_is_unsure_names_the_languages_and_what_was_seen_its_page() -> None:
    for term in glossary().terms:
        assert bool(term.unsure) == (term.mark is TermMark.UNSURE), term.number
        assert set(term.where) <= set(glossary().pages), term.number
        assert term.unsure <= set(LANGUAGES)


def test_no_mark_of_doubt_is_left_inside_a_word() -> None:
    assert not [term.number for term in glossary().terms for word in term.words.values() if set("?✔*|") & set(word.word + word.also)]


def test_every_swedish_term_in_doubt_is_found() -> None:
    doubtful = {term.words["fi"].word for term in glossary().not_confirmed("sv")}
    assert len(doubtful) == 15
    assert {"läpileikkaava teema", "toimintalinja", "hakuilmoitus"} <= doubtful
    assert "Työllisyys-, kehittämis- ja hallintokeskus" not in doubtful
