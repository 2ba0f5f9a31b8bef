"""Acts that open and close what everyone may see."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.models import Figure, Publication
from kumppani.domain.publishing.rules import check_reason, check_signed, check_wording
from kumppani.domain.publishing.states import PUBLICATION_ACTS, PublicationStatus
from kumppani.domain.sources.rules import Cited
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.money import Amount
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import cite, source_row
from kumppani.workflow._record import act, record, row_of


@act
def publish(*, by: Viewer, version: AgreementVersion) -> Publication:
    """Opens a version of an agreement, with all that belongs to the agreement, to everyone; also one that was withdrawn."""
    programme = version.agreement.programme
    check_can(by, Permission.PUBLISH, programme.key)
    check_signed(version.signed_on)
    publication = Publication.objects.select_for_update().filter(version=version).first()
    after = step(PUBLICATION_ACTS, PublicationStatus(publication.status) if publication else None, "publish")
    before = row_of(publication) if publication else None
    publication = publication or Publication(programme=programme, version=version)
    publication.status, publication.opened_at, publication.opened_by = after.next, clock.now(), by.key
    publication.withdrawn_at, publication.withdrawn_by, publication.reason = None, "", Text()
    publication.save()
    record(by, after.event, publication, programme=programme, key=f"{version.agreement.key}/{version.number}", before=before)
    return publication


@act
def withdraw(*, by: Viewer, publication: Publication, reason: Text) -> Publication:
    """Closes what was open. The reason is shown in its place."""
    programme = publication.programme
    check_can(by, Permission.WITHDRAW, programme.key)
    check_reason(reason)
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    after = step(PUBLICATION_ACTS, PublicationStatus(publication.status), "withdraw")
    before = row_of(publication)
    publication.status, publication.withdrawn_at, publication.withdrawn_by, publication.reason = after.next, clock.now(), by.key, reason
    publication.save()
    record(by, after.event, publication, programme=programme, key=_key_of(publication), before=before)
    return publication


def _key_of(publication: Publication) -> str:
    if publication.version is not None:
        return f"{publication.version.agreement.key}/{publication.version.number}"
    return str(publication.figure)


@act
def publish_figure(
    *,
    by: Viewer,
    programme: Programme,
    key: str,
    position: int,
    measures: str,
    group: str,
    label: Text,
    wording: str,
    wording_language: str,
    amount: Amount,
    basis: Text,
    cited: Cited,
    agreement: Agreement | None = None,
    wording_is_ours: bool = False,
    period_from: date | None = None,
    period_to: date | None = None,
    note: Text = Text(),
) -> Figure:
    """Publishes a statement about money as its source prints it. `amount` in cents of the programme's currency."""
    check_can(by, Permission.PUBLISH_FIGURE, programme.key)
    after = step(PUBLICATION_ACTS, None, "publish_figure")
    check_key(key)
    check_wording(wording)
    amount.check()
    Period(period_from, period_to).check_order()
    if cited.source is None or cited.as_of is None:
        raise RuleBroken("figure-without-source", _("A published figure names its source and the day it speaks of."))
    if Figure.objects.filter(programme=programme, key=key).exists():
        raise RuleBroken("figure-exists", _("There is already a figure “{key}”.", key=key))
    figure = Figure.objects.create(
        programme=programme,
        key=key,
        position=position,
        agreement=agreement,
        measures=measures,
        group=group,
        label=label,
        wording=wording,
        wording_language=wording_language,
        wording_is_ours=wording_is_ours,
        exact=amount.exact,
        lower=amount.lower,
        upper=amount.upper,
        qualifier=amount.qualifier or "",
        currency=programme.currency,
        basis=basis,
        period_from=period_from,
        period_to=period_to,
        source=source_row(by, programme, cited.source),
        as_of=cited.as_of,
        note=note,
    )
    root = agreement.key if agreement else programme.key
    cite(by, programme, root=root, kind="figure", key=key, values={"amount": wording}, evidence={"amount": cited})
    record(by, after.event, figure, programme=programme)
    publication = Publication.objects.create(programme=programme, figure=figure, status=after.next, opened_at=clock.now(), opened_by=by.key)
    record(by, after.event, publication, programme=programme)
    return figure
