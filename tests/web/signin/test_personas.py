"""Signing in as an invented person by one click: in a training programme, where the installation offers it, and nowhere else."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.builders import programme_of
from tests.people import cast_of
from tests.working import Office, open_office, sign_in

PLACE = "/en/p/harjoitus"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    programme = programme_of()
    cast_of(programme)
    return open_office()


def test_a_stranger_is_led_to_sign_in_and_from_there_back_to_what_was_asked(client: Client, office: Office) -> None:
    asked = client.get(f"{PLACE}/work/?a=1")
    assert (asked.status_code, asked["Location"]) == (302, f"{PLACE}/sign-in/?next=%2Fen%2Fp%2Fharjoitus%2Fwork%2F%3Fa%3D1")
    assert asked["Cache-Control"] == "no-store"


def test_one_click_signs_a_persona_in_and_another_click_out(client: Client, office: Office) -> None:
    answer = sign_in(client, "official")
    assert (answer.status_code, answer["Location"]) == (303, f"{PLACE}/work/")
    assert client.get(f"{PLACE}/work/").status_code == 200
    out = client.post(f"{PLACE}/sign-out/")
    assert (out.status_code, out["Location"]) == (303, f"{PLACE}/")
    assert client.get(f"{PLACE}/work/").status_code == 302


def test_where_personas_are_off_nobody_is_offered_and_nobody_gets_in(client: Client, office: Office, settings: pytest.FixtureRequest) -> None:
    settings.PERSONAS = False  # type: ignore[attr-defined] pytest-django's settings
    assert "official" not in client.get(f"{PLACE}/sign-in/").content.decode()
    assert sign_in(client, "official").status_code == 404
    assert client.get(f"{PLACE}/work/").status_code == 302


def test_no_real_person_is_a_persona(client: Client, office: Office) -> None:
    assert sign_in(client, "keeper-fi-2021").status_code == 404
    assert client.post("/fi/sign-in/", {"persona": "keeper-fi-2021"}).status_code == 404
    assert client.post("/fi/sign-in/", {"persona": "official"}).status_code == 404


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org/", "example"])
def test_sign_in_never_leads_to_another_site(client: Client, office: Office, elsewhere: str) -> None:
    answer = client.post(f"{PLACE}/sign-in/", {"persona": "official", "next": elsewhere})
    assert answer.status_code == 400
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_public_pages_open_no_session_and_are_the_same_for_who_is_signed_in(client: Client, office: Office) -> None:
    before = client.get("/fi/agreements/")
    assert not before.cookies
    sign_in(client, "official")
    after = client.get("/fi/agreements/")
    assert before.headers["ETag"] == after.headers["ETag"]
    assert "Cookie" not in after.headers.get("Vary", "")


def test_the_right_to_work_ends_where_the_programme_does(client: Client, office: Office) -> None:
    sign_in(client, "official")
    refused = client.get("/fi/work/")
    assert refused.status_code == 403
    assert refused["Cache-Control"] == "no-store"


def test_who_shares_a_persona_sees_and_ends_only_their_own_session(office: Office) -> None:
    one, other = Client(HTTP_USER_AGENT="first browser"), Client(HTTP_USER_AGENT="second browser")
    for client in (one, other):
        sign_in(client, "official")
    shown = one.get(f"{PLACE}/work/sessions/").content.decode()
    assert "first browser" in shown
    assert "second browser" not in shown
    one.post(f"{PLACE}/work/sessions/", {"session": "others"})
    assert other.get(f"{PLACE}/work/").status_code == 200
