"""The second step of signing in: a code of the authenticator, which is set up the first time. Nobody comes in by a password alone."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from kumppani.kernel.text import Message, _
from kumppani.web.page import form_page, show
from kumppani.web.place import Place
from kumppani.web.signin.authenticator import address_for, has_authenticator, picture_of, set_up
from kumppani.web.signin.entry import CLOSED, is_closed, typed
from kumppani.web.signin.session import begin, redirect
from kumppani.web.signin.waiting import Waiting, waiting

PROPOSED = "proposed_authenticator"
WRONG_CODE = _("The code is wrong or has been used. Wait for the next one and write it here.")


@form_page
def code(request: HttpRequest, place: Place) -> HttpResponse:
    """Asks for the code of the authenticator, or for a recovery code."""
    who = waiting(request)
    if who is None:
        return redirect(place.to("sign-in"))
    if not has_authenticator(who.user):
        return redirect(place.to("sign-in-authenticator"))
    mistake: Message | None = None
    if request.method == "POST":
        given = _code(request)
        if given and auth.authenticate(request, username=who.user.login, code=given):
            return _in(request, place, who)
        mistake = CLOSED if is_closed(request, who.user.login) else WRONG_CODE
    return show(request, place, "signin/code.html", {"mistake": mistake}, status=400 if mistake else 200)


@form_page
def authenticator(request: HttpRequest, place: Place) -> HttpResponse:
    """Sets the authenticator up: shows its secret, takes a code made with it, then shows the recovery codes once."""
    who = waiting(request)
    if who is None or has_authenticator(who.user):
        return redirect(place.to("sign-in"))
    if PROPOSED not in request.session:
        request.session[PROPOSED] = encrypt(generate_totp_secret())
    secret = decrypt(request.session[PROPOSED])
    mistake: Message | None = None
    if request.method == "POST":
        codes = set_up(who.user, secret, _code(request))
        if codes is not None:
            onward = _in(request, place, who)["Location"]
            return show(request, place, "signin/recovery_codes.html", {"codes": codes, "onward": onward})
        mistake = WRONG_CODE
    address = address_for(who.user, secret)
    context = {"mistake": mistake, "secret": secret, "picture": picture_of(address)}
    return show(request, place, "signin/authenticator.html", context, status=400 if mistake else 200)


def _code(request: HttpRequest) -> str:
    return typed(request, "code").replace(" ", "")


def _in(request: HttpRequest, place: Place, who: Waiting) -> HttpResponse:
    request.session.flush()
    begin(request, who.user.person)
    return redirect(who.wanted or place.to("work-home"))
