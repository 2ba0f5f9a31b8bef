"""Where the evidence of a thing stands, and the evidence of many things in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.rules import version_on
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of evidence: the object that fields belong to, read with its root. `prefix` tells its fields from those of the thing itself."""

    root: str
    kind: str
    key: str
    prefix: str = ""


@dataclass(slots=True)
class Proof:
    """What stands behind one field: the evidence of the value shown, and what differing sources print."""

    chosen: Evidence
    others: list[Evidence] = field(default_factory=list)


Proofs = Mapping[str, Proof]
"""Field → what stands behind it."""


def proofs_of(viewer: Viewer, programme: Programme | None, spots: Sequence[Sequence[Spot]]) -> list[dict[str, Proof]]:
    """For each thing, given as the places of its evidence, the proof of its fields. One query for all. No programme: things are programmes."""
    every = [spot for of_thing in spots for spot in of_thing]
    if not every:
        return [{} for _thing in spots]
    of_programme = visible.evidence(viewer, programme) if programme else Evidence.objects.select_related("source")
    rows = of_programme.filter(root__in=sorted({spot.root for spot in every}), kind__in=sorted({spot.kind for spot in every}))
    grouped: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for row in rows:
        grouped[row.kind, row.key].append(row)
    return [_of_thing(of_thing, grouped) for of_thing in spots]


def _of_thing(spots: Iterable[Spot], grouped: Mapping[tuple[str, str], list[Evidence]]) -> dict[str, Proof]:
    found: dict[str, Proof] = {}
    for spot in spots:
        rows = grouped.get((spot.kind, spot.key), [])
        found |= {f"{spot.prefix}{row.field}": Proof(row) for row in rows if row.chosen}
        for row in rows:
            if not row.chosen and (proof := found.get(f"{spot.prefix}{row.field}")):
                proof.others.append(row)
    return found


def of_programme(programme: Any, _day: date) -> list[Spot]:
    """A programme's evidence."""
    return [Spot(programme.key, "programme", programme.key)]


def of_agreement(agreement: Any, day: date) -> list[Spot]:
    """An agreement's, and that of the version which counts that day."""
    version = version_on(agreement.versions.all(), day)
    own = Spot(agreement.key, "agreement", agreement.key)
    return [own] if version is None else [own, Spot(agreement.key, "version", f"{agreement.key}/{version.number}", "version.")]


def of_version(version: Any, _day: date) -> list[Spot]:
    """A version's."""
    return [Spot(version.agreement.key, "version", f"{version.agreement.key}/{version.number}")]


def of_party(party: Any, _day: date) -> list[Spot]:
    """Why a party counts as one, and what stands behind its approvals."""
    root = party.agreement.key
    signed = f"{root}/{party.version_number}/{party.organisation.key}"
    keys = {"signatory": signed, "negotiator": f"{root}/{party.version_number}/negotiator/{party.organisation.key}"}
    spots = [Spot(root, party.role, keys.get(party.role, f"{root}/{party.organisation.key}"))]
    return spots + [Spot(root, "approval", f"{signed}/{given.body.key}", f"approvals.{given.body.key}.") for given in party.approvals]


def of_priority(priority: Any, _day: date) -> list[Spot]:
    """A priority's."""
    return [Spot(priority.agreement.key, "priority", priority.key)]


def of_commitment(commitment: Any, _day: date) -> list[Spot]:
    """A commitment's."""
    return [Spot(commitment.agreement.key, "commitment", commitment.key)]


def of_measure(measure: Any, _day: date) -> list[Spot]:
    """A measure's."""
    return [Spot(measure.agreement.key, "measure", measure.key)]


def of_contact_point(point: Any, _day: date) -> list[Spot]:
    """A contact point's."""
    return [Spot(point.agreement.key, "contact_point", point.key)]


def of_ecosystem(ecosystem: Any, _day: date) -> list[Spot]:
    """An ecosystem's, that of its ties by their numbers, and that of the priorities it serves by their keys."""
    root = ecosystem.agreement.key
    ties = [Spot(root, "ecosystem_member", f"{ecosystem.key}/{tie.number}", f"members.{tie.number}.") for tie in ecosystem.members.all()]
    served = [Spot(root, "ecosystem_priority", f"{ecosystem.key}/{one.key}", f"priorities.{one.key}.") for one in ecosystem.priorities.all()]
    return [Spot(root, "ecosystem", ecosystem.key), *ties, *served]


def of_figure(figure: Any, _day: date) -> list[Spot]:
    """A figure's: with its agreement, or with its programme."""
    return [Spot(figure.agreement.key if figure.agreement else figure.programme.key, "figure", figure.key)]


def of_organisation(organisation: Any, _day: date) -> list[Spot]:
    """An organisation's, and that of each name it took later."""
    own = Spot(organisation.key, "organisation", organisation.key)
    later = [name.valid_from.isoformat() for name in organisation.names.all() if name.valid_from]
    return [own, *(Spot(organisation.key, "organisation_name", f"{organisation.key}/name/{day}", f"names.{day}.") for day in later)]


def of_municipality(municipality: Any, _day: date) -> list[Spot]:
    """A municipality's."""
    return [Spot(municipality.key, "municipality", municipality.key)]


def of_category(category: Any, _day: date) -> list[Spot]:
    """A category's."""
    return [Spot(category.scheme.key, "category", f"{category.scheme.key}/{category.key}")]
