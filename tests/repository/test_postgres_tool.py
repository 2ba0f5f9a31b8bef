"""The suite's own PostgreSQL: it is there, it is ours alone, and nothing of it stays."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tools import postgres

ROOT = Path(__file__).resolve().parents[2]
# Prints where the server is, then stays.
STAY = ["sh", "-c", "echo $KUMPPANI_DATABASE_URL; exec sleep 60"]


def _gone(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return True
    return False


def _eventually_gone(url: str) -> bool:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if _gone(url):
            return True
        time.sleep(0.1)
    return False


def test_it_is_postgresql_15_on_loopback_and_stops() -> None:
    with postgres.server() as url:
        with psycopg.connect(url) as connection:
            shown = [connection.execute(f"show {name}").fetchone() for name in ("server_version_num", "listen_addresses", "jit")]  # type: ignore[call-overload]
            folder = Path(str(connection.execute("show unix_socket_directories").fetchone()[0]))
        assert [str(row[0])[:9] for row in shown if row] == [str(shown[0][0]), "127.0.0.1", "off"]
        assert str(shown[0][0]).startswith("15")
        assert folder.exists()
    assert _gone(url)
    assert not folder.exists()


def test_a_stranger_is_not_let_in() -> None:
    with postgres.server() as url:
        head, _, tail = url.partition("@")
        stranger = f"{head.rpartition(':')[0]}:guessed@{tail}"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(stranger)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_it_stops_with_the_command_however_that_ends(how: signal.Signals) -> None:
    command = [sys.executable, "-m", "tools.postgres", *STAY]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert not _gone(url)
            process.send_signal(how)
            process.wait(20)
            assert _eventually_gone(url)
        finally:
            # What a killed command leaves behind is this test's own sleep.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def test_the_files_of_a_killed_run_go_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "FOLDERS", tmp_path)
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    for owner in (ended.pid, os.getpid(), "x"):
        (tmp_path / f"kumppani-postgres-{owner}-1").mkdir()
    postgres._remove_what_the_killed_left()
    assert sorted(folder.name.split("-")[2] for folder in tmp_path.iterdir()) == sorted([str(os.getpid()), "x"])


def test_the_command_s_exit_code_is_passed_on() -> None:
    assert subprocess.run([sys.executable, "-m", "tools.postgres", "sh", "-c", "exit 7"], cwd=ROOT, check=False).returncode == 7


def test_without_postgresql_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "BIN", tmp_path)
    with pytest.raises(postgres.NoServer, match="install postgresql-15"), postgres.server():
        pytest.fail("there is no server")
