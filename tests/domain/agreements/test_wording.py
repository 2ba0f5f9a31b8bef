"""Figures come from the record, so no language can differ; what parties approve has one digest."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumppani.domain.agreements.wording import LONGEST_CLAUSE, PLACES, Figures, check_clause, check_complete, content_digest, filled
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import LANGUAGES, Text

FIGURES = Figures(
    agreement=Text(fi="Pohjola", sv="Norden", en="North"),
    parties=[Text(fi="Ministeriö", sv="Ministeriet", en="Ministry"), Text(fi="Kaupunki", sv="Staden", en="City")],
    priorities=[Text(fi="Vesi", sv="Vatten", en="Water")],
    signed_on=None,
    valid_from=date(2028, 1, 1),
    valid_to=date(2034, 12, 31),
)


@dataclass(frozen=True)
class Said:
    number: int
    code: str
    heading: Text
    body: Text


CLAUSE = Said(1, "term", Text(fi="Kesto", sv="Giltighet", en="Term"), Text(dict.fromkeys(LANGUAGES, "x {valid_to}")))


def code_of(act: object) -> str:
    with pytest.raises(RuleBroken) as caught:
        act()  # type: ignore[operator] a call that is to be refused
    return caught.value.code


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(LANGUAGES))
def test_every_place_is_filled_in_every_language(place: str, language: str) -> None:
    words = filled(f"a {{{place}}} b", FIGURES, language)

    assert "{" not in words
    assert words not in {"a  b", "a None b"}


def test_days_and_priorities_are_printed_as_the_record_has_them() -> None:
    assert filled("{priorities} – {valid_to}", FIGURES, "fi") == "Vesi – 31.12.2034"
    assert filled("{priorities} – {valid_to}", FIGURES, "en") == "Water – 31 December 2034"


def test_a_place_the_record_does_not_know_is_refused_by_its_name() -> None:
    with pytest.raises(RuleBroken) as caught:
        check_clause(Text(fi="x"), Text(fi="{budget}"))
    assert caught.value.code == "unknown-place"
    assert "budget" in str(caught.value)


def test_too_long_a_text_is_refused_and_the_longest_is_not() -> None:
    check_clause(Text(fi="x"), Text(fi="y" * LONGEST_CLAUSE))
    assert code_of(lambda: check_clause(Text(fi="x"), Text(fi="y" * (LONGEST_CLAUSE + 1)))) == "too-long"
    assert code_of(lambda: check_clause(Text(fi="x" * 201), Text(fi="y"))) == "too-long"
    assert code_of(lambda: check_clause(Text(fi="x"), Text(xx="y"))) == "unknown-language"
    assert code_of(lambda: check_clause(Text(fi="x"), Text(fi="y\x00"))) == "unreadable-text"


def test_what_is_proposed_is_whole_and_names_the_same_figures_in_every_language() -> None:
    check_complete([CLAUSE], "fi")
    assert code_of(lambda: check_complete([], "fi")) == "no-clauses"
    assert code_of(lambda: check_complete([CLAUSE], "")) == "no-authentic-language"
    assert code_of(lambda: check_complete([replace(CLAUSE, body=Text(sv="x"))], "fi")) == "clause-not-in-authentic-language"
    assert code_of(lambda: check_complete([replace(CLAUSE, body=CLAUSE.body.with_("sv", "2034"))], "fi")) == "figures-differ-between-languages"


def test_the_digest_moves_with_every_word_figure_and_signatory_but_not_with_the_day_of_signing() -> None:
    digests = {
        content_digest([CLAUSE], FIGURES, ["a", "b"], "fi"),
        content_digest([replace(CLAUSE, body=CLAUSE.body.with_("sv", "y {valid_to}"))], FIGURES, ["a", "b"], "fi"),
        content_digest([CLAUSE], replace(FIGURES, priorities=[Text(fi="Tuli")]), ["a", "b"], "fi"),
        content_digest([CLAUSE], replace(FIGURES, valid_to=None), ["a", "b"], "fi"),
        content_digest([CLAUSE], FIGURES, ["a"], "fi"),
        content_digest([CLAUSE], FIGURES, ["a", "b"], "sv"),
    }

    assert len(digests) == 6
    signed = replace(FIGURES, signed_on=date(2027, 12, 1))
    assert content_digest([CLAUSE], signed, ["a", "b"], "fi") == content_digest([CLAUSE], FIGURES, ["a", "b"], "fi")
