"""Identifiers: ours (keys, independent of label and language) and others' (with their check digits)."""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import lei
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}\Z")


def check_key(key: str) -> None:
    """Refuses a key that is not lower-case letters, digits and single hyphens, at most 60 long."""
    if len(key) > 60 or not KEY.match(key):
        raise RuleBroken("bad-key", _("“{key}” is not a key: small letters, digits and hyphens, at most 60.", key=key[:80]))


def _business_id(value: str) -> bool:
    try:
        ytunnus.validate(value)
    except ValidationError:
        return False
    return re.fullmatch(r"[0-9]{7}-[0-9]", value) is not None


def _ror(value: str) -> bool:
    """Crockford base 32 with two check digits, ISO 7064 MOD 97-10 (https://ror.readme.io/docs/identifier)."""
    if not _ROR.match(value):
        return False
    number = 0
    for letter in value[1:7]:
        number = number * 32 + _ROR_ALPHABET.index(letter)
    return 98 - (number * 100 % 97) == int(value[7:])


def _lei(value: str) -> bool:
    return lei.is_valid(value) and value == value.upper()


def _pic(value: str) -> bool:
    return re.fullmatch(r"[0-9]{9}", value) is not None


def _training(value: str) -> bool:
    """Identifiers of invented organisations: cannot be mistaken for any real scheme."""
    return re.fullmatch(r"TRAINING-[0-9]{4}", value) is not None


SCHEMES: dict[str, Callable[[str], bool]] = {"business_id": _business_id, "ror": _ror, "lei": _lei, "pic": _pic, "training": _training}
"""Schemes of identifiers an organisation may carry, each with the test of its form and check digits."""


def check_identifier(scheme: str, value: str) -> None:
    """Refuses an unknown scheme, a wrong form and a wrong check digit."""
    if scheme not in SCHEMES:
        raise RuleBroken("unknown-identifier-scheme", _("“{scheme}” is not a known kind of identifier.", scheme=scheme))
    if not SCHEMES[scheme](value):
        raise RuleBroken("bad-identifier", _("“{value}” is not a valid {scheme}: its form or check digit is wrong.", value=value, scheme=scheme))
