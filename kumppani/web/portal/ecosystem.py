"""Ecosystems of the agreements: which there are, who orchestrates each, and who belongs to it, by which tie, on the day asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.domain.ecosystems.rules import Tie
from kumppani.kernel.text import Message, _
from kumppani.web.asked import as_of
from kumppani.web.components import share
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal.history import with_known
from kumppani.web.portal.present import Backed, Party, backed, backed_words, downloads_of, party, sources_used

TIES: dict[str, Message] = {
    Tie.PROJECT: _("Joint project"),
    Tie.MEMBERSHIP: _("Membership"),
    Tie.CONTRACT: _("Contract"),
    Tie.EVENT: _("Joint events"),
}
KINDS = ("ecosystem", "ecosystem_member", "ecosystem_priority")
"""Kinds of evidence that stand behind an ecosystem."""


class Line(NamedTuple):
    """An ecosystem in the list: who orchestrates it, and how many organisations belong to it that day."""

    ecosystem: Any
    orchestrator: Party
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """A tie as a page prints it: the organisation by its name that day, and what stands behind the tie."""

    organisation: Party
    tie: Message
    evidence: Backed


@page
def ecosystems(request: HttpRequest, place: Place) -> HttpResponse:
    """The list."""
    asked = as_of(request.GET, place.programme)
    lines = [
        Line(one, party(one.orchestrator, asked.day), len({tie.organisation_id for tie in one.members.all() if asked.day in tie.period}))
        for one in visible.ecosystems(place.viewer, place.programme)
    ]
    context = {"asof": asked, "lines": lines, "downloads": share.downloads(place, "ecosystems")}
    return show(request, place, "portal/ecosystems.html", context)


@page
@with_known("ecosystem")
def ecosystem(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of an ecosystem."""
    asked = as_of(request.GET, place.programme)
    found = load.ecosystem(place.viewer, place.programme, key)
    every = visible.evidence(place.viewer, place.programme, root=found.agreement.key).filter(kind__in=KINDS)
    rows = [row for row in every if row.key == key or row.key.startswith(f"{key}/")]
    book, ties = EvidenceBook(rows), list(found.members.all())
    holding = [tie for tie in ties if asked.day in tie.period]
    context = {
        "asof": asked,
        "ecosystem": found,
        "agreement": found.agreement,
        "name": backed_words(book, "ecosystem", key, "name", place.language),
        "described": backed_words(book, "ecosystem", key, "description", place.language),
        "orchestrator": party(found.orchestrator, asked.day, backed(book, "ecosystem", key, "orchestrator")),
        "members_count": len({tie.organisation_id for tie in holding}),
        "members": _members(book, key, holding, asked.day),
        "earlier": _members(book, key, [tie for tie in ties if tie.valid_to and tie.valid_to < asked.day], asked.day),
        "later": sum(1 for tie in ties if tie.valid_from > asked.day),
        "priorities": [(one, backed(book, "ecosystem_priority", f"{key}/{one.key}", "priority")) for one in found.priorities.all()],
        "sources": sources_used(rows),
        "downloads": downloads_of(place, "ecosystems", key, asked),
    }
    return show(request, place, "portal/ecosystem.html", context)


def _members(book: EvidenceBook, key: str, ties: Iterable[Any], day: date) -> list[Member]:
    found = [
        Member(party(tie.organisation, day, period=tie.period), TIES[tie.tie], backed(book, "ecosystem_member", f"{key}/{tie.number}", "tie"))
        for tie in ties
    ]
    return sorted(found, key=lambda one: one.organisation.key)
