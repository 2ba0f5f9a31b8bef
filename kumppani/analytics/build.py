"""Builds a programme's snapshot from the database, and keeps it fresh: what anybody changed shows in the next answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from kumppani.access.version import database_token
from kumppani.analytics import store
from kumppani.analytics.documents import Document, fingerprint
from kumppani.analytics.gather import documents, last_day
from kumppani.analytics.snapshot import Snapshot, Unreadable, current
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fresh:
    """The snapshot to ask. `is_late`: the database has changed since, and a newer one is not there yet."""

    snapshot: Snapshot
    is_late: bool


class NotReady(Exception):
    """There is no snapshot yet, and this process cannot make one now."""


class _Seen(threading.local):
    """What this thread found when it last looked: folder → (token, snapshot). A token of the database says nothing to another thread."""

    def __init__(self) -> None:
        self.by_folder: dict[Path, tuple[str, Snapshot]] = {}


_seen = _Seen()


def folder_of(programme: Programme) -> Path:
    """Where a programme's snapshots lie: an index of its own, so that no other programme's words weigh on its ranking."""
    return Path(settings.SNAPSHOT_FOLDER) / programme.key


def build(programme: Programme) -> Snapshot:
    """Makes what the database says now the snapshot that counts; waits for whoever is building."""
    content, as_of = documents(programme, clock.today(programme.time_zone)), last_day(programme)
    return store.put(folder_of(programme), content, as_of, anew=_is_broken(programme))


def ensure_fresh(programme: Programme) -> Fresh:
    """The snapshot of what the database says now. While it cannot be had: the one before it, late. Raises NotReady where there is none.

    Costs one query as long as nothing has changed. After a change the documents are read anew, and an index is built where they differ.
    """
    folder, today = folder_of(programme), clock.today(programme.time_zone)
    token = f"{database_token()} {today}"
    seen = _seen.by_folder.get(folder)
    if seen is not None and seen[0] == token:
        return Fresh(seen[1], is_late=False)
    try:
        snapshot = _snapshot_of(folder, documents(programme, today), last_day(programme))
    except (store.Busy, OSError, ValueError) as error:
        # A full disk or a folder nobody may write to must not take search away from readers; the operator reads of it.
        if not isinstance(error, store.Busy):
            logger.exception("The snapshot of %s cannot be built", programme.key)
        return _one_before(folder)
    _seen.by_folder[folder] = token, snapshot
    return Fresh(snapshot, is_late=False)


def _snapshot_of(folder: Path, content: Sequence[Document], as_of: date | None) -> Snapshot:
    try:
        there = current(folder)
    except Unreadable:
        return store.put(folder, content, as_of, wait=False, anew=True)
    if there is not None and there.version == fingerprint(content, as_of):
        return there
    return store.put(folder, content, as_of, wait=False)


def _one_before(folder: Path) -> Fresh:
    try:
        there = current(folder)
    except Unreadable:
        there = None
    if there is None:
        raise NotReady(str(folder))
    return Fresh(there, is_late=True)


def _is_broken(programme: Programme) -> bool:
    try:
        current(folder_of(programme))
    except Unreadable:
        return True
    return False
