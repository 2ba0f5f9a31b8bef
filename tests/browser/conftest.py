"""One prepared installation for the whole run; each process serves a copy of it, and each test reads it with a browser of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.crawl import Crawl, crawl
from tests.browser.looking import reader
from tests.browser.site import Site, on_postgres, on_sqlite, prepare

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser or a running site."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run see."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "browser"


@pytest.fixture(scope="session")
def site(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The facts and the training programme, served as an operator serves them, on the database of this run."""
    folder = tmp_path_factory.mktemp("site")
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        with on_postgres(os.environ["KUMPPANI_DATABASE_URL"], folder) as running:
            yield running
        return
    with on_sqlite(prepare(shared_folder), folder) as running:
        yield running


@pytest.fixture(scope="session")
def reached(site: Site, shared_folder: Path) -> Crawl:
    """What can be reached from the front pages."""
    return crawl(site, shared_folder / "crawl.json")


@pytest.fixture
def read(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages for a reader: read(width=360, scripts=False, theme="dark")."""
    contexts: list[BrowserContext] = []

    def new_page(**how: object) -> Page:
        contexts.append(reader(browser, **how))  # type: ignore[arg-type]  # what `reader` takes
        return contexts[-1].new_page()

    yield new_page
    for context in contexts:
        context.close()
