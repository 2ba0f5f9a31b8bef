"""People as pages need them: who has which role in a programme, and who the invented ones of a training programme are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kumppani.access.viewer import Viewer, viewer_of
from kumppani.access.visible import invented_elsewhere
from kumppani.domain.parties.models import Identity, Membership, Organisation, Person, Role
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Text, _


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person with the role they play today, and for whom they work (nobody in particular: None)."""

    key: str
    name: str
    role: Text
    organisation: Text | None


def personas(programme: Programme) -> list[Persona]:
    """The invented people of a training programme who have a role today; nobody in any other programme. Two queries."""
    if not programme.is_training:
        return []
    today = clock.today(programme.time_zone)
    found = Membership.objects.filter(programme=programme, person__programme=programme, person__is_system=False)
    members = found.select_related("person", "role", "organisation").prefetch_related("organisation__names").order_by("person__id", "id")
    first: dict[str, Persona] = {}
    for member in members:
        if today in member.period:
            employer = member.organisation.name_on(today) if member.organisation else None
            first.setdefault(member.person.key, Persona(member.person.key, member.person.name, member.role.title, employer))
    return list(first.values())


def persona(programme: Programme, key: str) -> Person | None:
    """The invented person of a training programme named, if there is one."""
    return Person.objects.filter(programme=programme, programme__is_training=True, is_system=False, key=key).first()


def viewer_by_key(key: str) -> Viewer:
    """Somebody by the key under which they were admitted, with what they may do today: for an operator who acts in their name."""
    person = Person.objects.filter(key=key, is_system=False).first()
    if person is None:
        raise Missing("no-such-person", _("There is no person “{key}” here.", key=key[:60]))
    return viewer_of(person)


def members(programme: Programme) -> list[Membership]:
    """Who has, had or will have which role in a programme, by role. System accounts are no people. Two queries."""
    found = Membership.objects.filter(programme=programme, person__is_system=False).select_related("person", "role", "organisation", "programme")
    return list(found.prefetch_related("organisation__names").order_by("role__key", "organisation__key", "person__key", "valid_from"))


def people(programme: Programme) -> list[Person]:
    """Everybody who was admitted to a programme."""
    return list(Person.objects.filter(programme=programme, is_system=False).order_by("key"))


def person_at(issuer: str, subjects: Collection[str]) -> Person | None:
    """Whom an administrator has linked to somebody at a provider. `subjects`: digests under the present secret and under former ones."""
    found = Identity.objects.filter(issuer=issuer, subject__in=subjects).select_related("person").first()
    return found.person if found else None


def identities(programme: Programme) -> list[Identity]:
    """Which people of a programme are linked to a provider."""
    found = Identity.objects.filter(person__programme=programme, person__is_system=False)
    return list(found.select_related("person__programme").order_by("person__key", "provider"))


def roles() -> list[Role]:
    """All roles there are."""
    return list(Role.objects.order_by("key"))


def organisations(programme: Programme) -> list[Organisation]:
    """For whom a role can be held in a programme: every organisation there is; in a training programme only what it invented. Two queries."""
    found = Organisation.objects.filter(programme__is_training=programme.is_training).exclude(invented_elsewhere(programme))
    return list(found.prefetch_related("names").order_by("key"))
