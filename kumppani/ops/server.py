"""The server: gunicorn with synchronous workers, which answered five to eight times more than an asynchronous one with our views."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

PAUSE = 2.0
"""Seconds from one start of the worker for jobs to the next, when it does not stay."""


class _Beside(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's own arbiter, which also keeps one worker for jobs alive beside those that answer readers."""

    worker: subprocess.Popen[bytes] | None = None
    started = 0.0

    def manage_workers(self) -> None:
        super().manage_workers()
        is_gone = self.worker is None or self.worker.poll() is not None
        if is_gone and time.monotonic() - self.started > PAUSE:
            self.started = time.monotonic()
            command = [sys.executable, "-m", "kumppani.ops", "work", f"--beside={os.getpid()}"]
            self.worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def stop(self, graceful: bool = True) -> None:
        # It ends the job at hand; one that takes too long is taken up again at the next start.
        if self.worker is not None and self.worker.poll() is None:
            self.worker.terminate()
        super().stop(graceful)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Loads the site once and then divides itself into workers, which so share the memory of the code."""

    def __init__(self, *, host: str, port: int, workers: int, does_jobs: bool) -> None:
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.workers = workers
        self.does_jobs = does_jobs
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self.address,
            "workers": self.workers,
            "worker_class": "sync",
            "preload_app": True,
            "loglevel": "warning",
            # A page of ours is made in well under a second; what takes a minute is stuck.
            "timeout": 60,
            "graceful_timeout": 10,
            # An address that is too long is refused by us, in the reader's language; gunicorn stops at a megabyte.
            "limit_request_line": 0,
            # Nobody needs to steer a running server through a socket of its own.
            "control_socket_disable": True,
            "when_ready": self._say_ready,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()

    def run(self) -> None:
        """Answers until it is stopped."""
        (_Beside if self.does_jobs else Arbiter)(self).run()

    def _say_ready(self, _arbiter: Any) -> None:
        print(f"Kumppani answers on http://{self.address}/ (Ctrl-C stops it).", flush=True)
