"""The second step of signing in: a code of the authenticator or a passkey, set up the first time. Nobody comes in by a password alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from kumppani.kernel.errors import Refusal, RuleBroken
from kumppani.kernel.text import Message, _
from kumppani.web.page import form_page, show
from kumppani.web.place import Place
from kumppani.web.signin.authenticator import address_for, has_second_step, picture_of, recovery_codes, set_up
from kumppani.web.signin.entry import CLOSED, is_closed, typed
from kumppani.web.signin.passkey_pages import answer_in, field_of
from kumppani.web.signin.passkeys import add, are_possible_here, passkeys_of, question_for_known, question_for_new, recognise
from kumppani.web.signin.session import come_in, redirect
from kumppani.web.signin.waiting import waiting

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User

PROPOSED = "proposed_authenticator"
WRONG_CODE = _("The code is wrong or has been used. Wait for the next one and write it here.")


@form_page
def code(request: HttpRequest, place: Place) -> HttpResponse:
    """Asks for the code of the authenticator, for a recovery code, or for a passkey of the account."""
    who = waiting(request)
    if who is None:
        return redirect(place.to("sign-in"))
    if not has_second_step(who.user):
        return redirect(place.to("sign-in-authenticator"))
    mistake, status = None, 200
    if request.method == "POST":
        mistake, status = _shown(request, who.user) if "credential" in request.POST else _written(request, who.user)
        if mistake is None:
            return come_in(request, place, who.user, who.wanted)
    can_show = bool(passkeys_of(who.user))
    question = question_for_known(request, who.user) if can_show and are_possible_here(request) else ""
    field = "" if mistake is None else "passkey" if "credential" in request.POST else "code"
    context = {"mistake": mistake, "field": field, "can_show": can_show, "question": question}
    return show(request, place, "signin/code.html", context, status=status)


def _written(request: HttpRequest, user: User) -> tuple[Message | None, int]:
    given = _code(request)
    if given and auth.authenticate(request, username=user.login, code=given):
        return None, 200
    return CLOSED if is_closed(request, user.login) else WRONG_CODE, 400


def _shown(request: HttpRequest, user: User) -> tuple[Message | None, int]:
    try:
        recognise(request, answer_in(request), user)
    except Refusal as refusal:
        return refusal.reason, refusal.status
    return None, 200


@form_page
def authenticator(request: HttpRequest, place: Place) -> HttpResponse:
    """Sets the authenticator up: shows its secret, takes a code made with it (or a passkey), then shows the recovery codes once."""
    who = waiting(request)
    if who is None or has_second_step(who.user):
        return redirect(place.to("sign-in"))
    if PROPOSED not in request.session:
        request.session[PROPOSED] = encrypt(generate_totp_secret())
    secret = decrypt(request.session[PROPOSED])
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            codes = _set_up(request, who.user, secret)
        except Refusal as found:
            refusal = found
        else:
            onward = come_in(request, place, who.user, who.wanted)["Location"]
            return show(request, place, "signin/recovery_codes.html", {"codes": codes, "onward": onward})
    context = {
        "mistake": refusal.reason if refusal else None,
        "field": field_of(request, refusal, "code"),
        "secret": secret,
        "picture": picture_of(address_for(who.user, secret)),
        "question": question_for_new(request, who.user) if are_possible_here(request) else "",
    }
    return show(request, place, "signin/authenticator.html", context, status=refusal.status if refusal else 200)


def _set_up(request: HttpRequest, user: User, secret: str) -> list[str]:
    """The recovery codes, once there is an authenticator or a passkey."""
    if "credential" in request.POST:
        add(request, user, request.POST.get("name", ""), answer_in(request))
        return recovery_codes(user)
    codes = set_up(user, secret, _code(request))
    if codes is None:
        raise RuleBroken("wrong-code", WRONG_CODE)
    return codes


def _code(request: HttpRequest) -> str:
    return typed(request, "code").replace(" ", "")
