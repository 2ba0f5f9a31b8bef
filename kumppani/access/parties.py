"""All parties of a programme's published agreements in one list: who signed, who negotiated, who cooperates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, IntegerField, Prefetch, QuerySet, Value, prefetch_related_objects

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, Approval, CooperationParty, Negotiator, Signatory
from kumppani.domain.parties.models import Organisation
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import Text

ROLES = ("signatory", "negotiator", "cooperation_party")
"""In the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation and its part in an agreement. A cooperation party belongs to the agreement, the others to one of its versions."""

    role: str
    agreement: Agreement
    organisation: Organisation
    version_number: int | None = None
    side: str | None = None
    part: Text = field(default_factory=Text)
    valid_from: date | None = None
    valid_to: date | None = None
    approvals: Sequence[Approval] = ()


class Parties:
    """The list, ordered by agreement, role, version and place: one query says what is in it, three more read any piece of it."""

    def __init__(self, viewer: Viewer, programme: Programme, *, agreement: str | None = None, organisation: str | None = None) -> None:
        approvals = Prefetch("approvals", Approval.objects.select_related("body"))
        signatories = visible.parties(viewer, programme).prefetch_related(None).prefetch_related(approvals)
        self._signatories = _narrowed(signatories, "version__agreement", agreement, organisation)
        self._negotiators = _narrowed(visible.negotiators(viewer, programme), "version__agreement", agreement, organisation)
        self._cooperating = _narrowed(visible.cooperation_parties(viewer, programme).prefetch_related(None), "agreement", agreement, organisation)
        self._order: list[_Place] | None = None

    def count(self) -> int:
        """How many there are."""
        return len(self._places())

    def __getitem__(self, piece: slice) -> list[Party]:
        places = self._places()[piece]
        found = self._read({role: [pk for _agreement, number, _version, _position, pk in places if ROLES[number] == role] for role in ROLES})
        prefetch_related_objects([party.organisation for party in found.values()], "names")
        return [found[ROLES[number], pk] for _agreement, number, _version, _position, pk in places]

    def _places(self) -> list[_Place]:
        if self._order is None:
            signed = _places_of(self._signatories, 0, "version__agreement__position", F("version__number"))
            negotiated = _places_of(self._negotiators, 1, "version__agreement__position", F("version__number"))
            cooperating = _places_of(self._cooperating, 2, "agreement__position", Value(0))
            self._order = sorted(signed.union(negotiated, cooperating, all=True))
        return self._order

    def _read(self, wanted: Mapping[str, list[int]]) -> dict[tuple[str, int], Party]:
        found = {("signatory", row.pk): _signatory(row) for row in self._signatories.filter(pk__in=wanted["signatory"])}
        found |= {("negotiator", row.pk): _negotiator(row) for row in self._negotiators.filter(pk__in=wanted["negotiator"])}
        return found | {("cooperation_party", row.pk): _cooperating(row) for row in self._cooperating.filter(pk__in=wanted["cooperation_party"])}


_Place = tuple[int, int, int, int, int]
"""Agreement, role, version, place among its like, primary key: what the list is sorted by."""

Row = TypeVar("Row", Signatory, Negotiator, CooperationParty)


def _narrowed(rows: QuerySet[Row], path: str, agreement: str | None, organisation: str | None) -> QuerySet[Row]:
    if agreement is not None:
        rows = rows.filter(**{f"{path}__key": agreement})
    return rows if organisation is None else rows.filter(organisation__key=organisation)


def _places_of(rows: QuerySet[Row], role: int, agreement: str, version: F | Value) -> Any:
    named = rows.order_by().annotate(of_agreement=F(agreement), of_role=Value(role, IntegerField()), of_version=version)
    return named.values_list("of_agreement", "of_role", "of_version", "position", "pk")


def _signatory(row: Signatory) -> Party:
    version = row.version
    return Party("signatory", version.agreement, row.organisation, version.number, row.side, approvals=list(row.approvals.all()))


def _negotiator(row: Negotiator) -> Party:
    return Party("negotiator", row.version.agreement, row.organisation, row.version.number)


def _cooperating(row: CooperationParty) -> Party:
    return Party("cooperation_party", row.agreement, row.organisation, part=Text(row.role), valid_from=row.valid_from, valid_to=row.valid_to)
