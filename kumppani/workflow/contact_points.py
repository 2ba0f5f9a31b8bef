"""The act that says where to write to a party about an agreement."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, ContactPoint
from kumppani.domain.agreements.negotiation import check_fits
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import check_role_address
from kumppani.domain.agreements.wording import LONGEST_HEADING
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text
from kumppani.workflow._cite import Evidences, cite
from kumppani.workflow._here import check_organisation_here
from kumppani.workflow._record import act, record


@act
def state_contact_point(
    *,
    by: Viewer,
    agreement: Agreement,
    organisation: Organisation,
    role: Text,
    address: str,
    valid_from: date,
    valid_to: date | None = None,
    evidence: Evidences | None = None,
) -> ContactPoint:
    """States the address of a role at a party: a registry's or a programme office's, never a person's own, never a telephone."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    programme = agreement.programme
    check_can(by, Permission.STATE_CONTACT_POINT, programme.key, of=parties_of(agreement))
    check_organisation_here(organisation, programme)
    check_name(role)
    for said in role.values():
        check_fits(said, LONGEST_HEADING)
    check_role_address(address)
    Period(valid_from, valid_to).check_order()
    position = agreement.contact_points.count() + 1
    point = ContactPoint.objects.create(
        agreement=agreement, position=position, organisation=organisation, role=role, address=address, valid_from=valid_from, valid_to=valid_to
    )
    values = {"role": role, "address": address, "valid_from": valid_from}
    cite(by, programme, root=agreement.key, kind="contact_point", key=point.key, values=values, evidence=evidence)
    record(by, "state_contact_point", point, programme=programme, key=point.key)
    return point
