"""Bodies that decide or propose: councils, boards, steering groups, office-holders."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kumppani.domain.parties.models import Organisation
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import LocalisedTextField


class Body(models.Model):
    """A body of an organisation, or an office-holder who decides alone. `programme` is the one that created it."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bodies")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bodies")
    name = LocalisedTextField()

    class Meta:
        ordering = ("programme", "key")
        constraints = [models.UniqueConstraint(fields=("programme", "key"), name="body_key_once_per_programme")]

    def __str__(self) -> str:
        return self.key
