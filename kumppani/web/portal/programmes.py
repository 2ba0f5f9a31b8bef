"""The chooser of programmes: the one page, beside the interface's own list, that knows of more than one."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from kumppani.access import visible
from kumppani.web.page import page, show
from kumppani.web.place import Place


@page
def programmes(request: HttpRequest, place: Place) -> HttpResponse:
    """Every programme of this installation, with where to find it."""
    found = [(programme, replace(place, programme=programme).to("home")) for programme in visible.programmes(place.viewer)]
    return show(request, place, "portal/programmes.html", {"programmes": found})
