"""Styles, scripts and pictures, collected under names that carry a digest of their contents."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> bool:
    """Collects them anew when one of them has changed since the last time; whether it did."""
    root = Path(settings.STATIC_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    with root.with_suffix(".collected").open("a+") as stamp:
        # Two servers that start at once must not collect into the same folder; the second finds it done.
        fcntl.flock(stamp, fcntl.LOCK_EX)
        stamp.seek(0)
        digest = _digest()
        if stamp.read() == digest and root.exists():
            return False
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.truncate(0)
        stamp.write(digest)
        return True


def _digest() -> str:
    """Changes when a file that Django finds is added, taken away, written or renamed, and with where they are collected to."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_mtime_ns} {about.st_size}\n".encode())
    return digest.hexdigest()
