"""Pages of passkeys: one's own, where they are added, renamed and removed; and signing in with one, which needs neither login nor password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kumppani.kernel.errors import Refusal
from kumppani.web.forms import check_page
from kumppani.web.page import form_page, show
from kumppani.web.place import Place
from kumppani.web.signin.passkeys import (
    add,
    are_possible_here,
    can_have_passkeys,
    passkeys_of,
    question_for_known,
    question_for_new,
    recognise,
    remove,
    rename,
)
from kumppani.web.signin.session import account_in, come_in, redirect
from kumppani.web.workbench.frame import work_page

LONGEST_ANSWER = 20_000
"""Characters; a passkey's own are fewer than two thousand."""


@work_page
def passkeys(request: HttpRequest, place: Place) -> HttpResponse:
    """The passkeys of who is signed in."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _change(request)
        except Refusal as found:
            refusal = found
        else:
            return redirect(place.to("work-passkeys"))
    can_add = can_have_passkeys(account_in(request))
    context = {
        "rows": passkeys_of(account_in(request)),
        "can_add": can_add,
        "question": question_for_new(request, account_in(request)) if can_add and are_possible_here(request) else "",
        "mistake": refusal.reason if refusal else None,
        "field": field_of(request, refusal, "mine"),
        "name": request.POST.get("name", "")[:200] if "credential" in request.POST else "",
    }
    return show(request, place, "signin/passkeys.html", context, status=refusal.status if refusal else 200)


def _change(request: HttpRequest) -> None:
    name = request.POST.get("name", "")
    if "remove" in request.POST:
        remove(account_in(request), request.POST["remove"])
    elif "rename" in request.POST:
        rename(account_in(request), request.POST["rename"], name)
    else:
        add(request, account_in(request), name, answer_in(request))


@form_page
def with_passkey(request: HttpRequest, place: Place) -> HttpResponse:
    """Signs in whoever shows a passkey."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted = asked.get("next", "")
    check_page(wanted)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            user = recognise(request, answer_in(request))
        except Refusal as found:
            refusal = found
        else:
            return come_in(request, place, user, wanted)
    question = question_for_known(request) if are_possible_here(request) else ""
    context = {"question": question, "next": wanted, "mistake": refusal.reason if refusal else None}
    return show(request, place, "signin/with_passkey.html", context, status=refusal.status if refusal else 200)


def field_of(request: HttpRequest, refusal: Refusal | None, other: str) -> str:
    """Which field of a page that asks for a new passkey a refusal concerns; none without one."""
    if refusal is None:
        return ""
    return "passkey-name" if "credential" in request.POST else other


def answer_in(request: HttpRequest) -> str:
    """What the browser answered; nothing where no passkey could have."""
    answer = request.POST.get("credential", "")
    return answer if len(answer) <= LONGEST_ANSWER else ""
