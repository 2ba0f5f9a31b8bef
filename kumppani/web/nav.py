"""What stands around every page: the sections in its head, the same page in other languages, and its permanent address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kumppani.kernel.text import LANGUAGES, _
from kumppani.web.place import Place

SECTIONS = (
    ("home", _("Home")),
    ("agreements", _("Agreements")),
    ("themes", _("Themes")),
    ("organisations", _("Organisations")),
    ("compare", _("Compare")),
    ("data", _("Data")),
)
WORK_SECTIONS = (
    ("work-home", _("My work")),
    ("work-agreements", _("Agreements")),
    ("work-rounds", _("Rounds")),
    ("work-bodies", _("Bodies")),
    ("work-workbooks", _("Follow-up")),
    ("desk-organisation", _("My organisation")),
    ("work-people", _("People")),
)
"""Of the workbench: what somebody who is signed in goes to."""

BELOW = {
    "work-round": "work-rounds",
    "work-round-draft": "work-rounds",
    "work-round-clause": "work-rounds",
    "work-round-new-clause": "work-rounds",
    "work-preferences": "work-home",
    "work-journal": "work-home",
    "work-feedback": "work-home",
    "work-feedback-item": "work-home",
    "work-follow-up": "work-workbooks",
    "work-agreement": "work-agreements",
    "work-opening": "work-agreements",
    "work-draft": "work-agreements",
    "work-clause": "work-agreements",
    "work-redline": "work-agreements",
    "work-commitment": "work-agreements",
    "work-measure": "work-agreements",
    "work-workbook": "work-workbooks",
    "work-workbook-load": "work-workbooks",
    "work-jobs": "work-workbooks",
    "work-job": "work-workbooks",
    "agreement": "agreements",
    "priority": "agreements",
    "commitment": "agreements",
    "measure": "agreements",
    "ecosystems": "agreements",
    "ecosystem": "agreements",
    "theme": "themes",
    "organisation": "organisations",
    "work-body": "work-bodies",
    "work-meeting": "work-bodies",
    "work-agenda": "work-bodies",
    "work-item": "work-bodies",
    "work-minutes": "work-bodies",
    "work-sessions": "work-home",
    "work-passkeys": "work-home",
}
"""Page → the section it lies in."""

# fmt: off
PUBLIC = frozenset(
    {
        "robots", "sitemap", "sitemap-of", "home", "agreements", "agreement", "priority", "commitment", "measure", "themes", "theme",
        "organisations", "organisation", "file", "compare", "data", "accessibility", "feed", "feedback", "feedback-item", "search",
        "programmes", "gallery", "history", "history-feed", "sign-in", "sign-out", "calendar-feed", "body", "body-calendar",
        "sign-in-code", "sign-in-authenticator", "sign-in-first", "sign-in-passkey", "sign-in-ask-link", "sign-in-link", "sign-in-break-glass",
        "sign-in-landing", "sign-in-leave", "sign-in-back",
        "ecosystems", "ecosystem",
    }
)
# fmt: on
"""Addresses that need no signing in, by name, besides the bare one, the open interface and the frames: every other one is of the workbench."""

LANGUAGE_NAMES = {"fi": "suomeksi", "sv": "på svenska", "en": "in English"}
"""Each in its own language, whatever the reader's."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the menu. `current` is the value of aria-current: "page" on the page itself, "true" below it, else empty."""

    path: str
    label: str
    current: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The page in one language."""

    language: str
    name: str
    path: str
    is_current: bool


def path_of(place: Place | None, language: str, name: str, **kwargs: object) -> str:
    """A page of the reader's programme; of the default one where the place is not known, as on pages of errors."""
    if place is not None:
        return place.to(name, **kwargs)
    return reverse(name, kwargs={"lang": language, **kwargs})


def sections(request: HttpRequest, place: Place | None, language: str) -> list[Section]:
    """The sections of the portal, or of the workbench for who works there, the current one marked."""
    page = _page_name(request)
    entries = WORK_SECTIONS if place and place.reader else SECTIONS
    return [Section(path_of(place, language, name), str(label), _current(name, page)) for name, label in entries]


def _page_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "").removeprefix("embed-") if match else ""


def _current(section: str, page: str) -> str:
    if section == page:
        return "page"
    return "true" if BELOW.get(page) == section else ""


def editions(request: HttpRequest, language: str) -> list[Edition]:
    """This very page, with all that was asked of it, in each language."""
    path = request.get_full_path()
    return [Edition(choice, LANGUAGE_NAMES[choice], in_language(path, choice), choice == language) for choice in LANGUAGES]


def in_language(path: str, language: str) -> str:
    """A path of the portal with its language exchanged; ?lang= for the interface, whose paths name none; else the front page."""
    if path.startswith("/api/"):
        return f"{path.partition('?')[0]}?lang={language}"
    exchanged, found = re.subn(rf"^(/embed)?/({'|'.join(LANGUAGES)})(?=/|$)", rf"\g<1>/{language}", path, count=1)
    return exchanged if found else f"/{language}/"


def permanent_address(request: HttpRequest) -> str:
    """Under which address the page is cited: never the one for frames."""
    return f"{settings.PUBLIC_URL}{request.get_full_path().removeprefix('/embed')}"
