"""All of a programme at a glance, in a fixed number of queries however many agreements there are: what the front page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max
from django.db.models.functions import TruncDate

from kumppani.access.changes import public_events
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, KnownUpdate, Priority, Territory
from kumppani.domain.parties.models import Municipality
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.states import PublicationStatus


@dataclass(frozen=True, slots=True)
class Glance:
    """A published agreement with its published versions, its municipalities (the core first) and its priorities."""

    agreement: Agreement
    versions: Sequence[AgreementVersion]
    municipalities: Sequence[Municipality]
    priorities: Sequence[Priority]

    @property
    def core(self) -> Municipality:
        """The university city; the first of them where there are several."""
        return self.municipalities[0]


class Changed(NamedTuple):
    """How often an act was done on a day."""

    day: date
    act: str
    times: int


def agreements(_viewer: Viewer, programme: Programme) -> list[Glance]:
    """The published agreements in the programme's order: three queries."""
    versions: dict[int, list[AgreementVersion]] = defaultdict(list)
    for version in AgreementVersion.objects.filter(agreement__programme=programme, publication__status=PublicationStatus.OPEN).select_related(
        "agreement"
    ):
        versions[version.agreement_id].append(version)
    municipalities: dict[int, list[Municipality]] = defaultdict(list)
    for part in Territory.objects.filter(agreement__in=versions).select_related("municipality").order_by("-is_core", "position"):
        municipalities[part.agreement_id].append(part.municipality)
    priorities: dict[int, list[Priority]] = defaultdict(list)
    for priority in Priority.objects.filter(agreement__in=versions).order_by("number"):
        priorities[priority.agreement_id].append(priority)
    found = [
        Glance(some[0].agreement, sorted(some, key=lambda one: one.number), municipalities[key], priorities[key]) for key, some in versions.items()
    ]
    return sorted(found, key=lambda glance: glance.agreement.position)


def known_updates(_viewer: Viewer, programme: Programme) -> list[KnownUpdate]:
    """Updates of published agreements that are known to exist and are not loaded, the newest first: one query."""
    return list(
        KnownUpdate.objects.filter(agreement__programme=programme, agreement__versions__publication__status=PublicationStatus.OPEN)
        .distinct()
        .select_related("agreement")
        .order_by(F("happened_on").desc(nulls_last=True), "agreement__position", "position")
    )


def latest_changes(viewer: Viewer, programme: Programme, acts: Collection[str], most: int) -> list[Changed]:
    """How often each of these acts was done to published things, by the day, the newest first: one query, at most so many rows."""
    rows = (
        public_events(viewer, programme)
        .filter(act__in=acts)
        .order_by()
        .annotate(day=TruncDate("at", tzinfo=ZoneInfo(programme.time_zone)))
        .values("day", "act")
        .annotate(times=Count("id"), last=Max("number"))
        .order_by("-day", "-last")[:most]
    )
    return [Changed(row["day"], row["act"], row["times"]) for row in rows]
