"""Database fields of the kernel's value types, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from kumppani.kernel.text import Text

if TYPE_CHECKING:  # Django's fields are generic only to the type checker
    _WholeNumber = models.BigIntegerField[int | None, int | None]
    _Letters = models.CharField[str, str]
else:
    _WholeNumber = models.BigIntegerField
    _Letters = models.CharField


class LocalisedTextField(models.JSONField):
    """A kernel `Text` kept as a JSON object of language code → words. Never null: no words is an empty object."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        found = super().from_db_value(value, expression, connection)
        return Text(found) if isinstance(found, dict) else found

    def to_python(self, value: Any) -> Any:
        return Text(value) if isinstance(value, dict) else value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(dict(value) if isinstance(value, Text) else value)


class CentsField(_WholeNumber):
    """Whole cents."""


class DigestField(_Letters):
    """A SHA-256 digest in lower-case hexadecimal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 64
        super().__init__(*args, **kwargs)
