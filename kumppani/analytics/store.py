"""Writes snapshots: each beside the others, whole or not at all. Free of Django.

A version is built in a folder of its own, brought safely to disk, renamed to its version, and only then pointed at. Whoever is interrupted
leaves a folder that nobody reads and the next builder sweeps away. Builders exclude each other by a lock on a file, readers need none.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kumppani.analytics.documents import Document, fingerprint
from kumppani.analytics.index import write_index
from kumppani.analytics.snapshot import INDEX, MANIFEST, POINTER, Snapshot, open_at

KEPT = 3
"""Versions: the one that counts and the last ones before it, for readers that still have them open."""

LOCK = "lock"
UNFINISHED = ".building-"


class Busy(Exception):
    """Somebody else is building this programme's snapshot."""


def put(folder: Path, documents: Sequence[Document], as_of: date | None, *, wait: bool = True, anew: bool = False) -> Snapshot:
    """Makes the snapshot of these documents the one that counts, and opens it; builds it only where this version is not there yet.

    `wait`: for another builder to finish; else raises Busy. `anew`: builds it though it is there, because it cannot be read.
    """
    version = fingerprint(documents, as_of)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder, wait=wait):
        _sweep(folder)
        if anew or not (folder / version / MANIFEST).exists():
            _build(folder, version, documents, as_of)
        _point(folder, version)
        _throw_away_old(folder, version)
        return open_at(folder / version)


@contextmanager
def _alone(folder: Path, *, wait: bool) -> Iterator[None]:
    """The lock goes with the process that holds it, however it ends."""
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(str(folder)) from error
        yield


def _sweep(folder: Path) -> None:
    for unfinished in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _build(folder: Path, version: str, documents: Sequence[Document], as_of: date | None) -> None:
    beside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    (beside / INDEX).mkdir()
    write_index(beside / INDEX, documents)
    manifest = {"version": version, "as_of": as_of.isoformat() if as_of else None, "count": len(documents)}
    (beside / MANIFEST).write_text(json.dumps(manifest, indent=1))
    for path in (*(beside / INDEX).iterdir(), beside / INDEX, beside / MANIFEST, beside):
        _to_disk(path)
    beside.chmod(0o755)
    if (folder / version).exists():
        (folder / version).rename(Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder)) / version)
    beside.rename(folder / version)
    _to_disk(folder)


def _point(folder: Path, version: str) -> None:
    pointer, new = folder / POINTER, folder / f"{POINTER}.new"
    if pointer.exists() and pointer.read_text().strip() == version:
        return
    new.write_text(f"{version}\n")
    _to_disk(new)
    new.replace(pointer)
    _to_disk(folder)


def _throw_away_old(folder: Path, version: str) -> None:
    """Pointing at a version makes it the youngest, so that one that counts again is not thrown away as the oldest."""
    os.utime(folder / version)
    versions = sorted((path for path in folder.iterdir() if (path / MANIFEST).exists()), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in versions[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
