"""What waits for who is signed in, and what they may do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kumppani.access import inbox, work
from kumppani.access.checks import can
from kumppani.domain.parties.permissions import Permission
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.inbox import lines


@work_page
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """My work: all that waits, the most urgent first; then negotiations with whose turn it is."""
    negotiated = work.negotiations(place.viewer, place.programme)
    waits = lines(place, inbox.waiting(place.viewer, place.programme, negotiated))
    audits = can(place.viewer, Permission.READ_JOURNAL, place.programme.key)
    return show(request, place, "workbench/home.html", {"waits": waits, "negotiations": negotiated, "audits": audits})
