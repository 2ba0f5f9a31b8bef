"""One measure of an action plan: what is done, by whom, from when to when, and how far it is on the day asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.domain.agreements.rules import MeasureState, is_stale_on, last_said_on, measure_state_on
from kumppani.web.asked import as_of
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.history import with_known
from kumppani.web.portal.present import backed_words, downloads_of, party, sources_used


@page
@with_known("measure")
def measure(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of a measure."""
    asked = as_of(request.GET, place.programme)
    found = load.measure(place.viewer, place.programme, key)
    rows = [row for row in visible.evidence(place.viewer, place.programme, root=found.agreement.key) if row.key == found.key]
    book = EvidenceBook(rows)
    state = measure_state_on(found, asked.day)
    context = {
        "asof": asked,
        "measure": found,
        "agreement": found.agreement,
        "state": state,
        "is_stated": state is not MeasureState.NOT_YET_STATED,
        "is_stale": is_stale_on(found, asked.day),
        "last_said_on": last_said_on(found),
        "reported": found.reported_on is not None and found.reported_on <= asked.day,
        "progress": backed_words(book, "measure", found.key, "progress", place.language),
        "lead": party(found.lead, asked.day),
        "partners": [party(partner, asked.day) for partner in found.partners.all()],
        "title": backed_words(book, "measure", found.key, "title", place.language),
        "sources": sources_used(rows),
        "downloads": downloads_of(place, "measures", found.key, asked),
        "linked": linked.measure(place, found, asked.day),
    }
    return show(request, place, "portal/measure.html", context)
