"""Signed heads of the journal: all that were published, and the last one of each chain."""

from __future__ import annotations

from collections.abc import Iterable

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.journal.models import SHARED, PublishedHead
from kumppani.domain.journal.signing import SignedHead
from kumppani.domain.programmes.models import Programme


def published() -> list[SignedHead]:
    """Every head that was published."""
    return _signed(PublishedHead.objects.order_by("chain", "number", "pk"))


def last(viewer: Viewer, programme: Programme) -> list[SignedHead]:
    """The last published head of the programme's chain, and that of what programmes share. Two queries."""
    found = (visible.heads(viewer, programme).filter(chain=chain).first() for chain in (programme.key, SHARED))
    return _signed(head for head in found if head)


def _signed(rows: Iterable[PublishedHead]) -> list[SignedHead]:
    return [SignedHead(row.chain, row.number, row.digest, row.at, row.public_key, row.signature) for row in rows]
