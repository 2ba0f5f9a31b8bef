"""Files that were handed in and are kept until the job that reads them is done: each for one person, one agreement and one hour.

What a page sends along is a ticket, signed: who, for which agreement, which file by its digest, until when. It is taken once.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core import signing

from kumppani.jobs.held import folder
from kumppani.kernel import clock
from kumppani.kernel.errors import Conflict, Refusal, RuleBroken
from kumppani.kernel.text import _
from kumppani.workflow.sending import once

LASTS = timedelta(hours=1)
"""How long a ticket may be handed in."""

SALT = "kumppani.jobs.kept"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A file that waits: whose (person and agreement), its name in the folder, its digest, until when."""

    by: str
    programme: str
    about: str
    name: str
    digest: str
    until: str


def keep(content: bytes, *, by: str, programme: str, about: str, needed: Collection[str]) -> str:
    """Keeps a file and gives the ticket for it. One file at a time for a person and an agreement, besides those that jobs need."""
    sweep(needed)
    whose = hashlib.sha256(f"{by}\n{programme}\n{about}".encode()).hexdigest()[:16]
    for earlier in _files().glob(f"{whose}-*"):
        if earlier.name not in needed:
            earlier.unlink(missing_ok=True)
    name = f"{whose}-{secrets.token_hex(16)}"
    _write(_files() / name, content)
    until = (clock.now() + LASTS).isoformat()
    return signing.dumps(asdict(Ticket(by, programme, about, name, hashlib.sha256(content).hexdigest(), until)), salt=SALT)


def take(given: str, *, by: str, programme: str, about: str, do: Callable[[Ticket], None]) -> Ticket:
    """Does what the ticket is for, once: a ticket that was taken already is only read again. Refuses one of another person or agreement."""
    ticket = _read(given)
    if (ticket.by, ticket.programme, ticket.about) != (by, programme, about):
        raise RuleBroken("not-your-ticket", _("This is no file that you handed in for this agreement. Choose it again."))
    if clock.now() >= datetime.fromisoformat(ticket.until):
        raise gone()
    try:
        once(attempt=ticket.name.rpartition("-")[2], do=lambda: do(ticket))
    except Conflict as refusal:
        if refusal.code != "sent-already":
            raise
    return ticket


def content_of(name: str, digest: str) -> bytes:
    """A file that was kept; refuses one that is gone or is not what was handed in."""
    try:
        content = (_files() / _checked(name)).read_bytes()
    except FileNotFoundError as error:
        raise gone() from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise gone()
    return content


def forget_file(name: str) -> None:
    """Deletes a file that nobody needs any more."""
    (_files() / _checked(name)).unlink(missing_ok=True)


def sweep(needed: Collection[str]) -> int:
    """Deletes files whose tickets have run out, but those that jobs need; how many."""
    ended = clock.now().timestamp() - LASTS.total_seconds()
    gone = [file for file in _files().iterdir() if file.name not in needed and file.stat().st_mtime < ended]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def gone() -> Refusal:
    """The refusal of a file that is kept no more."""
    return Conflict("file-gone", _("The file you handed in is kept for an hour, and that is over. Choose it again."))


def _files() -> Path:
    return folder("files")


def _checked(name: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]{32}", name, re.ASCII):
        raise RuleBroken("not-your-ticket", _("This is no file that you handed in for this agreement. Choose it again."))
    return name


def _read(given: str) -> Ticket:
    try:
        return Ticket(**signing.loads(given, salt=SALT))
    except signing.BadSignature as error:
        raise RuleBroken("not-your-ticket", _("This is no file that you handed in for this agreement. Choose it again.")) from error


def _write(path: Path, content: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    now = clock.now().timestamp()
    os.utime(path, (now, now))
