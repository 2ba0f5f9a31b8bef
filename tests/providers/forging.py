"""A provider of ours that says what it is told to: for everything that an honest one never says."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

OWN, STRANGE = RSAKey.generate_key(2048, {"kid": "own"}), RSAKey.generate_key(2048, {"kid": "own"})


def by_hand(algorithm: str, claims: dict[str, Any], secret: bytes | None) -> str:
    """A token as no library would make it."""
    pieces = [json.dumps(one).encode() for one in ({"alg": algorithm, "kid": "own"}, claims)]
    told = b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in pieces)
    signature = hmac.digest(secret, told, "sha256") if secret is not None else b""
    return f"{told.decode()}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@dataclass(slots=True)
class Forger:
    """`claims` replace those of an honest ID token (None: left out). `signed`: how. `said`: replaces answers by their path: status, body."""

    claims: dict[str, Any] = field(default_factory=dict)
    signed: str = "rightly"
    said: dict[str, tuple[int, Any]] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    nonce: str = ""

    def answer(self, path: str) -> tuple[int, Any]:
        if path in self.said:
            return self.said[path]
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "jwks"}
            return 200, {"issuer": self.address, **{name: f"{self.address}/{end}" for name, end in ends.items()}, **self.description}
        if path == "/jwks":
            return 200, {"keys": [OWN.as_dict(private=False)]}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.token()}

    def token(self) -> str:
        now = int(time.time())
        honest = {"iss": self.address, "aud": "entra", "sub": "x", "tid": "t", "oid": "o", "acrs": ["c1"], "nonce": self.nonce}
        claims = {**honest, "iat": now, "exp": now + 60, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.signed == "not at all":
            return by_hand("none", claims, None)
        if self.signed == "with our secret":
            return by_hand("HS256", claims, b"entra-secret")
        if self.signed == "with the public key as a secret":
            return by_hand("HS256", claims, OWN.as_pem(private=False))
        if self.signed == "by a key that is not the provider’s":
            return jwt.encode({"alg": "RS256", "kid": "other"}, claims, STRANGE)
        if self.signed == "by a stranger":
            return jwt.encode({"alg": "RS256", "kid": "own"}, claims, STRANGE)
        return jwt.encode({"alg": "RS256", "kid": "own"}, claims, OWN)


@contextmanager
def forging() -> Iterator[Forger]:
    """The forger, listening until the end of the block."""
    forger = Forger()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = forger.answer(self.path)
            self.send_response(status)
            if isinstance(body, str) and body.startswith("Location: "):
                self.send_header("Location", body.removeprefix("Location: "))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode() if isinstance(body, str) else json.dumps(body).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_words: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        forger.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield forger
        finally:
            server.shutdown()
            thread.join()
