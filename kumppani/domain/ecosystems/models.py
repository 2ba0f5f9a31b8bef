"""Ecosystems: networks of organisations that an agreement strengthens. Who orchestrates one, who belongs to it by which tie, from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kumppani.domain.agreements.models import Agreement, Priority
from kumppani.domain.ecosystems.rules import Tie
from kumppani.domain.parties.models import Organisation
from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.periods import Period


def ties() -> list[tuple[str, str]]:
    """Kinds of tie, for the migration's sake."""
    return [(tie.value, tie.value) for tie in Tie]


class Ecosystem(models.Model):
    """One ecosystem of an agreement, and the organisation that orchestrates it."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="ecosystems")
    key = models.CharField(max_length=60, unique=True)
    number = models.PositiveSmallIntegerField()
    name = LocalisedTextField()
    description = LocalisedTextField()
    orchestrator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="orchestrates")
    priorities: models.ManyToManyField[Priority, EcosystemPriority] = models.ManyToManyField(
        Priority, through="EcosystemPriority", related_name="ecosystems"
    )

    class Meta:
        ordering = ("agreement", "number")
        constraints = [models.UniqueConstraint(fields=("agreement", "number"), name="ecosystem_number_once_per_agreement")]

    def __str__(self) -> str:
        return self.key


class EcosystemMember(models.Model):
    """A tie between an organisation and an ecosystem, from–to. One organisation may have several, each from its own source."""

    programme_path: ClassVar[str] = "ecosystem__agreement__programme__key"

    ecosystem = models.ForeignKey(Ecosystem, on_delete=models.PROTECT, related_name="members")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ecosystem_ties")
    tie = models.CharField(max_length=20, choices=ties)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("ecosystem", "number")
        constraints = [
            models.UniqueConstraint(fields=("ecosystem", "number"), name="ecosystem_member_number_once"),
            models.UniqueConstraint(fields=("ecosystem", "organisation", "tie", "valid_from"), name="ecosystem_tie_once_per_start"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="ecosystem_tie_ends_after_start"),
        ]

    @property
    def key(self) -> str:
        """The ecosystem's key and its number there."""
        return f"{self.ecosystem.key}/{self.number}"

    @property
    def period(self) -> Period:
        """The days on which the tie holds."""
        return Period(self.valid_from, self.valid_to)


class EcosystemPriority(models.Model):
    """A strategic priority that an ecosystem serves."""

    programme_path: ClassVar[str] = "ecosystem__agreement__programme__key"

    ecosystem = models.ForeignKey(Ecosystem, on_delete=models.PROTECT, related_name="priority_links")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="ecosystem_links")

    class Meta:
        ordering = ("ecosystem", "priority")
        constraints = [models.UniqueConstraint(fields=("ecosystem", "priority"), name="ecosystem_priority_once")]

    @property
    def key(self) -> str:
        """The ecosystem's key and the priority's."""
        return f"{self.ecosystem.key}/{self.priority.key}"
