"""A PostgreSQL 15 server of our own: a fresh cluster on a free loopback port, gone when the work is done.

python3 -m tools.postgres COMMAND …     runs COMMAND with KUMPPANI_DATABASE_URL pointing to the server
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

BIN = Path(os.environ.get("POSTGRES_BIN", "/usr/lib/postgresql/15/bin"))
NAME = "kumppani"
# Not TMPDIR: the account that runs the server must be able to enter.
FOLDERS = Path("/tmp")  # noqa: S108 (each folder in it is made by mkdtemp)
# Tests throw the data away, so nothing waits for a disk. JIT only ever slows our short queries down.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "60",
    "timezone": "UTC",
}
START_SECONDS = 30
PR_SET_PDEATHSIG = 1


class NoServer(Exception):
    """PostgreSQL cannot be had; the message says what to do."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yields the URL of an empty database; stops the server and removes its files however the block ends."""
    if not (BIN / "initdb").exists():
        raise NoServer(f"PostgreSQL 15 is not in {BIN}: install postgresql-15, or name its folder in POSTGRES_BIN.")
    _remove_what_the_killed_left()
    folder = Path(tempfile.mkdtemp(prefix=f"kumppani-postgres-{os.getpid()}-", dir=FOLDERS))
    try:
        password = secrets.token_urlsafe(18)
        _initialise(folder, password)
        process, port = _start(folder)
        try:
            _create_database(port, password)
            yield f"postgresql://{NAME}:{password}@127.0.0.1:{port}/{NAME}"
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_what_the_killed_left() -> None:
    """A run that was killed stops its server but cannot remove the files; their name tells whose they were."""
    for folder in FOLDERS.glob("kumppani-postgres-*-*"):
        owner = folder.name.split("-")[2]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _initialise(folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        account = _account()
        for path in (folder, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    done = subprocess.run(
        [BIN / "initdb", "-D", folder / "data", "-U", NAME, "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"],
        capture_output=True,
        text=True,
        check=False,
        **_as_server_account(),
    )
    if done.returncode:
        raise NoServer(f"initdb failed: {done.stderr.strip()}")


def _start(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Another program may take the free port between our look and the server's, so a failed start is tried again."""
    log = folder / "log"
    for _ in range(5):
        port = _free_port()
        options = [f"--{name}={value}" for name, value in {**SETTINGS, "port": port, "unix_socket_directories": folder}.items()]
        with log.open("ab") as output:
            process = subprocess.Popen(
                [BIN / "postgres", "-D", folder / "data", *options],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                # Its own session: Ctrl-C reaches us only, and we stop it in order.
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 (no threads here, and the function only makes a system call)
                **_as_server_account(),
            )
        if _answers(process, port):
            return process, port
        _stop(process)
    raise NoServer(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:].strip()}")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if subprocess.run([BIN / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode == 0:
            return True
        time.sleep(0.05)
    return False


def _create_database(port: int, password: str) -> None:
    subprocess.run([BIN / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", NAME, NAME], check=True, env={**os.environ, "PGPASSWORD": password})


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks for a fast shutdown (connections are cut), then insists."""
    for ask, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        if process.poll() is not None:
            return
        process.send_signal(ask)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


def _die_with_parent() -> None:
    """Even a killed test run leaves no server behind: Linux then asks the server for a fast shutdown."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _as_server_account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: its Debian account runs it then, from a folder that it may enter."""
    if os.geteuid() != 0:
        return {}
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise NoServer("There is no account “postgres”: install postgresql-15, or run as somebody else than root.") from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop_in_order_on_signals() -> None:
    """A polite signal becomes an exception, so that every `finally` runs."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, leave)


def main(command: Sequence[str]) -> int:
    """Runs the command beside a server and returns its exit code."""
    if not command:
        print(__doc__)
        return 2
    stop_in_order_on_signals()
    try:
        with server() as url:
            return run(command, {**os.environ, "KUMPPANI_DATABASE_URL": url})
    except NoServer as missing:
        print(f"postgres: {missing}", file=sys.stderr)
        return 1


def run(command: Sequence[str | Path], environment: dict[str, str]) -> int:
    """Runs a command to its end; when we are told to leave, it is told first."""
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
