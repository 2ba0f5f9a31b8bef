"""Feedback gets answered: it waits for who runs the service, the answer stands on the public page, and who wrote is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.dialogue.models import Feedback
from kumppani.web.letters import words_of
from kumppani.workflow.feedback import give_feedback
from kumppani.workflow.notices import take_letter
from kumppani.workflow.people import admit_person, grant_role
from tests.web.reading import words
from tests.working import PLACE, Office, open_office, sign_in

LIST, ITEM, PUBLIC = f"{PLACE}/work/feedback/", f"{PLACE}/work/feedback/1/", f"{PLACE}/feedback/1/"
WORDS, ADDRESS = "The map <b>cannot</b> be used by keyboard.", "writer@example.org"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    found = open_office()
    person = admit_person(by=SYSTEM, key="operator", name="Operator Practising", programme=found.programme)
    grant_role(by=SYSTEM, person=person, role="operator", programme=found.programme)
    given = {"topic": "accessibility", "message": WORDS, "email": ADDRESS, "language": "en", "page": "/en/", "attempt": "1"}
    give_feedback(by=STRANGER, programme=found.programme, **given)
    return found


def send(client: Client, answer: str) -> Any:
    attempt = re.search(r'name="attempt" value="([0-9a-f]+)"', client.get(ITEM).content.decode())
    assert attempt
    return client.post(ITEM, {"act": "answer_feedback", "attempt": attempt[1], "answer": answer})


def test_it_waits_for_the_operator_until_it_is_answered_for_everybody_to_read(client: Client, office: Office) -> None:
    sign_in(client, "operator")
    home = words(client.get(f"{PLACE}/work/"))
    assert "Feedback 1 Feedback waits for an answer 24 November 2026 8 December 2026" in home
    assert "The map &lt;b&gt;cannot&lt;/b&gt; be used" in client.get(ITEM).content.decode()
    assert send(client, "It can now: thank you.").status_code == 303
    assert "Nothing waits for you." in words(client.get(f"{PLACE}/work/"))
    assert "Answered" in words(client.get(LIST))
    page = Client().get(PUBLIC).content.decode()
    assert "It can now: thank you." in page
    assert "cannot" not in page
    assert ADDRESS not in page
    assert "Answer" in words(client.get(ITEM))


def test_who_wrote_is_told_where_the_answer_stands(client: Client, office: Office) -> None:
    sign_in(client, "operator")
    send(client, "It can now.")
    taken = take_letter(by=SYSTEM)
    assert taken is not None
    subject, told = words_of(taken.letter, taken.language)
    assert (taken.email, subject) == (ADDRESS, "Your feedback has been answered")
    assert f"http://127.0.0.1:8000{PUBLIC}" in told


def test_a_mistake_is_said_at_its_field_and_nothing_is_published(client: Client, office: Office) -> None:
    sign_in(client, "operator")
    answer = send(client, f"Dear {ADDRESS}")
    assert answer.status_code == 400
    assert 'href="#answer_feedback-answer"' in answer.content.decode()
    assert Feedback.objects.get().status == "received"


@pytest.mark.parametrize("path", [LIST, ITEM])
def test_nobody_else_reads_it(client: Client, office: Office, path: str) -> None:
    sign_in(client, "official")
    answer = client.get(path)
    assert answer.status_code == 403
    assert "keyboard" not in answer.content.decode()


def test_it_takes_a_fixed_number_of_queries(client: Client, office: Office, django_assert_num_queries: Any) -> None:
    sign_in(client, "operator")
    with django_assert_num_queries(5):
        client.get(LIST)
