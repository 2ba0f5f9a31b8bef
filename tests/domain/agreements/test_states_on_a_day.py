"""What a day makes of what people decided: versions, commitments, measures. Tried with any days that the rules of entry let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumppani.domain.agreements.rules import (
    CommitmentState,
    MeasureState,
    Validity,
    check_commitment,
    check_measure,
    check_signed_period,
    commitment_state_on,
    is_stale_on,
    measure_state_on,
    validity_on,
    version_on,
)
from kumppani.kernel.errors import RuleBroken

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MAYBE = st.none() | DAYS
ONE = timedelta(days=1)

Check = Callable[[Any], None]


@dataclass(frozen=True)
class Version:
    signed_on: date | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Promise:
    promised_on: date
    due_on: date | None
    fulfilled_on: date | None
    released_on: date | None


@dataclass(frozen=True)
class Work:
    stated_on: date
    starts_on: date
    ends_on: date
    completed_on: date | None
    dropped_on: date | None


def accepted(check: Check, thing: Any) -> bool:
    try:
        check(thing)
    except RuleBroken:
        return False
    return True


VERSIONS = st.builds(Version, DAYS, MAYBE, MAYBE).filter(lambda version: accepted(check_signed_period, version))
PROMISES = st.builds(Promise, DAYS, MAYBE, MAYBE, MAYBE).filter(lambda promise: accepted(check_commitment, promise))
WORKS = st.builds(Work, DAYS, DAYS, DAYS, MAYBE, MAYBE).filter(lambda work: accepted(check_measure, work))


@given(VERSIONS, DAYS)
def test_a_version_is_in_force_exactly_from_signing_and_start_to_end(version: Version, day: date) -> None:
    signed = version.signed_on is not None and version.signed_on <= day
    started = version.valid_from is None or version.valid_from <= day
    running = version.valid_to is None or day <= version.valid_to

    assert (validity_on(version, day) is Validity.IN_FORCE) == (signed and started and running)


@given(VERSIONS)
def test_a_version_only_ever_moves_forward(version: Version) -> None:
    days = [date(2019, 12, 31) + timedelta(days=7 * week) for week in range(600)]
    order = [Validity.NOT_SIGNED, Validity.NOT_YET_VALID, Validity.IN_FORCE, Validity.ENDED]
    seen = [order.index(validity_on(version, day)) for day in days]

    assert seen == sorted(seen)


@given(DAYS)
def test_what_was_never_signed_is_never_in_force(day: date) -> None:
    assert validity_on(None, day) is Validity.NOT_SIGNED
    assert validity_on(Version(None, None, None), day) is Validity.NOT_SIGNED


def test_both_ends_belong_to_the_term() -> None:
    version = Version(date(2021, 2, 9), None, date(2027, 12, 31))

    assert validity_on(version, date(2021, 2, 8)) is Validity.NOT_SIGNED
    assert validity_on(version, date(2021, 2, 9)) is Validity.IN_FORCE
    assert validity_on(version, date(2027, 12, 31)) is Validity.IN_FORCE
    assert validity_on(version, date(2028, 1, 1)) is Validity.ENDED


@given(st.lists(VERSIONS, max_size=4), DAYS)
def test_the_version_that_counts_is_in_force_when_any_is(versions: list[Version], day: date) -> None:
    found = version_on(versions, day)

    assert (found is None) == (not versions)
    if found is not None:
        any_in_force = any(validity_on(version, day) is Validity.IN_FORCE for version in versions)
        assert (validity_on(found, day) is Validity.IN_FORCE) == any_in_force


@given(PROMISES, DAYS)
def test_a_commitment_is_in_the_state_its_days_say(promise: Promise, day: date) -> None:
    state = commitment_state_on(promise, day)

    assert (state is CommitmentState.NOT_YET_MADE) == (day < promise.promised_on)
    assert (state is CommitmentState.FULFILLED) == (promise.fulfilled_on is not None and promise.fulfilled_on <= day)
    assert (state is CommitmentState.RELEASED) == (promise.released_on is not None and promise.released_on <= day)
    still_open = state in {CommitmentState.OWED, CommitmentState.LATE}
    assert (state is CommitmentState.LATE) == (still_open and promise.due_on is not None and promise.due_on < day)


@given(PROMISES)
def test_a_commitment_is_not_late_on_the_day_it_is_due(promise: Promise) -> None:
    if promise.due_on is not None:
        assert commitment_state_on(promise, promise.due_on) is not CommitmentState.LATE


@given(PROMISES)
def test_a_kept_or_released_commitment_stays_so(promise: Promise) -> None:
    if (closed := promise.fulfilled_on or promise.released_on) is not None:
        states = {commitment_state_on(promise, closed + offset * ONE) for offset in (0, 1, 1000)}
        assert states == {CommitmentState.FULFILLED if promise.fulfilled_on else CommitmentState.RELEASED}


@given(WORKS, DAYS)
def test_a_measure_is_in_the_state_its_days_say(work: Work, day: date) -> None:
    state = measure_state_on(work, day)
    stated = work.stated_on <= day
    completed = work.completed_on is not None and work.completed_on <= day
    dropped = work.dropped_on is not None and work.dropped_on <= day

    assert (state is MeasureState.NOT_YET_STATED) == (not stated)
    assert (state is MeasureState.COMPLETED) == (stated and completed)
    assert (state is MeasureState.DROPPED) == (stated and dropped)
    if stated and not completed and not dropped:
        assert (state is MeasureState.PLANNED) == (day < work.starts_on)
        assert (state is MeasureState.LATE) == (day > work.ends_on)
        assert (state is MeasureState.UNDER_WAY) == (work.starts_on <= day <= work.ends_on)


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (check_signed_period, Version(None, None, None)),
        (check_signed_period, Version(date(2021, 2, 9), None, date(2021, 2, 8))),
        (check_signed_period, Version(date(2021, 2, 9), date(2022, 1, 1), date(2021, 12, 31))),
        (check_commitment, Promise(date(2021, 2, 9), date(2021, 2, 8), None, None)),
        (check_commitment, Promise(date(2021, 2, 9), None, date(2022, 1, 1), date(2022, 1, 1))),
        (check_measure, Work(date(2021, 2, 9), date(2022, 1, 2), date(2022, 1, 1), None, None)),
        (check_measure, Work(date(2021, 2, 9), date(2022, 1, 2), date(2023, 1, 1), date(2022, 1, 1), None)),
        (check_measure, Work(date(2021, 2, 9), date(2022, 1, 2), date(2023, 1, 1), date(2023, 1, 1), date(2023, 1, 1))),
    ],
)
def test_days_in_the_wrong_order_are_refused(check: Check, wrong: Any) -> None:
    with pytest.raises(RuleBroken):
        check(wrong)


@dataclass(frozen=True)
class Reported(Work):
    reported_on: date | None


@given(DAYS, DAYS, DAYS, MAYBE, MAYBE, MAYBE, DAYS)
def test_a_measure_is_stale_when_it_should_be_going_on_and_nobody_has_said_anything_for_half_a_year(
    stated: date, starts: date, ends: date, completed: date | None, dropped: date | None, reported: date | None, day: date
) -> None:
    measure = Reported(stated, starts, ends, completed, dropped, reported)
    goes_on = measure_state_on(measure, day) in {MeasureState.UNDER_WAY, MeasureState.LATE}
    last = max(one for one in (stated, starts, reported) if one)
    assert is_stale_on(measure, day) == (goes_on and last <= day and (day - last).days > 183)


def test_half_a_year_is_counted_to_the_day() -> None:
    measure = Reported(date(2026, 1, 1), date(2026, 1, 1), date(2027, 12, 31), None, None, None)
    assert not is_stale_on(measure, date(2026, 1, 1) + 183 * ONE)
    assert is_stale_on(measure, date(2026, 1, 1) + 184 * ONE)
