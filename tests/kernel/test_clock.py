"""What day it is depends on where."""

from datetime import UTC, date, datetime

import pytest

from kumppani.kernel import clock


def test_half_past_ten_in_the_evening_utc_is_the_next_day_in_helsinki() -> None:
    with clock.stopped_at(datetime(2021, 2, 8, 22, 30, tzinfo=UTC)):
        assert clock.today("Europe/Helsinki") == date(2021, 2, 9)
        assert clock.today("UTC") == date(2021, 2, 8)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"), clock.stopped_at(datetime(2021, 2, 9)):  # noqa: DTZ001 that is what is refused
        pass
