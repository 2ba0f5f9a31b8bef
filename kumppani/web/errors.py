"""Refusals and mistakes as pages: what is wrong, in the reader's language, and where to go from here."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from kumppani.kernel.errors import Missing, NotAllowed, Refusal, RuleBroken, TooLarge
from kumppani.kernel.text import _
from kumppani.web.framing import framed
from kumppani.web.place import Place, place_of

logger = logging.getLogger(__name__)


def refusal_page(request: HttpRequest, refusal: Refusal, place: Place | None = None) -> HttpResponse:
    """The page (or, for machines, the JSON) that says a refusal."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"code": refusal.code, "message": str(refusal.reason)}, status=refusal.status)
    return _page(request, refusal.code, str(refusal.reason), refusal.status, place or place_of(request.path_info))


def _page(request: HttpRequest, code: str, reason: str, status: int, place: Place | None = None) -> HttpResponse:
    """Below /embed/ what stands in a frame, which may be framed as the page asked for may."""
    embedded = request.path_info.startswith("/embed/")
    base = "embed.html" if embedded else "base.html"
    context = {"place": place, "code": code, "reason": reason, "status": status, "embedded": embedded, "base": base}

    def shown(_request: HttpRequest) -> HttpResponse:
        return render(request, "error.html", context, status=status)

    return framed(shown)(request) if embedded else shown(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 from Django itself; 413 for more than is read at once."""
    if isinstance(exception, RequestDataTooBig):
        return refusal_page(request, TooLarge("too-large", _("That was more than is taken at once. Shorten it and send it again.")))
    return refusal_page(request, RuleBroken("bad-request", _("The request cannot be read.")))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 from Django itself."""
    return refusal_page(request, NotAllowed("not-permitted", _("You are not permitted to see this.")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 from Django itself: no such address."""
    return refusal_page(request, Missing("no-such-page", _("There is no page at this address.")))


def csrf_failure(request: HttpRequest, reason: str = "", **_more: Any) -> HttpResponse:
    """A form that came without its secret: too old, or from elsewhere."""
    return refusal_page(request, NotAllowed("form-expired", _("The form is too old or came from another site. Open it again and send it anew.")))


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours. Says so, asks for nothing."""
    logger.error("A page could not be shown")
    sentence = str(_("Something went wrong on our side. Try again in a moment."))
    if request.path_info.startswith("/api/"):
        return JsonResponse({"code": "our-mistake", "message": sentence}, status=500)
    return _page(request, "our-mistake", sentence, 500)
