"""Agreements between the state and a city region: versions with their signatories, priorities, mutual commitments, measures.

What people decided is stored (signed on, fulfilled on, dropped on); what the calendar makes of it on a given day is computed in `rules`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kumppani.domain.agreements.rules import Side
from kumppani.domain.agreements.states import ChangeStatus, VersionStatus
from kumppani.domain.bodies.models import Body
from kumppani.domain.documents.models import File
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.programmes.models import Category, Programme
from kumppani.kernel.fields import DigestField, LocalisedTextField
from kumppani.kernel.periods import Period


def sides() -> list[tuple[str, str]]:
    """The two sides of an agreement, for the migration's sake."""
    return [(side.value, side.value) for side in Side]


def version_statuses() -> list[tuple[str, str]]:
    """Statuses of a version, likewise."""
    return [(status.value, status.value) for status in VersionStatus]


def change_statuses() -> list[tuple[str, str]]:
    """Statuses of a requested change, likewise."""
    return [(status.value, status.value) for status in ChangeStatus]


class Agreement(models.Model):
    """One agreement with one city region. What was agreed stands in its versions."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    key = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    name = LocalisedTextField()
    decider = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="decides_for")
    municipalities: models.ManyToManyField[Municipality, Territory] = models.ManyToManyField(
        Municipality, through="Territory", related_name="agreements"
    )

    class Meta:
        ordering = ("programme", "position")
        constraints = [models.UniqueConstraint(fields=("programme", "position"), name="agreement_position_once_per_programme")]

    def __str__(self) -> str:
        return self.key


class Territory(models.Model):
    """A municipality in an agreement's city region; `is_core` where the university city itself."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="territory")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="territories")
    position = models.PositiveSmallIntegerField()
    is_core = models.BooleanField()

    class Meta:
        ordering = ("agreement", "position")
        constraints = [models.UniqueConstraint(fields=("agreement", "municipality"), name="territory_municipality_once")]


class AgreementVersion(models.Model):
    """What was signed, or is being negotiated: from when to when, in which words.

    `valid_from` is null where no source gives it, `text` where it is not available here. While it is negotiated `drafter` is the party that
    writes, `proposed_digest` what the parties were asked to approve, `sent_back_reason` why one of them refused. `case_number` is the
    authority's.
    """

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20, choices=version_statuses)
    signed_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    authentic_language = models.CharField(max_length=5, blank=True)
    content = LocalisedTextField()
    text = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    drafter = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    proposed_digest = DigestField(blank=True)
    sent_back_by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="sent_back")
    sent_back_reason = models.TextField(blank=True)
    case_number = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("agreement", "number")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="version_number_once_per_agreement"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")), name="version_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(signed_on__isnull=True) | Q(valid_to__gte=F("signed_on")), name="version_ends_after_signing"
            ),
            models.CheckConstraint(condition=~Q(status="signed") | Q(signed_on__isnull=False), name="version_signed_has_its_day"),
            models.CheckConstraint(
                condition=~Q(status__in=("draft", "proposed", "agreed")) | Q(signed_on__isnull=True, drafter__isnull=False),
                name="version_negotiated_has_drafter_and_no_signing",
            ),
            models.CheckConstraint(condition=~Q(status__in=("proposed", "agreed")) | ~Q(proposed_digest=""), name="version_proposed_has_its_digest"),
        ]

    @property
    def key(self) -> str:
        """The agreement's key and the version's number: fi-2021-01/1."""
        return f"{self.agreement.key}/{self.number}"

    @property
    def period(self) -> Period:
        """Its validity; where the start is in no source, the day of signing is the earliest it can be shown for."""
        return Period(self.valid_from or self.signed_on, self.valid_to)


class Signatory(models.Model):
    """Who signed a version, for which side."""

    programme_path: ClassVar[str] = "version__agreement__programme__key"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signed")
    side = models.CharField(max_length=10, choices=sides)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("version", "position")
        constraints = [models.UniqueConstraint(fields=("version", "organisation"), name="signatory_once_per_version")]

    @property
    def key(self) -> str:
        """The version's key and the organisation's."""
        return f"{self.version.key}/{self.organisation.key}"


class Approval(models.Model):
    """The decision by which a signatory's own body approved the version. `case_number` is that authority's.

    `content_digest` is what was approved; blank for decisions recorded of agreements signed elsewhere.
    """

    programme_path: ClassVar[str] = "signatory__version__agreement__programme__key"

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="approvals")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="approvals")
    decided_on = models.DateField()
    case_number = models.CharField(max_length=100, blank=True)
    section = models.CharField(max_length=40, blank=True)
    document = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="approvals")
    content_digest = DigestField(blank=True)

    class Meta:
        ordering = ("signatory", "decided_on")
        constraints = [models.UniqueConstraint(fields=("signatory", "body", "decided_on"), name="approval_once")]


class Clause(models.Model):
    """One clause of a version. Its key stays the same from version to version; a struck clause is no part of the text but keeps its comments."""

    programme_path: ClassVar[str] = "version__agreement__programme__key"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clauses")
    code = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    heading = LocalisedTextField()
    body = LocalisedTextField()
    is_struck = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "number")
        constraints = [
            models.UniqueConstraint(fields=("version", "code"), name="clause_code_once_per_version"),
            models.UniqueConstraint(fields=("version", "number"), name="clause_number_once_per_version", condition=Q(is_struck=False)),
        ]

    @property
    def key(self) -> str:
        """The version's key and its own code: fi-2028-01/1/purpose."""
        return f"{self.version.key}/{self.code}"


class Comment(models.Model):
    """What a party says of a clause while it is negotiated; open until resolved. Never public."""

    programme_path: ClassVar[str] = "clause__version__agreement__programme__key"

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="comments")
    words = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=60)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=60, blank=True)
    resolved_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="resolved_comments")

    class Meta:
        ordering = ("clause", "number")
        constraints = [
            models.UniqueConstraint(fields=("clause", "number"), name="comment_number_once_per_clause"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by="", resolved_for__isnull=True)
                | (Q(resolved_at__isnull=False, resolved_for__isnull=False) & ~Q(resolved_by="")),
                name="comment_resolved_at_by_and_for_together",
            ),
        ]

    @property
    def key(self) -> str:
        """The clause's key and its number there."""
        return f"{self.clause.key}/{self.number}"


class ClosingReport(models.Model):
    """How an agreement ended: the closing words, and its promises as they stood that day (a text of the moment, never computed again)."""

    programme_path: ClassVar[str] = "version__agreement__programme__key"

    version = models.OneToOneField(AgreementVersion, on_delete=models.PROTECT, related_name="closing_report")
    closed_on = models.DateField()
    words = LocalisedTextField()
    promises = models.JSONField(default=list)
    case_number = models.CharField(max_length=100, blank=True)

    @property
    def key(self) -> str:
        """The version's key."""
        return f"{self.version.key}/closing"


class Negotiator(models.Model):
    """Who took part in the negotiations of a version without signing it."""

    programme_path: ClassVar[str] = "version__agreement__programme__key"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="negotiators")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="negotiated")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("version", "position")
        constraints = [models.UniqueConstraint(fields=("version", "organisation"), name="negotiator_once_per_version")]


class CooperationParty(models.Model):
    """Who takes part in carrying an agreement out without signing it, in what role, from–to."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="cooperation_parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cooperates_in")
    position = models.PositiveSmallIntegerField()
    role = LocalisedTextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("agreement", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("agreement", "organisation", "valid_from"), name="cooperation_party_once_per_start", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="cooperation_party_ends_after_start",
            ),
        ]

    @property
    def period(self) -> Period:
        """The days of its part, as far as known."""
        return Period(self.valid_from, self.valid_to)


class Priority(models.Model):
    """A strategic priority of an agreement (never a programme's priority)."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="priorities")
    key = models.CharField(max_length=60, unique=True)
    number = models.PositiveSmallIntegerField()
    title = LocalisedTextField()
    description = LocalisedTextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    themes: models.ManyToManyField[Category, PriorityTheme] = models.ManyToManyField(Category, through="PriorityTheme", related_name="priorities")

    class Meta:
        ordering = ("agreement", "number")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="priority_number_once_per_agreement"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")), name="priority_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def period(self) -> Period:
        """Its own validity; open ends are the agreement's."""
        return Period(self.valid_from, self.valid_to)


class PriorityTheme(models.Model):
    """A priority mapped to a cross-cutting theme."""

    programme_path: ClassVar[str] = "priority__agreement__programme__key"

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="theme_links")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="priority_links")

    class Meta:
        ordering = ("priority", "category")
        constraints = [models.UniqueConstraint(fields=("priority", "category"), name="priority_theme_once")]


class StatedGoal(models.Model):
    """A goal as a source prints it, in its own words; never a measured result."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="stated_goals")
    position = models.PositiveSmallIntegerField()
    wording = LocalisedTextField()

    class Meta:
        ordering = ("agreement", "position")
        constraints = [models.UniqueConstraint(fields=("agreement", "position"), name="stated_goal_position_once")]


class KnownUpdate(models.Model):
    """A later update of an agreement that is known to exist but whose text is not loaded."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="known_updates")
    position = models.PositiveSmallIntegerField()
    happened_on = models.DateField(null=True, blank=True)
    what = LocalisedTextField()

    class Meta:
        ordering = ("agreement", "position")
        constraints = [models.UniqueConstraint(fields=("agreement", "position"), name="known_update_position_once")]


class Commitment(models.Model):
    """What one party promised another: by when, and when it was fulfilled or released. Both null: still owed."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    key = models.CharField(max_length=60, unique=True)
    number = models.PositiveSmallIntegerField()
    subject = LocalisedTextField()
    promise = LocalisedTextField()
    side = models.CharField(max_length=10, choices=sides)
    promised_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="promises")
    promised_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="promised")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    promised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    fulfilled_on = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("agreement", "number")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="commitment_number_once_per_agreement"),
            models.CheckConstraint(condition=~Q(promised_by=F("promised_to")), name="commitment_is_to_another"),
            models.CheckConstraint(condition=Q(due_on__isnull=True) | Q(due_on__gte=F("promised_on")), name="commitment_due_after_promise"),
            models.CheckConstraint(
                condition=Q(fulfilled_on__isnull=True) | Q(fulfilled_on__gte=F("promised_on")), name="commitment_fulfilled_after_promise"
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("promised_on")), name="commitment_released_after_promise"
            ),
            models.CheckConstraint(condition=Q(fulfilled_on__isnull=True) | Q(released_on__isnull=True), name="commitment_fulfilled_or_released"),
        ]

    def __str__(self) -> str:
        return self.key


class Measure(models.Model):
    """One line of the action plan: under which priority, of which action type, who leads, from when to when, when done or dropped.

    `progress` is where it stands in the words of those who carry it out, `reported_on` the day as of which they last said so.
    """

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measures")
    key = models.CharField(max_length=60, unique=True)
    number = models.PositiveSmallIntegerField()
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="measures")
    action_type = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="measures")
    title = LocalisedTextField()
    description = LocalisedTextField()
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads")
    partners: models.ManyToManyField[Organisation, MeasurePartner] = models.ManyToManyField(
        Organisation, through="MeasurePartner", related_name="partner_in"
    )
    stated_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    progress = LocalisedTextField()
    reported_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("agreement", "number")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="measure_number_once_per_agreement"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="measure_ends_after_start"),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=F("starts_on")), name="measure_completed_after_start"
            ),
            models.CheckConstraint(condition=Q(completed_on__isnull=True) | Q(dropped_on__isnull=True), name="measure_completed_or_dropped"),
        ]

    def __str__(self) -> str:
        return self.key


class ChangeRequest(models.Model):
    """A change of a commitment or measure that one party asks for and another accepts or refuses: which fields, to what, and why. Never public."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="change_requests")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=60)
    seen = DigestField()
    wanted = models.JSONField(default=dict)
    reason = models.TextField()
    status = models.CharField(max_length=20, choices=change_statuses)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    asked_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asked_changes")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_changes")
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("agreement", "number")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="change_request_number_once_per_agreement"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="change_request_decided_by_another_person"),
            models.CheckConstraint(
                condition=Q(decided_for__isnull=True) | ~Q(decided_for=F("asked_for")), name="change_request_decided_for_another_party"
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at__isnull=True, decided_by="", decided_for__isnull=True)
                | (~Q(status="asked") & Q(decided_at__isnull=False, decided_for__isnull=False) & ~Q(decided_by="")),
                name="change_request_decided_at_by_and_for_together",
            ),
        ]

    @property
    def key(self) -> str:
        """The agreement's key and its number there: fi-2021-01/change/3."""
        return f"{self.agreement.key}/change/{self.number}"


class MeasurePartner(models.Model):
    """A partner of a measure, besides its lead."""

    programme_path: ClassVar[str] = "measure__agreement__programme__key"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="partner_links")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="measure_links")

    class Meta:
        ordering = ("measure", "organisation")
        constraints = [models.UniqueConstraint(fields=("measure", "organisation"), name="measure_partner_once")]


class ContactPoint(models.Model):
    """Where to write to a party about an agreement: a role and its address, never a person's own."""

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="contact_points")
    position = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contact_points")
    role = LocalisedTextField()
    address = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("agreement", "position")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "position"), name="contact_point_position_once_per_agreement"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="contact_point_ends_after_start"),
        ]

    @property
    def key(self) -> str:
        """The agreement's key and its place there: fi-2021-01/contact/2."""
        return f"{self.agreement.key}/contact/{self.position}"

    @property
    def period(self) -> Period:
        """The days on which the address is in use."""
        return Period(self.valid_from, self.valid_to)


class WorkbookLoad(models.Model):
    """One run in which an agreement's workbook was loaded: the file's digest, what it changed row by row, and how many rows it left as they were.

    A row says where it stood (sheet, row), what was done (act) to which object (key), and which columns changed.
    """

    programme_path: ClassVar[str] = "agreement__programme__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="workbook_loads")
    number = models.PositiveIntegerField()
    digest = DigestField()
    rows = models.JSONField(default=list)
    unchanged = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("agreement", "number")
        constraints = [models.UniqueConstraint(fields=("agreement", "number"), name="workbook_load_number_once_per_agreement")]

    @property
    def key(self) -> str:
        """The agreement's key and its number there: fi-2021-01/workbook/3."""
        return f"{self.agreement.key}/workbook/{self.number}"
