"""What is open to everyone, since when and by whom; and published money as its sources state it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kumppani.domain.agreements.models import Agreement, AgreementVersion
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Source
from kumppani.kernel.fields import CentsField, LocalisedTextField
from kumppani.kernel.money import Amount, Qualifier


def publication_statuses() -> list[tuple[str, str]]:
    """Statuses of a publication, for the migration's sake."""
    return [(status.value, status.value) for status in PublicationStatus]


def qualifiers() -> list[tuple[str, str]]:
    """The words a source prints before a sum, likewise."""
    return [(qualifier.value, qualifier.value) for qualifier in Qualifier]


class Figure(models.Model):
    """A published statement about money, as printed. Never a ledger entry, never summed, never split.

    `group` ties together what different sources state about the same thing. Cents where printed exactly, else bounds with the source's word.
    """

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    measures = models.CharField(max_length=40)
    group = models.CharField(max_length=60)
    label = LocalisedTextField()
    wording = models.TextField()
    wording_language = models.CharField(max_length=5)
    wording_is_ours = models.BooleanField(default=False)
    exact = CentsField(null=True, blank=True)
    lower = CentsField(null=True, blank=True)
    upper = CentsField(null=True, blank=True)
    qualifier = models.CharField(max_length=10, choices=qualifiers, blank=True)
    currency = models.CharField(max_length=3)
    basis = LocalisedTextField()
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures")
    as_of = models.DateField()
    note = LocalisedTextField()

    class Meta:
        ordering = ("programme", "position")
        constraints = [
            models.UniqueConstraint(fields=("programme", "key"), name="figure_key_once_per_programme"),
            models.CheckConstraint(
                condition=Q(exact__isnull=False, lower__isnull=True, upper__isnull=True, qualifier="")
                | (Q(exact__isnull=True) & (Q(lower__isnull=False) | Q(upper__isnull=False)) & ~Q(qualifier="")),
                name="figure_exact_or_bounds",
            ),
            models.CheckConstraint(condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(upper__gte=F("lower")), name="figure_bounds_in_order"),
            models.CheckConstraint(
                condition=(Q(exact__isnull=True) | Q(exact__gte=0))
                & (Q(lower__isnull=True) | Q(lower__gte=0))
                & (Q(upper__isnull=True) | Q(upper__gte=0)),
                name="figure_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(period_to__isnull=True) | Q(period_from__isnull=True) | Q(period_to__gte=F("period_from")), name="figure_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def amount(self) -> Amount:
        """The sum as stated."""
        return Amount(self.exact, self.lower, self.upper, Qualifier(self.qualifier) if self.qualifier else None)


class Publication(models.Model):
    """That something is open: a version of an agreement with all that belongs to it, or a figure. One row each, opened and withdrawn by acts."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="publications")
    version = models.OneToOneField(AgreementVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="publication")
    figure = models.OneToOneField(Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="publication")
    status = models.CharField(max_length=20, choices=publication_statuses)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    reason = LocalisedTextField()

    class Meta:
        ordering = ("programme", "opened_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=True, figure__isnull=False) | Q(version__isnull=False, figure__isnull=True),
                name="publication_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(status="open", withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(status="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="publication_withdrawn_at_and_by_together",
            ),
        ]
