"""Rounds of agreements: a common text from which the next agreements are drafted, many at a time, and what each takes over from the one before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kumppani.domain.agreements.models import Agreement, Commitment, Priority
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import LocalisedTextField


class Round(models.Model):
    """A round of negotiations: the term its agreements are to have, and the language whose text is to be authentic."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    key = models.CharField(max_length=60, unique=True)
    title = LocalisedTextField()
    authentic_language = models.CharField(max_length=5)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")), name="round_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.key


class TemplateClause(models.Model):
    """A clause of the common text. Drafts opened from it carry the same code."""

    programme_path: ClassVar[str] = "round__programme__key"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="clauses")
    code = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    heading = LocalisedTextField()
    body = LocalisedTextField()

    class Meta:
        ordering = ("round", "number")
        constraints = [
            models.UniqueConstraint(fields=("round", "code"), name="template_clause_code_once_per_round"),
            models.UniqueConstraint(fields=("round", "number"), name="template_clause_number_once_per_round"),
        ]

    @property
    def key(self) -> str:
        """The round's key and its own code."""
        return f"{self.round.key}/{self.code}"


class RoundDraft(models.Model):
    """An agreement that was opened in a round, and the one it succeeds. An agreement has one successor in a round."""

    programme_path: ClassVar[str] = "round__programme__key"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="drafts")
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="opened_in")
    succeeds = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="successors")

    class Meta:
        ordering = ("round", "agreement")
        constraints = [
            models.UniqueConstraint(fields=("round", "succeeds"), name="one_successor_per_round"),
            models.CheckConstraint(condition=~Q(succeeds=F("agreement")), name="no_agreement_succeeds_itself"),
        ]

    @property
    def key(self) -> str:
        """The round's key and the new agreement's."""
        return f"{self.round.key}/{self.agreement.key}"


class CarriedPriority(models.Model):
    """A priority of a draft, and the one of the earlier agreement that it continues."""

    programme_path: ClassVar[str] = "draft__round__programme__key"

    draft = models.ForeignKey(RoundDraft, on_delete=models.PROTECT, related_name="carried_priorities")
    origin = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="carried_to")
    priority = models.OneToOneField(Priority, on_delete=models.PROTECT, related_name="carried_from")

    class Meta:
        ordering = ("draft", "priority")
        constraints = [models.UniqueConstraint(fields=("draft", "origin"), name="priority_carried_once")]

    @property
    def key(self) -> str:
        """The new priority's key."""
        return self.priority.key


class CarriedCommitment(models.Model):
    """A promise of a draft, and the unfinished one of the earlier agreement that it continues."""

    programme_path: ClassVar[str] = "draft__round__programme__key"

    draft = models.ForeignKey(RoundDraft, on_delete=models.PROTECT, related_name="carried_commitments")
    origin = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="carried_to")
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="carried_from")

    class Meta:
        ordering = ("draft", "commitment")
        constraints = [models.UniqueConstraint(fields=("draft", "origin"), name="commitment_carried_once")]

    @property
    def key(self) -> str:
        """The new promise's key."""
        return self.commitment.key
