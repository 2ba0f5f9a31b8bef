"""A programme: one family of agreements with its classifications. An EU programme is only a source of money, never this."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.periods import Period


class Programme(models.Model):
    """An agreement programme, e.g. the ecosystem agreements of 2021–2027. `is_training` marks an invented one, said on every page."""

    programme_path: ClassVar[str] = "key"

    key = models.CharField(max_length=60, unique=True)
    name = LocalisedTextField()
    summary = LocalisedTextField()
    is_training = models.BooleanField(default=False)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.key


class Scheme(models.Model):
    """A classification, e.g. themes or action types: a tree of categories kept as data."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="schemes")
    key = models.CharField(max_length=60)
    title = LocalisedTextField()

    class Meta:
        ordering = ("programme", "key")
        constraints = [models.UniqueConstraint(fields=("programme", "key"), name="scheme_key_once_per_programme")]

    def __str__(self) -> str:
        return self.key


class Category(models.Model):
    """One node of a classification, valid for a time."""

    programme_path: ClassVar[str] = "scheme__programme__key"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="categories")
    key = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    label = LocalisedTextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("scheme", "position", "key")
        constraints = [
            models.UniqueConstraint(fields=("scheme", "key"), name="category_key_once_per_scheme"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")), name="category_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def period(self) -> Period:
        """The days on which the category may be used."""
        return Period(self.valid_from, self.valid_to)
