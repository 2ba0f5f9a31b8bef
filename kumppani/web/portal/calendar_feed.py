"""Somebody's due dates and meetings for their calendar program, at an address whose secret stands for signing in."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from kumppani.access import inbox, recipients, work
from kumppani.access.inbox import Waiting
from kumppani.kernel import clock
from kumppani.kernel.errors import Refusal
from kumppani.kernel.text import _
from kumppani.rendering.calendars import Event, icalendar
from kumppani.web.errors import refusal_page
from kumppani.web.place import Place, find_place
from kumppani.web.templatetags.kumppani import plain
from kumppani.web.workbench.inbox import WHAT, WHERE


@require_safe
def calendar_feed(request: HttpRequest, lang: str, secret: str, programme: str | None = None) -> HttpResponse:
    """All that waits for them and has a date. Kept by nobody."""
    place = find_place(lang, programme)
    try:
        viewer = recipients.of_feed(secret)
    except Refusal as refusal:
        return refusal_page(request, refusal, place)
    with translation.override(lang):
        waits = inbox.waiting(viewer, place.programme, work.negotiations(viewer, place.programme))
        events = [_event(place, one, *(one.hours or (one.due_on, one.due_on))) for one in waits if one.due_on]
        body = icalendar(f"{_('My work')}, {plain(place.programme.name)}", events, language=lang)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})


def _event(place: Place, one: Waiting, starts: date, ends: date) -> Event:
    thing = "-".join(str(part) for part in one.at.values())
    return Event(
        uid=f"{one.kind}-{thing}-{place.programme.key}@{urlsplit(settings.PUBLIC_URL).hostname}",
        starts=starts,
        ends=ends,
        title=f"{plain(one.title)}: {WHAT[one.kind]}",
        stamped=clock.now(),
        address=place.absolute(place.to(WHERE[one.kind], **one.at)),
    )
