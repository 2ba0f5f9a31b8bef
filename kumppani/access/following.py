"""What those who carry an agreement out follow: its promises, measures and contact points, published or not."""

from __future__ import annotations

from dataclasses import dataclass

from kumppani.access.checks import can
from kumppani.access.load import agreement_to_fill
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Commitment, ContactPoint, Measure
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


@dataclass(frozen=True, slots=True)
class Followed:
    """An agreement as its own people see it; `parties` are the organisations that may have contact points."""

    agreement: Agreement
    commitments: list[Commitment]
    measures: list[Measure]
    contact_points: list[ContactPoint]
    parties: list[Organisation]


def followed(viewer: Viewer, programme: Programme, key: str) -> Followed:
    """The whole, in ten queries however much there is."""
    agreement = agreement_to_fill(viewer, key, programme.key)
    commitments = agreement.commitments.select_related("promised_by", "promised_to").prefetch_related("promised_by__names", "promised_to__names")
    measures = agreement.measures.select_related("lead").prefetch_related("lead__names")
    points = agreement.contact_points.select_related("organisation").prefetch_related("organisation__names")
    parties = Organisation.objects.filter(key__in=parties_of(agreement)).prefetch_related("names").order_by("key")
    return Followed(agreement, list(commitments), list(measures), list(points), list(parties))


def commitment(viewer: Viewer, programme: Programme, key: str, number: int) -> Commitment:
    """One of its promises, by number: for who fills the agreement in and for who may report the promise."""
    rows = Commitment.objects.filter(agreement__programme=programme, agreement__key=key, number=number)
    rows = rows.select_related("agreement__programme", "promised_by", "promised_to")
    found = rows.prefetch_related("promised_by__names", "promised_to__names").first()
    if found is None or not _may(viewer, Permission.REPORT_COMMITMENT, found.agreement, {found.promised_by.key, found.promised_to.key}):
        raise Missing("not-found", _("There is no commitment “{key}” here.", key=f"{key[:60]}/{number}"))
    return found


def measure(viewer: Viewer, programme: Programme, key: str, number: int) -> Measure:
    """One of its measures, by number: for who fills the agreement in and for who may report the measure."""
    rows = Measure.objects.filter(agreement__programme=programme, agreement__key=key, number=number)
    found = rows.select_related("agreement__programme", "lead").prefetch_related("lead__names").first()
    if found is None or not _may(viewer, Permission.REPORT_MEASURE, found.agreement, {found.lead.key}):
        raise Missing("not-found", _("There is no measure “{key}” here.", key=f"{key[:60]}/{number}"))
    return found


def _may(viewer: Viewer, report: Permission, agreement: Agreement, concerned: set[str]) -> bool:
    """Whether somebody fills the agreement in, or may report this for its parties or for who is concerned."""
    parties, programme = parties_of(agreement), agreement.programme.key
    return can(viewer, Permission.LOAD_WORKBOOK, programme, of=parties) or can(viewer, report, programme, of=parties | concerned)
