"""The server: gunicorn with synchronous workers, which answered five to eight times more than an asynchronous one with our views."""

from __future__ import annotations

from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Loads the site once and then divides itself into workers, which so share the memory of the code."""

    def __init__(self, *, host: str, port: int, workers: int) -> None:
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.workers = workers
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

    def _say_ready(self, _arbiter: Any) -> None:
        print(f"Kumppani answers on http://{self.address}/ (Ctrl-C stops it).", flush=True)
