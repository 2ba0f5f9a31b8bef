"""Acts on people and their roles."""

from __future__ import annotations

from collections.abc import Iterable

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.models import Membership, Organisation, Person, Role
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.text import Text, _
from kumppani.workflow._record import act, record


@act
def admit_person(
    *,
    by: Viewer,
    key: str,
    name: str,
    role_key: str,
    role_title: Text,
    permissions: Iterable[Permission],
    programme: Programme | None,
    organisation: Organisation | None = None,
    is_system: bool = False,
) -> Person:
    """Admits somebody in a role; the role is made, or given these permissions, if need be. `programme` None: in every programme."""
    check_can(by, Permission.ADMIT_PERSON, programme.key if programme else None)
    check_key(key)
    if Person.objects.filter(key=key).exists():
        raise RuleBroken("person-exists", _("There is already an account “{key}”.", key=key))
    role, _created = Role.objects.update_or_create(key=role_key, defaults={"title": role_title, "permissions": sorted(permissions)})
    person = Person.objects.create(key=key, name=name, is_system=is_system, programme=programme)
    membership = Membership.objects.create(person=person, role=role, programme=programme, organisation=organisation)
    record(by, "admit_person", person, programme=programme)
    record(by, "admit_person", membership, programme=programme, key=f"{key}/{role_key}")
    return person
