"""Shelves of documents to search in."""

import pytest

from kumppani.analytics import finnish
from tests.analytics.library import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The library, analysed with libvoikko, which the tests need: make setup installs it."""
    assert finnish.voikko() is not None, "libvoikko1 and voikko-fi are missing: make setup installs them"
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def without_voikko(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where libvoikko is not installed."""
    monkeypatch.setattr(finnish, "voikko", lambda: None)
