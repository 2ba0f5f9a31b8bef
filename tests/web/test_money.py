"""Published sums beside each other: what is compared with what, and how a sum is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kumppani.kernel.money import Amount, Qualifier
from kumppani.kernel.text import Text
from kumppani.web.portal.money import comparisons
from kumppani.web.portal.present import amount_words


@dataclass
class Figure:
    key: str
    group: str = ""
    measures: str = "start_money"
    basis: Text = field(default_factory=lambda: Text(en="state"))
    agreement_id: int | None = None
    amount: Amount = field(default_factory=lambda: Amount(exact=100))
    label: Text = field(default_factory=lambda: Text(en="Money"))
    as_of: date = date(2021, 2, 9)
    source: Any = field(default_factory=lambda: SimpleNamespace(publisher=Text(en="Somebody")))
    period_from: date | None = None
    period_to: date | None = None


def together(*figures: Figure) -> list[list[str]]:
    return [[line.figure.key for line in one.lines] for one in comparisons(figures, lambda _figure: "")]


def test_sources_about_the_same_thing_stand_together_whatever_they_call_its_basis() -> None:
    assert together(Figure("a", group="g"), Figure("b", group="h"), Figure("c", group="g", basis=Text(en="EU"), measures="other")) == [
        ["a", "b", "c"]
    ]


def test_different_kinds_of_money_are_never_compared() -> None:
    assert together(Figure("a", basis=Text(en="EU")), Figure("b"), Figure("c", measures="yearly")) == [["a"], ["b"], ["c"]]


def test_having_no_group_is_no_group() -> None:
    assert together(Figure("a", measures="one"), Figure("b", measures="two")) == [["a"], ["b"]]


def test_a_single_statement_is_not_drawn() -> None:
    alone, pair = comparisons([Figure("a"), Figure("b", measures="x"), Figure("c", measures="x")], lambda _figure: "state")

    assert list(alone.drawn) == []
    assert [statement.side for statement in pair.drawn] == ["state", "state"]


CODES = st.sampled_from(["", "g", "h"])
FIGURES = st.lists(st.tuples(CODES, st.sampled_from(["x", "y"]), st.sampled_from(["EU", "state"])), max_size=8)


@given(FIGURES)
def test_each_statement_stands_in_exactly_one_place_in_its_order(given_figures: list[tuple[str, str, str]]) -> None:
    figures = [Figure(f"{place}", group, measures, Text(en=basis)) for place, (group, measures, basis) in enumerate(given_figures)]
    found = together(*figures)

    assert sorted(key for one in found for key in one) == sorted(figure.key for figure in figures)
    assert all(one == sorted(one, key=int) for one in found)
    for figure in figures:
        place = next(one for one in found if figure.key in one)
        assert all(other.key in place for other in figures if figure.group and other.group == figure.group)


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Amount(exact=10_000_000), "€100,000"),
        (Amount(exact=0), "€0"),
        (Amount(lower=90, upper=110, qualifier=Qualifier.ABOUT), "about €0.90 – €1.10"),
        (Amount(upper=1_300_000_000, qualifier=Qualifier.NEARLY), "nearly €13,000,000"),
        (Amount(lower=200, qualifier=Qualifier.AT_LEAST), "at least €2"),
    ],
)
def test_a_sum_is_printed_with_its_sources_word(amount: Amount, printed: str) -> None:
    with translation.override("en"):
        assert amount_words(amount) == printed
