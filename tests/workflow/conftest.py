"""The world the acts are tried in."""

import pytest

from tests.universe import Universe, build_universe


@pytest.fixture
def universe(db: None) -> Universe:
    return build_universe()
