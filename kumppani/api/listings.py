"""The lists of the interface: what is in each, how it is found, shaped and flattened, and where its evidence stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from ninja import Schema
from pydantic import create_model

from kumppani.access import columns, evidence, load, visible
from kumppani.access.changes import public_events, tell
from kumppani.access.column import Column, Kind
from kumppani.access.evidence import Spot
from kumppani.access.parties import Parties
from kumppani.access.viewer import STRANGER
from kumppani.api import asked, schemas, shapes
from kumppani.kernel.text import Message, _


class Things(Protocol):
    """What a list is made of: counted, and read in pieces."""

    def count(self) -> int: ...

    def __getitem__(self, piece: slice, /) -> Any: ...


def no_evidence(_thing: Any, _day: date) -> list[Spot]:
    """Of things that are no facts: sources and changes."""
    return []


def as_they_are(_programme: Any, things: Sequence[Any]) -> Sequence[Any]:
    """Things that need nothing more to be shown."""
    return things


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """One list. `find` gets the programme and what was asked; `prepare` makes a piece of it ready to be shown."""

    name: str
    title: Message
    find: Callable[[Any, Any], Things]
    shape: shapes.Shape
    columns: Sequence[Column]
    item: type[Schema]
    spots: Callable[[Any, date], list[Spot]] = no_evidence
    prepare: Callable[[Any, Sequence[Any]], Sequence[Any]] = as_they_are

    @property
    def is_dated(self) -> bool:
        """Whether what it shows changes with the day."""
        return any(column is columns.ON for column in self.columns)


TYPES: dict[Kind, Any] = {Kind.TEXT: str, Kind.DAY: date, Kind.MOMENT: datetime, Kind.WHOLE: int, Kind.NUMBER: float, Kind.FLAG: bool}


def flat_model(listing: Listing) -> type[Schema]:
    """The flat rows of a list as a schema: the same columns as in CSV and XLSX."""
    fields: dict[str, Any] = {column.name: (TYPES[column.kind] | None, ...) for column in listing.columns}
    return create_model(f"{listing.item.__name__.removesuffix('Out')}Row", __base__=Schema, **fields)


def _of_agreement(things: Any, programme: Any, key: str | None) -> Any:
    if key is None:
        return things
    return things.filter(agreement=load.agreement(STRANGER, programme, key))


def _versions(programme: Any, given: asked.AskedOfAgreement) -> Any:
    return _of_agreement(visible.versions(STRANGER, programme).prefetch_related(None), programme, given.agreement)


def _parties(programme: Any, given: asked.AskedParties) -> Parties:
    agreement = load.agreement(STRANGER, programme, given.agreement).key if given.agreement else None
    organisation = load.organisation(STRANGER, programme, given.organisation).key if given.organisation else None
    return Parties(STRANGER, programme, agreement=agreement, organisation=organisation)


def _priorities(programme: Any, given: asked.AskedPriorities) -> Any:
    found = _of_agreement(visible.priorities(STRANGER, programme), programme, given.agreement)
    return found.filter(themes=load.theme(STRANGER, programme, given.theme)) if given.theme else found


def _categories(programme: Any, given: asked.AskedCategories) -> Any:
    return visible.categories(STRANGER, programme, given.scheme)


PROGRAMMES = Listing(
    "programmes",
    _("Agreement programmes of this service"),
    lambda _programme, _given: visible.programmes(STRANGER),
    shapes.programme,
    columns.PROGRAMMES,
    schemas.ProgrammeOut,
    evidence.of_programme,
)
AGREEMENTS = Listing(
    "agreements",
    _("Published agreements"),
    lambda programme, _given: visible.agreements(STRANGER, programme),
    shapes.agreement,
    columns.AGREEMENTS,
    schemas.AgreementOut,
    evidence.of_agreement,
)
VERSIONS = Listing(
    "versions", _("Versions of published agreements"), _versions, shapes.version, columns.VERSIONS, schemas.VersionOut, evidence.of_version
)
PARTIES = Listing("parties", _("Who signed, negotiated or cooperates"), _parties, shapes.party, columns.PARTIES, schemas.PartyOut, evidence.of_party)
PRIORITIES = Listing(
    "priorities", _("Strategic priorities"), _priorities, shapes.priority, columns.PRIORITIES, schemas.PriorityOut, evidence.of_priority
)
COMMITMENTS = Listing(
    "commitments",
    _("Commitments"),
    lambda programme, given: _of_agreement(visible.commitments(STRANGER, programme), programme, given.agreement),
    shapes.commitment,
    columns.COMMITMENTS,
    schemas.CommitmentOut,
    evidence.of_commitment,
)
MEASURES = Listing(
    "measures",
    _("Measures"),
    lambda programme, given: _of_agreement(visible.measures(STRANGER, programme), programme, given.agreement),
    shapes.measure,
    columns.MEASURES,
    schemas.MeasureOut,
    evidence.of_measure,
)
FIGURES = Listing(
    "figures",
    _("Published statements about money"),
    lambda programme, given: _of_agreement(visible.figures(STRANGER, programme), programme, given.agreement),
    shapes.figure,
    columns.FIGURES,
    schemas.FigureOut,
    evidence.of_figure,
)
ECOSYSTEMS = Listing(
    "ecosystems",
    _("Ecosystems and their members"),
    lambda programme, given: _of_agreement(visible.ecosystems(STRANGER, programme), programme, given.agreement),
    shapes.ecosystem,
    columns.ECOSYSTEMS,
    schemas.EcosystemOut,
    evidence.of_ecosystem,
)
CONTACT_POINTS = Listing(
    "contact-points",
    _("Contact points: addresses of roles at the parties"),
    lambda programme, given: _of_agreement(visible.contact_points(STRANGER, programme), programme, given.agreement),
    shapes.contact_point,
    columns.CONTACT_POINTS,
    schemas.ContactPointOut,
    evidence.of_contact_point,
)
ORGANISATIONS = Listing(
    "organisations",
    _("Organisations"),
    lambda programme, _given: visible.organisations(STRANGER, programme),
    shapes.organisation,
    columns.ORGANISATIONS,
    schemas.OrganisationOut,
    evidence.of_organisation,
)
MUNICIPALITIES = Listing(
    "municipalities",
    _("Municipalities of the city regions"),
    lambda programme, _given: visible.municipalities(STRANGER, programme),
    shapes.municipality,
    columns.MUNICIPALITIES,
    schemas.MunicipalityOut,
    evidence.of_municipality,
)
CATEGORIES = Listing(
    "categories",
    _("Categories of the classifications: themes, action types and others"),
    _categories,
    shapes.category,
    columns.CATEGORIES,
    schemas.CategoryOut,
    evidence.of_category,
)
SOURCES = Listing(
    "sources", _("Sources"), lambda programme, _given: visible.sources(STRANGER, programme), shapes.source, columns.SOURCES, schemas.SourceOut
)
CHANGES = Listing(
    "changes",
    _("What changed, newest first"),
    lambda programme, _given: public_events(STRANGER, programme),
    shapes.change,
    columns.CHANGES,
    schemas.ChangeOut,
    prepare=tell,
)
HEADS = Listing(
    "heads",
    _("Signed heads of the journal, newest first"),
    lambda programme, _given: visible.heads(STRANGER, programme),
    shapes.head,
    columns.HEADS,
    schemas.HeadOut,
)

LISTINGS = (
    PROGRAMMES,
    AGREEMENTS,
    VERSIONS,
    PARTIES,
    PRIORITIES,
    COMMITMENTS,
    MEASURES,
    FIGURES,
    ECOSYSTEMS,
    CONTACT_POINTS,
    ORGANISATIONS,
    MUNICIPALITIES,
    CATEGORIES,
    SOURCES,
    CHANGES,
    HEADS,
)
