"""Signing in by mail: a letter brings a link, and the link stands for the password. Whatever is asked for, the answer is the same."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from kumppani.access.links import accounts_named, unused
from kumppani.access.viewer import SYSTEM
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _
from kumppani.web.page import form_page, show
from kumppani.web.place import Place
from kumppani.web.signin.authenticator import has_second_step
from kumppani.web.signin.entry import are_links_sent, typed
from kumppani.web.signin.session import redirect
from kumppani.web.signin.waiting import wait_for_second_step
from kumppani.workflow.links import LINK_LASTS, ask_link, use_link

SALT = "sign-in-link"
ASKING = "asked_for_link"
"""What the asking browser keeps, in its session, so that the page of the link can tell whether it was asked for there."""


def token_of(number: int) -> str:
    """What the link in a letter holds: made when the letter is handed over, and good for a quarter of an hour from then."""
    return signing.dumps(number, salt=SALT)


@form_page
def ask(request: HttpRequest, place: Place) -> HttpResponse:
    """Asks for the login or the address, and says the same for every one."""
    _check_sent()
    sent = request.method == "GET" and "sent" in request.GET
    if request.method != "POST":
        return show(request, place, "signin/ask_link.html", {"sent": sent})
    named = typed(request, "login").strip()
    if not named:
        return show(request, place, "signin/ask_link.html", {"mistake": _("Write your login or your e-mail address.")}, status=400)
    kept = request.session[ASKING] = request.session.get(ASKING) or secrets.token_urlsafe(32)
    accounts = accounts_named(named)
    if not ask_link(by=SYSTEM, programme=place.programme, accounts=accounts, browser=_digest(kept), client=_client(request)):
        mistake = _("Too many links have been asked for from here. Wait a quarter of an hour.")
        return show(request, place, "signin/ask_link.html", {"mistake": mistake}, status=429)
    return redirect(f"{place.to('sign-in-ask-link')}?sent=1")


@form_page
def link(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Where the link leads: a button uses it up, so that no program that looks into mail does. Then the second step is asked for."""
    _check_sent()
    found = _read(token, _digest(request.session.get(ASKING, "")))
    if request.method != "POST":
        return show(request, place, "signin/link.html", {"is_elsewhere": found.is_elsewhere})
    user = use_link(by=SYSTEM, number=found.number)
    if user is None or not has_second_step(user):
        raise _gone()
    wait_for_second_step(request, user, "")
    return redirect(place.to("sign-in-code"))


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    is_elsewhere: bool


def _read(token: str, browser: str) -> _Found:
    try:
        number = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        raise _gone() from None
    asked = unused(number)
    if asked is None:
        raise _gone()
    return _Found(number, not constant_time_compare(asked.browser, browser))


def _gone() -> Missing:
    return Missing("link-used", _("This link has been used or is older than a quarter of an hour."))


def _check_sent() -> None:
    if not are_links_sent():
        raise Missing("no-links-by-mail", _("Here nobody signs in by mail: no mail is sent."))


def _digest(kept: str) -> str:
    return hashlib.sha256(kept.encode()).hexdigest()


def _client(request: HttpRequest) -> str:
    return salted_hmac(SALT, request.META.get("REMOTE_ADDR", ""), algorithm="sha256").hexdigest()
