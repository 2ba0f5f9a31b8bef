"""A token that stays the same exactly as long as nothing in the database has changed: what rendered pages are kept by.

PostgreSQL: the text of the current snapshot; two equal snapshots see the same rows. SQLite: this connection's own count of changes plus
`PRAGMA data_version`, which moves when anybody else commits. Either is one query that reads no table. It notices a row changed behind the
application's back as well, which a counter kept by the application would not.
"""

from __future__ import annotations

import itertools
import threading
from typing import Any

from django.db import connection

_serials = itertools.count()


class _Known(threading.local):
    """This thread's SQLite connection and its serial number. Held, so that no later connection can be taken for it."""

    raw: Any = None
    serial: int = -1


_known = _Known()


def database_token() -> str:
    """The token now. Comparable only within this process."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_current_snapshot()::text")
            return str(cursor.fetchone()[0])
        cursor.execute("PRAGMA data_version")
        version = cursor.fetchone()[0]
    raw = connection.connection
    if raw is not _known.raw:
        _known.raw, _known.serial = raw, next(_serials)
    return f"{_known.serial}:{version}:{raw.total_changes}"
