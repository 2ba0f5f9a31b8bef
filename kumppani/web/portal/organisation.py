"""Organisations: who they are, over time, and what part they have in the programme's agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.access.roles import ROLES, Role, roles
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, commitment_state_on, measure_state_on
from kumppani.domain.parties.rules import check_kind
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.asked import as_of, page_number
from kumppani.web.components import share
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.ecosystem import TIES
from kumppani.web.portal.history import with_known
from kumppani.web.portal.present import IDENTIFIER_SCHEMES, ORGANISATION_KINDS, Backed, Party, backed, backed_words, downloads_of, party, sources_used

ROLE_WORDS: dict[str, Message] = {
    "signatory": _("Has signed"),
    "negotiator": _("Took part in the negotiations of"),
    "cooperation_party": _("Cooperates in"),
    "decider": _("Decides on the funding of"),
    "promises": _("Made promises in"),
    "leads": _("Leads measures in"),
    "partner": _("Is a partner in measures of"),
}
"""What an organisation does in an agreement, before the agreement's name."""

OF_AGREEMENT = ("signatory", "negotiator", "cooperation_party", "decider")
"""Roles told by agreement; promises and measures are listed one by one."""

ON_A_PAGE = 100
"""Organisations."""


class Part(NamedTuple):
    """A kind of part, and the agreements in which the organisation has it."""

    kind: str
    words: Message
    roles: Sequence[tuple[Role, Backed]]

    @property
    def agreements(self) -> int:
        """How many agreements: signing a second version of one does not make two."""
        return len({role.agreement_key for role, _proof in self.roles})


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in the list, with how many agreements it has each kind of part in."""

    organisation: Any
    name: Text
    kind: Message
    parts: Sequence[tuple[Message, int]]


@page
def organisations(request: HttpRequest, place: Place) -> HttpResponse:
    """The list, by kind where one is asked for."""
    kind = request.GET.get("kind", "").strip()
    if kind:
        check_kind(kind)
    number = page_number(request.GET)
    found = visible.organisations(place.viewer, place.programme).prefetch_related(None).prefetch_related("names")
    counted = Paginator(found.filter(kind=kind) if kind else found, ON_A_PAGE)
    day = clock.today(place.programme.time_zone)
    lines = _lines(counted.page(min(number, counted.num_pages)).object_list, roles(place.viewer, place.programme), day)
    context = {
        "lines": lines,
        "total": counted.count,
        "number": number,
        "pages": counted.num_pages,
        "kind": kind,
        "downloads": share.downloads(place, "organisations"),
        "kinds": [(key, words) for key, words in ORGANISATION_KINDS.items()],
    }
    return show(request, place, "portal/organisations.html", context)


def _lines(found: Iterable[Any], parts: Iterable[Role], day: date) -> list[Line]:
    agreements: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for role in parts:
        agreements[role.organisation][role.kind].add(role.agreement_key)
    return [
        Line(
            one,
            one.name_on(day),
            ORGANISATION_KINDS[one.kind],
            [(ROLE_WORDS[kind], len(agreements[one.pk][kind])) for kind in ROLES if agreements[one.pk][kind]],
        )
        for one in found
    ]


@page
@with_known("organisation")
def organisation(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of an organisation on the day asked for."""
    asked = as_of(request.GET, place.programme)
    found = load.organisation(place.viewer, place.programme, key)
    parts = [role for role in roles(place.viewer, place.programme, organisation=found) if role.began_by(asked.day)]
    rows = list(_evidence(place, key, parts))
    book = EvidenceBook(rows)
    name = found.name_on(asked.day)
    context = {
        "asof": asked,
        "organisation": found,
        "name": name,
        "kind": ORGANISATION_KINDS[found.kind],
        "exists": asked.day in found.period,
        "names": [(one, _name_evidence(book, found, one, place.language)) for one in found.names.all()],
        "identifiers": [
            (IDENTIFIER_SCHEMES[one.scheme], one.value, backed(book, "organisation", key, f"identifier.{one.scheme}"))
            for one in found.identifiers.all()
        ],
        "no_business_id": book.chosen("organisation", key, "identifier.business_id"),
        "parent": party(found.parent, asked.day, backed(book, "organisation", key, "parent")) if found.parent else None,
        "successor": party(found.successor, asked.day, backed(book, "organisation", key, "successor")) if found.successor else None,
        **_relatives(place, found, asked.day),
        "parts": _parts(book, key, parts, asked.day),
        **_work(place, found, asked.day),
        **_ecosystems(place, found, asked.day),
        "sources": sources_used(rows),
        "downloads": downloads_of(place, "organisations", key, asked),
        "linked": linked.organisation(place, found, asked.day),
    }
    return show(request, place, "portal/organisation.html", context)


def _evidence(place: Place, key: str, parts: Sequence[Role]) -> Iterable[Any]:
    """The organisation's own evidence, and that of its parts in agreements."""
    roots = [key, *sorted({role.agreement_key for role in parts})]
    own = Q(root=key) | Q(kind__in=("signatory", "negotiator", "cooperation_party"), key__endswith=f"/{key}") | Q(kind="agreement", field="decider")
    return visible.evidence(place.viewer, place.programme, roots=roots).filter(own)


def _name_evidence(book: EvidenceBook, found: Any, name: Any, language: str) -> Backed:
    """A first name is evidence of the organisation itself; a later one has its own."""
    later = f"{found.key}/name/{name.valid_from.isoformat()}" if name.valid_from else ""
    renamed = backed_words(book, "organisation_name", later, "name", language)
    return renamed if renamed.row else backed_words(book, "organisation", found.key, "name", language)


def _relatives(place: Place, found: Any, day: date) -> dict[str, list[Party]]:
    """Its parts and those it succeeds, as this programme knows them."""
    rows = visible.organisations(place.viewer, place.programme).prefetch_related(None).prefetch_related("names")
    relatives = list(rows.filter(Q(parent=found) | Q(successor=found)))
    return {
        "parts_of_it": [party(one, day) for one in relatives if one.parent_id == found.pk],
        "predecessors": [party(one, day) for one in relatives if one.successor_id == found.pk],
    }


def _parts(book: EvidenceBook, key: str, parts: Sequence[Role], day: date) -> list[Part]:
    """What it signs, negotiates, cooperates in and decides for; a cooperation that has ended that day is left out."""
    shown = [role for role in parts if role.kind != "cooperation_party" or day in role.period]
    by_kind = {kind: [(role, _role_evidence(book, key, role)) for role in shown if role.kind == kind] for kind in OF_AGREEMENT}
    return [Part(kind, ROLE_WORDS[kind], found) for kind, found in by_kind.items() if found]


def _role_evidence(book: EvidenceBook, key: str, role: Role) -> Backed:
    agreement = role.agreement_key
    places = {
        "signatory": ("signatory", f"{agreement}/{role.version}/{key}", "organisation"),
        "negotiator": ("negotiator", f"{agreement}/{role.version}/negotiator/{key}", "organisation"),
        "cooperation_party": ("cooperation_party", f"{agreement}/{key}", "organisation"),
        "decider": ("agreement", agreement, "decider"),
    }
    return backed(book, *places[role.kind])


def _work(place: Place, found: Any, day: date) -> dict[str, Any]:
    """What it promised and what it leads or takes part in, by the state of that day."""
    promised = visible.commitments(place.viewer, place.programme).prefetch_related(None).filter(promised_by=found)
    measures = visible.measures(place.viewer, place.programme).prefetch_related(None).filter(Q(lead=found) | Q(partners=found))
    commitments = list(promised)
    prefetch_related_objects([one.promised_to for one in commitments], "names")
    return {
        "commitments": [
            (one, state, one.promised_to.name_on(day))
            for one in commitments
            if (state := commitment_state_on(one, day)) is not CommitmentState.NOT_YET_MADE
        ],
        "measures": [(one, done) for one in measures if (done := measure_state_on(one, day)) is not MeasureState.NOT_YET_STATED],
    }


def _ecosystems(place: Place, found: Any, day: date) -> dict[str, Any]:
    """Which ecosystems it orchestrates, and which it belongs to that day, by which tie."""
    ties = visible.ecosystem_ties(place.viewer, place.programme).filter(organisation=found)
    return {
        "orchestrated": visible.ecosystems(place.viewer, place.programme).prefetch_related(None).filter(orchestrator=found),
        "ties": [(tie.ecosystem, TIES[tie.tie], tie.period) for tie in ties if day in tie.period],
    }
