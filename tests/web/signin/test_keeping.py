"""The secrets of the second step are unreadable in the database, and survive an exchange of the installation's secret where the old one is named."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from tests.web.signin.test_password import PLACE, code_of, give_password, invitation, office, secret, set_up

__all__ = ["office", "secret"]


def kept() -> str:
    return "".join(str(one.data) for one in Authenticator.objects.all())


def sessions() -> str:
    return "".join(str(one.get_decoded()) for one in Session.objects.all())


def code_is_taken(made: str) -> bool:
    client = Client()
    give_password(client)
    return bool(client.post(f"{PLACE}/sign-in/code/", {"code": code_of(made)}).status_code == 303)


def test_no_secret_can_be_read_in_the_database(client: Client, office: Any, capsys: Any) -> None:
    made, codes = set_up(client, invitation(capsys))
    assert made not in kept()
    assert not any(code in kept() for code in codes)


def test_a_secret_that_is_only_proposed_cannot_be_read_either(client: Client, office: Any, capsys: Any) -> None:
    client.post(invitation(capsys), {"password": "korkea kuusi lumessa", "again": "korkea kuusi lumessa"})
    shown = client.get(f"{PLACE}/sign-in/authenticator/").content.decode()
    proposed = shown.split('class="secret">')[1].split("<")[0]
    assert proposed not in sessions()


def test_an_authenticator_outlives_the_secret_of_the_installation_where_the_old_one_is_named(client: Client, secret: str, settings: Any) -> None:
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another secret, longer than fifty characters, made for this test alone"
    settings.SECRET_KEY_FALLBACKS = [before]
    assert code_is_taken(secret)


def test_with_the_secret_lost_no_code_is_taken_and_the_log_says_why(client: Client, secret: str, settings: Any, caplog: Any) -> None:
    settings.SECRET_KEY = "another secret, longer than fifty characters, made for this test alone"
    assert not code_is_taken(secret)
    (said,) = [line.getMessage() for line in caplog.records if line.name.startswith("kumppani.")]
    assert "KUMPPANI_SECRET_KEY is not the one" in said
    assert "official" not in said
