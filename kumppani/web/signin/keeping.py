"""How the secrets of authenticators and recovery codes are kept: encrypted, with a key made from KUMPPANI_SECRET_KEY and never written anywhere."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"kumppani: secrets of the second step"
"""Makes this key another one than those that the same secret makes for sessions and links."""


class KeptSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # django-allauth carries no types
    """What django-allauth asks when it writes or reads a secret: the present key writes, and any that KUMPPANI_SECRET_KEY_FALLBACKS names reads."""

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken for what none of the keys wrote."""
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))
