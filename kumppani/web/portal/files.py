"""Texts of agreements as files."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from kumppani.access import load
from kumppani.domain.documents import store
from kumppani.web.page import page
from kumppani.web.place import Place


@page
def file(_request: HttpRequest, place: Place, digest: str) -> HttpResponse:
    """A file that a published version names as its text: always saved, never shown as a page of ours, whatever is in it."""
    found = load.file(place.viewer, place.programme, digest)
    response = HttpResponse(store.read(settings.FILES_FOLDER, found.digest), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
