"""A passkey in software: answers questions as a browser with a key does, or wrongly where a test says so."""

from __future__ import annotations

import hashlib
import html
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

SITE = "http://testserver"
PRESENT_AND_RECOGNISED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def question(client: Client, path: str) -> dict[str, Any]:
    """What a page asks the browser."""
    return read(client.get(path).content.decode())


def read(page: str) -> dict[str, Any]:
    """What an open page asks."""
    found = re.search(r'data-question="([^"]+)"', page)
    assert found
    asked: dict[str, Any] = json.loads(html.unescape(found[1]))["publicKey"]
    return asked


@dataclass
class Passkey:
    """One passkey, of the account that asked for it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    holder: str = ""
    counter: int = 0

    def make(self, asked: dict[str, Any], *, origin: str = SITE, flags: int = PRESENT_AND_RECOGNISED) -> str:
        """The answer of a browser that has made it."""
        self.holder = asked["user"]["id"]
        credential = AttestedCredentialData.create(bytes(16), self.number, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(_site(asked["rp"]["id"]), flags | AuthenticatorData.FLAG.AT, self.counter, credential)
        client_data = CollectedClientData.create("webauthn.create", websafe_decode(asked["challenge"]), origin)
        made = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": websafe_encode(client_data), "attestationObject": websafe_encode(made)})

    def show(self, asked: dict[str, Any], *, origin: str = SITE, flags: int = PRESENT_AND_RECOGNISED, holder: str = "", count: int = 1) -> str:
        """The answer of a browser in which it was used."""
        self.counter += count
        data = AuthenticatorData.create(_site(asked["rpId"]), flags, self.counter)
        client_data = CollectedClientData.create("webauthn.get", websafe_decode(asked["challenge"]), origin)
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        said = {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
        return self._answer({**{name: websafe_encode(value) for name, value in said.items()}, "userHandle": holder or self.holder})

    def _answer(self, response: dict[str, str]) -> str:
        number = websafe_encode(self.number)
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "clientExtensionResults": {}, "response": response})


def _site(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
