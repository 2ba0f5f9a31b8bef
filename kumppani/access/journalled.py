"""The register of the journal: of every model, whose events speak of its rows; and what the journal writes of a row.

A row is told by an event of its own, or carried in the events of its owner (a theme of a priority, say), or exempt with a reason. Objects are named
by keys, never by numbers of the database, so that a programme's chain is the same whatever else the database holds.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

from django.apps import apps
from django.db import models

from kumppani.access.fields import FIELDS, Kind
from kumppani.domain.journal.chain import canonical
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.fields import LocalisedTextField
from kumppani.kernel.text import Text

PARTS = "parts"
"""Under this name an event carries the rows that have no events of their own."""

EVIDENCE = "evidence"
"""Kind of the events that carry what stands behind an object's fields: all of its evidence in one event."""

DIGEST = "row_digest"
"""Under this name an event says the digest of what it tells of the row. No field of a model has this name."""

SHARED = "shared:"
"""How a model's path begins that belongs to no programme."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows carried by their owner: the model's label, and its field that points to the owner."""

    name: str
    label: str
    owner: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Has events of its own. `root` is the key of the whole it belongs to, an agreement's for all its parts. `joins` spare queries."""

    key: Callable[[Any], str] = str
    root: Callable[[Any], str] | None = None
    joins: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """Told in the events of its owner."""

    by: str


@dataclass(frozen=True, slots=True)
class Exempt:
    """Not told at all, and why."""

    reason: str


def _of_agreement(thing: Any) -> str:
    return str(thing.agreement.key)


def _of_version(thing: Any) -> str:
    return str(thing.version.agreement.key)


def _of_ecosystem(thing: Any) -> str:
    return str(thing.ecosystem.agreement.key)


def _of_draft(thing: Any) -> str:
    return str(thing.draft.agreement.key)


def _of_item(thing: Any) -> str:
    return str(thing.item.meeting.body.key)


def _publication_key(publication: Any) -> str:
    return str(publication.version.key if publication.version else publication.figure.key)


def _publication_root(publication: Any) -> str:
    return _of_version(publication) if publication.version else _figure_root(publication.figure)


def _figure_root(figure: Any) -> str:
    return str(figure.agreement.key if figure.agreement else figure.key)


JOURNALLED: dict[str, Recorded | Carried | Exempt] = {
    "journal.Event": Exempt("it is the journal"),
    "journal.Head": Exempt("it is the journal"),
    "journal.PublishedHead": Exempt("it speaks of the journal, and its signature says who wrote it"),
    "journal.SentForm": Exempt("a token that keeps a form from being taken twice; the act it led to has its own event"),
    "programmes.Programme": Recorded(),
    "programmes.Scheme": Recorded(joins=("programme",)),
    "programmes.Category": Recorded(
        key=lambda row: f"{row.scheme.key}/{row.key}", root=lambda row: row.scheme.key, joins=("scheme__programme", "parent__scheme")
    ),
    "sources.Source": Recorded(joins=("programme",)),
    "sources.Evidence": Carried(EVIDENCE),
    "parties.Region": Recorded(key=lambda row: f"{row.country}/{row.level}/{row.version}/{row.code}", joins=("programme",)),
    "parties.Municipality": Recorded(joins=("programme",), parts=(Part("placements", "parties.Placement", "municipality"),)),
    "parties.Placement": Carried("parties.Municipality"),
    "parties.Organisation": Recorded(
        joins=("programme", "municipality", "parent", "successor"),
        parts=(Part("names", "parties.OrganisationName", "organisation"), Part("identifiers", "parties.Identifier", "organisation")),
    ),
    "parties.OrganisationName": Carried("parties.Organisation"),
    "parties.Identifier": Carried("parties.Organisation"),
    "parties.Person": Recorded(joins=("programme",)),
    "parties.Role": Recorded(),
    "parties.Membership": Recorded(
        key=lambda row: row.key, root=lambda row: row.person.key, joins=("person__programme", "role", "programme", "organisation")
    ),
    "parties.Mandate": Recorded(key=lambda row: row.key, root=lambda row: row.organisation.key, joins=("programme", "organisation", "person")),
    "parties.Identity": Recorded(key=lambda row: row.key, root=lambda row: row.person.key, joins=("person__programme",)),
    "parties.UnlinkedIdentity": Exempt("a code that holds for a day and is nobody’s; linking it has its own event"),
    "parties.User": Exempt("sign-in writes it: passwords and the time of the last login are no acts"),
    "parties.Invitation": Recorded(key=lambda row: row.key, root=lambda row: row.person.key, joins=("person__programme",)),
    "parties.AskedLink": Exempt("sign-in writes it, and it is soon deleted: asking for a link changes nothing"),
    "notices.Recipient": Recorded(key=lambda row: row.key, root=lambda row: row.person.key, joins=("person__programme",)),
    "notices.Told": Exempt("an outbox: what was told stands where it happened"),
    "notices.Letter": Exempt("an outbox: it tells what waits, which is computed from what the journal tells"),
    "documents.File": Recorded(key=lambda row: row.digest, joins=("programme",)),
    "bodies.Body": Recorded(joins=("programme", "organisation")),
    "bodies.Seat": Recorded(key=lambda row: row.key, root=lambda row: row.body.key, joins=("body__programme", "organisation", "deputy_of__body")),
    "bodies.Term": Recorded(key=lambda row: row.key, root=lambda row: row.seat.body.key, joins=("seat__body__programme", "person")),
    "bodies.Disqualification": Recorded(key=lambda row: f"{row.body_kind}/{row.key}", joins=("programme",)),
    "bodies.Meeting": Recorded(key=lambda row: row.key, root=lambda row: row.body.key, joins=("body__programme",)),
    "bodies.Item": Recorded(
        key=lambda row: row.key,
        root=lambda row: row.meeting.body.key,
        joins=("meeting__body__programme",),
        parts=(Part("concerned", "bodies.ItemOrganisation", "item"),),
    ),
    "bodies.ItemOrganisation": Carried("bodies.Item"),
    "bodies.Paper": Recorded(key=lambda row: row.key, root=_of_item, joins=("item__meeting__body__programme", "file")),
    "bodies.Presence": Recorded(
        key=lambda row: f"{row.meeting.key}/{row.seat.number}",
        root=lambda row: row.meeting.body.key,
        joins=("meeting__body__programme", "seat__body"),
    ),
    "bodies.Recusal": Recorded(
        key=lambda row: f"{row.item.key}/{row.seat.number}", root=_of_item, joins=("item__meeting__body__programme", "seat__body", "ground")
    ),
    "bodies.Resolution": Recorded(key=lambda row: row.item.key, root=_of_item, joins=("item__meeting__body__programme",)),
    "bodies.ActionPoint": Recorded(key=lambda row: row.key, root=_of_item, joins=("item__meeting__body__programme", "organisation", "seat__body")),
    "agreements.Agreement": Recorded(joins=("programme", "decider"), parts=(Part("territory", "agreements.Territory", "agreement"),)),
    "agreements.Territory": Carried("agreements.Agreement"),
    "agreements.AgreementVersion": Recorded(key=lambda row: row.key, root=_of_agreement, joins=("agreement__programme", "text")),
    "agreements.Clause": Recorded(key=lambda row: row.key, root=_of_version, joins=("version__agreement__programme",)),
    "agreements.Comment": Recorded(
        key=lambda row: row.key, root=lambda row: _of_version(row.clause), joins=("clause__version__agreement__programme",)
    ),
    "agreements.ClosingReport": Recorded(key=lambda row: row.key, root=_of_version, joins=("version__agreement__programme",)),
    "agreements.ChangeRequest": Recorded(key=lambda row: row.key, root=_of_agreement, joins=("agreement__programme",)),
    "agreements.Signatory": Recorded(key=lambda row: row.key, root=_of_version, joins=("version__agreement__programme", "organisation")),
    "agreements.Approval": Recorded(
        key=lambda row: f"{row.signatory.key}/{row.body.key}",
        root=lambda row: row.signatory.version.agreement.key,
        joins=("signatory__version__agreement__programme", "signatory__organisation", "body"),
    ),
    "agreements.Negotiator": Recorded(
        key=lambda row: f"{row.version.key}/negotiator/{row.organisation.key}",
        root=_of_version,
        joins=("version__agreement__programme", "organisation"),
    ),
    "agreements.CooperationParty": Recorded(
        key=lambda row: f"{row.agreement.key}/{row.organisation.key}", root=_of_agreement, joins=("agreement__programme", "organisation")
    ),
    "agreements.Priority": Recorded(
        root=_of_agreement, joins=("agreement__programme",), parts=(Part("themes", "agreements.PriorityTheme", "priority"),)
    ),
    "agreements.PriorityTheme": Carried("agreements.Priority"),
    "agreements.StatedGoal": Recorded(
        key=lambda row: f"{row.agreement.key}/goal/{row.position}", root=_of_agreement, joins=("agreement__programme",)
    ),
    "agreements.KnownUpdate": Recorded(
        key=lambda row: f"{row.agreement.key}/update/{row.position}", root=_of_agreement, joins=("agreement__programme",)
    ),
    "agreements.Commitment": Recorded(root=_of_agreement, joins=("agreement__programme", "promised_by", "promised_to", "priority")),
    "agreements.Measure": Recorded(
        root=_of_agreement,
        joins=("agreement__programme", "priority", "action_type__scheme", "lead"),
        parts=(Part("partners", "agreements.MeasurePartner", "measure"),),
    ),
    "agreements.MeasurePartner": Carried("agreements.Measure"),
    "agreements.ContactPoint": Recorded(key=lambda row: row.key, root=_of_agreement, joins=("agreement__programme", "organisation")),
    "agreements.WorkbookLoad": Recorded(key=lambda row: row.key, root=_of_agreement, joins=("agreement__programme",)),
    "ecosystems.Ecosystem": Recorded(root=_of_agreement, joins=("agreement__programme", "orchestrator")),
    "ecosystems.EcosystemMember": Recorded(key=lambda row: row.key, root=_of_ecosystem, joins=("ecosystem__agreement__programme", "organisation")),
    "ecosystems.EcosystemPriority": Recorded(key=lambda row: row.key, root=_of_ecosystem, joins=("ecosystem__agreement__programme", "priority")),
    "rounds.Round": Recorded(joins=("programme",)),
    "rounds.TemplateClause": Recorded(key=lambda row: row.key, root=lambda row: row.round.key, joins=("round__programme",)),
    "rounds.RoundDraft": Recorded(key=lambda row: row.key, root=_of_agreement, joins=("round__programme", "agreement", "succeeds")),
    "rounds.CarriedPriority": Recorded(
        key=lambda row: row.key, root=_of_draft, joins=("draft__round__programme", "draft__agreement", "origin", "priority")
    ),
    "rounds.CarriedCommitment": Recorded(
        key=lambda row: row.key, root=_of_draft, joins=("draft__round__programme", "draft__agreement", "origin", "commitment")
    ),
    "publishing.Figure": Recorded(root=_figure_root, joins=("programme", "agreement", "source")),
    "publishing.Publication": Recorded(key=_publication_key, root=_publication_root, joins=("programme", "version__agreement", "figure__agreement")),
    "dialogue.Feedback": Recorded(key=lambda row: str(row.number), joins=("programme",)),
}
"""Model label → whose events speak of its rows. A model that is missing here fails the build."""


class Row(dict[str, object]):
    """What the journal writes of a row. Its personal fields ride along unwritten, so that a change of one can be told without its value."""

    personal: Mapping[str, object]


def recorded(model: type[models.Model]) -> Recorded:
    """How a model that has events of its own is recorded; raises for one that has none."""
    found = JOURNALLED.get(model._meta.label)
    if not isinstance(found, Recorded):
        raise KeyError(f"{model._meta.label} has no events of its own: kumppani.access.journalled says whose events speak of it")
    return found


def key_of(thing: models.Model) -> str:
    """The key under which the journal speaks of an object."""
    return recorded(type(thing)).key(thing)


def root_of(thing: models.Model) -> str:
    """The key of the whole the object belongs to."""
    how = recorded(type(thing))
    return (how.root or how.key)(thing)


def chain_of(thing: models.Model) -> str:
    """The chain an object belongs to: the key of its programme, or nothing for what programmes share."""
    path: str = getattr(thing, "programme_path")  # noqa: B009 every model of the domain declares it, which the type of a model does not say
    if path.startswith(SHARED):
        return ""
    found: Any = thing
    for name in path.split("__"):
        found = getattr(found, name)
        if found is None:
            return ""
    return str(found)


def row_of(thing: models.Model) -> Row:
    """The object's fields and the rows it carries: related objects by key, personal fields not at all."""
    return rows_of([thing])[0]


def rows_of(things: Sequence[models.Model]) -> list[Row]:
    """Likewise of several objects of one model, with one query for each kind of row they carry."""
    how = recorded(type(things[0])) if things else Recorded()
    carried = {part.name: _carried(part, things) for part in how.parts}
    found = []
    for thing in things:
        row = _fields(thing)
        if how.parts:
            row[PARTS] = {name: rows[thing.pk] for name, rows in carried.items()}
        found.append(row)
    return found


def _carried(part: Part, owners: Iterable[models.Model]) -> Mapping[Any, list[Row]]:
    model = apps.get_model(part.label)
    rows = model._default_manager.filter(**{f"{part.owner}__in": [owner.pk for owner in owners]}).order_by()
    found: dict[Any, list[Row]] = defaultdict(list)
    for thing in rows.select_related(*_related(model, part.owner)):
        row = _fields(thing, leave_out=part.owner)
        found[getattr(thing, f"{part.owner}_id")].append(row)
    for same in found.values():
        same.sort(key=canonical)
    return found


def _related(model: type[models.Model], owner: str) -> list[str]:
    """What a carried row's keys are read from."""
    names: list[str] = []
    for field in model._meta.concrete_fields:
        if field.is_relation and field.name != owner:
            joins = recorded(cast("type[models.Model]", field.related_model)).joins
            names += [field.name, *(f"{field.name}__{join}" for join in joins)]
    return names


@cache
def _columns(label: str) -> tuple[tuple[models.Field[Any, Any], bool], ...]:
    """The fields the journal knows of a model, and whether each is personal."""
    kinds = FIELDS[label]
    model = apps.get_model(label)
    return tuple((field, kinds[field.name] is Kind.PERSONAL) for field in model._meta.concrete_fields if not field.primary_key)


def _fields(thing: models.Model, leave_out: str = "") -> Row:
    row, personal = Row(), {}
    for field, is_personal in _columns(thing._meta.label):
        if is_personal:
            personal[field.name] = getattr(thing, field.name)
        elif field.name != leave_out:
            row[field.name] = _plain(field, getattr(thing, field.name))
    row.personal = personal
    return row


def _plain(field: models.Field[Any, Any], value: Any) -> object:
    """One way to write one value, whether it comes from an act or from the database."""
    if value is None:
        return None
    if isinstance(value, models.Model):
        return key_of(value)
    if isinstance(field, LocalisedTextField):
        return dict(Text(value))
    if isinstance(field, models.DecimalField):
        return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places)))
    if isinstance(field, models.JSONField):
        return value
    read = field.to_python(value)
    if isinstance(read, datetime):
        return read.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(read, (bytes, memoryview)):
        return hashlib.sha256(bytes(read)).hexdigest()
    return read.isoformat() if isinstance(read, date) else read


@cache
def _evidence_columns() -> tuple[str, ...]:
    return tuple(field.name for field, _personal in _columns("sources.Evidence") if field.name not in {"programme", "kind", "key"})


def evidence_row(rows: Iterable[Evidence]) -> Row:
    """What the journal writes of all the evidence of one object: rows with their sources fetched."""
    fields = {field.name: field for field, _personal in _columns("sources.Evidence")}
    plain = [{name: _plain(fields[name], getattr(row, name)) for name in _evidence_columns()} for row in rows]
    row = Row({PARTS: {"rows": sorted(plain, key=canonical)}})
    row.personal = {}
    return row


def evidence_key(kind: str, key: str) -> str:
    """The key under which the journal speaks of an object's evidence."""
    return f"{kind}/{key}"


def rows_in(model: type[models.Model], programme: Programme | None) -> models.QuerySet[Any]:
    """The rows of a model that belong to a programme, or to none, with everything their keys are read from."""
    joins = recorded(model).joins
    rows = model._default_manager.select_related(*joins) if joins else model._default_manager.all()
    path: str = getattr(model, "programme_path")  # noqa: B009 as above
    if path.startswith(SHARED):
        return rows if programme is None else rows.none()
    if programme is not None:
        return rows.filter(**{path: programme.key})
    return rows.filter(**{f"{path}__isnull": True})


def digest_of_row(row: Mapping[str, object]) -> str:
    """SHA-256 of what the journal writes of a row, without the event around it."""
    return hashlib.sha256(canonical(row).encode()).hexdigest()
