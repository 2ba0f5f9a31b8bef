"""Acts on people and their roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.mandates import PERMITS
from kumppani.domain.parties.models import Mandate, Membership, Organisation, Person, Role
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.parties.roles import STANDARD_ROLES
from kumppani.domain.parties.rules import (
    check_is_break_glass,
    check_known_reach,
    check_name,
    check_not_oneself,
    check_permissions,
    check_reach,
    check_separation,
)
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _
from kumppani.workflow._here import check_organisation_here, check_person_here
from kumppani.workflow._record import act, record, row_of


@act
def define_role(*, by: Viewer, key: str, title: Text, permissions: Iterable[str], reach: str = Reach.PROGRAMME) -> Role:
    """Defines a role, or gives a known one further permissions. Nothing is taken from a role: who should have less gets another one."""
    check_can(by, Permission.DEFINE_ROLE, None)
    role = Role.objects.select_for_update().filter(key=key).first()
    before = row_of(role) if role else None
    if role is None:
        check_key(key)
        check_name(title)
        check_known_reach(reach)
        role = Role(key=key, title=title, reach=reach)
    wanted = sorted({*role.permissions, *permissions})
    check_permissions(wanted)
    if before and wanted == role.permissions:
        return role
    for member in Membership.objects.filter(role=role) if before else ():
        check_separation({*held_by(member.person, member.programme), *wanted})
    role.permissions = wanted
    role.save()
    record(by, "define_role", role, programme=None, before=before)
    return role


@act
def establish_roles(*, by: Viewer) -> None:
    """Makes sure that the standard roles are there, with all that they permit in this release."""
    check_can(by, Permission.DEFINE_ROLE, None)
    for key, standard in STANDARD_ROLES.items():
        define_role(by=by, key=key, title=standard.title, permissions=standard.permissions, reach=standard.reach)


@act
def admit_person(*, by: Viewer, key: str, name: str, programme: Programme | None, is_system: bool = False) -> Person:
    """Admits somebody, who then may do nothing yet. `programme` None: an account of the whole installation."""
    check_can(by, Permission.ADMIT_PERSON, programme.key if programme else None)
    check_key(key)
    if Person.objects.filter(key=key).exists():
        raise RuleBroken("person-exists", _("There is already an account “{key}”.", key=key))
    person = Person.objects.create(key=key, name=name, is_system=is_system, programme=programme)
    record(by, "admit_person", person, programme=programme)
    return person


@act
def grant_role(
    *,
    by: Viewer,
    person: Person,
    role: str,
    programme: Programme | None,
    organisation: Organisation | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Gives somebody a role in a programme (None: in all), for an organisation where they act for one. Never to oneself."""
    check_can(by, Permission.GRANT_ROLE, programme.key if programme else None)
    check_not_oneself(by.key, person.key)
    Period(valid_from, valid_to).check_order()
    person = Person.objects.select_for_update(of=("self",)).select_related("programme").get(pk=person.pk)
    check_person_here(person, programme)
    if organisation is not None and programme is not None:
        check_organisation_here(organisation, programme)
    # Under a lock: what the role permits must not grow between the question whether powers stay separate and its being given.
    found = Role.objects.select_for_update().filter(key=role).first()
    if found is None:
        raise RuleBroken("unknown-role", _("There is no role “{role}”.", role=role))
    check_reach(found.reach, organisation.key if organisation else None)
    check_separation({*held_by(person, programme), *found.permissions})
    given = {"role": found, "programme": programme, "organisation": organisation}
    if any(member.period.overlaps(Period(valid_from, valid_to)) for member in Membership.objects.filter(person=person, **given)):
        raise RuleBroken("role-held", _("“{person}” has this role already.", person=person.key))
    membership = Membership.objects.create(person=person, valid_from=valid_from, valid_to=valid_to, **given)
    record(by, "grant_role", membership, programme=programme, key=membership.key)
    return membership


@act
def end_role(*, by: Viewer, membership: Membership, on: date) -> Membership:
    """Ends somebody's role: the day given is the last on which it holds."""
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("person", "role", "programme", "organisation").get(pk=membership.pk)
    )
    check_can(by, Permission.END_ROLE, membership.programme.key if membership.programme else None)
    Period(membership.valid_from, on).check_order()
    if membership.valid_to is not None and on > membership.valid_to:
        ends = membership.valid_to.isoformat()
        raise RuleBroken("role-ends-earlier", _("The role ends on {day} already: to end it never makes it longer.", day=ends))
    before = row_of(membership)
    membership.valid_to = on
    membership.save()
    record(by, "end_role", membership, programme=membership.programme, key=membership.key, before=before)
    return membership


@act
def use_break_glass(*, by: Viewer, person: Person, on: date) -> None:
    """Tells that somebody comes in by the account for emergencies, and makes it an administrator of the whole installation for that day."""
    check_can(by, Permission.USE_BREAK_GLASS, None)
    check_is_break_glass(person.key)
    person = Person.objects.select_for_update().get(pk=person.pk)
    record(by, "use_break_glass", person, programme=None, before=row_of(person))
    if not any(on in member.period for member in Membership.objects.filter(person=person, role__key="administrator", programme=None)):
        grant_role(by=by, person=person, role="administrator", programme=None, valid_from=on, valid_to=on)


def held_by(person: Person, programme: Programme | None) -> set[str]:
    """All that somebody may do in a programme (None: anywhere), whenever: powers that were separate yesterday stay so tomorrow."""
    members = Membership.objects.filter(person=person).select_related("role")
    mandates = Mandate.objects.filter(person=person)
    if programme is not None:
        members = members.filter(Q(programme=programme) | Q(programme__isnull=True))
        mandates = mandates.filter(programme=programme)
    return {permission for member in members for permission in member.role.permissions}.union(*(PERMITS[one.level] for one in mandates))
