"""Providers of sign-in that tests start on this machine: a real one in a process of its own, and one of ours that forges what it is told to."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from joserfc.jwk import RSAKey

from kumppani.web.signin.profiles import PROFILES, Provider

HERE = Path(__file__).resolve().parent
BACK = "http://127.0.0.1:8000"
"""The public address of the service: what the provider sends a browser back to."""

CLIENT_KEY = RSAKey.generate_key(2048)
SECRETS = {"entra": "entra-secret", "virtu": "virtu-secret", "suomi-fi": CLIENT_KEY.as_pem(private=True).decode()}
ASSURANCE = {"entra": {"c1"}, "virtu": set(), "suomi-fi": {"test:strong"}}


def providers_at(issuer: str, **other: Any) -> list[Provider]:
    """The three profiles as an operator would set them."""
    return [
        Provider(one, **{"issuer": issuer, "client_id": one.key, "secret": SECRETS[one.key], "scope": "openid", "claims": one.claims, **other},
                 assurance=frozenset(ASSURANCE[one.key]))
        for one in PROFILES
    ]  # fmt: skip


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def real_provider() -> Iterator[str]:
    """node-oidc-provider, until the end of the block: its address."""
    port = free_port()
    given = {"port": port, "back": BACK, "key": CLIENT_KEY.as_dict(private=False)}
    command = ["node", str(HERE / "provider.mjs"), json.dumps(given)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def visit(address: str, login: str) -> str:
    """What a browser does at the real provider, from the address it was sent to: the address it is sent back to."""
    with requests.Session() as browser:
        page = browser.get(address, timeout=10)
        assert "<form" in page.text, page.text
        answer = browser.post(page.url, data={"login": login}, timeout=10, allow_redirects=False)
        while not answer.headers.get("Location", BACK).startswith(BACK):
            answer = browser.get(urljoin(answer.url, answer.headers["Location"]), timeout=10, allow_redirects=False)
        assert "Location" in answer.headers, answer.text
        return str(answer.headers["Location"])
