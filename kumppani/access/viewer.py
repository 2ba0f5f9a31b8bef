"""Who asks: what the rest of the code knows of the person behind a request or a command."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateTimeField, F, JSONField, Value

from kumppani.domain.parties.mandates import PERMITS
from kumppani.domain.parties.models import Mandate, Membership, Person
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.kernel import clock
from kumppani.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Grant:
    """What a membership permits: in which programme (None: in all), for which organisation (None: for none in particular).

    `reach`: on everything in the programme, or only on what is the organisation's.
    """

    programme: str | None
    permissions: frozenset[str]
    organisation: str | None = None
    reach: str = Reach.PROGRAMME

    def covers(self, permission: Permission, programme: str | None, of: Collection[str]) -> bool:
        """Whether it permits this in the programme named, on a thing of these organisations."""
        here = permission in self.permissions and self.programme in (None, programme)
        return here and (self.reach == Reach.PROGRAMME or self.organisation in of)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A mandate that has ended or was withdrawn: what it permitted until when."""

    grant: Grant
    until: date


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks. `key` is what the journal writes; a stranger has no grants. `lapsed`: mandates they have no more."""

    key: str = "stranger"
    grants: tuple[Grant, ...] = field(default=())
    lapsed: tuple[Lapsed, ...] = field(default=())

    def may(self, permission: Permission, programme: str | None, of: Collection[str] = ()) -> bool:
        """Whether a grant permits this in the programme named (None: something no programme owns yet), on a thing of these organisations."""
        return any(grant.covers(permission, programme, of) for grant in self.grants)

    def acts_for(self, permission: Permission, programme: str) -> frozenset[str]:
        """Keys of the organisations in whose name this viewer may do this."""
        found = (grant.organisation for grant in self.grants if grant.organisation and grant.covers(permission, programme, (grant.organisation,)))
        return frozenset(found)


STRANGER = Viewer()

SYSTEM = Viewer("system", (Grant(None, frozenset(Permission)),))
"""The installation itself, at the command line: it sets up accounts and the training programme. Nobody signs in as this."""


def viewer_of(person: Person, on: date | None = None) -> Viewer:
    """The viewer behind a person, with what their roles and mandates permit on a day (today, where each programme is). One query."""
    held = [_Held(*row) for row in _held(person)]
    grants = tuple(one.grant for one in held if one.holds(on or clock.today(one.zone)))
    lapsed = tuple(Lapsed(one.grant, until) for one in held if one.level and (until := one.ended(on or clock.today(one.zone))))
    return Viewer(person.key, grants, lapsed)


@dataclass(frozen=True, slots=True)
class _Held:
    """A row of either kind: a role with its permissions, or a mandate of a level."""

    programme: str | None
    time_zone: str | None
    permissions: list[str]
    organisation: str | None
    reach: str
    level: str
    valid_from: date | None
    valid_to: date | None
    withdrawn_at: datetime | None

    @property
    def zone(self) -> str:
        return self.time_zone or "UTC"

    @property
    def grant(self) -> Grant:
        permits: Collection[str] = PERMITS[self.level] if self.level else self.permissions
        return Grant(self.programme, frozenset(permits), self.organisation, self.reach)

    def holds(self, day: date) -> bool:
        return self.withdrawn_at is None and day in Period(self.valid_from, self.valid_to)

    def ended(self, day: date) -> date | None:
        """The last day on which it held, where that is past or it was withdrawn."""
        if self.withdrawn_at is not None:
            return self.withdrawn_at.astimezone(ZoneInfo(self.zone)).date()
        return self.valid_to if self.valid_to and self.valid_to < day else None


def _held(person: Person) -> Any:
    """Roles and mandates of a person in one query: every page of who is signed in pays for it."""
    by_role = {
        "held_permissions": F("role__permissions"),
        "held_reach": F("role__reach"),
        "held_level": Value("", CharField()),
        "held_from": F("valid_from"),
        "held_to": F("valid_to"),
        "held_withdrawn": Value(None, DateTimeField()),
    }
    by_mandate = by_role | {
        "held_permissions": Value([], JSONField()),
        "held_reach": Value(Reach.ORGANISATION.value, CharField()),
        "held_level": F("level"),
        "held_withdrawn": F("withdrawn_at"),
    }
    columns = ("programme__key", "programme__time_zone", "held_permissions", "organisation__key", *list(by_role)[1:])
    roles = Membership.objects.filter(person=person).order_by().annotate(**by_role).values_list(*columns)
    mandates = Mandate.objects.filter(person=person).order_by().annotate(**by_mandate).values_list(*columns)
    return roles.union(mandates, all=True)
