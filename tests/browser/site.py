"""The site as an operator starts it: its own database, prepared and served by the operators' command, static files under hashed names."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from kumppani.config.env import ROOT, SETTINGS

KUMPPANI = Path(sys.executable).with_name("kumppani")
DATABASE = "kumppani.sqlite3"

FACTS = "fi-2021"
TRAINING = "harjoitus"
LANGUAGES = ("fi", "sv", "en")

PUBLIC_ADDRESS = "https://kumppani.example"
"""What the pages call themselves: the same whatever port a test has found, so that two pictures of a page are alike."""


class DidNotStart(Exception):
    """The command ended, or said something else; its words are in the message."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: where it answers, what it holds its data in, and what it complained of."""

    address: str
    folder: Path

    def complaints(self) -> list[str]:
        """What it wrote down of mistakes of its own. What does not exist, and a passkey that is none, are the reader's mistakes."""
        lines = (self.folder / "serve.log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line and not line.startswith(READERS)]


READERS = ("WARNING django.request: ", "WARNING kumppani.web.signin.passkeys: ")
"""How lines begin that tell of a reader's mistake."""


def once(kept: Path, make: Callable[[], str]) -> str:
    """What `make` gives, made by the first process of a test run that asks and kept in a file for the others."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if not (known := file.read()):
            file.write(known := make())
        return known


def prepare(folder: Path) -> Path:
    """The folder with the facts and the training programme, built into it once."""

    def build() -> str:
        (folder / "data").mkdir()
        _run("prepare", _environment(folder / "data", _sqlite_url(folder / "data")))
        return "prepared"

    once(folder / "prepared", build)
    return folder


@contextlib.contextmanager
def on_sqlite(prepared: Path, folder: Path) -> Iterator[Site]:
    """A site with a copy of what was prepared: what one process writes shows in no other."""
    shutil.copytree(prepared / "data", folder / "data")
    with _served(folder, _environment(folder / "data", _sqlite_url(folder / "data"))) as site:
        yield site


@contextlib.contextmanager
def on_postgres(server: str, folder: Path) -> Iterator[Site]:
    """A site in a new database beside the one that `server` names."""
    name = f"browser_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            environment = _environment(folder / "data", urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
            _run("prepare", environment)
            with _served(folder, environment) as site:
                yield site
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _environment(data: Path, database_url: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **inherited,
        "KUMPPANI_DATABASE_URL": database_url,
        "KUMPPANI_DATA_FOLDER": str(data),
        "KUMPPANI_PUBLIC_URL": PUBLIC_ADDRESS,
    }


def _sqlite_url(data: Path) -> str:
    return f"sqlite:///{data / DATABASE}"


def _run(command: str, environment: dict[str, str]) -> None:
    done = subprocess.run([KUMPPANI, command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DidNotStart(f"kumppani {command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


@contextlib.contextmanager
def _served(folder: Path, environment: dict[str, str]) -> Iterator[Site]:
    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [KUMPPANI, "serve", f"--port={port}"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
        )
        with process:
            try:
                said = process.stdout.readline() if process.stdout else ""
                if site.address not in said:
                    raise DidNotStart(f"kumppani serve said “{said}”: {(folder / 'serve.log').read_text(encoding='utf-8')}")
                yield site
            finally:
                process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
