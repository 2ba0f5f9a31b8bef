"""Passkeys: added, shown instead of a code or instead of everything, and every answer that is refused changes nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.web.signin.accounts import account_of
from kumppani.web.signin.break_glass import token_for
from kumppani.workflow.people import admit_person, establish_roles
from tests.web.signin.passkey import Passkey, question, read
from tests.web.signin.test_password import HOME, PASSWORD, PLACE, code_of, give_password, invitation, office, secret, set_up
from tests.working import sign_in

__all__ = ["office", "secret"]

MINE = f"{PLACE}/work/passkeys/"
ENTRY = f"{PLACE}/sign-in/passkey/"
CODE = f"{PLACE}/sign-in/code/"


def added(persona: str = "official", name: str = "Phone") -> Passkey:
    """A passkey that somebody has added while signed in."""
    client, passkey = Client(), Passkey()
    sign_in(client, persona)
    answer = passkey.make(question(client, MINE))
    assert client.post(MINE, {"name": name, "credential": answer}).status_code == 303
    return passkey


def kept() -> list[dict[str, Any]]:
    return list(Authenticator.objects.filter(type="webauthn").order_by("pk").values("data", "last_used_at"))


@pytest.fixture
def passkey(office: Any) -> Passkey:
    return added()


def test_an_added_passkey_is_listed_with_its_name_and_its_use(client: Client, passkey: Passkey, django_assert_max_num_queries: Any) -> None:
    sign_in(client, "official")
    assert "Phone" in (shown := client.get(MINE).content.decode())
    assert "not used yet" in shown
    other = Client()
    other.post(ENTRY, {"credential": passkey.show(question(other, ENTRY))})
    with django_assert_max_num_queries(10):
        shown = client.get(MINE).content.decode()
    assert "last used" in shown


def test_a_passkey_alone_signs_in_and_leads_to_what_was_wanted(client: Client, passkey: Passkey) -> None:
    wanted = f"{PLACE}/work/agreements/"
    answer = client.post(ENTRY, {"credential": passkey.show(question(client, f"{ENTRY}?next={wanted}")), "next": wanted})
    assert answer["Location"] == wanted
    assert client.get(HOME).status_code == 200


def test_a_passkey_stands_for_the_code(client: Client, secret: str) -> None:
    passkey = added()
    give_password(client)
    answer = client.post(CODE, {"credential": passkey.show(question(client, CODE))})
    assert answer["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_who_sets_up_a_passkey_first_needs_no_authenticator(client: Client, office: Any, capsys: Any) -> None:
    client.post(invitation(capsys), {"password": PASSWORD, "again": PASSWORD})
    passkey, where = Passkey(), f"{PLACE}/sign-in/authenticator/"
    answer = client.post(where, {"name": "Key", "credential": passkey.make(question(client, where))})
    codes = re.findall(r"<li><code>(\d+)</code>", answer.content.decode())
    assert len(codes) == 10
    assert client.get(HOME).status_code == 200
    other = Client()
    give_password(other)
    assert other.get(where)["Location"] == f"{PLACE}/sign-in/", "nobody exchanges it by the password alone"
    assert other.post(CODE, {"code": codes[0]}).status_code == 303
    number = str(Authenticator.objects.get(type="webauthn").pk)
    refused = client.post(MINE, {"remove": number})
    assert refused.status_code == 400
    assert "your only second step" in refused.content.decode()
    assert len(kept()) == 1


def test_a_closed_login_is_open_to_its_passkey(client: Client, secret: str) -> None:
    passkey = added()
    for _turn in range(5):
        give_password(Client(), "wrong")
    client.post(ENTRY, {"credential": passkey.show(question(client, ENTRY))})
    assert client.get(HOME).status_code == 200


def test_a_passkey_is_renamed_and_removed(client: Client, secret: str) -> None:
    passkey = added()
    sign_in(client, "official")
    number = str(Authenticator.objects.get(type="webauthn").pk)
    assert client.post(MINE, {"rename": number, "name": "  Old   phone "}).status_code == 303
    assert "Old phone" in client.get(MINE).content.decode()
    assert client.post(MINE, {"remove": number}).status_code == 303
    other = Client()
    refused = other.post(ENTRY, {"credential": passkey.show(question(other, ENTRY))})
    assert refused.status_code == 403
    assert "This passkey was not accepted" in refused.content.decode()
    assert other.get(HOME).status_code == 302
    assert client.post(MINE, {"remove": number}).status_code == 404


WRONG: list[dict[str, Any]] = [
    {"origin": "https://testserver"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://sub.testserver"},
    {"flags": 1},
    {"flags": 4},
    {"flags": 0},
]
"""Another site, a holder not recognised, nobody there."""


@pytest.mark.parametrize("how", WRONG)
def test_a_passkey_shown_elsewhere_or_by_nobody_recognised_is_refused(client: Client, passkey: Passkey, how: dict[str, Any]) -> None:
    before = kept()
    refused = client.post(ENTRY, {"credential": passkey.show(question(client, ENTRY), **how)})
    assert refused.status_code == 403
    assert 'role="alert"' in refused.content.decode()
    assert client.get(HOME).status_code == 302
    assert kept() == before


@pytest.mark.parametrize("how", WRONG)
def test_a_passkey_made_elsewhere_or_by_nobody_recognised_is_not_kept(client: Client, office: Any, how: dict[str, Any]) -> None:
    sign_in(client, "official")
    refused = client.post(MINE, {"name": "Phone", "credential": Passkey().make(question(client, MINE), **how)})
    assert refused.status_code == 403
    assert kept() == []


def test_an_answer_is_taken_once(client: Client, passkey: Passkey) -> None:
    answer = passkey.show(question(client, ENTRY))
    client.post(ENTRY, {"credential": answer})
    client.post(f"{PLACE}/sign-out/")
    before = kept()
    refused = client.post(ENTRY, {"credential": answer})
    assert refused.status_code == 400
    assert "Try again now" in refused.content.decode()
    assert client.post(ENTRY, {"credential": answer}).status_code == 403
    assert client.get(HOME).status_code == 302
    assert kept() == before


def test_an_answer_to_a_question_of_another_browser_or_another_page_is_refused(client: Client, secret: str) -> None:
    passkey, other = added(), Client()
    answer = passkey.show(question(other, ENTRY))
    question(client, ENTRY)
    assert client.post(ENTRY, {"credential": answer}).status_code == 403
    give_password(client)
    asked = question(client, CODE)
    assert client.post(ENTRY, {"credential": passkey.show(asked)}).status_code == 400
    assert client.get(HOME).status_code == 302


def test_a_question_waits_ten_minutes(client: Client, passkey: Passkey, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = question(client, ENTRY)
    monkeypatch.setattr("kumppani.web.signin.passkeys.LONGEST_WAIT", -1)
    assert client.post(ENTRY, {"credential": passkey.show(asked)}).status_code == 400
    assert client.get(HOME).status_code == 302


def test_a_passkey_of_somebody_else_is_no_second_step(client: Client, secret: str) -> None:
    added()
    theirs = added("neighbour")
    give_password(client)
    assert client.post(CODE, {"credential": theirs.show(question(client, CODE))}).status_code == 403
    assert client.get(HOME).status_code == 302
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 303


def test_a_passkey_does_not_speak_for_somebody_else(client: Client, passkey: Passkey) -> None:
    theirs = added("neighbour")
    asked = question(client, ENTRY)
    assert client.post(ENTRY, {"credential": theirs.show(asked, holder=passkey.holder)}).status_code == 403
    forged = Passkey(number=passkey.number, holder=passkey.holder, counter=99)
    assert client.post(ENTRY, {"credential": forged.show(question(client, ENTRY))}).status_code == 403
    assert client.get(HOME).status_code == 302


def test_a_passkey_that_counts_backwards_is_refused_and_the_log_says_so(client: Client, passkey: Passkey, caplog: Any) -> None:
    client.post(ENTRY, {"credential": passkey.show(question(client, ENTRY), count=5)})
    before = kept()
    for count in (-1, 0):
        other = Client()
        refused = other.post(ENTRY, {"credential": passkey.show(question(other, ENTRY), count=count)})
        assert refused.status_code == 403
        assert "counts backwards" in refused.content.decode()
        assert other.get(HOME).status_code == 302
        passkey.counter = 5
    assert kept() == before
    assert "may have been copied" in caplog.text


def test_a_passkey_that_never_counts_is_taken_again_and_again(passkey: Passkey) -> None:
    for _turn in range(2):
        client = Client()
        client.post(ENTRY, {"credential": passkey.show(question(client, ENTRY), count=0)})
        assert client.get(HOME).status_code == 200


NO_ANSWERS = ["", "{}", "[]", "null", "7", '"x"', "{", "[" * 900, '{"response": {"userHandle": "!"}}', "x" * 30_000, '{"response": []}', "\x00"]


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_is_a_sentence_everywhere(client: Client, secret: str, answer: str) -> None:
    added()
    before = kept()
    give_password(client)
    signed_in = Client()
    sign_in(signed_in, "official")
    for who, path in ((Client(), ENTRY), (client, CODE), (signed_in, MINE)):
        question(who, path)
        refused = who.post(path, {"name": "x", "credential": answer})
        assert refused.status_code == 403
        assert 'role="alert"' in refused.content.decode()
    assert kept() == before


def test_an_answer_with_any_part_missing_or_spoilt_is_refused(client: Client, passkey: Passkey) -> None:
    whole = json.loads(passkey.show(question(client, ENTRY)))
    for part in ("id", "rawId", "type", "response"):
        question(client, ENTRY)
        assert client.post(ENTRY, {"credential": json.dumps({**whole, part: None})}).status_code == 403
    for part in whole["response"]:
        for spoilt in ("", "AAAA", None, 7):
            asked = question(client, ENTRY)
            answer = json.loads(passkey.show(asked))
            answer["response"][part] = spoilt
            assert client.post(ENTRY, {"credential": json.dumps(answer)}).status_code == 403
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_passkey_needs_a_name(client: Client, office: Any, name: str) -> None:
    sign_in(client, "official")
    refused = client.post(MINE, {"name": name, "credential": Passkey().make(question(client, MINE))})
    assert refused.status_code == 400
    assert "Give the passkey a name" in refused.content.decode()
    assert kept() == []


def test_a_passkey_is_added_once(client: Client, passkey: Passkey) -> None:
    sign_in(client, "official")
    assert client.post(MINE, {"name": "Again", "credential": passkey.make(question(client, MINE))}).status_code == 400
    assert len(kept()) == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "²"])
def test_nobody_changes_a_passkey_of_somebody_else(client: Client, passkey: Passkey, number: str) -> None:
    sign_in(client, "neighbour")
    for theirs in (number, str(Authenticator.objects.get(type="webauthn").pk)):
        assert client.post(MINE, {"remove": theirs}).status_code == 404
        assert client.post(MINE, {"rename": theirs, "name": "Mine"}).status_code == 404
    assert [one["data"]["name"] for one in kept()] == ["Phone"]


def test_the_account_for_emergencies_gets_no_passkey(client: Client, office: Any) -> None:
    establish_roles(by=SYSTEM)
    account = account_of(admit_person(by=SYSTEM, key=BREAK_GLASS, name="Break glass", programme=None))
    client.post(f"{PLACE}/sign-in/break-glass/{token_for(account)}/")
    shown = client.get(MINE)
    assert shown.status_code == 200
    assert "data-question" not in shown.content.decode()
    assert client.post(MINE, {"name": "x", "credential": "{}"}).status_code == 400
    assert kept() == []


def test_who_lost_everything_loses_the_passkeys_too(client: Client, secret: str, capsys: Any) -> None:
    passkey = added()
    set_up(client, invitation(capsys, "--forget-authenticator"))
    other = Client()
    assert other.post(ENTRY, {"credential": passkey.show(question(other, ENTRY))}).status_code == 403


def test_where_a_browser_has_no_passkeys_the_page_says_so(client: Client, passkey: Passkey) -> None:
    shown = client.get(ENTRY, headers={"Host": "127.0.0.1"}).content.decode()
    assert "was reached by a number" in shown
    assert "data-question" not in shown
    assert "Passkeys need JavaScript" in client.get(ENTRY).content.decode()


def test_in_production_only_the_public_address_counts(client: Client, office: Any, settings: Any) -> None:
    settings.PUBLIC_URL = "https://kumppani.example"
    settings.PRODUCTION = True
    asked = read(client.get(ENTRY).content.decode())
    assert asked["rpId"] == "kumppani.example"


def test_what_is_wanted_afterwards_is_a_page_of_this_site(client: Client, passkey: Passkey) -> None:
    asked = question(client, ENTRY)
    refused = client.post(ENTRY, {"credential": passkey.show(asked), "next": "https://evil.example/"})
    assert refused.status_code == 400
    assert client.get(HOME).status_code == 302
