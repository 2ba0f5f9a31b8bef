"""Whose workbooks somebody may download and hand in."""

from __future__ import annotations

from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement
from kumppani.domain.agreements.queries import parties_of_each
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme


def agreements_to_fill(viewer: Viewer, programme: Programme) -> list[Agreement]:
    """The agreements, published or not, whose workbook this viewer may load, in their order. Two queries."""
    parties = parties_of_each(programme)
    return [
        agreement
        for agreement in Agreement.objects.filter(programme=programme).order_by("position")
        if viewer.may(Permission.LOAD_WORKBOOK, programme.key, parties.get(agreement.key, frozenset()))
    ]
