"""Where one's mail goes: set by oneself, seen by nobody else, and a mistake is said at its field."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.access.inbox import Kind
from kumppani.domain.notices.models import Recipient
from tests.web.reading import words
from tests.working import PLACE, Office, open_office, sign_in

PAGE = f"{PLACE}/work/preferences/"
CHOICES = {kind.value: "daily" for kind in Kind}


@pytest.fixture
def office(db: None, noon: None) -> Office:
    return open_office()


def send(client: Client, **given: str) -> Any:
    attempt = re.search(r'name="attempt" value="([0-9a-f]+)"', client.get(PAGE).content.decode())
    assert attempt
    return client.post(PAGE, {"act": "set_notices", "attempt": attempt[1], "email": "a@city.example", "language": "sv", **CHOICES, **given})


def test_what_was_chosen_is_kept_and_shown_to_who_chose_it_alone(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    answer = send(client, turn="never")
    assert answer.status_code == 303
    assert "Saved." in words(client.get(answer["Location"]))
    recipient = Recipient.objects.get()
    assert (recipient.person.key, recipient.email, recipient.language) == ("coordinator", "a@city.example", "sv")
    assert recipient.how == {**CHOICES, "turn": "never"}
    page = client.get(PAGE).content.decode()
    assert 'value="a@city.example"' in page
    assert '<option value="never" selected>' in page
    sign_in(client, "official")
    assert "a@city.example" not in client.get(PAGE).content.decode()


def test_a_mistake_is_said_at_its_field_and_nothing_is_kept(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    answer = send(client, email="nobody")
    assert answer.status_code == 400
    assert 'href="#set_notices-email"' in answer.content.decode()
    assert "This is not an e-mail address." in words(answer)
    assert send(client, turn="weekly").status_code == 400
    assert not Recipient.objects.exists()


def test_the_roles_held_stand_there_and_it_takes_a_fixed_number_of_queries(client: Client, office: Office, django_assert_num_queries: Any) -> None:
    sign_in(client, "coordinator")
    assert "city coordinator, City" in words(client.get(PAGE))
    with django_assert_num_queries(7):
        client.get(PAGE)
