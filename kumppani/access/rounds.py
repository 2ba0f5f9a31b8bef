"""Rounds of negotiations at work: the common text, the drafts opened from it that somebody may see, and how far each clause has come in each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import QuerySet

from kumppani.access.checks import can
from kumppani.access.viewer import Viewer
from kumppani.access.visible import signatories_with_names
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Clause, Comment, Commitment, Priority
from kumppani.domain.agreements.queries import SIGNED
from kumppani.domain.agreements.rules import commitment_state_on
from kumppani.domain.agreements.states import VersionStatus
from kumppani.domain.agreements.wording import Worded
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.domain.rounds.models import CarriedCommitment, CarriedPriority, Round, RoundDraft, TemplateClause
from kumppani.domain.rounds.rules import UNFINISHED, Cell, Negotiated, Progress, matrix
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft of a round with its first version and what the matrix makes of it."""

    draft: RoundDraft
    version: AgreementVersion
    negotiated: Negotiated


@dataclass(frozen=True, slots=True)
class Table:
    """A round as somebody sees it: every clause in every draft that they may see."""

    round: Round
    template: Sequence[TemplateClause]
    drafts: Sequence[DraftSeen]
    cells: Mapping[str, Mapping[str, Cell]]

    @property
    def counts(self) -> Mapping[Progress, int]:
        """How many cells there are of each kind."""
        found = Counter(cell.progress for row in self.cells.values() for cell in row.values())
        return {progress: found[progress] for progress in Progress}


def rounds(viewer: Viewer, programme: Programme) -> list[Table]:
    """The programme's rounds. Nine queries for any number of rounds and drafts."""
    return _tables(viewer, programme, list(Round.objects.filter(programme=programme).order_by("key")))


def round_(viewer: Viewer, programme: Programme, key: str) -> Table:
    """One of them."""
    found = _tables(viewer, programme, list(Round.objects.filter(programme=programme, key=key)))
    if not found:
        raise Missing("not-found", _("There is no round “{key}” here.", key=key[:60]))
    return found[0]


def _tables(viewer: Viewer, programme: Programme, found: Sequence[Round]) -> list[Table]:
    clauses: dict[int, list[TemplateClause]] = defaultdict(list)
    for clause in TemplateClause.objects.filter(round__in=found).order_by("number"):
        clauses[clause.round_id].append(clause)
    drafts: dict[int, list[DraftSeen]] = defaultdict(list)
    for seen in _drafts(viewer, programme, found):
        drafts[seen.draft.round_id].append(seen)
    return [
        Table(one, clauses[one.pk], drafts[one.pk], matrix(cast("list[Worded]", clauses[one.pk]), [seen.negotiated for seen in drafts[one.pk]]))
        for one in found
    ]


def _drafts(viewer: Viewer, programme: Programme, found: Sequence[Round]) -> list[DraftSeen]:
    rows = RoundDraft.objects.filter(round__in=found).select_related("agreement", "succeeds").order_by("agreement__position")
    drafts = {row.agreement_id: row for row in rows}
    versions = [version for version in _versions(programme, list(drafts)) if _may_see(viewer, programme, version)]
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in Clause.objects.filter(version__in=versions, is_struck=False).order_by("number"):
        clauses[clause.version_id].append(clause)
    comments: dict[int, Counter[str]] = defaultdict(Counter)
    unresolved = Comment.objects.filter(clause__version__in=versions, resolved_at__isnull=True)
    for version, code in unresolved.values_list("clause__version", "clause__code"):
        comments[version][code] += 1
    return [
        DraftSeen(drafts[version.agreement_id], version, _negotiated(version, cast("list[Worded]", clauses[version.pk]), comments[version.pk]))
        for version in versions
    ]


def _versions(programme: Programme, agreements: Sequence[int]) -> QuerySet[AgreementVersion]:
    rows = AgreementVersion.objects.filter(agreement__programme=programme, agreement__in=agreements, number=1)
    return rows.select_related("agreement", "drafter").prefetch_related(signatories_with_names()).order_by("agreement__position")


def _may_see(viewer: Viewer, programme: Programme, version: AgreementVersion) -> bool:
    """Who takes part in the negotiation, and who lays the rounds of the programme."""
    keys = [signatory.organisation.key for signatory in version.signatories.all()]
    return can(viewer, Permission.COMMENT, programme.key, of=keys) or can(viewer, Permission.DEFINE_ROUND, programme.key)


def _negotiated(version: AgreementVersion, clauses: Sequence[Worded], comments: Mapping[str, int]) -> Negotiated:
    signatories = list(version.signatories.all())
    digest = version.proposed_digest
    approved = [one.organisation.key for one in signatories if digest and any(given.content_digest == digest for given in one.approvals.all())]
    return Negotiated(
        key=version.agreement.key,
        clauses=clauses,
        open_comments=comments,
        is_proposed=version.status != VersionStatus.DRAFT,
        parties=frozenset(one.organisation.key for one in signatories),
        approved=frozenset(approved),
    )


def not_opened(viewer: Viewer, table: Table) -> list[Agreement]:
    """Signed agreements without a successor in the round whose successor the viewer may open."""
    programme = table.round.programme
    opened = RoundDraft.objects.filter(round=table.round)
    signed = Agreement.objects.filter(programme=programme, versions__status__in=SIGNED).exclude(pk__in=opened.values("succeeds"))
    found = signed.exclude(pk__in=opened.values("agreement")).distinct().prefetch_related("versions__signatories__organisation").order_by("position")
    return [one for one in found if can(viewer, Permission.OPEN_ROUND_DRAFT, programme.key, of=_last_signatories(one))]


def _last_signatories(agreement: Agreement) -> list[str]:
    last = max((version for version in agreement.versions.all() if version.status in SIGNED), key=lambda version: version.number)
    return [signatory.organisation.key for signatory in last.signatories.all()]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What the earlier agreement leaves that its successor has not taken over: its priorities, and promises neither fulfilled nor released."""

    priorities: Sequence[Priority]
    commitments: Sequence[Commitment]


def left_over(draft: RoundDraft, programme: Programme) -> LeftOver:
    """Of a draft that the viewer has been shown."""
    today = clock.today(programme.time_zone)
    priorities = Priority.objects.filter(agreement=draft.succeeds).exclude(carried_to__draft=draft).order_by("number")
    commitments = Commitment.objects.filter(agreement=draft.succeeds).exclude(carried_to__draft=draft).order_by("number")
    return LeftOver(list(priorities), [one for one in commitments if commitment_state_on(one, today) in UNFINISHED])


@dataclass(frozen=True, slots=True)
class Carried:
    """What a draft has taken over, each with its origin."""

    priorities: Sequence[CarriedPriority]
    commitments: Sequence[CarriedCommitment]


def carried(draft: RoundDraft) -> Carried:
    """Of a draft that the viewer has been shown."""
    priorities = draft.carried_priorities.select_related("origin", "priority").order_by("priority__number")
    return Carried(list(priorities), list(draft.carried_commitments.select_related("origin", "commitment").order_by("commitment__number")))
