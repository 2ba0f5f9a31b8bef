"""What search engines read: which pages a programme has, in which languages, and what they should leave alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from kumppani.access import load, meetings, visible
from kumppani.access.kept import answer
from kumppani.access.viewer import STRANGER
from kumppani.kernel.text import LANGUAGES
from kumppani.rendering.sitemaps import MOST_ADDRESSES, sitemap, sitemap_index
from kumppani.web.asked import page_number
from kumppani.web.place import Place

PAGES_OF_A_FILE = MOST_ADDRESSES // len(LANGUAGES)

FIXED = ("home", "agreements", "themes", "ecosystems", "organisations", "compare", "data", "accessibility", "feedback", "programmes")
"""Pages of which each programme has one. Searches and galleries are for no search engine."""


@require_safe
def of_default(request: HttpRequest) -> HttpResponse:
    """The sitemap of the default programme."""
    return answer(request, lambda: _sitemap(request, settings.DEFAULT_PROGRAMME))


@require_safe
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """The sitemap of another programme."""
    if programme == settings.DEFAULT_PROGRAMME:
        return HttpResponsePermanentRedirect(reverse("sitemap"))
    return answer(request, lambda: _sitemap(request, programme))


def _sitemap(request: HttpRequest, programme: str) -> HttpResponse:
    place = Place(LANGUAGES[0], load.programme(STRANGER, programme))
    pages = list(pages_of(place))
    if len(pages) > PAGES_OF_A_FILE and "page" not in request.GET:
        count = -(-len(pages) // PAGES_OF_A_FILE)
        content = sitemap_index(f"{place.absolute(request.path)}?page={number}" for number in range(1, count + 1))
    else:
        start = (page_number(request.GET) - 1) * PAGES_OF_A_FILE
        content = sitemap(_in_each_language(place, name, kwargs) for name, kwargs in pages[start : start + PAGES_OF_A_FILE])
    response = HttpResponse(content, content_type="application/xml")
    if place.programme.is_training:
        response["X-Robots-Tag"] = "noindex"
    return response


def pages_of(place: Place) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page of a programme: its name and what its address takes."""
    viewer, programme = place.viewer, place.programme
    yield from ((name, {}) for name in FIXED)
    yield from (("theme", {"key": theme.key}) for theme in visible.categories(viewer, programme, "themes"))
    for name, things in (
        ("agreement", visible.agreements(viewer, programme)),
        ("priority", visible.priorities(viewer, programme)),
        ("commitment", visible.commitments(viewer, programme)),
        ("measure", visible.measures(viewer, programme)),
        ("ecosystem", visible.ecosystems(viewer, programme)),
        ("organisation", visible.organisations(viewer, programme)),
        ("body", meetings.bodies(viewer, programme)),
    ):
        yield from ((name, {"key": key}) for key in things.prefetch_related(None).values_list("key", flat=True))


def _in_each_language(place: Place, name: str, kwargs: dict[str, str]) -> dict[str, str]:
    return {language: place.absolute(place.in_language(language).to(name, **kwargs)) for language in LANGUAGES}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The default programme may be indexed but for endless searches and pages for frames; training pages say of themselves that they may not be."""
    return answer(request, _robots)


def _robots() -> HttpResponse:
    searches = [f"Disallow: /{language}/search/" for language in LANGUAGES]
    lines = ["User-agent: *", "Disallow: /embed/", *searches, "", f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
