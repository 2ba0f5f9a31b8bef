"""`kumppani send-mail` against a real mail server on the loopback: in the reader's language, once, tried again when refused, naming nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from kumppani.access.inbox import Kind
from kumppani.access.viewer import viewer_of
from kumppani.domain.notices.models import Letter
from kumppani.domain.parties.models import Person
from kumppani.kernel import clock
from kumppani.ops.cli import main
from kumppani.ops.mail import MailServer
from kumppani.workflow.notices import set_notices
from tests.builders import NOON
from tests.working import Office, open_office, sign_in

EMAIL = "somebody@ministry.example"


class Post:
    """What the server does with letters: takes them, refuses them, or takes them and hangs up before it says so."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.does = "takes"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 aiosmtpd's name
        if self.does == "refuses":
            return "451 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 likewise
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        if self.does == "hangs up":
            server.transport.abort()
        return "250 Taken"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    handler = Post()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_SERVER, settings.MAIL_FROM = MailServer("127.0.0.1", port), "kumppani@example.org"
    yield handler
    controller.stop()


@pytest.fixture
def office(db: None, noon: None) -> Office:
    found, official = open_office(), Person.objects.get(key="official")
    how = {kind.value: "at_once" for kind in Kind}
    set_notices(by=viewer_of(official), person=official, email=EMAIL, language="sv", how=how)
    return found


def test_a_letter_arrives_once_in_its_readers_language_and_leads_to_what_waits(post: Post, office: Office, client: Client, capsys: Any) -> None:
    assert (main(["send-mail"]), main(["send-mail"])) == (0, 0)
    (letter,) = post.taken
    assert (letter["To"], letter["From"], letter["Content-Language"], letter["Auto-Submitted"]) == (
        EMAIL,
        "kumppani@example.org",
        "sv",
        "auto-generated",
    )
    words = letter.get_content()
    assert "Nästa steg i en version är ditt" in words
    assert "Saaristosopimus" not in words
    addresses = [address.removeprefix("http://127.0.0.1:8000") for address in re.findall(r"https?://\S+", words)]
    assert addresses == [f"/sv/p/harjoitus/work/{rest}" for rest in ("agreements/harjoitus-05/1/", "", "preferences/")]
    sign_in(client, "official")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    printed = capsys.readouterr()
    assert "1 letters written, 1 sent, 0 refused" in printed.out
    assert EMAIL not in printed.out + printed.err


def test_a_letter_that_is_refused_is_sent_later_with_the_same_identity(post: Post, office: Office, capsys: Any) -> None:
    post.does = "refuses"
    assert main(["send-mail"]) == 0
    assert "0 sent, 1 refused" in capsys.readouterr().out
    post.does = "takes"
    assert main(["send-mail"]) == 0
    assert post.taken == []
    with clock.stopped_at(NOON.replace(hour=23)):
        assert main(["send-mail"]) == 0
    (letter,) = post.taken
    assert letter["Message-ID"].startswith(f"<letter-{Letter.objects.get().pk}.")


def test_a_letter_that_may_have_arrived_is_not_sent_again(post: Post, office: Office, capsys: Any) -> None:
    post.does = "hangs up"
    assert main(["send-mail"]) == 1
    assert EMAIL not in capsys.readouterr().err
    post.does = "takes"
    with clock.stopped_at(NOON.replace(hour=23)):
        assert main(["send-mail"]) == 0
    assert len(post.taken) == 1


def test_without_a_server_that_answers_nothing_is_lost(post: Post, office: Office, settings: Any, capsys: Any) -> None:
    answers, settings.MAIL_SERVER = settings.MAIL_SERVER, MailServer("127.0.0.1", 1)
    assert main(["send-mail"]) == 1
    settings.MAIL_SERVER = answers
    assert main(["send-mail"]) == 0
    assert len(post.taken) == 1


def test_without_a_mail_server_it_says_which_setting_is_missing(office: Office, settings: Any, capsys: Any) -> None:
    settings.MAIL_SERVER = None
    assert main(["send-mail"]) == 1
    assert "KUMPPANI_MAIL_SERVER" in capsys.readouterr().err
