"""What the tests of the journal share: what the verifier finds, and rows changed behind the application's back."""

from __future__ import annotations

from django.db import connection

from kumppani.access.verify import chain_faults, chains, live_faults


def raw(sql: str, *values: object) -> int:
    """A statement sent past the guard, as somebody with the database's password would."""
    wrappers, connection.execute_wrappers = connection.execute_wrappers, []
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    finally:
        connection.execute_wrappers = wrappers


def in_chains() -> list[str]:
    """What is wrong with the chains."""
    return [str(fault) for chain in chains() for fault in chain_faults(chain)]


def in_rows(programme: str | None = None) -> list[str]:
    """What is wrong with the rows."""
    return [str(fault) for fault in live_faults(programme)]
