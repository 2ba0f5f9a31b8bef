"""The journal: what was done, by whom, when; append-only, one hash chain per programme and one for what programmes share.

No foreign keys: a journal outlives what it speaks of.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kumppani.kernel.fields import DigestField

SHARED = ""
"""The chain of what belongs to no programme."""


class Event(models.Model):
    """One act on one object. `text` is the canonical JSON that is hashed, stored as it was hashed. `root` is the key of the whole it belongs to."""

    programme_path: ClassVar[str] = "chain"

    chain = models.CharField(max_length=60, blank=True)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=220)
    root = models.CharField(max_length=220, blank=True)
    text = models.TextField()
    previous = DigestField(blank=True)
    digest = DigestField()

    class Meta:
        ordering = ("chain", "number")
        constraints = [
            models.UniqueConstraint(fields=("chain", "number"), name="event_number_once_per_chain"),
            models.UniqueConstraint(fields=("chain", "previous"), name="event_chain_never_forks"),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_numbers_start_at_one"),
            models.CheckConstraint(condition=Q(number=1, previous="") | (Q(number__gt=1) & ~Q(previous="")), name="event_only_first_has_no_previous"),
        ]
        indexes = [
            models.Index(fields=("chain", "kind", "key", "number"), name="event_by_object"),
            models.Index(fields=("chain", "root", "number"), name="event_by_root"),
        ]


class Head(models.Model):
    """The last event of a chain; locked while an act appends."""

    programme_path: ClassVar[str] = "chain"

    chain = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = DigestField(blank=True)


class SentForm(models.Model):
    """That a form was taken: sent again, it does nothing twice. Told from others by a token of its opening; says nothing of what was sent."""

    programme_path: ClassVar[str] = "shared: a token of a form, which says nothing of any programme"

    attempt = models.CharField(max_length=32, unique=True)
    sent_at = models.DateTimeField(db_index=True)


class PublishedHead(models.Model):
    """The head of a chain as it was signed and published at a moment. `at` is the text that was signed; key and signature are in base 64."""

    programme_path: ClassVar[str] = "chain"

    chain = models.CharField(max_length=60, blank=True)
    number = models.PositiveBigIntegerField()
    digest = DigestField()
    at = models.CharField(max_length=40)
    public_key = models.CharField(max_length=60)
    signature = models.CharField(max_length=100)

    class Meta:
        ordering = ("chain", "-number", "-pk")
        constraints = [models.UniqueConstraint(fields=("chain", "number", "public_key"), name="head_signed_once_by_each_key")]

    def __str__(self) -> str:
        return f"{self.chain or 'shared'} {self.number}"
