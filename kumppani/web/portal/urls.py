"""Addresses of the portal, below a language and perhaps a programme."""

from __future__ import annotations

from django.urls import URLPattern, path

from kumppani.web.page import embeddable
from kumppani.web.portal import (
    accessibility,
    agreement,
    agreements,
    body,
    commitment,
    compare,
    data,
    ecosystem,
    feed,
    feedback,
    files,
    gallery,
    history,
    history_feed,
    home,
    measure,
    organisation,
    priority,
    programmes,
    search,
    theme,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<slug:key>/", agreement.agreement, name="agreement"),
    path("priorities/<slug:key>/", priority.priority, name="priority"),
    path("commitments/<slug:key>/", commitment.commitment, name="commitment"),
    path("measures/<slug:key>/", measure.measure, name="measure"),
    path("themes/", theme.themes, name="themes"),
    path("themes/<str:key>/", theme.theme, name="theme"),
    path("ecosystems/", ecosystem.ecosystems, name="ecosystems"),
    path("ecosystems/<slug:key>/", ecosystem.ecosystem, name="ecosystem"),
    path("organisations/", organisation.organisations, name="organisations"),
    path("organisations/<slug:key>/", organisation.organisation, name="organisation"),
    path("bodies/<slug:key>/", body.body, name="body"),
    path("bodies/<slug:key>/meetings.ics", body.calendar, name="body-calendar"),
    path("history/<slug:kind>/<slug:key>/", history.history, name="history"),
    path("history/<slug:kind>/<slug:key>/feed.atom", history_feed.history_feed, name="history-feed"),
    path("files/<slug:digest>/", files.file, name="file"),
    path("compare/", compare.compare, name="compare"),
    path("data/", data.data, name="data"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("feed.atom", feed.feed, name="feed"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/<int:number>/", feedback.feedback_item, name="feedback-item"),
    path("search/", search.search, name="search"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("gallery/", gallery.gallery, name="gallery"),
]

EMBEDDABLE: frozenset[str] = frozenset(
    {
        *("home", "agreements", "agreement", "priority", "commitment", "measure", "themes", "theme", "ecosystems", "ecosystem"),
        *("organisations", "organisation", "compare", "data"),
    }
)
"""Names of the views that others may show in a frame; each has a second address, named embed-NAME, below /embed/."""


def _framed(pattern: URLPattern) -> URLPattern:
    return path(str(pattern.pattern), embeddable(pattern.callback), name=f"embed-{pattern.name}")


embed_patterns = [_framed(pattern) for pattern in urlpatterns if pattern.name in EMBEDDABLE]
