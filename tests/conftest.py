"""What holds for every test: no word leaves this machine, and what Hypothesis finds can be found again."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase, override_settings

from kumppani.config.env import read_environment
from kumppani.kernel import clock
from kumppani.workflow import guard
from tests.builders import NOON
from tests.universe import Universe, build_universe

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The browser is sealed as the tests are: it finds no host but this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

read_environment().data_folder.mkdir(parents=True, exist_ok=True)

# Playwright keeps an event loop running in the test's thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

hypothesis.settings.register_profile("kumppani", deadline=None, print_blob=True)
# The same examples each time: a submission is not refused for what another one found.
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("kumppani"), derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "kumppani")


STATIC_FILES = {
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": True,
}
"""Served from where they are written, so that no test depends on what was collected last; tests/ops collects them for real."""


class OutsideConnection(AssertionError):
    """A test, or the code under it, tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _sealed() -> Iterator[None]:
    """Sockets reach only this machine, and names of other machines are not looked up."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _local_names_only(socket.getaddrinfo))
        yield


def _loopback_only(original: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise OutsideConnection(f"tests may not reach {address}")
        return original(self, address)

    return connect


def _local_names_only(original: Any) -> Any:
    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_local(host):
            raise OutsideConnection(f"tests may not look up {host}")
        return original(host, *arguments, **options)

    return getaddrinfo


def _is_local(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "testserver"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _uncollected_static_files() -> Iterator[None]:
    with override_settings(**STATIC_FILES):
        yield


@pytest.fixture(scope="session", autouse=True)
def _snapshots_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What search reads is built beside the tests, never beside the data of the checkout."""
    with override_settings(SNAPSHOT_FOLDER=tmp_path_factory.mktemp("snapshots")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _clean_up_may_write() -> Iterator[None]:
    """Between tests that commit, Django empties all tables: no act, but no mistake either."""
    original = TransactionTestCase._fixture_teardown

    def emptied(self: TransactionTestCase) -> None:
        with guard.writing():
            original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own browser. Where there is none the tests fail: nothing is skipped silently."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: make setup installs it (Debian package chromium)", pytrace=False)
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at builders.NOON, when the states that the builders name hold."""
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def universe(db: None, noon: None) -> Universe:
    """The one small world of tests/universe.py, at noon."""
    return build_universe()


@pytest.fixture(scope="session", autouse=True)
def _no_connection_is_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """PostgreSQL drops no database that somebody is connected to; a thread of the live server may still be hanging up."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
