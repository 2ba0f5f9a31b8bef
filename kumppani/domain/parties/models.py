"""Who takes part: organisations with their names over time and identifiers, places, people and what they may do."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from kumppani.domain.parties.mandates import MandateLevel
from kumppani.domain.parties.permissions import Reach
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.fields import DigestField, LocalisedTextField
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text


def reaches() -> list[tuple[str, str]]:
    """How far a role reaches, for the migration's sake."""
    return [(reach.value, reach.value) for reach in Reach]


def mandate_levels() -> list[tuple[str, str]]:
    """How far a mandate goes, for the migration's sake."""
    return [(level.value, level.value) for level in MandateLevel]


class Region(models.Model):
    """An area in one version of one classification: region (maakunta), sub-region (seutukunta), NUTS 3 … `version` is the year of its codes."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    level = models.CharField(max_length=20)
    version = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    name = LocalisedTextField()

    class Meta:
        ordering = ("country", "level", "version", "code")
        constraints = [models.UniqueConstraint(fields=("country", "level", "version", "code"), name="region_code_once_per_version")]

    def __str__(self) -> str:
        return f"{self.level} {self.code} ({self.version})"


class Municipality(models.Model):
    """A municipality by its official code. Coordinates in WGS 84 degrees; `point_kind` says whether the town or the middle of the area."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="municipalities")
    country = models.CharField(max_length=2)
    code = models.CharField(max_length=10)
    name = LocalisedTextField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    point_kind = models.CharField(max_length=12, blank=True)
    language_status = LocalisedTextField()
    regions: models.ManyToManyField[Region, Placement] = models.ManyToManyField(Region, through="Placement", related_name="municipalities")

    class Meta:
        ordering = ("country", "code")
        constraints = [
            models.UniqueConstraint(fields=("country", "code"), name="municipality_code_once_per_country"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
                name="municipality_point_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}-{self.code}"

    @property
    def key(self) -> str:
        """Country and official code: FI-272."""
        return f"{self.country}-{self.code}"


class Placement(models.Model):
    """A municipality in a region of one classification version."""

    programme_path: ClassVar[str] = "municipality__programme__key"

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="placements")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        ordering = ("municipality", "region")
        constraints = [models.UniqueConstraint(fields=("municipality", "region"), name="placement_once")]


class Organisation(models.Model):
    """An organisation. `programme` is the one that created it; others of the installation may use it, training ones never."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="organisations")
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("key",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")) & ~Q(successor=F("id")), name="organisation_not_its_own_relative"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def period(self) -> Period:
        """The days on which it exists, as far as known."""
        return Period(self.valid_from, self.valid_to)

    def name_on(self, day: date) -> Text:
        """Its name that day, from the names already fetched: the one valid then, else the earliest known."""
        names = sorted(self.names.all(), key=lambda name: name.valid_from or date.min)
        valid = [name for name in names if day in name.period]
        return (valid or names)[-1 if valid else 0].name if names else Text()


class OrganisationName(models.Model):
    """What an organisation is called, from–to. Names of one organisation never overlap (the rule is kept by the workflow)."""

    programme_path: ClassVar[str] = "organisation__programme__key"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    name = LocalisedTextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", F("valid_from").asc(nulls_first=True))
        constraints = [
            models.UniqueConstraint(fields=("organisation", "valid_from"), name="organisation_name_once_per_start", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_name_ends_after_start",
            ),
        ]

    @property
    def period(self) -> Period:
        """The days on which the name is used."""
        return Period(self.valid_from, self.valid_to)


class Identifier(models.Model):
    """What somebody else's register calls an organisation: business ID, ROR, PIC, LEI."""

    programme_path: ClassVar[str] = "organisation__programme__key"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        ordering = ("organisation", "scheme", "value")
        constraints = [models.UniqueConstraint(fields=("scheme", "value"), name="identifier_names_one_organisation")]


class Person(models.Model):
    """Somebody who acts: a human being, or a system account such as `reference`. A name is personal data of a human being."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=60, unique=True)
    is_system = models.BooleanField(default=False)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class Role(models.Model):
    """A named set of permissions. Rows, so that an administrator can add one; which acts exclude each other is never data.

    `reach`: whether who has it may act on everything in the programme, or only on what is the organisation's for which they have it.
    """

    programme_path: ClassVar[str] = "shared: the same roles serve every programme"

    key = models.CharField(max_length=60, unique=True)
    title = LocalisedTextField()
    permissions = models.JSONField(default=list)
    reach = models.CharField(max_length=20, choices=reaches, default=Reach.PROGRAMME.value)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class Membership(models.Model):
    """A person in a role: in a programme (null: in all), for an organisation where they act for one, from–to (null: open)."""

    programme_path: ClassVar[str] = "programme__key"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("person", "role", F("valid_from").asc(nulls_first=True))
        constraints = [
            models.UniqueConstraint(
                fields=("person", "role", "programme", "organisation", "valid_from"), name="membership_once_per_start", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
            ),
        ]

    @property
    def key(self) -> str:
        """The person's key, the role's, the organisation's where there is one, and the first day where it is not from the beginning."""
        whom = f"/{self.organisation.key}" if self.organisation else ""
        since = f"/{self.valid_from.isoformat()}" if self.valid_from else ""
        return f"{self.person.key}/{self.role.key}{whom}{since}"

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_to)


class Mandate(models.Model):
    """That somebody may prepare, submit or manage for an organisation in a programme, from–to, until it is withdrawn."""

    programme_path: ClassVar[str] = "programme__key"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    level = models.CharField(max_length=20, choices=mandate_levels)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "organisation", "number")
        constraints = [
            models.UniqueConstraint(fields=("programme", "organisation", "number"), name="mandate_once_per_number"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="mandate_ends_after_start"),
        ]

    @property
    def key(self) -> str:
        """The organisation's key and the mandate's number there."""
        return f"{self.organisation.key}/{self.number}"

    @property
    def period(self) -> Period:
        """The days for which it was given."""
        return Period(self.valid_from, self.valid_to)


class Identity(models.Model):
    """Who somebody is at a provider of sign-in. `subject`: a keyed digest of what identifies them there; the words themselves are kept nowhere."""

    programme_path: ClassVar[str] = "person__programme__key"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    provider = models.CharField(max_length=20)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=64)
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ("person", "provider")
        constraints = [
            models.UniqueConstraint(fields=("person", "provider"), name="identity_once_per_provider"),
            models.UniqueConstraint(fields=("issuer", "subject"), name="identity_is_one_persons"),
        ]

    @property
    def key(self) -> str:
        """The person's key and the provider's."""
        return f"{self.person.key}/{self.provider}"


class UnlinkedIdentity(models.Model):
    """Somebody who came from a provider and is linked to nobody here. `code` is what they tell their administrator, for a day."""

    programme_path: ClassVar[str] = "shared: nobody knows yet whose it is"

    code = models.CharField(max_length=8, unique=True)
    provider = models.CharField(max_length=20)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("issuer", "subject"), name="unlinked_identity_once")]


class UserManager(BaseUserManager["User"]):
    """Users are found by their login."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login=username)


class User(AbstractBaseUser):
    """Sign-in only: what a person is and may do stands in Person and Membership."""

    programme_path: ClassVar[str] = "person__programme__key"

    login = models.CharField(max_length=200, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()


class Invitation(models.Model):
    """That somebody was sent a link by which they choose a password; every link before it is dead. `forgets`: also what they had as a second step.

    `reason`: why the second step was forgotten.
    """

    programme_path: ClassVar[str] = "person__programme__key"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    forgets = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("person", "number")
        constraints = [models.UniqueConstraint(fields=("person", "number"), name="invitation_numbered_once")]

    @property
    def key(self) -> str:
        """Whose it is, and the how-manieth."""
        return f"{self.person.key}/{self.number}"


class AskedLink(models.Model):
    """That somebody asked for a link by mail, to sign in. `account` None: of one that is not here, so that the answers do not differ.

    `browser`: digest of what the asking browser keeps. `client`: digest of the address it asked from, by which too many are told from a few.
    """

    programme_path: ClassVar[str] = "shared: it is asked for before anybody knows who asks"

    account = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="asked_links")
    asked_at = models.DateTimeField()
    browser = DigestField()
    client = DigestField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
