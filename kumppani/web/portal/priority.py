"""One strategic priority of an agreement: who works on it, where, on the day asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.domain.agreements.rules import (
    CommitmentState,
    MeasureState,
    Validity,
    commitment_state_on,
    measure_state_on,
    validity_on,
    version_on,
)
from kumppani.web.asked import as_of
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.history import with_known
from kumppani.web.portal.present import backed, backed_words, bounds_of, downloads_of, party, sources_used


@page
@with_known("priority")
def priority(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of a priority."""
    asked = as_of(request.GET, place.programme)
    found = load.priority(place.viewer, place.programme, key)
    rows = list(visible.evidence(place.viewer, place.programme, root=found.agreement.key))
    book = EvidenceBook(rows)
    bounds = bounds_of(found, version_on(found.agreement.versions.all(), asked.day))
    validity = validity_on(bounds, asked.day)
    context = {
        "asof": asked,
        "priority": found,
        "agreement": found.agreement,
        "bounds": bounds,
        "validity": validity,
        "is_valid": validity is Validity.IN_FORCE,
        "title": backed_words(book, "priority", found.key, "title", place.language),
        "described": backed_words(book, "priority", found.key, "description", place.language),
        "mapping": backed(book, "priority", found.key, "themes"),
        "territory": visible.municipalities(place.viewer, place.programme)
        .prefetch_related(None)
        .filter(territories__agreement=found.agreement)
        .order_by("territories__position"),
        "ecosystems": visible.ecosystems(place.viewer, place.programme).prefetch_related(None).filter(priorities=found),
        "gaps": {name: book.chosen("agreement", found.agreement.key, name) for name in ("commitments", "action_plan")},
        "sources": sources_used(row for row in rows if row.key == found.key),
        "downloads": downloads_of(place, "priorities", found.key, asked),
        "linked": linked.priority(place, found),
        **_work(place, found, asked.day),
    }
    return show(request, place, "portal/priority.html", context)


def _work(place: Place, found: Any, day: date) -> dict[str, Any]:
    """Measures and promises under the priority, and the organisations that carry them; those not yet there that day left out."""
    measures = list(visible.measures(place.viewer, place.programme).prefetch_related(None).filter(priority=found).prefetch_related("partners"))
    commitments = list(visible.commitments(place.viewer, place.programme).prefetch_related(None).filter(priority=found))
    promising = [person for one in commitments for person in (one.promised_by, one.promised_to)]
    prefetch_related_objects([*promising, *(who for one in measures for who in (one.lead, *one.partners.all()))], "names")
    lines = [(one, state) for one in measures if (state := measure_state_on(one, day)) is not MeasureState.NOT_YET_STATED]
    promised = [(one, kept) for one in commitments if (kept := commitment_state_on(one, day)) is not CommitmentState.NOT_YET_MADE]
    working = {who.key: who for one, _state in lines for who in (one.lead, *one.partners.all())}
    return {
        "measures": [(one, state, one.lead.name_on(day)) for one, state in lines],
        "commitments": [(one, state, one.promised_by.name_on(day)) for one, state in promised],
        "organisations": [party(who, day) for who in working.values()],
    }
