"""Watches which fields of which models are read, so that a test can hold them against the register of fields."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.db.models import Model

from kumppani.access.fields import FIELDS, Kind

Read = set[tuple[str, str]]


@cache
def _fields(model: type[Model]) -> dict[str, str]:
    return {name: field.name for field in model._meta.concrete_fields for name in (field.name, field.attname)}


@contextmanager
def watched() -> Iterator[Read]:
    """Every (model, field) read from any object inside the block."""
    read: Read = set()
    original = Model.__getattribute__

    def watching(self: Model, name: str) -> Any:
        field = _fields(type(self)).get(name)
        if field is not None:
            read.add((type(self)._meta.label, field))
        return original(self, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Model, "__getattribute__", watching)
        yield read


def not_open(read: Read) -> Read:
    """What of it is not for everybody."""
    return {(label, name) for label, name in read if FIELDS[label][name] is not Kind.OPEN}
