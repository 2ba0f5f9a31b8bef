"""Passkeys (WebAuthn): questions that a browser answers with one, and what makes an answer good. Kept in django-allauth's table.

Every answer is asked to prove that its holder was recognised (by a PIN, a finger or a face), so a passkey is two factors by itself.
"""

from __future__ import annotations

import json
import logging
import struct
from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn, get_credentials
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing, NotAllowed, RuleBroken
from kumppani.kernel.text import _

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User

log = logging.getLogger(__name__)

ASKED = "passkey_asked"
"""Where the question that is open waits, in the session: the last one asked there, and no other, can be answered, once."""

LONGEST_WAIT = 10 * 60
"""Seconds from the question to the answer."""

LONGEST_NAME = 60
MOST = 20
"""Passkeys of one account."""

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, RecursionError)
"""What the library raises for an answer that is none, or a wrong one."""


def passkeys_of(user: User) -> list[Authenticator]:
    """Somebody's passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("created_at", "pk"))


def can_have_passkeys(user: User) -> bool:
    """The account for emergencies has no way in but its link."""
    return user.login != BREAK_GLASS


def are_possible_here(request: HttpRequest) -> bool:
    """Browsers bind passkeys to a name: where the service is reached by a bare number there are none."""
    try:
        ip_address(_site(request).rpartition("//")[2].partition(":")[0].strip("[]"))
    except ValueError:
        return True
    return False


def question_for_new(request: HttpRequest, user: User) -> str:
    """What a browser is asked, as JSON, so that it makes a passkey for this account on this site."""
    whose = PublicKeyCredentialUserEntity(id=str(user.pk).encode(), name=user.login, display_name=user.login)
    asked, state = _server(request).register_begin(
        whose, get_credentials(user), resident_key_requirement=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _ask(request, f"new {user.pk}", asked, state)


def question_for_known(request: HttpRequest, user: User | None = None) -> str:
    """What a browser is asked, as JSON, so that somebody shows a passkey: one of this account, or (None) any that it has for this site."""
    credentials = get_credentials(user) if user else None
    asked, state = _server(request).authenticate_begin(credentials, user_verification=UserVerificationRequirement.REQUIRED)
    return _ask(request, f"known {user.pk}" if user else "known", asked, state)


@transaction.atomic
def add(request: HttpRequest, user: User, name: str, answer: str) -> None:
    """Keeps a new passkey, if the browser answered the question that was asked for this account."""
    state = _taken(request, f"new {user.pk}")
    if not can_have_passkeys(user):
        raise NotAllowed("no-passkey-here", _("The account for emergencies has no passkeys."))
    # Two windows at once: the account's row is the lock.
    get_user_model().objects.select_for_update(of=("self",)).get(pk=user.pk)
    name = checked_name(name)
    known = passkeys_of(user)
    if len(known) >= MOST:
        raise RuleBroken("too-many-passkeys", _("You have {count} passkeys. Remove one that you no longer use.", count=len(known)))
    try:
        credential = json.loads(answer)
        found = _server(request).register_complete(state, credential)
    except UNREADABLE as error:
        raise _refused("a new passkey", error) from error
    if found.credential_data is None or found.credential_data.credential_id in {one.credential_id for one in get_credentials(user)}:
        raise RuleBroken("passkey-known", _("You have this passkey already."))
    kept = WebAuthn.add(user, name, credential).instance
    kept.data["counter"] = found.counter
    kept.save(update_fields=["data"])


@transaction.atomic
def recognise(request: HttpRequest, answer: str, user: User | None = None) -> User:
    """Whose passkey answered the open question: of this account, or (None) of the account that the passkey names."""
    state = _taken(request, f"known {user.pk}" if user else "known")
    try:
        credential = json.loads(answer)
        holder = user or _holder(credential)
        rows = list(Authenticator.objects.select_for_update(of=("self",)).filter(user=holder, type=Authenticator.Type.WEBAUTHN))
        shown = _server(request).authenticate_complete(state, get_credentials(holder), credential)
        counter = AuthenticationResponse.from_dict(credential).response.authenticator_data.counter
    except UNREADABLE as error:
        raise _refused("a passkey", error) from error
    row = next(one for one in rows if one.wrap().authenticator_data.credential_data.credential_id == shown.credential_id)
    _check_counter(row, counter)
    row.data["counter"] = counter
    row.last_used_at = clock.now()
    row.save(update_fields=["data", "last_used_at"])
    return holder


def rename(user: User, number: str, name: str) -> None:
    """Gives one of one's own passkeys another name."""
    row = _own(user, number)
    row.data["name"] = checked_name(name)
    row.save(update_fields=["data"])


@transaction.atomic
def remove(user: User, number: str) -> None:
    """Forgets one of one's own passkeys; never the last second step of the account."""
    get_user_model().objects.select_for_update(of=("self",)).get(pk=user.pk)
    row = _own(user, number)
    kinds = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
    if not Authenticator.objects.filter(user=user, type__in=kinds).exclude(pk=row.pk).exists():
        raise RuleBroken("last-second-step", _("This is your only second step. Add another passkey first."))
    row.delete()


def checked_name(name: str) -> str:
    """The name as it is kept."""
    if not (cleaned := " ".join(name.split())) or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
        raise RuleBroken("passkey-name", _("Give the passkey a name of at most {count} characters.", count=LONGEST_NAME))
    return cleaned


def _own(user: User, number: str) -> Authenticator:
    mine = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    row = mine.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if row is None:
        raise Missing("no-such-passkey", _("You have no such passkey. It may have been removed."))
    return row


def _holder(credential: Mapping[str, Any]) -> User:
    """The account that a passkey names. Whether it is really the account's is found out by the signature."""
    key = int(websafe_decode(credential["response"]["userHandle"]))
    user = get_user_model().objects.select_related("person").filter(pk=key).first() if 0 < key < 2**63 else None
    if user is None:
        raise ValueError("no such account")
    return user


def _check_counter(row: Authenticator, counter: int) -> None:
    """Some passkeys count how often they were used. One that counts and does not count on may have been copied."""
    last = row.data.get("counter", 0)
    if (counter or last) and counter <= last:
        log.warning("A passkey was refused: its counter went from %d to %d, so that it may have been copied", last, counter)
        reason = _("This passkey counts backwards: it may have been copied. Sign in another way, remove it, and tell who runs this service.")
        raise NotAllowed("passkey-copied", reason)


def _refused(what: str, error: Exception) -> NotAllowed:
    log.warning("%s was refused: %s", what, type(error).__name__)
    return NotAllowed("passkey-refused", _("This passkey was not accepted. Try again, or take another way."))


def _ask(request: HttpRequest, purpose: str, asked: Mapping[str, Any], state: Mapping[str, Any]) -> str:
    request.session[ASKED] = {"purpose": purpose, "state": dict(state), "since": clock.now().timestamp()}
    return json.dumps(dict(asked))


def _taken(request: HttpRequest, purpose: str) -> Mapping[str, Any]:
    """The open question, which is open no longer."""
    asked = request.session.pop(ASKED, None)
    if not asked or asked["purpose"] != purpose or clock.now().timestamp() - asked["since"] > LONGEST_WAIT:
        raise RuleBroken("passkey-late", _("The page has waited too long, or another window has asked since. Try again now."))
    return dict(asked["state"])


def _server(request: HttpRequest) -> Fido2Server:
    site = _site(request)
    relying_party = PublicKeyCredentialRpEntity(name="Kumppani", id=urlsplit(site).hostname)
    return Fido2Server(relying_party, verify_origin=lambda origin: origin == site)


def _site(request: HttpRequest) -> str:
    """Where this site is, as a browser says it: the public address; on trial, the one that was asked."""
    return str(settings.PUBLIC_URL) if settings.PRODUCTION else f"{request.scheme}://{request.get_host()}"
