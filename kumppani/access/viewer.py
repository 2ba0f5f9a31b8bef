"""Who asks: what the rest of the code knows of the person behind a request or a command."""

from __future__ import annotations

from dataclasses import dataclass, field

from kumppani.domain.parties.models import Membership, Person
from kumppani.domain.parties.permissions import Permission


@dataclass(frozen=True, slots=True)
class Grant:
    """What a membership permits, and in which programme (None: in all)."""

    programme: str | None
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks. `key` is what the journal writes; a stranger has no grants."""

    key: str = "stranger"
    grants: tuple[Grant, ...] = field(default=())

    def may(self, permission: Permission, programme: str | None) -> bool:
        """Whether a grant permits this in the programme named (None: something no programme owns yet)."""
        return any(permission in grant.permissions and grant.programme in (None, programme) for grant in self.grants)


STRANGER = Viewer()

SYSTEM = Viewer("system", (Grant(None, frozenset(Permission)),))
"""The installation itself, at the command line: it sets up accounts and the training programme. Nobody signs in as this."""


def viewer_of(person: Person) -> Viewer:
    """The viewer behind a person, with what their memberships permit now."""
    memberships = Membership.objects.filter(person=person).select_related("role", "programme")
    grants = (Grant(member.programme.key if member.programme else None, frozenset(member.role.permissions)) for member in memberships)
    return Viewer(person.key, tuple(grants))
