"""Starting servers on loopback and timing requests to them."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
"""Seconds a server may take to answer for the first time."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each request, in the order they were made."""

    seconds: tuple[float, ...]

    @property
    def p95(self) -> float:
        """The second-slowest of twenty."""
        return statistics.quantiles(self.seconds, n=20)[18]

    @property
    def per_second(self) -> float:
        """Requests a second, one after another."""
        return len(self.seconds) / sum(self.seconds)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(command: Sequence[str], port: int, path: str, environment: dict[str, str] | None = None) -> Iterator[int]:
    """Runs a server until the block ends; yields its process id once it answers."""
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, path, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"bench: {process.args!r} ended with {process.returncode}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            fetch(port, path)
            return
        time.sleep(0.1)
    sys.exit(f"bench: {process.args!r} did not answer within {PATIENCE:.0f} s")


def fetch(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, bytes]:
    """One request on a connection of its own: status, ETag, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("ETag") or "", answer.read()
    finally:
        connection.close()


def time_requests(port: int, path: str, times: int, *, expect: int, headers: dict[str, str] | None = None) -> Timing:
    """Times requests one after another; every one must answer with the status expected."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        status, _etag, _body = fetch(port, path, headers)
        seconds.append(time.perf_counter() - start)
        if status != expect:
            sys.exit(f"bench: {path} answered {status} where {expect} was expected")
    return Timing(tuple(seconds))


def memory_of_workers(pid: int) -> list[int]:
    """Resident memory of a server's workers in kibibytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    lines = (line for child in children for line in Path(f"/proc/{child}/status").read_text(encoding="ascii").splitlines())
    return [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
