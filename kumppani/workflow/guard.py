"""The write guard: no row of a domain table is inserted, updated or deleted outside an act.

It sits on every database connection, in production too, and reads each statement before it is sent, so it sees save, update, delete,
bulk_create and raw SQL alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

EXEMPT_MODELS = frozenset({"parties.User"})
"""Sign-in writes its own table (last login, password); no act is involved."""

_open: ContextVar[int] = ContextVar("open_acts", default=0)
_written: ContextVar[set[str] | None] = ContextVar("tables_written", default=None)

_TABLE = r'(?:ONLY\s+)?(?:"?\w+"?\.)?["`\[]?(\w+)["`\]]?'
_WRITES = re.compile(
    rf"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|MERGE\s+INTO|COPY)\s+{_TABLE}",
    re.IGNORECASE,
)
_TRUNCATED = re.compile(r"\bTRUNCATE\b(.*)", re.IGNORECASE | re.DOTALL)
_NOISE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


class WriteOutsideAct(RuntimeError):
    """A domain table would be written outside an act: a mistake in the code, never something a user did."""


@cache
def guarded_tables() -> frozenset[str]:
    """Every table of the domain but the exempt ones."""
    models = (model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kumppani.domain."))
    return frozenset(model._meta.db_table.lower() for model in models if model._meta.label not in EXEMPT_MODELS)


def tables_written(sql: str) -> set[str]:
    """The guarded tables a statement (or several) would write. Text in quotes and comments does not count."""
    if sql[:6].upper() == "SELECT" and ";" not in sql:
        return set()
    plain = _NOISE.sub(" ", sql)
    found = {name.lower() for name in _WRITES.findall(plain)}
    for rest in _TRUNCATED.findall(plain):
        found |= {name.lower() for name in re.findall(r"\w+", rest)}
    return found & guarded_tables()


def _refuse_writes_outside_acts(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    tables = tables_written(sql)
    if tables and not _open.get():
        raise WriteOutsideAct(f"{', '.join(sorted(tables))}: only an act of kumppani.workflow may write here")
    result = execute(sql, params, many, context)
    # Noted only when it went through: whoever loses a race to insert a row reads the winner's and has written nothing.
    if tables and (noted := _written.get()) is not None:
        noted |= tables
    return result


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _refuse_writes_outside_acts not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refuse_writes_outside_acts)


def install() -> None:
    """Puts the guard on every connection opened from now on."""
    connection_created.connect(_watch, dispatch_uid="kumppani.workflow.guard")


@contextmanager
def writing() -> Iterator[None]:
    """Lets this thread write: opened by acts, by migrations and by the test runner's clean-up between tests, by nothing else."""
    token = _open.set(_open.get() + 1)
    try:
        yield
    finally:
        _open.reset(token)


@contextmanager
def noting() -> Iterator[set[str]]:
    """The guarded tables that are written inside the block."""
    noted: set[str] = set()
    token = _written.set(noted)
    try:
        yield noted
    finally:
        _written.reset(token)


def is_writing() -> bool:
    """Whether an act is open in this thread."""
    return _open.get() > 0
