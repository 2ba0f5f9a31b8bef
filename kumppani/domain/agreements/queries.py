"""Questions about agreements that acts and pages both ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kumppani.domain.agreements.models import Agreement, AgreementVersion, Approval, Clause, Signatory
from kumppani.domain.agreements.states import VersionStatus
from kumppani.domain.agreements.turns import whose_turn
from kumppani.domain.agreements.wording import Figures, Worded, content_digest
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.periods import Period

SIGNED = (VersionStatus.SIGNED, VersionStatus.CLOSED)


def parties_of(agreement: Agreement) -> frozenset[str]:
    """Keys of the organisations whose agreement it is: the signatories of its signed versions; before any is signed, those who negotiate it."""
    rows = Signatory.objects.filter(version__agreement=agreement).values_list("organisation__key", "version__status")
    return _signed_first(list(rows))


def parties_of_each(programme: Programme) -> dict[str, frozenset[str]]:
    """The same of all agreements of a programme, by their keys, in one query."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Signatory.objects.filter(version__agreement__programme=programme)
    for agreement, key, status in rows.values_list("version__agreement__key", "organisation__key", "version__status"):
        found[agreement].append((key, status))
    return {agreement: _signed_first(parties) for agreement, parties in found.items()}


def _signed_first(rows: Sequence[tuple[str, str]]) -> frozenset[str]:
    signed = frozenset(key for key, status in rows if status in SIGNED)
    return signed or frozenset(key for key, _status in rows)


def signatories_of(version: AgreementVersion) -> list[str]:
    """Keys of those who sign, or are to sign, a version, in their order."""
    return list(Signatory.objects.filter(version=version).order_by("position").values_list("organisation__key", flat=True))


def approved_by(version: AgreementVersion) -> frozenset[str]:
    """Keys of the parties that approved exactly what is proposed."""
    rows = Approval.objects.filter(signatory__version=version, content_digest=version.proposed_digest).exclude(content_digest="")
    return frozenset(rows.values_list("signatory__organisation__key", flat=True))


def turn_of(version: AgreementVersion) -> frozenset[str]:
    """Keys of the parties whose turn it is."""
    drafter = version.drafter.key if version.drafter else ""
    return whose_turn(VersionStatus(version.status), drafter, signatories_of(version), approved_by(version))


def signed_periods(agreement: Agreement, *, but: AgreementVersion | None = None) -> list[Period]:
    """When its signed versions are in force: what is still negotiated is in force on no day."""
    return [version.period for version in agreement.versions.filter(status__in=SIGNED) if version != but]


def standing_clauses(version: AgreementVersion) -> list[Clause]:
    """The clauses of a version without those struck, in their order."""
    return list(Clause.objects.filter(version=version, is_struck=False).order_by("number"))


def figures_of(version: AgreementVersion) -> Figures:
    """What the record says for the places in a version's clauses; parties by their names on the day of signing, or today while nothing is signed."""
    day = version.signed_on or clock.today(version.agreement.programme.time_zone)
    signatories = Signatory.objects.filter(version=version).select_related("organisation").prefetch_related("organisation__names")
    names = [one.organisation.name_on(day) for one in signatories.order_by("position")]
    return Figures(
        agreement=version.agreement.name,
        parties=names,
        priorities=list(version.agreement.priorities.order_by("number").values_list("title", flat=True)),
        signed_on=version.signed_on,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )


def digest_of(version: AgreementVersion) -> str:
    """What parties approve, as it is now."""
    clauses: list[Worded] = list(standing_clauses(version))
    return content_digest(clauses, figures_of(version), signatories_of(version), version.authentic_language)
