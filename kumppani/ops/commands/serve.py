"""Answers readers and does jobs until Ctrl-C. In front of it, in production, stands a web server that speaks HTTPS."""

from __future__ import annotations

import errno
import socket
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from django.core.management import CommandError
from django.db import connections

from kumppani.ops import static, tables
from kumppani.ops.server import Server


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="where to listen (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="on which address to listen (127.0.0.1: only this machine)")
    parser.add_argument("--workers", type=int, default=2, help="how many requests are answered at a time (2)")
    parser.add_argument("--without-jobs", action="store_true", help="start no worker for jobs beside it: “kumppani work” runs elsewhere")
    parser.add_argument("--production", action="store_true", help="as with KUMPPANI_PRODUCTION=1: HTTPS only, and a secret is required")


def run(options: Namespace) -> None:
    if tables.out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani prepare”, or “kumppani migrate”, first.")
    static.collect()
    _require_free(options.host, options.port)
    # A connection must not be shared with the processes that the server starts.
    connections.close_all()
    Server(host=options.host, port=options.port, workers=options.workers, does_jobs=not options.without_jobs).run()


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _require_free(host: str, port: int) -> None:
    """Says in a sentence what the server would repeat for five seconds."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(f"Port {port} is taken by another program: choose another one with --port.") from None
            raise CommandError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None
