"""The dialogue between the parties and the public. Feedback only, so far."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kumppani.domain.dialogue.states import FeedbackStatus
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import DigestField


def feedback_statuses() -> list[tuple[str, str]]:
    """Statuses of feedback, for the migration's sake."""
    return [(status.value, status.value) for status in FeedbackStatus]


class Feedback(models.Model):
    """What somebody wrote to us. Number, topic, days, status and the answer are open; the words and the address are not.

    The address is deleted here when it is answered.
    """

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="feedback")
    number = models.PositiveIntegerField()
    topic = models.CharField(max_length=40)
    page = models.CharField(max_length=500, blank=True)
    message = models.TextField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    status = models.CharField(max_length=20, choices=feedback_statuses)
    received_at = models.DateTimeField()
    fingerprint = DigestField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "number")
        constraints = [
            models.UniqueConstraint(fields=("programme", "number"), name="feedback_number_once_per_programme"),
            models.UniqueConstraint(fields=("programme", "fingerprint"), name="feedback_not_sent_twice"),
            models.CheckConstraint(
                condition=models.Q(status="received", answered_at__isnull=True, answer="")
                | (models.Q(status="answered", answered_at__isnull=False, email="") & ~models.Q(answer="")),
                name="feedback_answered_has_its_answer",
            ),
        ]
