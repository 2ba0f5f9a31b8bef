"""Several agreements beside each other, in nine queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Model, QuerySet, prefetch_related_objects

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.access.whole import Concentration
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Commitment, Measure, Priority, Signatory, Territory
from kumppani.domain.parties.models import Municipality
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Text, _

Thing = TypeVar("Thing", bound=Model)


class Town(NamedTuple):
    """A municipality with the region it lies in by the newest classification (no words where none is known)."""

    municipality: Municipality
    region: Text


@dataclass(slots=True)
class Beside:
    """What of one published agreement is compared."""

    agreement: Agreement
    versions: list[AgreementVersion] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    towns: list[Town] = field(default_factory=list)
    priorities: list[Concentration] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def agreements(viewer: Viewer, programme: Programme, keys: Sequence[str]) -> list[Beside]:
    """Published agreements with what is compared of them, in the order of their keys; refuses a key that is none of theirs."""
    versions = AgreementVersion.objects.filter(agreement__programme=programme, agreement__key__in=keys, publication__status=PublicationStatus.OPEN)
    found: dict[str, Beside] = {}
    for version in versions.select_related("agreement__decider").order_by("number"):
        found.setdefault(version.agreement.key, Beside(version.agreement)).versions.append(version)
    if unknown := [key for key in keys if key not in found]:
        raise Missing("not-found", _("There is no agreement “{key}” here.", key=unknown[0][:60]))
    _fill(viewer, programme, {one.agreement.pk: one for one in found.values()})
    return [found[key] for key in keys]


def _fill(viewer: Viewer, programme: Programme, found: dict[int, Beside]) -> None:
    of_these = {"agreement__in": list(found)}
    signatories = Signatory.objects.filter(version__in=[version for one in found.values() for version in one.versions]).select_related(
        "organisation", "version"
    )
    for signatory in signatories.order_by("version__number", "position"):
        found[signatory.version.agreement_id].signatories.append(signatory)
    for rows in _together(_towns(of_these)):
        regions = [row.region for row in rows if row.level == "region"]
        found[rows[0].agreement_id].towns.append(Town(rows[0].municipality, regions[-1] if regions else Text()))
    for rows in _together(_priorities(of_these)):
        themes = [Category(key=row.theme_key, label=row.theme_label) for row in rows if row.theme_key]
        found[rows[0].agreement_id].priorities.append(Concentration(rows[0], themes))
    for commitment in Commitment.objects.filter(**of_these).order_by("number"):
        found[commitment.agreement_id].commitments.append(commitment)
    for measure in Measure.objects.filter(**of_these).order_by("number"):
        found[measure.agreement_id].measures.append(measure)
    for figure in visible.figures(viewer, programme).filter(**of_these):
        found[figure.agreement_id or 0].figures.append(figure)
    by_key = {one.agreement.key: one for one in found.values()}
    for row in visible.evidence(viewer, programme, roots=list(by_key)):
        by_key[row.root].evidence.append(row)
    prefetch_related_objects(list(_organisations(found.values())), "names")


def _towns(of_these: dict[str, Any]) -> QuerySet[Territory, Any]:
    """Municipalities, once for each area they lie in, areas of the newest classification last; once where they lie in none."""
    placed = F("municipality__placements__region__name")
    rows = (
        Territory.objects.filter(**of_these)
        .select_related("municipality")
        .annotate(region=placed, level=F("municipality__placements__region__level"))
    )
    return rows.order_by("agreement", "position", "municipality__placements__region__version")


def _priorities(of_these: dict[str, Any]) -> QuerySet[Priority, Any]:
    rows = Priority.objects.filter(**of_these).annotate(theme_key=F("theme_links__category__key"), theme_label=F("theme_links__category__label"))
    return rows.order_by("agreement", "number", "theme_links__category__position", "theme_key")


def _together(rows: Iterable[Thing]) -> list[list[Any]]:
    """Joined rows, those of one object together, in their order."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.pk].append(row)
    return list(found.values())


def _organisations(found: Iterable[Beside]) -> Iterable[Model]:
    for one in found:
        if one.agreement.decider is not None:
            yield one.agreement.decider
        yield from map(attrgetter("organisation"), one.signatories)
