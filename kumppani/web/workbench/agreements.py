"""All agreements at a glance: what each side has promised, what is late, what is known, what is missing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kumppani.access import cockpit
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page


@work_page
def agreements(request: HttpRequest, place: Place) -> HttpResponse:
    """The matrix, with what is late on either side counted above it."""
    lines = cockpit.national(place.viewer, place.programme, clock.today(place.programme.time_zone))
    state, city = sum(line.state.late for line in lines), sum(line.city.late for line in lines)
    context = {
        "lines": lines,
        "may_open": bool(place.viewer.acts_for(Permission.OPEN_DRAFT, place.programme.key)),
        "late": state + city,
        "late_state": state,
        "late_city": city,
        "unpromised": sum(not line.state.made and not line.city.made for line in lines),
    }
    return show(request, place, "workbench/agreements.html", context)
