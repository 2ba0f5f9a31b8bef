"""Every address the site answers: looked at in a browser, or left out by name with a reason. test_register.py fails for one that is neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

API = "api/v1/"
"""Where the interface for programs begins; its lists have the names of pages."""

NOT_PAGES: dict[str, str] = {
    "/": "leads to /fi/; tests/web sees that it does",
    "feed": "an Atom feed; tests/web reads it as one",
    "history-feed": "an Atom feed; tests/web reads it as one",
    "body-calendar": "an iCalendar; tests/web reads it as one",
    "file": "the text of an agreement as a PDF: what its makers signed, not a page of ours",
    "calendar-feed": "a calendar for programs; tests/web reads it as one",
    "sign-in-first": "a one-time link; tests/web/signin opens one",
    "sign-in-link": "a one-time link; tests/web/signin opens one",
    "sign-in-ask-link": "there only where mail is sent, which a trial does not; tests/web/signin asks there",
    "sign-in-break-glass": "a one-time link; tests/web/signin opens one",
    "sign-in-authenticator": "a step within signing in, which leads a stranger to the first; tests/web/signin takes it",
    "sign-in-code": "a step within signing in, which leads a stranger to the first; tests/web/signin takes it",
    "sign-in-leave": "leads to a provider of sign-in; tests/web/signin goes there",
    "sign-in-landing": "where a provider sends people back; tests/web/signin comes from one",
    "sign-in-back": "where a provider’s answer is taken, once; tests/web/signin and the journey at a provider bring one",
    "sign-out": "a button of other pages, which leads to the front page",
    "robots": "a file for search engines; tests/web reads it",
    "sitemap": "a file for search engines; tests/web reads it",
    "sitemap-of": "a file for search engines; tests/web reads it",
    "api:api-openapi": "a description for programs; tests/api tries what it promises",
    "api:api-root": "a name that the library gives to the page of api:api-description",
    **{
        f"api:{name}": "data for programs; tests/api compares it with the database"
        for names in (
            "agreement agreements version versions parties priority priorities commitment commitments measure measures figure figures",
            "ecosystem ecosystems organisation organisations municipality municipalities programme programmes category categories",
            "source sources changes heads contact_points",
        )
        for name in names.split()
    },
}
"""Name → why no browser looks at it."""


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern: its name, the parts it wants besides language and programme, and whether its path says the language (else `?lang=` does)."""

    name: str
    parts: tuple[str, ...]
    in_path: bool


def name_of(route: str, name: str | None) -> str:
    """How a pattern is called here: as in `reverse`, after api: in the interface, and by its route where it has no name."""
    if not name:
        return f"/{route}"
    return f"api:{name}" if route.startswith(API) else name


def addresses() -> list[Address]:
    """Each pattern once, though it is there with and without a programme in the path."""
    found = {address.name: address for address in _walk(get_resolver().url_patterns, "")}
    return [found[name] for name in sorted(found)]


def pages() -> list[Address]:
    """Those that a reader opens in a browser."""
    return [address for address in addresses() if address.name not in NOT_PAGES and not at_work(address.name)]


def at_work(name: str) -> bool:
    """Whether a page needs signing in: test_work.py looks at these."""
    return name.startswith(("work-", "desk-"))


def _walk(patterns: Sequence[URLPattern | URLResolver], prefix: str, wanted: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in patterns:
        route, parts = prefix + str(entry.pattern), (*wanted, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route, parts)
        else:
            yield Address(name_of(route, entry.name), tuple(part for part in parts if part not in {"lang", "programme"}), "lang" in parts)
