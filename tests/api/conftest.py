"""One world for all tests of a module that only read it: built once, thrown away at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from kumppani.access.kept import PAGES
from kumppani.kernel import clock
from tests.builders import NOON
from tests.universe import Universe, build_universe


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Universe]:
    """The world of tests/universe.py at noon. Not for tests that change it."""
    with django_db_blocker.unblock(), clock.stopped_at(NOON), transaction.atomic():
        yield build_universe()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.forget()
