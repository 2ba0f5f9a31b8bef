"""The feed of what changed of one thing, in plain words with old and new values, newest first."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kumppani.access import history as past
from kumppani.kernel.text import _
from kumppani.rendering.feeds import Entry, Feed, atom
from kumppani.web.page import page
from kumppani.web.place import Place
from kumppani.web.portal.feed import SUBTITLE, SUBTITLE_OF_TRAINING, tag
from kumppani.web.portal.history import EVENTS, Told, told_of

NOTHING = "–"


@page
def history_feed(request: HttpRequest, place: Place, kind: str, key: str) -> HttpResponse:
    """The newest events of a thing's history; all of them stand on its page."""
    found = past.past_of(place.viewer, place.programme, kind, key)
    events = list(found.events[:EVENTS])
    name, training = past.name_of(found).pick(place.language).value, place.programme.is_training
    here, thing = place.absolute(place.to("history", kind=kind, key=key)), place.absolute(place.to(kind, key=key))
    content = atom(
        Feed(
            id=tag(place, f"history/{kind}/{key}"),
            title=str(_("Training data: changes to {programme}", programme=name) if training else _("Changes to {programme}", programme=name)),
            subtitle=str(SUBTITLE_OF_TRAINING if training else SUBTITLE),
            language=place.language,
            address=f"{here}feed.atom",
            page=here,
            author=settings.OPERATOR or str(_("Operator not set")),
            rights=settings.DATA_LICENCE or str(_("Licence not set")),
            entries=[
                Entry(tag(place, f"history/{event.number}"), told.sentence, event.at, thing, _summary(told))
                for event, told in zip(events, told_of(place, found, events), strict=True)
            ],
        )
    )
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _summary(told: Told) -> str:
    """Each field with what it said before and says after."""
    lines = []
    for line in told.lines:
        before, after = (", ".join(words.words for words in side) or NOTHING for side in (line.before, line.after))
        lines.append(f"{line.label}: {after}" if told.is_new else f"{line.label}: {before} → {after}")
    return "\n".join(lines)
