"""Where a fact comes from: the sources cited, and for each fact what says it, as of when, with which mark.

The value stands in its own row; Evidence says why it stands there. What is unknown has evidence too: the day it was last looked for.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.rules import Mark, SourceKind
from kumppani.kernel.fields import LocalisedTextField


def marks() -> list[tuple[str, str]]:
    """Choices for the migration's sake: values only, names are for pages."""
    return [(mark.value, mark.value) for mark in Mark]


def kinds() -> list[tuple[str, str]]:
    """Kinds of source, likewise."""
    return [(kind.value, kind.value) for kind in SourceKind]


class Source(models.Model):
    """Something published that facts are taken from. `published` is null where the page bears no date."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sources")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=kinds)
    title = LocalisedTextField()
    publisher = LocalisedTextField()
    address = models.URLField(max_length=500, blank=True)
    published = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=5)
    read_on = models.DateField()
    licence = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("programme", "key")
        constraints = [models.UniqueConstraint(fields=("programme", "key"), name="source_key_once_per_programme")]

    def __str__(self) -> str:
        return self.key


class Evidence(models.Model):
    """What stands behind one field of one object. Exactly one row per field is `chosen`; the others are differing sources, shown beside it.

    `root` is the key of the whole it is read with (an agreement's key for all its parts), so that one query fetches a page's evidence.
    """

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="evidence")
    root = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    field = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    chosen = models.BooleanField(default=True)
    mark = models.CharField(max_length=20, choices=marks)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    as_of = models.DateField(null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    wording = models.TextField(blank=True)
    wording_language = models.CharField(max_length=5, blank=True)
    note = LocalisedTextField()
    entered_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("programme", "root", "kind", "key", "field", "position")
        constraints = [
            models.UniqueConstraint(fields=("programme", "kind", "key", "field", "position"), name="evidence_position_once_per_field"),
            models.UniqueConstraint(fields=("programme", "kind", "key", "field"), condition=Q(chosen=True), name="evidence_one_chosen_per_field"),
            models.CheckConstraint(
                condition=Q(mark__in=("ours", "entered", "unknown")) | Q(source__isnull=False), name="evidence_marked_seen_names_its_source"
            ),
            models.CheckConstraint(
                condition=~Q(mark="unknown") | (Q(looked_on__isnull=False) & Q(source__isnull=True)), name="evidence_unknown_says_when_looked"
            ),
            models.CheckConstraint(condition=Q(source__isnull=True) | Q(as_of__isnull=False), name="evidence_from_source_has_as_of"),
            models.CheckConstraint(condition=Q(chosen=True) | ~Q(wording=""), name="evidence_differing_has_wording"),
        ]
        indexes = [models.Index(fields=("programme", "root"), name="evidence_by_root")]
