"""The desk of an organisation: for those who act for it, who its people are, whom it has given mandates, and what it owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kumppani.access.checks import can
from kumppani.access.viewer import Viewer
from kumppani.access.workbooks import agreements_to_fill
from kumppani.domain.agreements.models import Commitment, Measure
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, commitment_state_on, measure_state_on
from kumppani.domain.bodies.models import ActionPoint, Seat
from kumppani.domain.bodies.states import ActionPointStatus
from kumppani.domain.parties.models import Mandate, Membership, Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock

OWED = {CommitmentState.LATE, CommitmentState.OWED}
GOES_ON = {MeasureState.LATE, MeasureState.UNDER_WAY, MeasureState.PLANNED}


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands on it today.

    `manages`: whether the reader may say who else acts for the organisation, and so sees who does. `followed`: keys of the agreements whose follow-up
    pages the reader has.
    """

    organisation: Organisation
    manages: bool
    members: Sequence[Membership]
    mandates: Sequence[Mandate]
    promises: Sequence[tuple[Commitment, CommitmentState]]
    measures: Sequence[tuple[Measure, MeasureState]]
    seats: Sequence[Seat]
    points: Sequence[ActionPoint]
    followed: frozenset[str]


def own_organisations(viewer: Viewer, programme: Programme) -> list[Organisation]:
    """The organisations for which somebody has a role or a mandate today, by key. Two queries."""
    keys = {grant.organisation for grant in viewer.grants if grant.organisation and grant.programme in (None, programme.key)}
    return list(Organisation.objects.filter(key__in=keys).select_related("programme").prefetch_related("names").order_by("key"))


def desk(viewer: Viewer, programme: Programme, organisation: Organisation) -> Desk:
    """The desk of one of them: seven queries, and one for the names of those it owes to."""
    today = clock.today(programme.time_zone)
    here = {"programme": programme, "organisation": organisation}
    members = Membership.objects.filter(**here).select_related("person", "role").order_by("role__key", "person__key")
    mandates = Mandate.objects.filter(**here).select_related("person").order_by("-number")
    seats = (
        Seat.objects.filter(body__programme=programme, organisation=organisation).select_related("body", "deputy_of").order_by("body__key", "number")
    )
    points = ActionPoint.objects.filter(item__meeting__body__programme=programme, organisation=organisation, status=ActionPointStatus.OPEN)
    return Desk(
        organisation,
        manages(viewer, programme, organisation),
        [one for one in members if one.valid_to is None or one.valid_to >= today],
        list(mandates),
        _promises(programme, organisation, today),
        _measures(programme, organisation, today),
        list(seats),
        list(points.select_related("item__meeting__body").order_by("due_on")),
        frozenset(one.key for one in agreements_to_fill(viewer, programme)),
    )


def manages(viewer: Viewer, programme: Programme, organisation: Organisation) -> bool:
    """Whether somebody may give mandates in an organisation's own name."""
    may = can(viewer, Permission.GIVE_MANDATE, programme.key, of=(organisation.key,))
    return may and organisation.key in viewer.acts_for(Permission.GIVE_MANDATE, programme.key)


def _promises(programme: Programme, organisation: Organisation, today: date) -> list[tuple[Commitment, CommitmentState]]:
    rows: QuerySet[Commitment] = Commitment.objects.filter(agreement__programme=programme, promised_by=organisation)
    found = [(one, commitment_state_on(one, today)) for one in rows.select_related("agreement", "promised_to").prefetch_related("promised_to__names")]
    return sorted((line for line in found if line[1] in OWED), key=lambda line: (line[0].due_on or date.max, line[0].key))


def _measures(programme: Programme, organisation: Organisation, today: date) -> list[tuple[Measure, MeasureState]]:
    rows = Measure.objects.filter(agreement__programme=programme, lead=organisation).select_related("agreement")
    found = [(one, measure_state_on(one, today)) for one in rows]
    return sorted((line for line in found if line[1] in GOES_ON), key=lambda line: (line[0].ends_on, line[0].key))
