"""The feed of what changed, in the reader's language, newest first."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kumppani.access.changes import Change, public_events, tell
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Text, _
from kumppani.rendering.feeds import Entry, Feed, atom
from kumppani.web.asked import page_number
from kumppani.web.page import page
from kumppani.web.place import Place

ENTRIES = 100
"""On a page of the feed."""

SINCE = 2026
"""The year in which the addresses of entries were first given out (RFC 4151): never changes, whatever else does."""


@page
def feed(request: HttpRequest, place: Place) -> HttpResponse:
    """A page of the feed; older entries stand on the next one."""
    number = page_number(request.GET)
    events = public_events(place.viewer, place.programme)
    found = list(events[(number - 1) * ENTRIES : number * ENTRIES + 1])
    if not found and number > 1:
        raise Missing("no-such-page", _("There is no page {page} of this feed.", page=number))
    name = Text(place.programme.name).pick(place.language).value
    training = place.programme.is_training
    content = atom(
        Feed(
            id=tag(place, "feed"),
            title=str(_("Training data: changes to {programme}", programme=name) if training else _("Changes to {programme}", programme=name)),
            subtitle=str(SUBTITLE_OF_TRAINING if training else SUBTITLE),
            language=place.language,
            address=_page_of(place, number),
            page=place.absolute(place.to("home")),
            author=settings.OPERATOR or str(_("Operator not set")),
            rights=settings.DATA_LICENCE or str(_("Licence not set")),
            entries=[_entry(place, change) for change in tell(place.programme, found[:ENTRIES])],
            next=_page_of(place, number + 1) if len(found) > ENTRIES else None,
            previous=_page_of(place, number - 1) if number > 1 else None,
        )
    )
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    if training:
        response["X-Robots-Tag"] = "noindex"
    return response


SUBTITLE = _("What was recorded, published, corrected and withdrawn.")
SUBTITLE_OF_TRAINING = _("Every city, organisation, agreement and euro in this feed is invented. Nothing here is a real decision.")


def _entry(place: Place, change: Change) -> Entry:
    subject = change.subject
    path = place.to(subject.page, **({"key": subject.page_key} if subject.page_key else {}))
    return Entry(id=tag(place, f"change/{change.number}"), title=change.said(place.language), updated=change.at, link=place.absolute(path))


def _page_of(place: Place, number: int) -> str:
    address = place.absolute(place.to("feed"))
    return address if number == 1 else f"{address}?page={number}"


def tag(place: Place, what: str) -> str:
    """A tag address: the same for ever, and different in each language, whose words differ."""
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{SINCE}:{place.programme.key}/{what}/{place.language}"
