"""Acts on organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.models import Identifier, Municipality, Organisation, OrganisationName
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_kind, check_name, check_rename
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_identifier, check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import Evidences, cite
from kumppani.workflow._record import act, record, row_of


@act
def register_organisation(
    *,
    by: Viewer,
    programme: Programme,
    key: str,
    kind: str,
    name: Text,
    identifiers: Sequence[tuple[str, str]] = (),
    municipality: Municipality | None = None,
    parent: Organisation | None = None,
    successor: Organisation | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    evidence: Evidences | None = None,
) -> Organisation:
    """Registers an organisation with its name and identifiers (scheme, value). Evidence of an identifier stands under `identifier.SCHEME`."""
    check_can(by, Permission.REGISTER_ORGANISATION, programme.key)
    check_key(key)
    check_kind(kind)
    check_name(name)
    Period(valid_from, valid_to).check_order()
    if Organisation.objects.filter(key=key).exists():
        raise RuleBroken("organisation-exists", _("There is already an organisation “{key}”.", key=key))
    organisation = Organisation.objects.create(
        programme=programme,
        key=key,
        kind=kind,
        municipality=municipality,
        parent=parent,
        successor=successor,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    OrganisationName.objects.create(organisation=organisation, name=name, valid_from=valid_from)
    for scheme, value in identifiers:
        _identify(organisation, scheme, value)
    values: dict[str, object] = {"name": name} | {f"identifier.{scheme}": value for scheme, value in identifiers}
    values |= {
        field: value for field, value in {"parent": parent, "successor": successor, "valid_from": valid_from, "valid_to": valid_to}.items() if value
    }
    cite(by, programme, root=key, kind="organisation", key=key, values=values, evidence=evidence)
    record(by, "register_organisation", organisation, programme=programme)
    return organisation


def _identify(organisation: Organisation, scheme: str, value: str) -> None:
    check_identifier(scheme, value)
    if taken := Identifier.objects.filter(scheme=scheme, value=value).select_related("organisation").first():
        raise RuleBroken("identifier-taken", _("{scheme} {value} already names “{key}”.", scheme=scheme, value=value, key=taken.organisation.key))
    Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)


@act
def rename_organisation(
    *, by: Viewer, organisation: Organisation, name: Text, valid_from: date, evidence: Evidences | None = None
) -> OrganisationName:
    """Gives an organisation a new name from a day on; the name before it ends the day before."""
    check_can(by, Permission.RENAME_ORGANISATION, organisation.programme.key)
    check_name(name)
    current = organisation.names.select_for_update().last()
    if current is None:
        raise RuleBroken("organisation-without-name", _("The organisation has no name to replace."))
    check_rename(current.valid_from, valid_from)
    before = row_of(organisation)
    current.valid_to = valid_from - timedelta(days=1)
    current.save()
    new = OrganisationName.objects.create(organisation=organisation, name=name, valid_from=valid_from)
    place = f"{organisation.key}/name/{valid_from.isoformat()}"
    cite(by, organisation.programme, root=organisation.key, kind="organisation_name", key=place, values={"name": name}, evidence=evidence)
    record(by, "rename_organisation", organisation, programme=organisation.programme, before=before)
    return new
