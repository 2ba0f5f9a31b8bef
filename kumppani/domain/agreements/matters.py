"""What a body has to take up, read from live data: late promises, versions waiting for its approval, changes asked for, open action points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kumppani.domain.agreements.models import Agreement, AgreementVersion, ChangeRequest, Commitment, Measure
from kumppani.domain.agreements.queries import turn_of
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
    for version in proposed.select_related("agreement", "drafter").order_by("agreement__position", "number"):
        if organisation.key in turn_of(version):
            yield Matter("version", version.key, version.agreement.name)


def _asked(body: Body, organisation: Organisation) -> Iterator[Matter]:
    asked = ChangeRequest.objects.filter(agreement__in=_agreements(body, organisation), status=ChangeStatus.ASKED)
    requests = list(asked.select_related("agreement", "asked_for").order_by("agreement__position", "number"))
    names = _names([request.thing for request in requests])
    for request in requests:
        yield Matter("changerequest", request.key, names[request.thing], (request.asked_for,))


def _agreements(body: Body, organisation: Organisation) -> QuerySet[Agreement]:
    return Agreement.objects.filter(programme=body.programme, versions__signatories__organisation=organisation).distinct()


def _names(keys: list[str]) -> dict[str, Text]:
    promises = Commitment.objects.filter(key__in=keys).values_list("key", "subject")
    return {**dict(promises), **dict(Measure.objects.filter(key__in=keys).values_list("key", "title"))}
