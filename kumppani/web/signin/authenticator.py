"""One-time codes: of an authenticator (TOTP), each taken once, and the recovery codes for who has lost it. Kept in django-allauth's tables."""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from kumppani.domain.parties.models import User

log = logging.getLogger(__name__)


def has_second_step(user: User) -> bool:
    """Whether the second step has been set up: an authenticator or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def address_for(user: User, secret: str) -> str:
    """What an authenticator reads from the picture: whose secret it is, and where it is used."""
    return f"otpauth://totp/Kumppani:{quote(user.login)}?{urlencode({'secret': secret, 'issuer': 'Kumppani'})}"


def picture_of(address: str) -> str:
    """The address as a square code: an SVG picture that stands in the page itself."""
    drawn = str(get_adapter().build_totp_svg(address))
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"


@transaction.atomic
def set_up(user: User, secret: str, code: str) -> list[str] | None:
    """Takes the secret for this account if the code was made with it: the recovery codes, to be shown once. None if the code is wrong."""
    step = _step(secret, code, after=0)
    if step is None or has_second_step(user):
        return None
    authenticator = TOTP.activate(user, secret).instance
    _note(authenticator, step)
    return recovery_codes(user)


def recovery_codes(user: User) -> list[str]:
    """Those not used yet, to be shown once; made if there are none."""
    return list(RecoveryCodes.activate(user).get_unused_codes())


@transaction.atomic
def code_is_right(user: User, code: str) -> bool:
    """Whether the code is the authenticator’s and newer than the last one taken, or a recovery code not used yet; either is then used up."""
    found = Authenticator.objects.select_for_update().filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    kept = {one.type: one for one in found}
    try:
        return _uses_up(kept, code)
    except InvalidToken:
        # Where it was raised would tell the operator nothing.
        log.error("An authenticator cannot be read: KUMPPANI_SECRET_KEY is not the one it was written with, nor is any fallback")  # noqa: TRY400
        return False


def _uses_up(kept: Mapping[str, Authenticator], code: str) -> bool:
    authenticator = kept.get(Authenticator.Type.TOTP)
    if authenticator is not None:
        step = _step(decrypt(authenticator.data["secret"]), code, after=authenticator.data.get("last_step", 0))
        if step is not None:
            _note(authenticator, step)
            return True
    recovery = kept.get(Authenticator.Type.RECOVERY_CODES)
    return recovery is not None and bool(RecoveryCodes(recovery).validate_code(code))


def _step(secret: str, code: str, *, after: int) -> int | None:
    """In which half minute the code was made: now, the one before or the one after, and later than the last one taken."""
    steps = (step for step in yield_hotp_counters_from_time() if step > after)
    return next((step for step in steps if constant_time_compare(code, format_hotp_value(hotp_value(secret, step)))), None)


def _note(authenticator: Authenticator, step: int) -> None:
    authenticator.data["last_step"] = step
    authenticator.save(update_fields=["data"])
