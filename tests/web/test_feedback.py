"""Feedback: sent once, numbered, told publicly by number, topic and day alone; mistakes are said beside their fields and above them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.dialogue.rules import LONGEST_MESSAGE, Topic
from kumppani.domain.journal.models import Event
from kumppani.kernel import clock
from kumppani.web.forms import TOPIC_WORDS
from tests.builders import NOON, programme_of

FORM = "/en/feedback/"
WORDS = "The start of the agreement is missing <b>here</b>."
ADDRESS = "writer@example.org"


@pytest.fixture
def client(db: None) -> Client:
    programme_of(settings.DEFAULT_PROGRAMME)
    programme_of("harjoitus", is_training=True, country="ZZ")
    PAGES.forget()
    return Client()


def attempt_of(page: Any) -> str:
    match = re.search(r'name="attempt" value="([0-9a-f]{32})"', page.content.decode())
    assert match is not None
    return match[1]


def send(client: Client, **given: str) -> Any:
    sent = {"topic": "missing", "message": WORDS, "email": ADDRESS, "page": "/en/agreements/fi-2021-01/", "attempt": "0" * 32} | given
    return client.post(FORM, sent)


def test_it_is_stored_numbered_and_leads_to_its_public_page(client: Client) -> None:
    with clock.stopped_at(NOON):
        response = send(client, attempt=attempt_of(client.get(FORM)))
        assert response.status_code == 303
        assert response["Location"] == "/en/feedback/1/"
        stored = Feedback.objects.get()
        assert (stored.programme.key, stored.number, stored.topic, stored.message, stored.email) == (
            settings.DEFAULT_PROGRAMME,
            1,
            "missing",
            WORDS,
            ADDRESS,
        )
        assert (stored.page, stored.language, stored.status, stored.received_at) == ("/en/agreements/fi-2021-01/", "en", "received", NOON)
        page = client.get(response["Location"]).content.decode()
    assert "Feedback number 1 has been received" in page
    assert "24 November 2026" in page
    assert TOPIC_WORDS[Topic.MISSING].template in page


def test_the_public_page_and_the_journal_never_tell_words_or_address(client: Client) -> None:
    send(client)
    told = client.get("/en/feedback/1/").content.decode() + "".join(Event.objects.values_list("text", flat=True))
    assert "start of the agreement" not in told
    assert ADDRESS not in told
    assert "fi-2021-01" not in client.get("/en/feedback/1/").content.decode()


def test_sending_the_same_form_twice_gives_the_same_number(client: Client) -> None:
    first, second = send(client), send(client)
    assert first["Location"] == second["Location"]
    assert Feedback.objects.count() == 1


def test_another_opening_of_the_form_gets_the_next_number(client: Client) -> None:
    send(client)
    assert send(client, attempt="1" * 32)["Location"] == "/en/feedback/2/"


def test_every_opening_of_the_form_has_its_own_token(client: Client) -> None:
    assert attempt_of(client.get(FORM)) != attempt_of(client.get(FORM))


def test_programmes_number_their_own_and_do_not_show_each_others(client: Client) -> None:
    send(client)
    response = client.post("/en/p/harjoitus/feedback/", {"topic": "other", "message": "x", "attempt": "2" * 32})
    assert response["Location"] == "/en/p/harjoitus/feedback/1/"
    assert "TRAINING" in client.get(response["Location"]).content.decode()
    assert client.get("/en/feedback/2/").status_code == 404


def test_the_form_is_kept_by_nobody(client: Client) -> None:
    for response in (client.get(FORM), send(client), send(client, message="")):
        assert response["Cache-Control"] == "no-store"
        assert not response.has_header("ETag")
    assert not any(FORM in address and address.endswith(FORM) for address in PAGES._pages)


@pytest.mark.parametrize(
    ("given", "sentence", "target"),
    [
        ({"topic": ""}, "Choose what your feedback is about.", "topic-mistake"),
        ({"topic": "<script>"}, "Choose what your feedback is about.", "topic-mistake"),
        ({"message": " \r\n "}, "Write your message.", "message"),
        ({"message": "x" * (LONGEST_MESSAGE + 1)}, "at most 10000 fit", "message"),
        ({"message": "a\ufffdb"}, "characters that cannot be stored", "message"),
        ({"email": "nobody"}, "Write the e-mail address in the form", "email"),
        ({"email": "a" * 250 + "@example.org"}, "address", "email"),
    ],
)
def test_mistakes_are_said_above_and_beside_and_nothing_is_lost(client: Client, given: dict[str, str], sentence: str, target: str) -> None:
    response = send(client, **given)
    page = response.content.decode()
    assert response.status_code == 400
    assert "<title>Error: Give feedback – Kumppani</title>" in page
    assert page.count(sentence) >= 2
    assert f'href="#{target}"' in page
    assert f'id="{target}"' in page
    assert attempt_of(response) == "0" * 32
    if "message" not in given:
        assert "The start of the agreement is missing &lt;b&gt;here&lt;/b&gt;." in page
    assert not Feedback.objects.exists()


def test_all_mistakes_are_said_at_once(client: Client) -> None:
    page = send(client, topic="", message="", email="x").content.decode()
    assert page.count('class="err"') == 3


@pytest.mark.parametrize(
    "given",
    [{"page": "https://elsewhere.example/"}, {"page": "//elsewhere.example"}, {"page": "/" + "x" * 500}, {"attempt": "again"}, {"attempt": ""}],
)
def test_hidden_fields_are_read_strictly(client: Client, given: dict[str, str]) -> None:
    response = send(client, **given)
    assert response.status_code == 400
    assert "The feedback was not sent" in response.content.decode()
    assert not Feedback.objects.exists()


def test_lines_count_as_readers_see_them(client: Client) -> None:
    assert send(client, message="a\r\n" * (LONGEST_MESSAGE // 2)).status_code == 303
    assert "\r" not in Feedback.objects.get().message


@pytest.mark.parametrize(
    "query",
    ["topic=<script>alert(1)</script>", "topic='; DROP TABLE x--", "page=javascript:alert(1)", "page=//evil.example", "topic=%C3%28", "page=%00"],
)
def test_what_an_address_may_not_ask_is_refused_with_a_sentence(client: Client, query: str) -> None:
    response = client.get(f"{FORM}?{query}")
    assert response.status_code == 400
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<h1" in page


def test_an_address_can_begin_the_form(client: Client) -> None:
    page = client.get(f"{FORM}?topic=accessibility&page=/en/compare/").content.decode()
    assert re.search(r'id="topic-accessibility" value="accessibility" checked', page)
    assert 'name="page" value="/en/compare/"' in page


def test_too_much_at_once_is_a_sentence_and_not_a_failure(client: Client) -> None:
    response = send(client, message="x" * 900_000)
    assert response.status_code == 413
    assert "more than is taken at once" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    response: HttpResponse = getattr(client, method)(FORM)
    assert response.status_code == 405


def test_without_its_secret_the_form_is_refused(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(FORM, {"topic": "other", "message": "x", "attempt": "0" * 32})
    assert response.status_code == 403
    assert "Open it again" in response.content.decode()
    page = strict.get(FORM)
    secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert secret is not None
    sent = {"topic": "other", "message": "x", "attempt": attempt_of(page), "csrfmiddlewaretoken": secret[1]}
    assert strict.post(FORM, sent, headers={"Referer": "http://testserver/en/feedback/"}).status_code == 303


@pytest.mark.parametrize("number", ["0", "2", "999999999999", "1" * 40])
def test_a_number_nobody_got_is_not_found(client: Client, number: str) -> None:
    send(client)
    assert client.get(f"/en/feedback/{number}/").status_code == 404


def test_the_default_programme_has_one_address(client: Client) -> None:
    response = client.get(f"/en/p/{settings.DEFAULT_PROGRAMME}/feedback/?topic=other")
    assert response.status_code == 301
    assert response["Location"] == f"{FORM}?topic=other"
