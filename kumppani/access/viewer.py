"""Who asks: what the rest of the code knows of the person behind a request or a command."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from kumppani.domain.parties.models import Membership, Person
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock


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
class Viewer:
    """Somebody who asks. `key` is what the journal writes; a stranger has no grants."""

    key: str = "stranger"
    grants: tuple[Grant, ...] = field(default=())

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
    """The viewer behind a person, with what their memberships permit on a day (today, where each programme is). One query."""
    memberships = Membership.objects.filter(person=person).select_related("role", "programme", "organisation")
    return Viewer(person.key, tuple(_grant(member) for member in memberships if (on or _today(member.programme)) in member.period))


def _today(programme: Programme | None) -> date:
    return clock.today(programme.time_zone if programme else "UTC")


def _grant(member: Membership) -> Grant:
    return Grant(
        member.programme.key if member.programme else None,
        frozenset(member.role.permissions),
        member.organisation.key if member.organisation else None,
        member.role.reach,
    )
