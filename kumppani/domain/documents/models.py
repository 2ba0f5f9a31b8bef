"""Documents as bytes: named by their content, so a row can never name another file than the one it was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import DigestField


class File(models.Model):
    """A stored file: SHA-256 of its bytes, size in bytes, media type, the name it came with, the language of its text."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="files")
    digest = DigestField()
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5)

    class Meta:
        ordering = ("programme", "name", "digest")
        constraints = [
            models.UniqueConstraint(fields=("programme", "digest"), name="file_once_per_programme"),
            models.CheckConstraint(condition=Q(size__gte=1), name="file_not_empty"),
        ]

    @property
    def key(self) -> str:
        """Its content names it."""
        return self.digest
