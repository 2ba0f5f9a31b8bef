"""Whose workbooks somebody may download and hand in."""

from __future__ import annotations

from kumppani.access.checks import can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement
from kumppani.domain.agreements.queries import parties_of, parties_of_each
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


def agreements_to_fill(viewer: Viewer, programme: Programme) -> list[Agreement]:
    """The agreements, published or not, whose workbook this viewer may load, in their order. Two queries."""
    parties = parties_of_each(programme)
    return [
        agreement
        for agreement in Agreement.objects.filter(programme=programme).order_by("position")
        if viewer.may(Permission.LOAD_WORKBOOK, programme.key, parties.get(agreement.key, frozenset()))
    ]


def agreement_of_job(programme: str, key: str) -> Agreement:
    """The agreement a job is about, which its person saw when they asked. What they may do with it now, the act itself checks."""
    found = Agreement.objects.select_related("programme").filter(programme__key=programme, key=key).first()
    if found is None:
        raise Missing("not-found", _("There is no agreement “{key}” here.", key=key))
    return found


def may_load(viewer: Viewer, programme: str, key: str) -> bool:
    """Whether this viewer may load the workbook of an agreement now."""
    found = Agreement.objects.filter(programme__key=programme, key=key).first()
    return found is not None and can(viewer, Permission.LOAD_WORKBOOK, programme, of=parties_of(found))
