"""The read-only handle of a snapshot: an immutable folder, named by the version of its content. Free of Django: it is handed a path.

<folder of a programme>/current          the version that counts, one line; exchanged by one rename
<folder of a programme>/<version>/       manifest.json and index/, never changed once they are there
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import tantivy

POINTER = "current"
MANIFEST = "manifest.json"
INDEX = "index"

TRIES = 3
"""How often the pointer is read again when the version it named has just been thrown away for a newer one."""


class Unreadable(Exception):
    """There is a snapshot, but it cannot be read: it has to be built anew."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open snapshot. `as_of`: the day of the last public act it knows of, None for none. `count`: how many things can be found."""

    path: Path
    version: str
    as_of: date | None
    count: int
    index: tantivy.Index


def current(folder: Path) -> Snapshot | None:
    """The snapshot that counts now; None where none was ever built."""
    for left in reversed(range(TRIES)):
        try:
            version = (folder / POINTER).read_text().strip()
        except FileNotFoundError:
            return None
        try:
            return open_at(folder / version)
        except Unreadable:
            if not left:
                raise
    raise AssertionError("unreachable: the last try returns or raises")


@lru_cache(maxsize=16)
def open_at(path: Path) -> Snapshot:
    """The snapshot in a folder of one version. What is open stays readable when its folder is thrown away."""
    try:
        manifest = json.loads((path / MANIFEST).read_text())
        index = tantivy.Index.open(str(path / INDEX))
        # Never changed, so never to be looked after: without this a thread would watch the folder.
        index.config_reader("manual")
        day = date.fromisoformat(manifest["as_of"]) if manifest["as_of"] else None
        return Snapshot(path, manifest["version"], day, manifest["count"], index)
    except (OSError, ValueError, KeyError) as error:
        raise Unreadable(str(path)) from error
