"""Letters over TLS and STARTTLS, against a real mail server: handed over only to one whose certificate is good for its name."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kumppani.ops.cli import main
from kumppani.ops.mail import MailServer
from tests.ops.test_send_mail import EMAIL, Post, office

__all__ = ["office"]

HOST = "127.0.0.1"


def certificate(folder: Path, address: str) -> Path:
    """A file with a key and a certificate that signs itself, good for one address."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
    made = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    unlocked = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    file = folder / f"{address}.pem"
    file.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return file


class StartTls(Controller):
    """A server that takes letters only after STARTTLS."""

    def __init__(self, handler: Post, port: int, context: ssl.SSLContext) -> None:
        super().__init__(handler, hostname=HOST, port=port, tls_context=context, require_starttls=True)

    def _trigger_server(self) -> None:
        """The base class would greet it once over plain TLS, which it does not speak."""
        with socket() as greeting:
            greeting.connect((self.hostname, self.port))
            greeting.recv(1024)


Serve = Callable[[str, Path | None], Post]


@pytest.fixture
def serve(settings: Any) -> Iterator[Serve]:
    """Starts a server that speaks TLS from the start (tls), after STARTTLS (starttls), or not at all (no certificate)."""
    with ExitStack() as running:

        def serving(tls: str, file: Path | None) -> Post:
            handler = Post()
            with socket() as free:
                free.bind((HOST, 0))
                port = free.getsockname()[1]
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            if file is not None:
                context.load_cert_chain(file)
            if file is None:
                controller = Controller(handler, hostname=HOST, port=port)
            elif tls == "starttls":
                controller = StartTls(handler, port, context)
            else:
                controller = Controller(handler, hostname=HOST, port=port, ssl_context=context)
            controller.start()
            running.callback(controller.stop)
            settings.MAIL_SERVER, settings.MAIL_FROM = MailServer(HOST, port, tls=tls), "kumppani@example.org"
            return handler

        yield serving


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_letter_goes_to_a_server_with_a_good_certificate(tls: str, serve: Serve, office: Any, tmp_path: Path, monkeypatch: Any) -> None:
    file = certificate(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    post = serve(tls, file)
    assert main(["send-mail"]) == 0
    assert [letter["To"] for letter in post.taken] == [EMAIL]


@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize("wrong", ["unknown authority", "another name"])
def test_nothing_goes_to_a_server_with_a_wrong_certificate_and_it_is_sent_later(
    tls: str, wrong: str, serve: Serve, office: Any, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    good = certificate(tmp_path, HOST)
    other = certificate(tmp_path, "192.0.2.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(good if wrong == "unknown authority" else other))
    refused = serve(tls, other)
    assert main(["send-mail"]) == 1
    said = capsys.readouterr().err
    assert "certificate" in said
    assert EMAIL not in said
    assert refused.taken == []
    monkeypatch.setenv("SSL_CERT_FILE", str(good))
    post = serve(tls, good)
    assert main(["send-mail"]) == 0
    assert len(post.taken) == 1


def test_nothing_goes_in_the_clear_to_a_server_without_starttls(serve: Serve, office: Any, capsys: Any) -> None:
    post = serve("starttls", None)
    assert main(["send-mail"]) == 1
    assert "STARTTLS" in capsys.readouterr().err
    assert post.taken == []
