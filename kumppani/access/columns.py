"""The columns of every list: one definition for pages, CSV, XLSX and flat JSON. Names never depend on a language, labels are for people.

Only open fields are read (tests/access/test_columns.py watches every field that is). Keys and codes in one cell stand with spaces between.
"""

from __future__ import annotations

from typing import Any

from kumppani.access.changes import Change
from kumppani.access.column import Column, Kind, Row, Value, keys, organisation, plain, words
from kumppani.access.evidence import Proof, Proofs
from kumppani.domain.agreements.rules import commitment_state_on, is_stale_on, measure_state_on, validity_on, version_on
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.ids import SCHEMES
from kumppani.kernel.text import Message, Text, _

KEY = plain("key", _("Key"))
NUMBER = plain("number", _("Number"), kind=Kind.WHOLE)
POSITION = plain("position", _("Place in the list"), kind=Kind.WHOLE)
NAME = words("name", _("Name"))
AGREEMENT = plain("agreement", _("Agreement"), "agreement.key")
PERIOD = (plain("valid_from", _("Valid from"), kind=Kind.DAY), plain("valid_to", _("Valid to"), kind=Kind.DAY))
WHERE = (
    Column("programme", _("Programme"), lambda row: row.programme.key),
    Column("training", _("Training data: all of it invented"), lambda row: row.programme.is_training, Kind.FLAG),
)
ON = Column("on", _("As of"), lambda row: row.day, Kind.DAY)
VALID = Column("valid", _("Valid on that day"), lambda row: row.day in row.thing.period, Kind.FLAG)
PROVEN = (
    Column("evidence", _("Field, mark and source"), lambda row: " ".join(map(_cited, sorted(row.proofs.items(), key=_by_name))) or None),
    Column("not_in_sources", _("Field, and the day it was last looked for in vain"), lambda row: " ".join(_missed(row.proofs)) or None),
)


def _by_name(entry: tuple[str, Proof]) -> str:
    return entry[0]


def _cited(entry: tuple[str, Proof]) -> str:
    name, proof = entry
    source = proof.chosen.source
    return f"{name}={proof.chosen.mark}" + (f":{source.key}" if source else "")


def _missed(proofs: Proofs) -> list[str]:
    return [f"{name}={proof.chosen.looked_on}" for name, proof in sorted(proofs.items(), key=_by_name) if proof.chosen.mark == Mark.UNKNOWN]


def _version(row: Row) -> Any:
    return version_on(row.thing.versions.all(), row.day)


def _of_version(name: str, label: Message, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, label, lambda row: getattr(_version(row), name, None) or None, kind)


def _ties(row: Row) -> str | None:
    holding = (tie for tie in row.thing.members.all() if row.day in tie.period)
    return "; ".join(f"{tie.organisation.key} {tie.tie} {tie.valid_from}" for tie in holding) or None


def _approvals(row: Row) -> str | None:
    return "; ".join(f"{given.body.key} {given.decided_on} {given.case_number}".strip() for given in row.thing.approvals) or None


def _identifier(scheme: str) -> Column:
    def value(row: Row) -> Value:
        return " ".join(known.value for known in row.thing.identifiers.all() if known.scheme == scheme) or None

    return Column(f"identifier_{scheme}", _("Identifier: {scheme}", scheme=scheme), value)


def _said(row: Row) -> Text:
    change: Change = row.thing
    return change.in_every_language()


def _regions(row: Row) -> str | None:
    return " ".join(f"{region.level}/{region.version}/{region.code}" for region in row.thing.regions.all()) or None


PROGRAMMES = (
    KEY,
    *NAME,
    *words("summary", _("Summary")),
    plain("training", _("Training data: all of it invented"), "is_training", Kind.FLAG),
    plain("country", _("Country")),
    plain("currency", _("Currency")),
    plain("time_zone", _("Time zone")),
)

AGREEMENTS = (
    *WHERE,
    KEY,
    POSITION,
    *NAME,
    Column("municipalities", _("Municipalities"), lambda row: keys(part.municipality for part in row.thing.territory.all())),
    *organisation("decider", _("Regional council that decides")),
    ON,
    Column("validity", _("Validity on that day"), lambda row: validity_on(_version(row), row.day)),
    Column("version", _("Version"), lambda row: getattr(_version(row), "number", None), Kind.WHOLE),
    _of_version("signed_on", _("Signed on"), Kind.DAY),
    _of_version("valid_from", _("Valid from"), Kind.DAY),
    _of_version("valid_to", _("Valid to"), Kind.DAY),
    _of_version("authentic_language", _("Authentic language")),
    *words("content", _("Strategic content"), lambda row: getattr(_version(row), "content", None)),
    Column("priorities", _("Strategic priorities"), lambda row: keys(row.thing.priorities.all())),
    *PROVEN,
)

VERSIONS = (
    *WHERE,
    AGREEMENT,
    NUMBER,
    ON,
    Column("validity", _("Validity on that day"), lambda row: validity_on(row.thing, row.day)),
    plain("status", _("Status")),
    plain("signed_on", _("Signed on"), kind=Kind.DAY),
    *PERIOD,
    plain("authentic_language", _("Authentic language")),
    *words("content", _("Strategic content")),
    plain("text_digest", _("SHA-256 of the text"), "text.digest"),
    plain("published_at", _("Published at"), "publication.opened_at", Kind.MOMENT),
    *PROVEN,
)

PARTIES = (
    *WHERE,
    AGREEMENT,
    plain("version", _("Version"), "version_number", Kind.WHOLE),
    plain("role", _("Role")),
    *organisation("organisation", _("Organisation")),
    plain("organisation_kind", _("Kind of organisation"), "organisation.kind"),
    plain("side", _("Side")),
    *words("part", _("Part in the cooperation")),
    *PERIOD,
    Column("approvals", _("Approvals: body, day, case number"), _approvals),
    ON,
    *PROVEN,
)

PRIORITIES = (
    *WHERE,
    AGREEMENT,
    KEY,
    NUMBER,
    *words("title", _("Title")),
    *words("description", _("Description")),
    Column("themes", _("Themes"), lambda row: keys(row.thing.themes.all())),
    *PERIOD,
    ON,
    VALID,
    Column(
        "agreement_validity",
        _("Validity of the agreement on that day"),
        lambda row: validity_on(version_on(row.thing.agreement.versions.all(), row.day), row.day),
    ),
    *PROVEN,
)

COMMITMENTS = (
    *WHERE,
    AGREEMENT,
    KEY,
    NUMBER,
    *words("subject", _("Subject")),
    *words("promise", _("Promise")),
    plain("side", _("Side")),
    *organisation("promised_by", _("Promised by")),
    *organisation("promised_to", _("Promised to")),
    plain("priority", _("Strategic priority"), "priority.key"),
    plain("promised_on", _("Promised on"), kind=Kind.DAY),
    plain("due_on", _("Due on"), kind=Kind.DAY),
    plain("fulfilled_on", _("Fulfilled on"), kind=Kind.DAY),
    plain("released_on", _("Released on"), kind=Kind.DAY),
    ON,
    Column("state", _("State on that day"), lambda row: commitment_state_on(row.thing, row.day)),
    *PROVEN,
)

MEASURES = (
    *WHERE,
    AGREEMENT,
    KEY,
    NUMBER,
    plain("priority", _("Strategic priority"), "priority.key"),
    plain("action_type", _("Action type"), "action_type.key"),
    *words("title", _("Title")),
    *words("description", _("Description")),
    *organisation("lead", _("Lead organisation")),
    Column("partners", _("Partners"), lambda row: keys(row.thing.partners.all())),
    plain("stated_on", _("Stated on"), kind=Kind.DAY),
    plain("starts_on", _("Starts on"), kind=Kind.DAY),
    plain("ends_on", _("Ends on"), kind=Kind.DAY),
    plain("completed_on", _("Completed on"), kind=Kind.DAY),
    plain("dropped_on", _("Dropped on"), kind=Kind.DAY),
    *words("progress", _("Where it stands")),
    plain("reported_on", _("Reported on"), kind=Kind.DAY),
    ON,
    Column("state", _("State on that day"), lambda row: measure_state_on(row.thing, row.day)),
    Column("stale", _("Not reported on for half a year"), lambda row: is_stale_on(row.thing, row.day), Kind.FLAG),
    *PROVEN,
)

FIGURES = (
    *WHERE,
    KEY,
    POSITION,
    AGREEMENT,
    plain("measures", _("What it measures")),
    plain("group", _("Statements about the same thing")),
    *words("label", _("Label")),
    plain("wording", _("Wording of the source")),
    plain("wording_language", _("Language of the wording")),
    plain("wording_is_ours", _("The wording is ours"), kind=Kind.FLAG),
    plain("exact_cents", _("Exact sum in cents"), "exact", Kind.WHOLE),
    plain("lower_cents", _("Lower bound in cents"), "lower", Kind.WHOLE),
    plain("upper_cents", _("Upper bound in cents"), "upper", Kind.WHOLE),
    plain("qualifier", _("Word before the sum")),
    plain("currency", _("Currency")),
    *words("basis", _("Basis")),
    plain("period_from", _("Period from"), kind=Kind.DAY),
    plain("period_to", _("Period to"), kind=Kind.DAY),
    plain("source", _("Source"), "source.key"),
    plain("source_address", _("Address of the source"), "source.address"),
    plain("as_of", _("As of"), kind=Kind.DAY),
    *words("note", _("Note")),
)

ECOSYSTEMS = (
    *WHERE,
    AGREEMENT,
    KEY,
    NUMBER,
    *NAME,
    *words("description", _("Description")),
    *organisation("orchestrator", _("Orchestrated by")),
    Column("priorities", _("Strategic priorities"), lambda row: keys(row.thing.priorities.all())),
    Column("members", _("Members on that day: organisation, tie, from"), _ties),
    ON,
    *PROVEN,
)

CONTACT_POINTS = (
    *WHERE,
    AGREEMENT,
    POSITION,
    *organisation("organisation", _("Organisation")),
    *words("role", _("Role")),
    plain("address", _("E-mail address of the role")),
    *PERIOD,
    ON,
    VALID,
    *PROVEN,
)

ORGANISATIONS = (
    *WHERE,
    KEY,
    plain("kind", _("Kind of organisation")),
    *words("name", _("Name on that day"), lambda row: row.thing.name_on(row.day)),
    plain("municipality", _("Municipality"), "municipality.key"),
    *organisation("parent", _("Part of")),
    *organisation("successor", _("Continued by")),
    *PERIOD,
    *(_identifier(scheme) for scheme in SCHEMES),
    ON,
    VALID,
    *PROVEN,
)

MUNICIPALITIES = (
    *WHERE,
    KEY,
    plain("country", _("Country")),
    plain("code", _("Code")),
    *NAME,
    plain("latitude", _("Latitude"), kind=Kind.NUMBER),
    plain("longitude", _("Longitude"), kind=Kind.NUMBER),
    plain("point_kind", _("What the point shows")),
    *words("language_status", _("Languages of the municipality")),
    Column("regions", _("Regions: level, version, code"), _regions),
    Column("agreements", _("Agreements"), lambda row: keys(part.agreement for part in row.thing.territories.all())),
    *PROVEN,
)

CATEGORIES = (
    *WHERE,
    plain("scheme", _("Classification"), "scheme.key"),
    KEY,
    plain("parent", _("Part of"), "parent.key"),
    POSITION,
    *words("label", _("Label")),
    *PERIOD,
    ON,
    VALID,
    *PROVEN,
)

SOURCES = (
    *WHERE,
    KEY,
    plain("kind", _("Kind of source")),
    *words("title", _("Title")),
    *words("publisher", _("Publisher")),
    plain("address", _("Address")),
    plain("published", _("Published on"), kind=Kind.DAY),
    plain("language", _("Language")),
    plain("read_on", _("Read on"), kind=Kind.DAY),
    plain("licence", _("Licence of the source")),
)

CHANGES = (
    *WHERE,
    NUMBER,
    plain("at", _("Moment"), kind=Kind.MOMENT),
    plain("act", _("Act")),
    plain("kind", _("Kind of object")),
    KEY,
    *words("what", _("What happened"), _said),
)
HEADS = (
    *WHERE,
    Column("chain", _("Chain"), lambda row: row.thing.chain or None),
    plain("number", _("Events"), kind=Kind.WHOLE),
    plain("digest", _("Digest of the last event")),
    plain("at", _("Signed at")),
    plain("public_key", _("Public key")),
    plain("signature", _("Signature")),
)
