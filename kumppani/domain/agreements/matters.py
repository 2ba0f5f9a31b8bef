"""What a body has to take up, read from live data: late promises, versions waiting for its approval, changes asked for, open action points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from kumppani.domain.agreements.models import Agreement, AgreementVersion, ChangeRequest, Commitment, Measure, Signatory
from kumppani.domain.agreements.rules import CommitmentState, commitment_state_on
from kumppani.domain.agreements.states import ChangeStatus, VersionStatus
from kumppani.domain.bodies.models import Body
from kumppani.domain.bodies.queries import open_action_points
from kumppani.domain.parties.models import Organisation
from kumppani.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to take up: its kind and key as in the journal, its own name, and whose affair it is (nobody's in particular where empty)."""

    kind: str
    key: str
    title: Text
    concerned: tuple[Organisation, ...] = ()

    @property
    def place(self) -> str:
        """Kind and key in one word, for forms."""
        return f"{self.kind}:{self.key}"


def matters_of(body: Body, today: date) -> list[Matter]:
    """All that waits for a body today: of the agreements its organisation has signed or is to sign, and after its own meetings."""
    organisation = body.organisation
    points = (Matter("actionpoint", point.key, point.what) for point in open_action_points(body))
    return [*_late(body, organisation, today), *_waiting(body, organisation), *_asked(body, organisation), *points]


def _late(body: Body, organisation: Organisation, today: date) -> Iterator[Matter]:
    owed = Commitment.objects.filter(agreement__in=_agreements(body, organisation), due_on__lt=today)
    for commitment in owed.select_related("promised_by").order_by("due_on", "key"):
        if commitment_state_on(commitment, today) is CommitmentState.LATE:
            yield Matter("commitment", commitment.key, commitment.subject, (commitment.promised_by,))


def _waiting(body: Body, organisation: Organisation) -> Iterator[Matter]:
    proposed = AgreementVersion.objects.filter(agreement__in=_agreements(body, organisation), status=VersionStatus.PROPOSED)
    signatories = Prefetch("signatories", Signatory.objects.select_related("organisation").prefetch_related("approvals"))
    for version in proposed.select_related("agreement").prefetch_related(signatories).order_by("agreement__position", "number"):
        if any(one.organisation == organisation and not _has_approved(version, one) for one in version.signatories.all()):
            yield Matter("version", version.key, version.agreement.name)


def _has_approved(version: AgreementVersion, signatory: Signatory) -> bool:
    return any(approval.content_digest == version.proposed_digest for approval in signatory.approvals.all())


def _asked(body: Body, organisation: Organisation) -> Iterator[Matter]:
    asked = ChangeRequest.objects.filter(agreement__in=_agreements(body, organisation), status=ChangeStatus.ASKED)
    requests = list(asked.select_related("agreement", "asked_for").order_by("agreement__position", "number"))
    things: dict[str, list[str]] = defaultdict(list)
    for request in requests:
        things[request.kind].append(request.thing)
    names = _names(things)
    for request in requests:
        yield Matter("changerequest", request.key, names[request.thing], (request.asked_for,))


def _agreements(body: Body, organisation: Organisation) -> QuerySet[Agreement]:
    return Agreement.objects.filter(programme=body.programme, versions__signatories__organisation=organisation).distinct()


def _names(things: Mapping[str, list[str]]) -> dict[str, Text]:
    """What a kind's things are called; asked only of kinds that occur."""
    return {key: name for kind, keys in things.items() for key, name in NAMED[kind](keys)}


NAMED: Mapping[str, Callable[[list[str]], Iterable[tuple[str, Text]]]] = {
    "commitment": lambda keys: Commitment.objects.filter(key__in=keys).values_list("key", "subject"),
    "measure": lambda keys: Measure.objects.filter(key__in=keys).values_list("key", "title"),
}
"""Kinds whose change can be asked for."""
