"""The way in for emergencies: one link, one use, and nobody can use it quietly."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Membership, Person
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.ops.cli import main
from kumppani.workflow.people import use_break_glass
from tests.builders import TODAY, programme_of
from tests.working import Office, open_office


@pytest.fixture
def office(db: None, settings: Any) -> Office:
    settings.SECRET_LASTS = True
    programme_of()
    return open_office()


@pytest.fixture
def link(office: Office, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["break-glass", "--language", "en"]) == 0
    return "/" + capsys.readouterr().out.strip().split("/", 3)[3]


def test_the_link_lets_in_once_and_stands_in_the_log_and_the_journal(client: Client, link: str, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get(link).status_code == 200
    assert not Event.objects.filter(act="use_break_glass").exists(), "opening the page uses nothing up"
    answer = client.post(link, REMOTE_ADDR="192.0.2.7")
    assert (answer.status_code, answer["Location"]) == (303, "/en/work/")
    assert client.get("/en/work/").status_code == 200
    assert Event.objects.filter(act="use_break_glass", chain="").count() == 1
    loud = [record for record in caplog.records if record.levelno == logging.CRITICAL]
    assert any("BREAK GLASS USED" in record.getMessage() and "192.0.2.7" in record.getMessage() for record in loud)
    assert client.session.get_expiry_age() <= 3600
    second = Client()
    assert second.post(link).status_code == 404
    assert second.get("/en/work/").status_code == 302


def test_making_the_link_gives_no_role(link: str) -> None:
    assert not Membership.objects.filter(person__key="break-glass").exists()


def test_the_role_is_held_on_the_day_of_use_alone(client: Client, link: str) -> None:
    client.post(link)
    member = Membership.objects.get(person__key="break-glass")
    assert member.valid_from == member.valid_to


def test_a_second_use_on_the_same_day_is_told_again(client: Client, link: str) -> None:
    client.post(link)
    person = Person.objects.get(key="break-glass")
    use_break_glass(by=SYSTEM, person=person, on=Membership.objects.get(person=person).valid_from)  # type: ignore[arg-type]
    assert Event.objects.filter(act="use_break_glass").count() == 2
    assert Membership.objects.filter(person=person).count() == 1


def test_a_link_lasts_a_quarter_of_an_hour(client: Client, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kumppani.web.signin.break_glass.LINK_LASTS", -1)
    assert client.post(link).status_code == 404
    assert not Event.objects.filter(act="use_break_glass").exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "é"])
def test_a_link_that_was_never_given_is_refused(client: Client, link: str, token: str) -> None:
    assert client.post(f"/en/sign-in/break-glass/{token}/").status_code == 404


def test_nobody_but_the_system_may_use_it_and_it_is_no_way_to_make_administrators(office: Office) -> None:
    person = Person.objects.get(key="official")
    with pytest.raises(NotAllowed):
        use_break_glass(by=STRANGER, person=person, on=TODAY)
    with pytest.raises(RuleBroken):
        use_break_glass(by=SYSTEM, person=person, on=TODAY)


def test_the_account_for_emergencies_gets_no_password(link: str) -> None:
    assert main(["invite", "break-glass"]) == 1
