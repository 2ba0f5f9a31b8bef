"""One commitment: who promised whom what, by when, and whether it was kept by the day asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.domain.agreements.rules import CommitmentState, commitment_state_on
from kumppani.web.asked import as_of
from kumppani.web.evidence import EvidenceBook
from kumppani.web.page import page, show
from kumppani.web.place import Place
from kumppani.web.portal import linked
from kumppani.web.portal.history import with_known
from kumppani.web.portal.present import backed, backed_words, downloads_of, party, sources_used

DAYS = ("promised_on", "due_on", "fulfilled_on", "released_on")


@page
@with_known("commitment")
def commitment(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page of a commitment."""
    asked = as_of(request.GET, place.programme)
    found = load.commitment(place.viewer, place.programme, key)
    rows = [row for row in visible.evidence(place.viewer, place.programme, root=found.agreement.key) if row.key == found.key]
    book = EvidenceBook(rows)
    state = commitment_state_on(found, asked.day)
    context = {
        "asof": asked,
        "commitment": found,
        "agreement": found.agreement,
        "state": state,
        "is_made": state is not CommitmentState.NOT_YET_MADE,
        "promised_by": party(found.promised_by, asked.day),
        "promised_to": party(found.promised_to, asked.day),
        "promise": backed_words(book, "commitment", found.key, "promise", place.language),
        "days": {field: backed(book, "commitment", found.key, field) for field in DAYS},
        "sources": sources_used(rows),
        "downloads": downloads_of(place, "commitments", found.key, asked),
        "linked": linked.commitment(place, found, asked.day),
    }
    return show(request, place, "portal/commitment.html", context)
