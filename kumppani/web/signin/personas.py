"""Signing in and out. Personas of a training programme sign in by one click, where the installation offers that: never in production."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kumppani.access.people import persona, personas
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _
from kumppani.web.forms import check_page
from kumppani.web.page import form_page, show
from kumppani.web.place import Place, find_place
from kumppani.web.signin.session import begin


@form_page
def sign_in(request: HttpRequest, place: Place) -> HttpResponse:
    """Ways to sign in; in a training programme the invented people, each with a button."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted = asked.get("next", "")
    check_page(wanted)
    if request.method == "POST":
        return _as_persona(request, place, wanted)
    offered = personas(place.programme) if settings.PERSONAS else []
    context = {"personas": offered, "can_practise": settings.PERSONAS, "next": wanted}
    return show(request, place, "signin/sign_in.html", context)


def _as_persona(request: HttpRequest, place: Place, wanted: str) -> HttpResponse:
    key = request.POST.get("persona", "")
    person = persona(place.programme, key) if settings.PERSONAS else None
    if person is None:
        raise Missing("no-such-persona", _("There is nobody here to sign in as under that name."))
    begin(request, person)
    return HttpResponse(status=303, headers={"Location": wanted or place.to("work-home")})


@require_POST
def sign_out(request: HttpRequest, lang: str, programme: str | None = None) -> HttpResponse:
    """Ends the session and leads to the front page."""
    place = find_place(lang, programme)
    auth.logout(request)
    return HttpResponse(status=303, headers={"Location": place.to("home")})
