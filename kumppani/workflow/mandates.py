"""Acts by which an organisation lets somebody act for it, and takes that back."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can, party_of
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.mandates import PERMITS, check_level, check_one_at_a_time
from kumppani.domain.parties.models import Mandate, Membership, Organisation, Person
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_not_oneself, check_separation
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing, RuleBroken
from kumppani.kernel.periods import Period
from kumppani.kernel.text import _
from kumppani.workflow._here import check_organisation_here
from kumppani.workflow._record import act, record, row_of
from kumppani.workflow.people import held_by


@act
def give_mandate(
    *,
    by: Viewer,
    programme: Programme,
    organisation: Organisation,
    person: str,
    level: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Mandate:
    """Lets the person of this key act for an organisation in a programme, from a day on (today). In the organisation's own name, never to oneself."""
    check_can(by, Permission.GIVE_MANDATE, programme.key, of=(organisation.key,))
    party_of(by, Permission.GIVE_MANDATE, programme.key, (organisation.key,))
    check_organisation_here(organisation, programme)
    check_level(level)
    check_not_oneself(by.key, person)
    start = valid_from or clock.today(programme.time_zone)
    period = Period(start, valid_to)
    period.check_order()
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    # Nobody acts for two parties: a mandate given to somebody of another organisation would take their own voice from them.
    elsewhere = Membership.objects.filter(programme=programme, organisation__isnull=False).exclude(organisation=organisation).values("person")
    own = Person.objects.filter(programme=programme, is_system=False).exclude(pk__in=elsewhere)
    found = own.select_for_update(of=("self",)).filter(key=person).first()
    if found is None:
        # One sentence for both: an organisation does not learn which people other organisations have here.
        sentence = _("“{key}” can have no mandate of yours: not admitted to this programme, or acting for another organisation.", key=person[:60])
        raise RuleBroken("no-such-person", sentence)
    check_separation(held_by(found, programme) | PERMITS[level])
    here = Mandate.objects.filter(programme=programme, organisation=organisation)
    check_one_at_a_time([one.period for one in here.filter(person=found, withdrawn_at__isnull=True)], period)
    mandate = Mandate.objects.create(
        programme=programme,
        organisation=organisation,
        number=here.count() + 1,
        person=found,
        level=level,
        valid_from=start,
        valid_to=valid_to,
    )
    record(by, "give_mandate", mandate, programme=programme, key=mandate.key)
    return mandate


@act
def withdraw_mandate(*, by: Viewer, programme: Programme, organisation: Organisation, number: int) -> Mandate:
    """Takes a mandate back: it permits nothing from this moment on."""
    check_can(by, Permission.WITHDRAW_MANDATE, programme.key, of=(organisation.key,))
    party_of(by, Permission.WITHDRAW_MANDATE, programme.key, (organisation.key,))
    found = Mandate.objects.select_for_update(of=("self",)).select_related("programme", "organisation", "person")
    mandate = found.filter(programme=programme, organisation=organisation, number=number).first()
    if mandate is None:
        raise Missing("no-such-mandate", _("The organisation has given no mandate {number}.", number=number))
    if mandate.withdrawn_at is not None:
        raise RuleBroken("mandate-withdrawn", _("The mandate has been withdrawn already."))
    before = row_of(mandate)
    mandate.withdrawn_at = clock.now()
    mandate.save()
    record(by, "withdraw_mandate", mandate, programme=programme, key=mandate.key, before=before)
    return mandate
