"""Acts on ecosystems: establishing one, joining and leaving it, and stating which priorities it serves."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Priority
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import check_of_agreement
from kumppani.domain.ecosystems.models import Ecosystem, EcosystemMember, EcosystemPriority
from kumppani.domain.ecosystems.rules import check_joins_once, check_leaves, check_tie
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import Evidences, cite
from kumppani.workflow._here import check_organisation_here
from kumppani.workflow._record import act, record, row_of


@act
def establish_ecosystem(
    *,
    by: Viewer,
    agreement: Agreement,
    key: str,
    name: Text,
    orchestrator: Organisation,
    description: Text = Text(),
    evidence: Evidences | None = None,
) -> Ecosystem:
    """States that an agreement strengthens an ecosystem, and who orchestrates it."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    check_can(by, Permission.ESTABLISH_ECOSYSTEM, agreement.programme.key, of=parties_of(agreement))
    check_organisation_here(orchestrator, agreement.programme)
    check_key(key)
    check_name(name)
    if Ecosystem.objects.filter(key=key).exists():
        raise RuleBroken("ecosystem-exists", _("There is already an ecosystem “{key}”.", key=key))
    ecosystem = Ecosystem.objects.create(
        agreement=agreement, key=key, number=agreement.ecosystems.count() + 1, name=name, description=description, orchestrator=orchestrator
    )
    values: dict[str, object] = {"name": name, "orchestrator": orchestrator.key}
    if description:
        values["description"] = description
    cite(by, agreement.programme, root=agreement.key, kind="ecosystem", key=key, values=values, evidence=evidence)
    record(by, "establish_ecosystem", ecosystem, programme=agreement.programme)
    return ecosystem


def _held(by: Viewer, ecosystem: Ecosystem, permission: Permission) -> Ecosystem:
    """The ecosystem locked, for somebody who may change it."""
    found = Ecosystem.objects.select_for_update(of=("self",)).select_related("agreement__programme").get(pk=ecosystem.pk)
    check_can(by, permission, found.agreement.programme.key, of=parties_of(found.agreement))
    return found


@act
def join_ecosystem(
    *,
    by: Viewer,
    ecosystem: Ecosystem,
    organisation: Organisation,
    tie: str,
    valid_from: date,
    valid_to: date | None = None,
    evidence: Evidences | None = None,
) -> EcosystemMember:
    """States that an organisation belongs to an ecosystem, by which kind of tie. What stands behind it is the evidence of the field `tie`."""
    ecosystem = _held(by, ecosystem, Permission.JOIN_ECOSYSTEM)
    check_organisation_here(organisation, ecosystem.agreement.programme)
    check_tie(tie)
    period = Period(valid_from, valid_to)
    period.check_order()
    same = EcosystemMember.objects.filter(ecosystem=ecosystem, organisation=organisation, tie=tie)
    check_joins_once([*(other.period for other in same), period])
    member = EcosystemMember.objects.create(
        ecosystem=ecosystem, number=ecosystem.members.count() + 1, organisation=organisation, tie=tie, valid_from=valid_from, valid_to=valid_to
    )
    root, programme = ecosystem.agreement.key, ecosystem.agreement.programme
    cite(by, programme, root=root, kind="ecosystem_member", key=member.key, values={"tie": tie, "valid_from": valid_from}, evidence=evidence)
    record(by, "join_ecosystem", member, programme=programme, key=member.key)
    return member


@act
def leave_ecosystem(*, by: Viewer, member: EcosystemMember, on: date) -> EcosystemMember:
    """Ends a tie, or moves its end nearer: the day given is the last on which it holds."""
    ecosystem = _held(by, member.ecosystem, Permission.LEAVE_ECOSYSTEM)
    member = EcosystemMember.objects.select_related("ecosystem__agreement__programme", "organisation").get(pk=member.pk)
    check_leaves(member.valid_from, member.valid_to, on)
    before = row_of(member)
    member.valid_to = on
    member.save()
    record(by, "leave_ecosystem", member, programme=ecosystem.agreement.programme, key=member.key, before=before)
    return member


@act
def state_ecosystem_priority(*, by: Viewer, ecosystem: Ecosystem, priority: Priority, evidence: Evidences | None = None) -> EcosystemPriority:
    """States that an ecosystem serves a strategic priority of its agreement."""
    ecosystem = _held(by, ecosystem, Permission.STATE_ECOSYSTEM_PRIORITY)
    check_of_agreement(priority.agreement.key, ecosystem.agreement.key)
    if EcosystemPriority.objects.filter(ecosystem=ecosystem, priority=priority).exists():
        raise RuleBroken("served-already", _("The ecosystem serves this priority already."))
    served = EcosystemPriority.objects.create(ecosystem=ecosystem, priority=priority)
    root, programme = ecosystem.agreement.key, ecosystem.agreement.programme
    cite(by, programme, root=root, kind="ecosystem_priority", key=served.key, values={"priority": priority.key}, evidence=evidence)
    record(by, "state_ecosystem_priority", served, programme=programme, key=served.key)
    return served
