"""Signing in at a provider (OpenID Connect): sent there, come back, and in, where an administrator has linked who that is."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET

from kumppani.access.people import person_at
from kumppani.access.viewer import SYSTEM, viewer_of
from kumppani.domain.parties.identities import shown_code
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing, NotAllowed, Refusal, RuleBroken
from kumppani.kernel.text import _
from kumppani.web.forms import check_page
from kumppani.web.middleware import language_of
from kumppani.web.page import form_page, show
from kumppani.web.place import Place
from kumppani.web.signin.accounts import account_of
from kumppani.web.signin.profiles import Provider
from kumppani.web.signin.provider import Secrets, address_to, claims_for
from kumppani.web.signin.session import come_in, redirect
from kumppani.web.signin.waiting import wait_for_second_step
from kumppani.workflow.identities import note_identity

if TYPE_CHECKING:
    from kumppani.domain.parties.models import Person

log = logging.getLogger(__name__)

ATTEMPT = "signing_in_at"
LONGEST_TRIP = 10 * 60
"""Seconds from here to the provider and back."""
ANSWERED = ("state", "code", "iss", "error")
LONGEST_ANSWER = 4000
"""Characters of a code or a state."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun in this browser: at whom, when, what it alone knows (`given`), where its reader was, and what came back."""

    provider: str
    given: Secrets
    since: float
    wanted: str
    language: str
    programme: str
    answer: Mapping[str, str] = field(default_factory=dict)


def providers() -> list[Provider]:
    """Those that the operator has set, in the order of the sign-in page."""
    return list(settings.PROVIDERS)


@form_page
def leave(request: HttpRequest, place: Place, provider: str) -> HttpResponse:
    """Sends the browser to the provider, and notes in its session what must come back."""
    chosen = _chosen(provider)
    wanted = request.GET.get("next", "")
    check_page(wanted)
    given = Secrets()
    with _logged(chosen):
        address = address_to(chosen, given, _address_back(chosen), place.language)
    attempt = Attempt(chosen.key, given, clock.now().timestamp(), wanted, place.language, place.programme.key)
    request.session[ATTEMPT] = asdict(attempt)
    return HttpResponseRedirect(address)


@require_GET
def landing(request: HttpRequest, provider: str) -> HttpResponse:
    """The one address a provider knows: on to the page of the reader's language and programme. What was answered goes into no further address."""
    attempt = _attempt(request.session.get(ATTEMPT))
    where = {"lang": attempt.language if attempt else language_of(request), "provider": provider}
    if attempt:
        request.session[ATTEMPT] = {**asdict(attempt), "answer": {name: _answered(request, name) for name in ANSWERED}}
        if attempt.programme != settings.DEFAULT_PROGRAMME:
            where["programme"] = attempt.programme
    response = HttpResponseRedirect(reverse("sign-in-back", kwargs=where))
    response["Cache-Control"] = "no-store"
    return response


@form_page
def back(request: HttpRequest, place: Place, provider: str) -> HttpResponse:
    """Takes the provider's answer, once: in, on to our own second step, or the code for who is not linked yet."""
    chosen = _chosen(provider)
    with _logged(chosen):
        attempt = _taken(request, chosen)
        claims = claims_for(chosen, attempt.given, _address_back(chosen), _code(attempt, chosen))
        identified = _identified(chosen, claims)
        is_sure = chosen.is_sure(claims)
        if chosen.profile.needs_assurance and not is_sure:
            raise NotAllowed("not-sure-enough", _("{provider} did not make sure of you as well as this service asks.", provider=chosen.name))
        person = person_at(chosen.issuer, [_digest(chosen, identified, secret) for secret in _secrets()])
        if person is None:
            return _not_linked(request, place, chosen, identified)
        if not viewer_of(person).grants:
            raise NotAllowed("no-role-today", _("You have no role in this service today. Ask who administers it."))
    return _in(request, place, person, attempt.wanted, is_sure=is_sure)


def _in(request: HttpRequest, place: Place, person: Person, wanted: str, *, is_sure: bool) -> HttpResponse:
    if not is_sure:
        wait_for_second_step(request, account_of(person), wanted)
        return redirect(place.to("sign-in-code"))
    return come_in(request, place, account_of(person), wanted)


def _not_linked(request: HttpRequest, place: Place, chosen: Provider, identified: str) -> HttpResponse:
    noted = note_identity(by=SYSTEM, provider=chosen.key, issuer=chosen.issuer, subject=_digest(chosen, identified, settings.SECRET_KEY))
    return show(request, place, "signin/not_linked.html", {"code": shown_code(noted.code), "provider": chosen.name}, status=403)


def _chosen(key: str) -> Provider:
    found = next((one for one in providers() if one.key == key), None)
    if found is None:
        raise Missing("no-such-provider", _("This service has no such way of signing in."))
    return found


def _address_back(chosen: Provider) -> str:
    return f"{settings.PUBLIC_URL}{reverse('sign-in-landing', kwargs={'provider': chosen.key})}"


def _attempt(noted: Any) -> Attempt | None:
    """A sign-in begun in this browser within ten minutes."""
    if not noted or clock.now().timestamp() - noted["since"] > LONGEST_TRIP:
        return None
    return Attempt(**{**noted, "given": Secrets(**noted["given"])})


def _taken(request: HttpRequest, chosen: Provider) -> Attempt:
    """The sign-in that this answer ends. Whatever comes of it, no second answer is taken."""
    attempt = _attempt(request.session.pop(ATTEMPT, None))
    is_own = (
        attempt is not None
        and attempt.provider == chosen.key
        and hmac.compare_digest(attempt.given.state.encode(), attempt.answer.get("state", "").encode())
    )
    if attempt is None or not is_own:
        reason = _("This sign-in was not begun in this browser, has ended already, or took longer than ten minutes. Start again.")
        raise RuleBroken("state-wrong", reason)
    if attempt.answer["iss"] not in {"", chosen.issuer}:
        raise NotAllowed("issuer-wrong", _("The answer does not come from the provider you signed in at."))
    return attempt


def _code(attempt: Attempt, chosen: Provider) -> str:
    code = attempt.answer["code"]
    if not code:
        said = attempt.answer["error"]
        log.warning("Sign-in at %s came back without a code: %s", chosen.key, said[:60] if said.isidentifier() else "no reason that can be repeated")
        raise NotAllowed("not-let-in", _("{provider} did not sign you in. Start again, or sign in another way.", provider=chosen.name))
    return code


def _answered(request: HttpRequest, name: str) -> str:
    words = request.GET.get(name, "")
    return words if len(words) <= LONGEST_ANSWER else ""


def _identified(chosen: Provider, claims: Mapping[str, Any]) -> str:
    """Who that is at the provider, as one text: the claims that identify somebody, all of them. Never an e-mail address or a name."""
    values = [claims.get(name) for name in chosen.claims]
    if not all(isinstance(value, str) and value for value in values):
        raise NotAllowed("not-identified", _("{provider} did not say who you are in the way this service asks.", provider=chosen.name))
    return json.dumps(values)


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _digest(chosen: Provider, identified: str, secret: str) -> str:
    """What is kept of who somebody is: nobody without the secret can try whether it is this or that person."""
    return salted_hmac("kumppani: identities at providers", f"{chosen.issuer}\n{identified}", secret=secret, algorithm="sha256").hexdigest()


@contextmanager
def _logged(chosen: Provider) -> Iterator[None]:
    """Tells the operator, without a word of whose it was, that a sign-in was refused, and why."""
    try:
        yield
    except Refusal as refusal:
        log.warning("Sign-in at %s was refused: %s", chosen.key, refusal.code)
        raise
