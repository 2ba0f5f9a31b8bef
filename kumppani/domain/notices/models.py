"""The outbox: what somebody should be told. A job sends it; until then it waits here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kumppani.domain.parties.models import Role
from kumppani.domain.programmes.models import Programme


class Notice(models.Model):
    """One thing to tell the people of a role. Carries no content: who opens it reads the object itself."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notices")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="notices")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "created_at", "id")
