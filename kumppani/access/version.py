"""A token that stays the same exactly as long as nothing in the database has changed: what rendered pages are kept by.

PostgreSQL: the text of the current snapshot; two equal snapshots see the same rows. SQLite: this connection's own count of changes plus
`PRAGMA data_version`, which moves when anybody else commits. Either is one query that reads no table. It notices a row changed behind the
application's back as well, which a counter kept by the application would not.
"""

from __future__ import annotations

from django.db import connection


def database_token() -> str:
    """The token now. Comparable only within this process and connection."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_current_snapshot()::text")
            return f"{id(connection.connection)}:{cursor.fetchone()[0]}"
        cursor.execute("PRAGMA data_version")
        version = cursor.fetchone()[0]
    return f"{id(connection.connection)}:{version}:{connection.connection.total_changes}"
