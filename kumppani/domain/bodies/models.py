"""Bodies that decide or propose, who sits in them, and their meetings: agenda, presence, recusals, resolutions, minutes, action points.

What an item concerns stands as a kind and a key (commitment, measure, agreement …), as it does in evidence and in the journal: bodies are an
older concept than agreements. A body takes up the agreements that its organisation has signed, so no row has to tie the two.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kumppani.domain.bodies.rules import Outcome, QuorumRule
from kumppani.domain.bodies.states import ActionPointStatus, MeetingStatus
from kumppani.domain.documents.models import File
from kumppani.domain.parties.models import Organisation, Person
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import DigestField, LocalisedTextField
from kumppani.kernel.periods import Period


def quorum_rules() -> list[tuple[str, str]]:
    """Rules of quorum, for the migration's sake."""
    return [(rule.value, rule.value) for rule in QuorumRule]


def meeting_statuses() -> list[tuple[str, str]]:
    """Statuses of a meeting, likewise."""
    return [(status.value, status.value) for status in MeetingStatus]


def action_point_statuses() -> list[tuple[str, str]]:
    """Statuses of an action point, likewise."""
    return [(status.value, status.value) for status in ActionPointStatus]


def outcomes() -> list[tuple[str, str]]:
    """What can become of an item, likewise."""
    return [(outcome.value, outcome.value) for outcome in Outcome]


class Body(models.Model):
    """A body of an organisation, or an office-holder who decides alone. `programme` is the one that created it.

    `quorum_rule` is empty where nobody has said what makes it quorate: then it decides nothing here.
    """

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bodies")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bodies")
    name = LocalisedTextField()
    quorum_rule = models.CharField(max_length=20, choices=quorum_rules, blank=True, default="")
    quorum_number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "key")
        constraints = [
            models.UniqueConstraint(fields=("programme", "key"), name="body_key_once_per_programme"),
            models.CheckConstraint(
                condition=(Q(quorum_rule="at_least") & Q(quorum_number__gte=1)) | (~Q(quorum_rule="at_least") & Q(quorum_number__isnull=True)),
                name="body_quorum_number_where_it_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Seat(models.Model):
    """A place in a body: which organisation it stands for, in what role, and of which seat it is the deputy."""

    programme_path: ClassVar[str] = "body__programme__key"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    title = LocalisedTextField()
    is_chair = models.BooleanField(default=False)
    deputy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")

    class Meta:
        ordering = ("body", "number")
        constraints = [
            models.UniqueConstraint(fields=("body", "number"), name="seat_number_once_per_body"),
            models.CheckConstraint(condition=~Q(deputy_of=F("id")), name="seat_not_its_own_deputy"),
        ]

    @property
    def key(self) -> str:
        """The body's key and the seat's number."""
        return f"{self.body.key}/{self.number}"


class Term(models.Model):
    """Who sits in a seat, from–to. `person` is null where only the office is known. Terms of one seat never overlap (the workflow keeps it)."""

    programme_path: ClassVar[str] = "seat__body__programme__key"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("seat", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=("seat", "valid_from"), name="term_once_per_start"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="term_ends_after_start"),
        ]

    @property
    def key(self) -> str:
        """The seat's key and the first day."""
        return f"{self.seat.key}/{self.valid_from.isoformat()}"

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_to)


class Disqualification(models.Model):
    """A ground on which a member of a kind of body must leave for an item. Which ones apply where is data: evidence says what they rest on.

    `by_organisation`: it is the one that a member falls under whose organisation an item concerns. `spares_own_body`: that a body deals with
    the affairs of the organisation whose body it is keeps nobody out by that ground; nobody is spared until somebody states so.
    """

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="disqualifications")
    body_kind = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    wording = LocalisedTextField()
    law = models.CharField(max_length=100, blank=True)
    by_organisation = models.BooleanField(default=False)
    spares_own_body = models.BooleanField(default=False)

    class Meta:
        ordering = ("programme", "body_kind", "position")
        constraints = [
            models.UniqueConstraint(fields=("programme", "body_kind", "key"), name="disqualification_once_per_kind"),
            models.UniqueConstraint(
                fields=("programme", "body_kind"), condition=Q(by_organisation=True), name="disqualification_one_by_organisation"
            ),
            models.CheckConstraint(condition=Q(spares_own_body=False) | Q(by_organisation=True), name="disqualification_spares_only_by_organisation"),
        ]


class Meeting(models.Model):
    """A meeting of a body. `minutes` are generated from the record and frozen, with their digest, when they are approved; they name seats only."""

    programme_path: ClassVar[str] = "body__programme__key"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20, choices=meeting_statuses)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = LocalisedTextField()
    is_remote = models.BooleanField(default=False)
    reason = LocalisedTextField()
    recorded_by = models.CharField(max_length=60, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    minutes = models.JSONField(default=dict)
    minutes_digest = DigestField(blank=True)

    class Meta:
        ordering = ("body", "number")
        constraints = [
            models.UniqueConstraint(fields=("body", "number"), name="meeting_number_once_per_body"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(approved_by="") | ~Q(approved_by=F("recorded_by")), name="meeting_approved_by_another"),
            models.CheckConstraint(condition=~Q(status="minutes_approved") | ~Q(minutes_digest=""), name="meeting_approved_minutes_are_frozen"),
        ]

    @property
    def key(self) -> str:
        """The body's key and the meeting's number."""
        return f"{self.body.key}/{self.number}"


class Item(models.Model):
    """One line of an agenda: what it is about (a kind and a key, or nothing known here) and what was said of it, for the minutes.

    `is_public`: its title and what was resolved are told to everyone once the meeting is called. Nothing else of it ever is.
    """

    programme_path: ClassVar[str] = "meeting__body__programme__key"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = LocalisedTextField()
    about_kind = models.CharField(max_length=20, blank=True)
    about_key = models.CharField(max_length=160, blank=True)
    organisations: models.ManyToManyField[Organisation, ItemOrganisation] = models.ManyToManyField(
        Organisation, through="ItemOrganisation", related_name="agenda_items"
    )
    is_public = models.BooleanField(default=False)
    discussion = LocalisedTextField()

    class Meta:
        ordering = ("meeting", "number")
        constraints = [models.UniqueConstraint(fields=("meeting", "number"), name="item_number_once_per_meeting")]

    @property
    def key(self) -> str:
        """The meeting's key and the item's number."""
        return f"{self.meeting.key}/{self.number}"


class ItemOrganisation(models.Model):
    """An organisation that an item concerns."""

    programme_path: ClassVar[str] = "item__meeting__body__programme__key"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="concerned")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="concerned_in")

    class Meta:
        ordering = ("item", "organisation")
        constraints = [models.UniqueConstraint(fields=("item", "organisation"), name="item_organisation_once")]


class Paper(models.Model):
    """A document that an item rests on: a file kept here, or an address where it is."""

    programme_path: ClassVar[str] = "item__meeting__body__programme__key"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    title = LocalisedTextField()
    file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    address = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("item", "number")
        constraints = [
            models.UniqueConstraint(fields=("item", "number"), name="paper_number_once_per_item"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, address__gt="") | Q(file__isnull=False, address=""), name="paper_is_somewhere_once"
            ),
        ]

    @property
    def key(self) -> str:
        """The item's key and a number."""
        return f"{self.item.key}/{self.number}"


class Presence(models.Model):
    """A seat whose holder was there, and since when not any more. Whoever comes back is there again; the journal keeps when they were not."""

    programme_path: ClassVar[str] = "meeting__body__programme__key"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="presences")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("meeting", "seat")
        constraints = [models.UniqueConstraint(fields=("meeting", "seat"), name="presence_once")]


class Recusal(models.Model):
    """A seat that is out for one item, on which ground; declared by its holder, or noted in the meeting."""

    programme_path: ClassVar[str] = "item__meeting__body__programme__key"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    ground = models.ForeignKey(Disqualification, on_delete=models.PROTECT, related_name="recusals")
    is_declared = models.BooleanField()

    class Meta:
        ordering = ("item", "seat")
        constraints = [models.UniqueConstraint(fields=("item", "seat"), name="recusal_once")]


class Resolution(models.Model):
    """What the body resolved on an item, with its reasons."""

    programme_path: ClassVar[str] = "item__meeting__body__programme__key"

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="resolution")
    outcome = models.CharField(max_length=20, choices=outcomes)
    wording = LocalisedTextField()
    reasons = LocalisedTextField()

    class Meta:
        ordering = ("item",)


class ActionPoint(models.Model):
    """What somebody is to do after an item, by when. It is carried to each following meeting until it is done or dropped with a word."""

    programme_path: ClassVar[str] = "item__meeting__body__programme__key"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="action_points")
    number = models.PositiveSmallIntegerField()
    what = LocalisedTextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="action_points")
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="action_points")
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=action_point_statuses)
    closed_on = models.DateField(null=True, blank=True)
    word = LocalisedTextField()

    class Meta:
        ordering = ("item", "number")
        constraints = [
            models.UniqueConstraint(fields=("item", "number"), name="action_point_number_once_per_item"),
            models.CheckConstraint(
                condition=Q(status="open", closed_on__isnull=True) | (~Q(status="open") & Q(closed_on__isnull=False)),
                name="action_point_closed_has_its_day",
            ),
        ]

    @property
    def key(self) -> str:
        """The item's key and a number."""
        return f"{self.item.key}/{self.number}"
