"""Where somebody is signed in: their sessions, each of which they can end."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.signin.session import SHARED, redirect
from kumppani.web.workbench.frame import work_page

MOST = 50
"""Sessions that are listed; ending all others ends every one."""


@work_page
def sessions(request: HttpRequest, place: Place) -> HttpResponse:
    """The sessions of who is signed in, newest first, this one marked; a button ends each."""
    if request.method == "POST":
        _end(request)
        return redirect(place.to("work-sessions"))
    going_on = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    mine = _own(request).filter(session_key__in=going_on).order_by("-created_at", "-pk")[:MOST]
    rows = [(one, one.session_key == request.session.session_key) for one in mine]
    return show(request, place, "signin/sessions.html", {"rows": rows})


def forget_ended() -> int:
    """Deletes every session whose time is over, with the address and the browser it was used from: how many they were."""
    Session.objects.filter(expire_date__lte=clock.now()).delete()
    gone, _each = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return int(gone)


def _own(request: HttpRequest) -> QuerySet[UserSession]:
    """The sessions of who is signed in; of somebody invented, whom many are at once, only this one."""
    mine: QuerySet[UserSession] = UserSession.objects.filter(user=request.user)
    return mine.filter(session_key=request.session.session_key) if request.session.get(SHARED) else mine


def _end(request: HttpRequest) -> None:
    """Ends one of one's own sessions, or every one but this. Nobody else's can be named."""
    mine = _own(request)
    named = request.POST.get("session", "")
    if named == "others":
        ended = list(mine.exclude(session_key=request.session.session_key))
    else:
        ended = list(mine.filter(pk=int(named))) if named.isdecimal() and len(named) < 18 else []
        if not ended:
            raise Missing("no-such-session", _("This session has already ended."))
    for session in ended:
        session.end()
