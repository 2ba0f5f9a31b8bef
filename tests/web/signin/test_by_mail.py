"""Signing in by mail, with a real mail server on the loopback: one answer for everybody, a link that works once, then the second step."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from kumppani.access.viewer import SYSTEM, viewer_of
from kumppani.domain.notices.models import Letter
from kumppani.domain.parties.models import AskedLink, Person
from kumppani.kernel import clock
from kumppani.ops.cli import main
from kumppani.web.signin.by_mail import token_of
from kumppani.workflow.invitations import forget_authenticator
from kumppani.workflow.links import forget_links
from kumppani.workflow.notices import set_notices
from tests.ops.test_send_mail import Post, post
from tests.web.signin.passkey import question
from tests.web.signin.test_passkeys import CODE, added
from tests.web.signin.test_password import HOME, PLACE, code_of, office, secret

__all__ = ["office", "post", "secret"]

ASK = f"{PLACE}/sign-in/link/"
EMAIL = "somebody@ministry.example"
SENT = "a letter with a link is on its way"


@pytest.fixture(autouse=True)
def _mail(post: Post, secret: str) -> None:
    """The official has an authenticator and an address; letters are not about what waits."""
    official = Person.objects.get(key="official")
    set_notices(by=viewer_of(official), person=official, email=EMAIL, language="en", how=dict.fromkeys(("turn", "promise"), "never"))


def ask(client: Client, named: str = "official", **more: Any) -> str:
    answer = client.post(ASK, {"login": named}, **more)
    assert answer.status_code == 303
    return client.get(answer["Location"]).content.decode()


def links(post: Post) -> list[str]:
    """The paths of the links in all letters that arrived."""
    assert main(["send-mail"]) == 0
    words = [letter.get_content() for letter in post.taken]
    return [f"/{found.split('/', 3)[3]}" for one in words for found in re.findall(r"http\S+/sign-in/link/\S+", one)]


def the_link(client: Client, post: Post) -> str:
    ask(client)
    (link,) = links(post)
    return link


@pytest.mark.parametrize("named", ["official", EMAIL, EMAIL.upper(), f" {EMAIL} "])
def test_a_link_and_a_code_let_in(client: Client, post: Post, secret: str, named: str) -> None:
    assert SENT in ask(client, named)
    (link,) = links(post)
    assert [letter["To"] for letter in post.taken] == [EMAIL]
    assert "another browser" not in client.get(link).content.decode()
    assert client.post(link)["Location"] == CODE
    assert client.get(HOME).status_code == 302, "a link alone lets nobody in"
    client.post(CODE, {"code": code_of(secret)})
    assert client.get(HOME).status_code == 200


def test_a_passkey_follows_a_link_as_well(client: Client, post: Post) -> None:
    passkey = added()
    client.post(the_link(client, post))
    client.post(CODE, {"credential": passkey.show(question(client, CODE))})
    assert client.get(HOME).status_code == 200


def test_looking_at_a_link_uses_nothing_up_and_the_button_does(client: Client, post: Post) -> None:
    link = the_link(client, post)
    for _turn in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    assert client.post(link).status_code == 303
    other = Client()
    assert (other.get(link).status_code, other.post(link).status_code) == (404, 404)
    assert other.get(CODE)["Location"] == f"{PLACE}/sign-in/"


def test_a_link_opened_elsewhere_says_that_it_was_asked_for_elsewhere(client: Client, post: Post) -> None:
    link = the_link(client, post)
    assert "This link was asked for in another browser" in Client().get(link).content.decode()


def test_the_answer_is_the_same_for_everybody(post: Post) -> None:
    def words(named: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", ask(Client(), named))

    assert words("official") == words("nobody-by-this-name") == words("nobody@nowhere.example") == words("neighbour") == words("x'; --")
    assert len(links(post)) == 1


def test_who_has_no_second_step_gets_no_link(client: Client, post: Post) -> None:
    link = the_link(client, post)
    forget_authenticator(by=SYSTEM, person=Person.objects.get(key="official"), programme=None, reason="Lost.")
    assert client.post(link).status_code == 404
    post.taken.clear()
    assert SENT in ask(client)
    assert links(post) == []


def test_a_link_lasts_a_quarter_of_an_hour(client: Client, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    link = the_link(client, post)
    monkeypatch.setattr("kumppani.web.signin.by_mail.LINK_LASTS", timedelta(seconds=-1))
    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)


def test_a_letter_that_comes_too_late_is_not_sent(client: Client, post: Post) -> None:
    ask(client)
    with clock.stopped_at(clock.now() + timedelta(minutes=16)):
        assert links(post) == []


FORGED = ["x", "1", "x" * 3000, "MQ:1:x"]


@pytest.mark.parametrize("token", FORGED)
def test_a_link_that_was_never_given_is_refused(client: Client, token: str) -> None:
    assert client.get(f"{ASK}{token}/").status_code == 404


def test_a_signature_for_something_else_is_no_link(client: Client) -> None:
    ask(client)
    number = AskedLink.objects.exclude(account=None).get().pk
    assert client.get(f"{ASK}{signing.dumps(number)}/").status_code == 404
    nobodys = AskedLink.objects.get(account=None).pk
    assert client.get(f"{ASK}{token_of(nobodys)}/").status_code == 404
    assert client.get(f"{ASK}{token_of(number)}/").status_code == 200


def test_nothing_of_a_link_can_be_read_in_the_database(client: Client, post: Post) -> None:
    token = the_link(client, post).rstrip("/").rpartition("/")[2]
    kept = str([*AskedLink.objects.values(), *Letter.objects.values()])
    assert token not in kept
    assert "127.0.0.1" not in kept


def test_one_account_gets_three_links_in_a_quarter_of_an_hour(post: Post) -> None:
    for turn in range(5):
        assert SENT in ask(Client(), REMOTE_ADDR=f"192.0.2.{turn}")
    assert len(links(post)) == 3


def test_one_client_asks_thirty_times_in_a_quarter_of_an_hour(client: Client, post: Post) -> None:
    for turn in range(30):
        ask(client, f"nobody-{turn}")
    refused = client.post(ASK, {"login": "official"})
    assert refused.status_code == 429
    assert "Too many links have been asked for from here" in refused.content.decode()
    assert links(post) == []
    assert SENT in ask(Client(), REMOTE_ADDR="192.0.2.1")
    with clock.stopped_at(clock.now() + timedelta(minutes=16)):
        assert SENT in ask(client)


@pytest.mark.parametrize("named", ["", "   ", "x" * 201, "a\x00b"])
def test_what_is_neither_login_nor_address_is_a_sentence(client: Client, named: str) -> None:
    refused = client.post(ASK, {"login": named})
    assert refused.status_code == 400
    assert "Write your login or your e-mail address." in refused.content.decode()


def test_where_no_mail_is_sent_there_are_no_links(client: Client, settings: Any) -> None:
    offered = f'href="{ASK}"'
    assert offered in client.get(f"{PLACE}/sign-in/").content.decode()
    token = token_of(1)
    settings.MAIL_SERVER = None
    assert offered not in client.get(f"{PLACE}/sign-in/").content.decode()
    for path in (ASK, f"{ASK}{token}/"):
        assert (client.get(path).status_code, client.post(path, {"login": "official"}).status_code) == (404, 404)


def test_no_link_is_sent_that_the_service_would_not_know(client: Client, settings: Any, capsys: Any) -> None:
    ask(client)
    settings.SECRET_LASTS = False
    assert main(["send-mail"]) == 1
    assert "KUMPPANI_SECRET_KEY is not set" in capsys.readouterr().err


def test_what_was_asked_is_forgotten_after_a_day(client: Client) -> None:
    ask(client)
    assert forget_links(by=SYSTEM) == 0
    with clock.stopped_at(clock.now() + timedelta(days=1, minutes=1)):
        assert forget_links(by=SYSTEM) == 2
