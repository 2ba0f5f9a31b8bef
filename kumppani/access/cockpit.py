"""The state of agreements for those who look after them: what is promised, late, known and missing, of one agreement or of all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from kumppani.access import completeness, visible
from kumppani.access.checks import can
from kumppani.access.completeness import Meter
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, ChangeRequest, Commitment, Measure
from kumppani.domain.agreements.queries import SIGNED, parties_of
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side, commitment_state_on, is_stale_on, measure_state_on
from kumppani.domain.agreements.states import ChangeStatus
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.states import PublicationStatus
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _

OPEN = frozenset({CommitmentState.OWED, CommitmentState.LATE})
DUE = frozenset({MeasureState.PLANNED, MeasureState.UNDER_WAY, MeasureState.LATE})


@dataclass(frozen=True, slots=True)
class SideCount:
    """Promises of one side on a day: how many are made, of these kept, and of these past their day and not kept."""

    made: int
    kept: int
    late: int


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement in the matrix. `measures` and `late_measures` and `stale` count what goes on; `meter`: what is known of it."""

    agreement: Agreement
    state: SideCount
    city: SideCount
    measures: int
    late_measures: int
    stale: int
    meter: Meter


def national(viewer: Viewer, programme: Programme, day: date) -> list[Line]:
    """All published agreements of a programme on a day, in its order. Five queries for any number."""
    agreements = list(
        Agreement.objects.filter(programme=programme, versions__publication__status=PublicationStatus.OPEN).distinct().order_by("position")
    )
    promises: dict[int, list[Commitment]] = defaultdict(list)
    for commitment in Commitment.objects.filter(agreement__in=agreements):
        promises[commitment.agreement_id].append(commitment)
    measures: dict[int, list[Measure]] = defaultdict(list)
    for measure in Measure.objects.filter(agreement__in=agreements):
        measures[measure.agreement_id].append(measure)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for row in visible.evidence(viewer, programme):
        evidence[row.root].append(row)
    measured = {figure.key: figure.measures for figure in visible.figures(viewer, programme)}
    return [_line(one, promises[one.pk], measures[one.pk], evidence[one.key], measured, day) for one in agreements]


def _line(
    agreement: Agreement,
    promises: Sequence[Commitment],
    measures: Iterable[Measure],
    evidence: Iterable[Evidence],
    measured: Mapping[str, str],
    day: date,
) -> Line:
    going = [(measure, measure_state_on(measure, day)) for measure in measures]
    return Line(
        agreement,
        _side(promises, Side.STATE, day),
        _side(promises, Side.CITY, day),
        sum(state in DUE for _measure, state in going),
        sum(state is MeasureState.LATE for _measure, state in going),
        sum(is_stale_on(measure, day) for measure, _state in going),
        completeness.meter(completeness.items(), evidence, measured),
    )


def _side(promises: Iterable[Commitment], side: Side, day: date) -> SideCount:
    states = Counter(commitment_state_on(one, day) for one in promises if one.side == side)
    made = sum(states.values()) - states[CommitmentState.NOT_YET_MADE]
    return SideCount(made, states[CommitmentState.FULFILLED], states[CommitmentState.LATE])


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise with its state on the day."""

    commitment: Commitment
    state: CommitmentState


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure with its state on the day, and whether nobody has said anything of it for too long."""

    measure: Measure
    state: MeasureState
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Cockpit:
    """One agreement for who works on it. `own`: key of the party the reader acts for (none: empty)."""

    agreement: Agreement
    versions: Sequence[AgreementVersion]
    promises: Sequence[Promised]
    plan: Sequence[Planned]
    requests: Sequence[ChangeRequest]
    parties: frozenset[str]
    own: str

    @property
    def signed(self) -> AgreementVersion | None:
        """The last version that was signed."""
        return next((version for version in reversed(self.versions) if version.status in SIGNED), None)

    @property
    def negotiated(self) -> AgreementVersion | None:
        """The version on the table, if there is one."""
        return next((version for version in self.versions if version.status not in SIGNED), None)

    @property
    def waiting(self) -> list[ChangeRequest]:
        """Changes asked for and not decided yet."""
        return [request for request in self.requests if request.status == ChangeStatus.ASKED]


def of(viewer: Viewer, programme: Programme, key: str, day: date) -> Cockpit:
    """One agreement on a day: for its parties, and once it is published for everybody who works in the programme. Missing for others."""
    agreement = Agreement.objects.filter(programme=programme, key=key).select_related("programme").first()
    if agreement is None:
        raise _not_here(key)
    versions = list(agreement.versions.select_related("publication", "closing_report").order_by("number"))
    parties = parties_of(agreement)
    takes_part = can(viewer, Permission.REQUEST_CHANGE, programme.key, of=parties)
    if not takes_part and not any(_is_open(version) for version in versions):
        raise _not_here(key)
    own = own_party(viewer, programme, parties)
    # What is negotiated and asked for is the parties' own until it is published.
    shown = versions if takes_part else [version for version in versions if _is_open(version)]
    requests = _requests(agreement) if takes_part else []
    return Cockpit(agreement, shown, _promises(agreement, day), _plan(agreement, day), requests, parties, own)


def own_party(viewer: Viewer, programme: Programme, parties: frozenset[str]) -> str:
    """Key of the party the viewer acts for; empty for none."""
    return min(viewer.acts_for(Permission.REQUEST_CHANGE, programme.key) & parties, default="")


def _not_here(key: str) -> Missing:
    return Missing("not-found", _("There is no agreement “{key}” here.", key=key[:60]))


def _is_open(version: AgreementVersion) -> bool:
    publication = getattr(version, "publication", None)
    return publication is not None and publication.status == PublicationStatus.OPEN


def _promises(agreement: Agreement, day: date) -> list[Promised]:
    rows = agreement.commitments.select_related("promised_by", "promised_to").prefetch_related("promised_by__names", "promised_to__names")
    return [Promised(one, commitment_state_on(one, day)) for one in rows.order_by("number")]


def _plan(agreement: Agreement, day: date) -> list[Planned]:
    rows = agreement.measures.select_related("lead", "priority").prefetch_related("lead__names")
    return [Planned(one, measure_state_on(one, day), is_stale_on(one, day)) for one in rows.order_by("number")]


def _requests(agreement: Agreement) -> list[ChangeRequest]:
    organisations = Organisation.objects.prefetch_related("names")
    return list(agreement.change_requests.select_related("agreement").prefetch_related(Prefetch("asked_for", organisations)).order_by("-number"))
