"""The way in for emergencies: a link that works once, for a quarter of an hour. Every use is loud, in the log and in the journal."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _
from kumppani.web.page import form_page, show
from kumppani.web.place import Place
from kumppani.web.signin.session import begin, redirect
from kumppani.workflow.people import use_break_glass

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User

log = logging.getLogger(__name__)

SALT = "break-glass"
LINK_LASTS = 15 * 60
SESSION_LASTS = 60 * 60
"""Seconds."""


def token_for(user: User) -> str:
    """What the link holds. Any use of the account uses up every link to it."""
    return signing.dumps(default_token_generator.make_token(user), salt=SALT)


@form_page
def break_glass(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Says what will happen; the button lets in. Opening the page alone uses nothing up."""
    if request.method != "POST":
        _account_of(token)
        return show(request, place, "signin/break_glass.html", {})
    with transaction.atomic():
        user = _account_of(token)
        use_break_glass(by=SYSTEM, person=user.person, on=clock.today(settings.TIME_ZONE))
        begin(request, user.person)
        request.session.set_expiry(SESSION_LASTS)
    log.critical("BREAK GLASS USED: somebody came in by the account for emergencies, from %s", request.META.get("REMOTE_ADDR", "?"))
    return redirect(place.to("work-home"))


def _account_of(token: str) -> User:
    """The account for emergencies, where the token is good for it; locked until the transaction ends, so that two clicks are one."""
    with transaction.atomic():
        user = get_user_model().objects.select_for_update(of=("self",)).select_related("person").filter(login=BREAK_GLASS).first()
    try:
        inner = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        inner = None
    if user is None or not default_token_generator.check_token(user, inner):
        log.warning("A link to the account for emergencies was refused: it was used, is too old, or was never given")
        raise Missing("link-used", _("This link has been used or is older than a quarter of an hour."))
    return user
