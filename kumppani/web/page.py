"""What every portal page shares: the place is found, the page is kept, and a template is rendered with what all pages need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kumppani.access.kept import answer
from kumppani.web.context import FRAME_NAMES
from kumppani.web.framing import View, framed
from kumppani.web.place import Place, find_place


def page(view: View) -> View:
    """A public page that anybody may read and keep: view(request, place, **rest of the address)."""

    @require_safe
    @wraps(view)
    def showing(request: HttpRequest, lang: str, programme: str | None = None, *, embedded: bool = False, **rest: Any) -> HttpResponse:
        def shown() -> HttpResponse:
            place = find_place(lang, programme, embedded=embedded)
            if programme is not None and place.is_default:
                return _canonical(request, lang, programme)
            return view(request, place, **rest)

        return answer(request, shown)

    return showing


def form_page(view: View) -> View:
    """A page with a form: made anew for each reader and kept by nobody; the form comes back to the same address. view(request, place, **rest)."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def showing(request: HttpRequest, lang: str, programme: str | None = None, **rest: Any) -> HttpResponse:
        place = find_place(lang, programme)
        if programme is not None and place.is_default and request.method != "POST":
            return _canonical(request, lang, programme)
        response = view(request, place, **rest)
        response["Cache-Control"] = "no-store"
        return response

    return showing


def _canonical(request: HttpRequest, lang: str, programme: str) -> HttpResponse:
    """The default programme has one address: the one without its key."""
    return HttpResponsePermanentRedirect(request.get_full_path().replace(f"/{lang}/p/{programme}/", f"/{lang}/", 1))


def embeddable(view: View) -> View:
    """The same page for a frame on somebody else's site: no other page of ours may be framed. Stands outside `page`, which keeps content only."""

    @wraps(view)
    def embedded(request: HttpRequest, **rest: Any) -> HttpResponse:
        return view(request, embedded=True, **rest)

    return framed(embedded)


def show(request: HttpRequest, place: Place, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Renders a template of the portal for a place. Templates extend `base`: the whole page, or what stands in a frame.

    A page that names something as the frame does would change the frame itself, as its language: ValueError.
    """
    if taken := context.keys() & FRAME_NAMES:
        raise ValueError(f"names of the frame: {', '.join(sorted(taken))}")
    base = "embed.html" if place.embedded else "base.html"
    return render(request, template, {"place": place, "base": base, **context}, status=status)
