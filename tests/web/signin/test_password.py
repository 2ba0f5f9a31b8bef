"""Signing in with a password and a code: the invitation, the authenticator, failed tries, and the list of one's sessions."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from kumppani.ops.cli import main
from tests.working import PLACE, Office, open_office, sign_in

PASSWORD = "korkea kuusi lumessa"
HOME = f"{PLACE}/work/"


@pytest.fixture
def office(db: None, settings: Any) -> Office:
    settings.SECRET_LASTS = True
    return open_office()


def invitation(capsys: pytest.CaptureFixture[str], *more: str, person: str = "official") -> str:
    """The path of the link that the operator's command prints."""
    assert main(["invite", person, "--language", "en", *more]) == 0
    link = capsys.readouterr().out.strip()
    return "/" + link.split("/", 3)[3]


def code_of(secret: str, later: int = 0) -> str:
    """What an authenticator shows in this half minute, or in one before or after."""
    now = list(yield_hotp_counters_from_time())[1]
    return str(format_hotp_value(hotp_value(secret, now + later)))


def give_password(client: Client, password: str = PASSWORD, login: str = "official", **more: Any) -> Any:
    return client.post(f"{PLACE}/sign-in/", {"login": login, "password": password}, **more)


def set_up(client: Client, link: str) -> tuple[str, list[str]]:
    """Follows an invitation to its end: the secret of the authenticator, and the recovery codes."""
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD})["Location"] == f"{PLACE}/sign-in/code/"
    assert client.get(f"{PLACE}/sign-in/code/")["Location"] == f"{PLACE}/sign-in/authenticator/"
    shown = client.get(f"{PLACE}/sign-in/authenticator/").content.decode()
    found = re.search(r'class="secret">(\w+)<', shown)
    assert found
    assert 'src="data:image/svg+xml;base64,' in shown
    answer = client.post(f"{PLACE}/sign-in/authenticator/", {"code": code_of(found[1], -1)})
    return found[1], re.findall(r"<li><code>(\d+)</code>", answer.content.decode())


@pytest.fixture
def secret(client: Client, office: Office, capsys: pytest.CaptureFixture[str]) -> str:
    """Of the official's authenticator; nobody is signed in."""
    made, _codes = set_up(client, invitation(capsys))
    client.post(f"{PLACE}/sign-out/")
    return made


def test_an_invited_person_chooses_a_password_sets_up_the_authenticator_and_is_in(client: Client, office: Office, capsys: Any) -> None:
    _secret, codes = set_up(client, invitation(capsys))
    assert len(codes) == 10
    assert client.get(HOME).status_code == 200


def test_a_link_works_once(client: Client, office: Office, capsys: Any) -> None:
    link = invitation(capsys)
    set_up(client, link)
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 404


@pytest.mark.parametrize("parts", ["MQ/abc-def", "x/y", "LTE/a-b", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk/a-b", "w6Q/a-b"])
def test_a_link_that_was_never_given_is_refused(client: Client, office: Office, parts: str) -> None:
    assert client.get(f"{PLACE}/sign-in/first/{parts}/").status_code == 404


WEAK = [("short", "short"), ("password1234", "password1234"), (PASSWORD, "another"), ("", ""), ("x" * 201, "x" * 201)]


@pytest.mark.parametrize(("password", "again"), WEAK)
def test_a_password_that_is_weak_or_written_differently_is_refused(client: Client, office: Office, capsys: Any, password: str, again: str) -> None:
    link = invitation(capsys)
    answer = client.post(link, {"password": password, "again": again})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert client.get(link).status_code == 200


def test_password_and_code_lead_to_what_was_asked(client: Client, secret: str) -> None:
    wanted = f"{PLACE}/work/agreements/"
    answer = client.post(f"{PLACE}/sign-in/", {"login": "official", "password": PASSWORD, "next": wanted})
    assert answer["Location"] == f"{PLACE}/sign-in/code/"
    assert client.get(HOME).status_code == 302, "a password alone lets nobody in"
    assert client.post(f"{PLACE}/sign-in/code/", {"code": code_of(secret)})["Location"] == wanted
    assert client.get(HOME).status_code == 200


def test_a_code_is_taken_once(client: Client, secret: str) -> None:
    code = code_of(secret)
    give_password(client)
    client.post(f"{PLACE}/sign-in/code/", {"code": code})
    second = Client()
    give_password(second)
    assert second.post(f"{PLACE}/sign-in/code/", {"code": code}).status_code == 400
    assert second.get(HOME).status_code == 302


def test_a_recovery_code_lets_in_once(client: Client, office: Office, capsys: Any) -> None:
    _secret, codes = set_up(client, invitation(capsys))
    for expected in (303, 400):
        other = Client()
        give_password(other)
        assert other.post(f"{PLACE}/sign-in/code/", {"code": codes[3]}).status_code == expected


def test_an_authenticator_is_not_exchanged_by_who_has_only_the_password(client: Client, secret: str) -> None:
    give_password(client)
    assert client.get(f"{PLACE}/sign-in/authenticator/")["Location"] == f"{PLACE}/sign-in/"
    assert client.post(f"{PLACE}/sign-in/authenticator/", {"code": "000000"})["Location"] == f"{PLACE}/sign-in/"


def test_a_forgotten_password_is_chosen_anew_and_ends_every_session(client: Client, secret: str, capsys: Any) -> None:
    give_password(client)
    client.post(f"{PLACE}/sign-in/code/", {"code": code_of(secret)})
    other = Client()
    other.post(invitation(capsys), {"password": "matala kataja tuulessa", "again": "matala kataja tuulessa"})
    assert client.get(HOME).status_code == 302
    assert other.get(f"{PLACE}/sign-in/code/").status_code == 200, "the authenticator is still asked for"
    assert give_password(Client()).status_code == 400


def test_who_lost_the_authenticator_sets_up_a_new_one(client: Client, secret: str, capsys: Any) -> None:
    other, _codes = set_up(client, invitation(capsys, "--forget-authenticator"))
    assert other != secret
    assert client.get(HOME).status_code == 200


def test_an_unknown_login_gets_the_same_answer_as_a_wrong_password(client: Client, secret: str, settings: Any) -> None:
    settings.PERSONAS = False

    def words(login: str) -> str:
        page = give_password(Client(), "not this one at all", login).content.decode().replace(login, "X")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert words("official") == words("nobody-by-this-name")


@pytest.mark.parametrize("login", ["official", "nobody-by-this-name"])
def test_five_failed_tries_close_a_login_for_a_quarter_of_an_hour(client: Client, secret: str, login: str) -> None:
    for turn in range(4):
        answer = give_password(client, "wrong", login, REMOTE_ADDR=f"192.0.2.{turn}")
        assert "The login or the password is wrong." in answer.content.decode()
    assert "Too many failed tries" in give_password(client, "wrong", login).content.decode()
    assert "Too many failed tries" in give_password(client, PASSWORD, login).content.decode()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert give_password(client, PASSWORD, login).status_code == (303 if login == "official" else 400)


def test_wrong_codes_close_the_login_too(client: Client, secret: str) -> None:
    give_password(client)
    for _turn in range(5):
        answer = client.post(f"{PLACE}/sign-in/code/", {"code": "000000"})
    assert "Too many failed tries" in answer.content.decode()
    assert client.post(f"{PLACE}/sign-in/code/", {"code": code_of(secret)}).status_code == 400
    assert client.get(HOME).status_code == 302


def test_no_secret_is_kept_of_a_failed_try(client: Client, secret: str) -> None:
    give_password(client, "a secret of mine")
    kept = AccessAttempt.objects.get()
    assert "secret" not in kept.post_data + kept.get_data


@pytest.mark.parametrize("fields", [{}, {"login": "official"}, {"login": "a\x00b", "password": "x"}, {"login": "x" * 100_000, "password": "x"}])
def test_what_cannot_be_a_login_is_a_sentence(client: Client, office: Office, fields: dict[str, str]) -> None:
    answer = client.post(f"{PLACE}/sign-in/", fields)
    assert answer.status_code == 400
    assert "The login or the password is wrong." in answer.content.decode()


def test_an_account_without_a_password_is_not_opened_by_any(client: Client, office: Office) -> None:
    sign_in(client, "official")
    assert give_password(Client(), "!").status_code == 400


def test_the_second_step_waits_ten_minutes(client: Client, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    give_password(client)
    monkeypatch.setattr("kumppani.web.signin.waiting.LONGEST_WAIT", -1)
    assert client.post(f"{PLACE}/sign-in/code/", {"code": code_of(secret)})["Location"] == f"{PLACE}/sign-in/"
    assert client.get(HOME).status_code == 302


def test_i_see_my_sessions_and_end_one(client: Client, office: Office, capsys: Any, django_assert_max_num_queries: Any) -> None:
    other = Client(headers={"User-Agent": "An old telephone"})
    _secret, codes = set_up(other, invitation(capsys))
    give_password(client)
    client.post(f"{PLACE}/sign-in/code/", {"code": codes[0]})
    with django_assert_max_num_queries(8):
        shown = client.get(f"{PLACE}/work/sessions/").content.decode()
    assert shown.count("this session") == 1
    assert "An old telephone" in shown
    number = re.findall(r'name="session" value="(\d+)"', shown)[1]
    assert client.post(f"{PLACE}/work/sessions/", {"session": number}).status_code == 303
    assert other.get(HOME).status_code == 302
    assert client.get(HOME).status_code == 200
    assert client.post(f"{PLACE}/work/sessions/", {"session": number}).status_code == 404


def test_all_other_sessions_end_at_once(client: Client, office: Office, capsys: Any) -> None:
    others = [Client(), Client()]
    _secret, codes = set_up(others[0], invitation(capsys))
    for one, code in zip((others[1], client), codes, strict=False):
        give_password(one)
        one.post(f"{PLACE}/sign-in/code/", {"code": code})
    client.post(f"{PLACE}/work/sessions/", {"session": "others"})
    assert [one.get(HOME).status_code for one in (*others, client)] == [302, 302, 200]


def test_nobody_ends_a_session_of_somebody_else(client: Client, office: Office) -> None:
    other = Client()
    sign_in(other, "neighbour")
    number = re.findall(r'name="session" value="(\d+)"', other.get(f"{PLACE}/work/sessions/").content.decode())[0]
    sign_in(client, "official")
    assert client.post(f"{PLACE}/work/sessions/", {"session": number}).status_code == 404
    assert other.get(HOME).status_code == 200


def test_no_link_is_made_that_the_service_would_not_know(office: Office, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_LASTS = False
    assert main(["invite", "official"]) == 1
    assert "KUMPPANI_SECRET_KEY is not set" in capsys.readouterr().err


def test_a_system_account_and_a_stranger_are_not_invited(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
    assert get_user_model().objects.filter(person__is_system=True).count() == 0
