"""The world the acts are tried in."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from kumppani.kernel import clock
from tests.builders import NOON
from tests.steering import Group, lay_group
from tests.universe import Universe, build_universe


@pytest.fixture
def universe(db: None) -> Universe:
    return build_universe()


@pytest.fixture
def group(db: None) -> Iterator[Group]:
    with clock.stopped_at(NOON):
        yield lay_group()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in English here: the installation's own language is Finnish."""
    with translation.override("en"):
        yield
