"""Files on disk, named by the SHA-256 of their bytes; on the disk for good before any row names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


def path_of(folder: Path, digest: str) -> Path:
    """Where the bytes with this digest lie: two letters a folder, so that no folder grows huge."""
    return folder / digest[:2] / digest


def keep(folder: Path, content: bytes) -> str:
    """Writes the bytes durably and returns their digest. Keeping the same bytes twice is harmless."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(folder, digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    Path(temporary).replace(target)
    parent = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)
    return digest


def discard(folder: Path, digest: str) -> None:
    """Removes the bytes with this digest, which no row names any more. Discarding what is not there is harmless."""
    path_of(folder, digest).unlink(missing_ok=True)


def read(folder: Path, digest: str) -> bytes:
    """The bytes with this digest; refuses bytes that have changed on the disk."""
    try:
        content = path_of(folder, digest).read_bytes()
    except FileNotFoundError as error:
        raise Missing("file-missing", _("The file is not in the store.")) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Missing("file-damaged", _("The file in the store is not the one that was kept."))
    return content
