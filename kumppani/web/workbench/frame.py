"""What every page of the workbench shares: who works is known and has a part here, the page is theirs alone, and a refusal is shown in its place."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kumppani.access.viewer import Viewer
from kumppani.kernel.errors import NotAllowed, Refusal
from kumppani.kernel.text import _
from kumppani.web.errors import refusal_page
from kumppani.web.framing import View
from kumppani.web.place import Place, find_place
from kumppani.web.signin.session import signed_in, to_sign_in


def work_page(view: View) -> View:
    """A page for who is signed in and has a part in the programme: view(request, place, **rest of the address). Kept by nobody."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def showing(request: HttpRequest, lang: str, programme: str | None = None, **rest: Any) -> HttpResponse:
        place = find_place(lang, programme)
        who = signed_in(request)
        if who is None:
            return to_sign_in(request, place)
        place = replace(place, viewer=who.viewer, reader=who.name)
        try:
            check_has_part(who.viewer, place)
            response = view(request, place, **rest)
        except Refusal as refusal:
            response = refusal_page(request, refusal, place)
        response["Cache-Control"] = "no-store"
        return response

    return showing


def check_has_part(viewer: Viewer, place: Place) -> None:
    """Refuses somebody who has no role in the programme today."""
    if not any(grant.programme in (None, place.programme.key) for grant in viewer.grants):
        raise NotAllowed("no-part-here", _("You have no role in this programme. Who administers it can give you one."))
