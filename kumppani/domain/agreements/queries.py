"""Questions about agreements that acts and pages both ask."""

from __future__ import annotations

from kumppani.domain.agreements.models import Agreement, Signatory


def parties_of(agreement: Agreement) -> frozenset[str]:
    """Keys of the organisations whose agreement it is: the signatories of any of its versions."""
    return frozenset(Signatory.objects.filter(version__agreement=agreement).values_list("organisation__key", flat=True))
