"""Where somebody's mail goes, what they were told already, and letters that a job hands over to the mail server."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kumppani.domain.parties.models import Person
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import DigestField


class Recipient(models.Model):
    """Where somebody's mail goes, in which language they are written to, and of what how soon: kind → at_once, daily or never.

    `feed`: digest of the secret in the address of their calendar feed; the secret itself is kept nowhere.
    """

    programme_path: ClassVar[str] = "person__programme__key"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="recipient")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    how = models.JSONField(default=dict)
    feed = DigestField(blank=True, default="")

    @property
    def key(self) -> str:
        """The person's key."""
        return self.person.key


class Told(models.Model):
    """Something that waits, of which somebody was told already. `thing` names it with the day since which it waits: what waits anew is told anew."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told")
    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=200)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("programme", "person", "id")
        constraints = [models.UniqueConstraint(fields=("programme", "person", "kind", "thing"), name="told_once")]


class Letter(models.Model):
    """A letter to somebody: what waits for them, by kind and address. Its words are made when it is sent, in their language then.

    `email` and `language`: of somebody who is no person here, as who wrote feedback. The address is deleted when the letter is taken.

    `good_until`: after this it is not sent any more, as a link to sign in that was asked for a while ago.

    `taken_at`: somebody is handing it over. A letter that was taken and neither sent nor given back may have arrived: it is never sent again.
    """

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="letters")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=5, blank=True, default="")
    things = models.JSONField(default=list)
    is_daily = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    good_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "written_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(sent_at__isnull=True) | models.Q(taken_at__isnull=False), name="letter_sent_was_taken"),
        ]
