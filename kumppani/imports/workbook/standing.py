"""An agreement as the rows of its workbook: what stands now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from kumppani.domain.agreements.models import Agreement, Commitment, CooperationParty, Measure
from kumppani.domain.agreements.queries import SIGNED, parties_of
from kumppani.domain.agreements.rules import Side
from kumppani.domain.bodies.models import Body
from kumppani.domain.parties.models import Organisation
from kumppani.domain.programmes.models import Category
from kumppani.imports.workbook.sheets import SHEETS
from kumppani.kernel.text import LANGUAGES, Text
from kumppani.rendering.workbook import Cell

Row = Mapping[str, Cell]

COOPERATION = "cooperation_party"
PARTS = (*(f"signatory_{side.value}" for side in Side), "negotiator", COOPERATION)


@dataclass(slots=True)
class Standing:
    """What stands of an agreement: sheet → key of the row → its cells; and what rows may name."""

    agreement: Agreement
    version: int
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in SHEETS})
    organisations: dict[str, Organisation] = field(default_factory=dict)
    themes: dict[str, Category] = field(default_factory=dict)
    action_types: dict[str, Category] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()

    def parties(self) -> frozenset[str]:
        """Keys of the organisations that have any part in the agreement."""
        return frozenset(str(row["organisation"]) for row in self.rows["parties"].values())

    def state(self) -> list[tuple[str, str, dict[str, str]]]:
        """Sheet, row, and for each cell the digest by which a later reader sees whether it has changed since."""
        return [(sheet, key, {name: digest(cell) for name, cell in row.items()}) for sheet, rows in self.rows.items() for key, row in rows.items()]


def digest(cell: Cell) -> str:
    """A short digest of a cell; "-" where it is empty."""
    return hashlib.sha256(str(cell).encode()).hexdigest()[:12] if cell not in {None, ""} else "-"


def token(state: Iterable[tuple[str, str, Mapping[str, str]]]) -> str:
    """One digest over everything that was downloaded."""
    lines = sorted(f"{sheet}\t{key}\t{_joined(cells)}" for sheet, key, cells in state)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _joined(cells: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{cells[name]}" for name in sorted(cells))


def standing_of(agreement: Agreement) -> Standing:
    """Reads an agreement with everything its workbook holds, in a number of queries that does not depend on how much that is."""
    versions = list(agreement.versions.order_by("number"))
    # What is being negotiated has pages of its own: the workbook is of what is signed, as long as anything is.
    latest = next((one for one in reversed(versions) if one.status in SIGNED), versions[-1] if versions else None)
    found = Standing(agreement, latest.number if latest else 0)
    named = Organisation.objects.filter(Q(programme=agreement.programme) | Q(signed__version__agreement=agreement)).distinct()
    found.organisations = {one.key: one for one in named.prefetch_related("names", "identifiers")}
    categories = Category.objects.filter(scheme__programme=agreement.programme).select_related("scheme")
    found.themes = {one.key: one for one in categories if one.scheme.key == "themes"}
    found.action_types = {one.key: one for one in categories if one.scheme.key == "action_types"}
    found.owners = parties_of(agreement)
    _parties(found, latest)
    for priority in agreement.priorities.prefetch_related("themes"):
        found.rows["priorities"][priority.key] = {
            "number": priority.number,
            **_texts(priority, "title", "description"),
            "themes": _keys(priority.themes.all()),
            **_days(priority, "valid_from", "valid_to"),
        }
    for commitment in agreement.commitments.select_related("agreement__programme", "promised_by", "promised_to", "priority"):
        found.commitments[commitment.key] = commitment
        found.rows["commitments"][commitment.key] = {
            "number": commitment.number,
            "side": commitment.side,
            "promised_by": commitment.promised_by.key,
            "promised_to": commitment.promised_to.key,
            **_texts(commitment, "subject", "promise"),
            "priority": commitment.priority.number if commitment.priority else None,
            **_days(commitment, "promised_on", "due_on", "fulfilled_on", "released_on"),
        }
    for measure in agreement.measures.select_related("agreement__programme", "priority", "action_type", "lead").prefetch_related("partners"):
        found.measures[measure.key] = measure
        found.rows["measures"][measure.key] = {
            "number": measure.number,
            "priority": measure.priority.number,
            "action_type": measure.action_type.key,
            **_texts(measure, "title", "description"),
            "lead": measure.lead.key,
            "partners": _keys(measure.partners.all()),
            **_texts(measure, "progress"),
            **_days(measure, "stated_on", "starts_on", "ends_on", "reported_on", "completed_on", "dropped_on"),
        }
    for point in agreement.contact_points.select_related("agreement", "organisation"):
        found.rows["contact_points"][point.key] = {
            "organisation": point.organisation.key,
            **_texts(point, "role"),
            "address": point.address,
            **_days(point, "valid_from", "valid_to"),
        }
    for body in Body.objects.filter(programme=agreement.programme, organisation__key__in=found.parties()).select_related("organisation"):
        found.rows["bodies"][body.key] = {
            "key": body.key,
            "kind": body.kind,
            "organisation": body.organisation.key,
            **_texts(body, "name"),
            "quorum_rule": body.quorum_rule or None,
            "quorum_number": body.quorum_number,
        }
    return found


def _parties(found: Standing, latest: Any) -> None:
    rows = found.rows["parties"]
    if latest is not None:
        for signatory in latest.signatories.select_related("organisation"):
            rows[f"signatory/{signatory.organisation.key}"] = _party(found, f"signatory_{signatory.side}", signatory.organisation.key)
        for negotiator in latest.negotiators.select_related("organisation"):
            rows[f"negotiator/{negotiator.organisation.key}"] = _party(found, "negotiator", negotiator.organisation.key)
    for party in CooperationParty.objects.filter(agreement=found.agreement).select_related("organisation").order_by("position"):
        organisation = party.organisation.key
        key = f"{COOPERATION}/{organisation}/{party.valid_from or ''}".rstrip("/")
        more = {**_texts(party, "role"), **_days(party, "valid_from", "valid_to")}
        rows[key] = {**_party(found, COOPERATION, organisation), **more}


def _party(found: Standing, part: str, key: str) -> dict[str, Cell]:
    organisation = found.organisations.get(key)
    if organisation is None:
        organisation = found.organisations[key] = Organisation.objects.prefetch_related("names", "identifiers").get(key=key)
    names = list(organisation.names.all())
    business_ids = [one.value for one in organisation.identifiers.all() if one.scheme == "business_id"]
    nothing: dict[str, Cell] = {f"role.{language}": None for language in LANGUAGES}
    return {
        "part": part,
        "organisation": key,
        "kind": organisation.kind,
        **_languages("name", names[-1].name if names else Text()),
        "identifier.business_id": business_ids[0] if business_ids else None,
        **nothing,
        "valid_from": None,
        "valid_to": None,
    }


def _languages(name: str, text: Mapping[str, str]) -> dict[str, Cell]:
    return {f"{name}.{language}": text.get(language) or None for language in LANGUAGES}


def _texts(thing: Any, *names: str) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for name in names:
        found |= _languages(name, getattr(thing, name))
    return found


def _days(thing: Any, *names: str) -> dict[str, date | None]:
    return {name: getattr(thing, name) for name in names}


def _keys(things: Iterable[Any]) -> str | None:
    return " ".join(sorted(thing.key for thing in things)) or None
