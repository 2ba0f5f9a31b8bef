"""Signed heads: what the last event of a chain was at a moment, signed with the installation's own Ed25519 key.

Whoever keeps a signed head can tell later whether the chain was cut or rewritten before it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kumppani.domain.journal.chain import canonical
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The head of a chain at a moment. Key and signature in base 64; the key is the public one, by which anybody can verify the signature."""

    chain: str
    number: int
    digest: str
    at: str
    public_key: str
    signature: str

    @property
    def key_id(self) -> str:
        """A short name of the key: the first 16 hexadecimal digits of its SHA-256."""
        return key_id(self.public_key)

    def is_genuine(self) -> bool:
        """Whether the signature was made with the key named."""
        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public_key, validate=True))
            key.verify(base64.b64decode(self.signature, validate=True), message(self.chain, self.number, self.digest, self.at))
        except (InvalidSignature, ValueError):
            return False
        return True

    def columns(self) -> dict[str, object]:
        """As it is stored."""
        return asdict(self)

    def as_json(self) -> dict[str, object]:
        """As it is published."""
        return {**self.columns(), "key_id": self.key_id}


def message(chain: str, number: int, digest: str, at: str) -> bytes:
    """What is signed: canonical JSON of these four."""
    return canonical({"chain": chain, "number": number, "digest": digest, "at": at}).encode()


def sign(key: Ed25519PrivateKey, chain: str, number: int, digest: str, at: str) -> SignedHead:
    """Signs a head."""
    signature = key.sign(message(chain, number, digest, at))
    return SignedHead(chain, number, digest, at, public_key(key), base64.b64encode(signature).decode())


def public_key(key: Ed25519PrivateKey) -> str:
    """The public half, in base 64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def key_id(public: str) -> str:
    """The short name of a public key."""
    return hashlib.sha256(base64.b64decode(public)).hexdigest()[:16]


def load_key(path: Path, *, make: bool) -> Ed25519PrivateKey:
    """The key in a file; made there first when there is none and `make` allows it. Only its owner may read the file."""
    if make and not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise RuleBroken("bad-journal-key", _("{file} is no Ed25519 private key in PEM.", file=path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RuleBroken("bad-journal-key", _("{file} is no Ed25519 private key in PEM.", file=path))
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Whole or not at all, and never over a key that somebody else made meanwhile.
    mine = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()


def read_head(given: Mapping[str, object]) -> SignedHead:
    """A head as it was published; refuses what is none."""
    try:
        head = SignedHead(
            str(given["chain"]),
            int(str(given["number"])),
            str(given["digest"]),
            str(given["at"]),
            str(given["public_key"]),
            str(given["signature"]),
        )
        key_id(head.public_key)
    except (KeyError, ValueError, TypeError, binascii.Error) as error:
        raise RuleBroken("bad-head", _("This is not a signed head of the journal: {given}", given=str(given)[:120])) from error
    return head
