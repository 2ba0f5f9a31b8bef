"""Acts on organisations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.models import Identifier, Municipality, Organisation, OrganisationName
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_identifier_free, check_kind, check_name, check_no_circle, check_not_ended, check_rename
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.errors import Missing, RuleBroken
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


@act
def state_identifier(*, by: Viewer, organisation: Organisation, scheme: str, value: str, evidence: Evidences | None = None) -> Organisation:
    """States what another register calls an organisation; its form and check digits must be right, and nobody else may have it."""
    organisation, before = _entered(by, organisation, Permission.STATE_IDENTIFIER)
    check_identifier_free(scheme, _identifier(organisation, scheme))
    _identify(organisation, scheme, value)
    return _left(by, organisation, "state_identifier", before, {f"identifier.{scheme}": value}, evidence)


@act
def end_identifier(*, by: Viewer, organisation: Organisation, scheme: str) -> Organisation:
    """Takes from an organisation an identifier that is not its any more; the journal keeps which it was."""
    organisation, before = _entered(by, organisation, Permission.END_IDENTIFIER)
    if _identifier(organisation, scheme) is None:
        raise Missing("no-such-identifier", _("The organisation has no {scheme}.", scheme=scheme))
    Identifier.objects.filter(organisation=organisation, scheme=scheme).delete()
    return _left(by, organisation, "end_identifier", before, {f"identifier.{scheme}": None}, None)


@act
def state_kind(*, by: Viewer, organisation: Organisation, kind: str) -> Organisation:
    """States what sort of organisation it is."""
    organisation, before = _entered(by, organisation, Permission.STATE_KIND)
    check_kind(kind)
    organisation.kind = kind
    return _left(by, organisation, "state_kind", before, {}, None)


@act
def state_parent(*, by: Viewer, organisation: Organisation, parent: Organisation | None, evidence: Evidences | None = None) -> Organisation:
    """States of what an organisation is a part (None: of nothing). Never of itself or of one of its own parts."""
    organisation, before = _entered(by, organisation, Permission.STATE_PARENT)
    _check_relative(organisation, parent, "parent")
    organisation.parent = parent
    return _left(by, organisation, "state_parent", before, {"parent": parent}, evidence)


@act
def state_successor(*, by: Viewer, organisation: Organisation, successor: Organisation | None, evidence: Evidences | None = None) -> Organisation:
    """States which organisation follows it (None: none). Never itself or one that it follows."""
    organisation, before = _entered(by, organisation, Permission.STATE_SUCCESSOR)
    _check_relative(organisation, successor, "successor")
    organisation.successor = successor
    return _left(by, organisation, "state_successor", before, {"successor": successor}, evidence)


@act
def end_organisation(*, by: Viewer, organisation: Organisation, on: date, evidence: Evidences | None = None) -> Organisation:
    """Ends an organisation: the day given is the last on which it exists. What it was a part of stays as it was."""
    organisation, before = _entered(by, organisation, Permission.END_ORGANISATION)
    check_not_ended(organisation.valid_to)
    Period(organisation.valid_from, on).check_order()
    organisation.valid_to = on
    return _left(by, organisation, "end_organisation", before, {"valid_to": on}, evidence)


def _entered(by: Viewer, organisation: Organisation, permission: Permission) -> tuple[Organisation, dict[str, object]]:
    """The organisation locked, and as it was. The programme is locked too: relations of two organisations are not turned at once into a circle."""
    check_can(by, permission, organisation.programme.key, of=(organisation.key,))
    programme = Programme.objects.select_for_update().get(pk=organisation.programme.pk)
    found = Organisation.objects.select_for_update(of=("self",)).select_related("municipality", "parent", "successor").get(pk=organisation.pk)
    found.programme = programme
    return found, row_of(found)


def _left(
    by: Viewer, organisation: Organisation, event: str, before: dict[str, object], values: dict[str, object], evidence: Evidences | None
) -> Organisation:
    """Saved and recorded, with new evidence of what was stated in place of the old."""
    organisation.save()
    programme, key = organisation.programme, organisation.key
    Evidence.objects.filter(programme=programme, kind="organisation", key=key, field__in=values).delete()
    cite(by, programme, root=key, kind="organisation", key=key, values=values, evidence=evidence)
    record(by, event, organisation, programme=programme, before=before)
    return organisation


def _identifier(organisation: Organisation, scheme: str) -> str | None:
    return Identifier.objects.filter(organisation=organisation, scheme=scheme).values_list("value", flat=True).first()


def _check_relative(organisation: Organisation, other: Organisation | None, field: str) -> None:
    if other is None:
        return
    if other.programme != organisation.programme and True in {other.programme.is_training, organisation.programme.is_training}:
        raise RuleBroken("organisation-invented", _("“{key}” belongs to a training programme, or this organisation does.", key=other.key))
    check_no_circle(organisation.key, _along(other, field))


def _along(organisation: Organisation, field: str) -> Iterator[str]:
    """Keys of an organisation and of all to which the relation leads from it, as they stand now. There are no circles: no act makes one."""
    pk: int | None = organisation.pk
    while pk is not None:
        key, pk = Organisation.objects.values_list("key", f"{field}_id").get(pk=pk)
        yield key
