"""Every request's first and last words: the reader's language, input that cannot be read, and refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kumppani.kernel.errors import Refusal, RuleBroken, TooLarge
from kumppani.kernel.text import LANGUAGES, _
from kumppani.web.errors import refusal_page


class ReaderMiddleware:
    """Activates the language in the path (Finnish where there is none), refuses unreadable bytes, shows refusals in that language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            try:
                check_size(request)
                check_readable(request)
            except Refusal as refusal:
                return refusal_page(request, refusal)
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turns a refusal into its page; anything else is a mistake of ours and goes on."""
        return refusal_page(request, exception) if isinstance(exception, Refusal) else None


LARGEST_REQUEST = 11_000_000
"""Bytes of a request's body: a file of 10 MB and the form around it."""


def check_size(request: HttpRequest) -> None:
    """Refuses what is too large before any of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > LARGEST_REQUEST:
        raise TooLarge("request-too-large", _("What was sent is larger than the 10 MB that are taken at once."))


def language_of(request: HttpRequest) -> str:
    """The language in the path (/sv/…, /embed/sv/…); for paths without one ?lang=, else the first that the reader accepts and we speak."""
    for part in (*request.path_info.split("/")[1:3], request.GET.get("lang", "")):
        if part in LANGUAGES:
            return part
    accepted = request.headers.get("Accept-Language", "")
    wanted = [choice.split(";")[0].strip()[:2].lower() for choice in accepted.split(",")]
    return next((choice for choice in wanted if choice in LANGUAGES), LANGUAGES[0])


def check_readable(request: HttpRequest) -> None:
    """Refuses bytes in the address that are not UTF-8, and characters no database can store."""
    raw = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    for part in (unquote_to_bytes(raw.replace(b"+", b" ")), request.path_info.encode("utf-8", "surrogateescape")):
        try:
            words = part.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RuleBroken("not-utf-8", _("The address has bytes that are not text (UTF-8).")) from error
        if "\x00" in words or "\ufffd" in words:
            raise RuleBroken("unreadable-character", _("The address has characters that cannot be read."))
