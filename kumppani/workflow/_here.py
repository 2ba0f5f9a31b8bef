"""Whose programme a person or an organisation is: what one programme invented for training takes no part in another."""

from __future__ import annotations

from kumppani.domain.parties.models import Organisation, Person
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _


def check_organisation_here(organisation: Organisation, programme: Programme) -> None:
    """Refuses an organisation that another programme invented for training. A real one may take part in any programme."""
    if organisation.programme.is_training and organisation.programme.pk != programme.pk:
        raise RuleBroken("organisation-of-another-programme", _("There is no organisation “{key}” here.", key=organisation.key))


def check_person_here(person: Person, programme: Programme | None) -> None:
    """Refuses somebody admitted to another programme; and what holds in all programmes (None) for whoever was admitted to one."""
    if person.programme is not None and person.programme != programme:
        raise RuleBroken("person-of-another-programme", _("“{key}” was not admitted to this programme.", key=person.key))
