"""What waits for who is signed in, and what they may do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kumppani.access import work
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page


@work_page
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """My work: negotiations with whose turn it is, mine first."""
    found = work.negotiations(place.viewer, place.programme)
    context = {"negotiations": found, "mine": sum(one.is_mine for one in found), "roles": work.roles(place.viewer, place.programme)}
    return show(request, place, "workbench/home.html", context)
