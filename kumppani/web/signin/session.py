"""Who is signed in: from the session to the viewer that everything below asks about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kumppani.access.viewer import Viewer, viewer_of
from kumppani.web.place import Place
from kumppani.web.signin.accounts import account_of

if TYPE_CHECKING:
    from kumppani.domain.parties.models import Person, User

SHARED = "shared"
"""Marks a session of somebody invented, as whom anybody may sign in: it sees none of the others' sessions."""

BACKEND = "kumppani.web.signin.backend.AccountBackend"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and what they are called on the pages that only they see."""

    viewer: Viewer
    name: str


def signed_in(request: HttpRequest) -> SignedIn | None:
    """Who is signed in, with what they may do today. Three queries: session, account, memberships; none without a session's cookie."""
    if not request.user.is_authenticated:
        return None
    person = request.user.person
    return SignedIn(viewer_of(person), person.name)


def account_in(request: HttpRequest) -> User:
    """The account that is signed in, on a page that nobody else reaches."""
    if request.user.is_anonymous:
        raise RuntimeError("this page is only for who is signed in")
    return request.user


def begin(request: HttpRequest, person: Person) -> None:
    """Signs somebody in whose identity has been checked. The session is noted among theirs."""
    auth.login(request, account_of(person), backend=BACKEND)
    UserSession.objects.create_from_request(request)


def come_in(request: HttpRequest, place: Place, user: User, wanted: str) -> HttpResponse:
    """Signs in who has taken every step, leaves behind what the steps noted, and leads to the page that was wanted."""
    request.session.flush()
    begin(request, user.person)
    return redirect(wanted or place.to("work-home"))


def redirect(path: str) -> HttpResponse:
    """On to another page after a form was taken."""
    return HttpResponse(status=303, headers={"Location": path})


def to_sign_in(request: HttpRequest, place: Place) -> HttpResponse:
    """To the sign-in page, and from there back to what was asked for."""
    response = HttpResponseRedirect(f"{place.to('sign-in')}?{urlencode({'next': request.get_full_path()})}")
    response["Cache-Control"] = "no-store"
    return response
