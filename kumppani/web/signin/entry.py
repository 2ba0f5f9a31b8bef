"""The sign-in page: login and password, or one click on a persona of a training programme where the installation offers that."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kumppani.access.people import persona, personas
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Message, _
from kumppani.web.forms import check_page
from kumppani.web.page import form_page, show
from kumppani.web.place import Place, find_place
from kumppani.web.signin.accounts import account_of_link, choose_password
from kumppani.web.signin.oidc import providers
from kumppani.web.signin.session import SHARED, begin, redirect
from kumppani.web.signin.waiting import wait_for_second_step

CLOSED = _("Too many failed tries. This login is closed for a quarter of an hour; after that you can try again.")
WRONG = _("The login or the password is wrong.")
LONGEST = 200
"""Characters of a login or a password."""


@form_page
def sign_in(request: HttpRequest, place: Place) -> HttpResponse:
    """Login and password; in a training programme also the invented people, each with a button."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted = asked.get("next", "")
    check_page(wanted)
    if "persona" in request.POST:
        return _as_persona(request, place, wanted)
    login = typed(request, "login").strip()
    mistake = _with_password(request, login, wanted) if request.method == "POST" else None
    if request.method == "POST" and mistake is None:
        return redirect(place.to("sign-in-code"))
    offered = personas(place.programme) if settings.PERSONAS else []
    context = {
        "personas": offered,
        "can_practise": settings.PERSONAS,
        "by_mail": are_links_sent(),
        "next": wanted,
        "mistake": mistake,
        "login": login,
        "providers": providers(),
    }
    return show(request, place, "signin/sign_in.html", context, status=400 if mistake else 200)


def are_links_sent() -> bool:
    """Whether letters leave this installation, and their links are known to it."""
    return settings.MAIL_SERVER is not None and settings.SECRET_LASTS


def typed(request: HttpRequest, name: str) -> str:
    """What stands in a field of the form; nothing where no login or password can be like that."""
    words = request.POST.get(name, "")
    return words if len(words) <= LONGEST and words.isprintable() else ""


def is_closed(request: HttpRequest, login: str) -> bool:
    """Whether a login has been tried in vain too often, just now. An unknown login is closed like a known one."""
    return not AxesProxyHandler.is_allowed(request, {"username": login})


def _with_password(request: HttpRequest, login: str, wanted: str) -> Message | None:
    """Notes who has given their password and still owes the second step; or says what is wrong, the same for every login."""
    password = typed(request, "password")
    if not login or not password:
        return WRONG
    user = auth.authenticate(request, username=login, password=password)
    if user is None:
        return CLOSED if is_closed(request, login) else WRONG
    wait_for_second_step(request, user, wanted)
    return None


def _as_persona(request: HttpRequest, place: Place, wanted: str) -> HttpResponse:
    key = request.POST.get("persona", "")
    person = persona(place.programme, key) if settings.PERSONAS else None
    if person is None:
        raise Missing("no-such-persona", _("There is nobody here to sign in as under that name."))
    begin(request, person)
    request.session[SHARED] = True
    return redirect(wanted or place.to("work-home"))


@form_page
def first_password(request: HttpRequest, place: Place, account: str, token: str) -> HttpResponse:
    """Where the link of an invitation leads: choose a password, then on to the second step. The link works once."""
    user = account_of_link(account, token)
    if user is None:
        raise Missing("link-used", _("This link has been used or is older than three days. Ask for a new one."))
    mistakes: list[str] = []
    if request.method == "POST":
        password = typed(request, "password")
        try:
            validate_password(password, user)
        except ValidationError as error:
            mistakes = list(error.messages)
        if not mistakes and password != request.POST.get("again"):
            mistakes = [str(_("The two passwords differ. Write the same password twice."))]
        if not mistakes:
            choose_password(user, password)
            wait_for_second_step(request, user, "")
            return redirect(place.to("sign-in-code"))
    return show(request, place, "signin/first_password.html", {"mistakes": mistakes, "login": user.login}, status=400 if mistakes else 200)


@require_POST
def sign_out(request: HttpRequest, lang: str, programme: str | None = None) -> HttpResponse:
    """Ends the session and leads to the front page."""
    place = find_place(lang, programme)
    auth.logout(request)
    return redirect(place.to("home"))
