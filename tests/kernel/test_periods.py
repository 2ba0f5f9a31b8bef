"""Stretches of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.periods import Period, first_overlap

FIRST = date(2021, 1, 1)
days = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=number))
ends = st.none() | days


def right_way_round(pair: tuple[date | None, date | None]) -> bool:
    return pair[0] is None or pair[1] is None or pair[0] <= pair[1]


periods = st.tuples(ends, ends).filter(right_way_round).map(lambda pair: Period(*pair))


def days_of(period: Period) -> set[date]:
    """The slow answer: every day near the sample, one by one."""
    return {day for day in (FIRST + timedelta(days=number) for number in range(-5, 20)) if day in period}


@given(periods, periods)
def test_periods_overlap_exactly_when_they_share_a_day(left: Period, right: Period) -> None:
    assert left.overlaps(right) == right.overlaps(left) == bool(days_of(left) & days_of(right))


@given(st.lists(periods, max_size=4))
def test_an_overlap_is_found_exactly_when_some_two_share_a_day(several: list[Period]) -> None:
    pairs = [(a, b) for index, a in enumerate(several) for b in several[index + 1 :]]
    assert (first_overlap(several) is not None) == any(days_of(a) & days_of(b) for a, b in pairs)


def test_an_end_before_the_start_is_refused_with_both_days() -> None:
    with pytest.raises(RuleBroken, match="2021-01-01 is before the start 2021-01-02"):
        Period(date(2021, 1, 2), date(2021, 1, 1)).check_order()
