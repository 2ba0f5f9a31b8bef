"""A draft on the pages: written, commented on, proposed, approved, signed; out of turn, sent twice or overtaken, nothing changes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.domain.agreements.models import AgreementVersion, Clause, Comment
from kumppani.domain.bodies.models import Body
from kumppani.domain.journal.models import Event
from kumppani.kernel.text import Text
from kumppani.workflow import guard
from tests.builders import TODAY
from tests.working import PLACE, Office, open_office, sign_in

DRAFT = f"{PLACE}/work/agreements/harjoitus-05/1/"
CLAUSE = f"{DRAFT}clauses/term/"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    office = open_office()
    with guard.writing():
        for organisation in (office.ministry, office.city):
            Body.objects.create(
                programme=office.programme, key=f"{organisation.key}-board", kind="board", organisation=organisation, name=Text(en="Board")
            )
    return office


def as_(persona: str) -> Client:
    client = Client()
    sign_in(client, persona)
    return client


def hidden(page: str, act: str) -> dict[str, str]:
    """What the browser would send with an act's form besides what is typed."""
    form = re.search(rf'<form[^>]*id="{act}".*?</form>', page, re.DOTALL)
    assert form, f"{act} is not offered"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def send(client: Client, path: str, act: str, **given: str) -> Any:
    """Opens the page, fills an act's form and sends it."""
    return client.post(path, hidden(client.get(path).content.decode(), act) | given)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_clause_is_written_anew_and_figures_come_from_the_record(office: Office) -> None:
    client = as_("official")
    new = f"{DRAFT}clauses/new/"
    given = {"code": "aim", "number": "2", "heading_fi": "Tarkoitus", "heading_en": "Purpose", "body_fi": "{parties}", "body_en": "Of {parties}"}
    assert send(client, new, "edit_clause", **given)["Location"] == DRAFT
    page = words(client.get(DRAFT))
    assert "Of Ministry; City" in page
    assert Clause.objects.get(code="aim").body == Text(fi="{parties}", en="Of {parties}")


def test_the_same_form_sent_twice_is_taken_once(office: Office) -> None:
    client = as_("coordinator")
    form = hidden(client.get(CLAUSE).content.decode(), "comment") | {"words": "Longer?"}
    assert client.post(CLAUSE, form).status_code == 303
    again = client.post(CLAUSE, form)
    assert again.status_code == 409
    assert "was sent already" in words(again)
    assert Comment.objects.count() == 1


def test_what_was_refused_is_mended_and_sent_again(office: Office) -> None:
    client = as_("coordinator")
    form = hidden(client.get(CLAUSE).content.decode(), "comment")
    refused = client.post(CLAUSE, form | {"words": " "})
    assert refused.status_code == 400
    assert 'id="comment-words_error"' in words(refused)
    assert 'href="#comment-words"' in words(refused)
    assert client.post(CLAUSE, form | {"words": "Longer?"}).status_code == 303


def test_two_people_at_one_clause_the_second_is_told(office: Office) -> None:
    client = as_("official")
    form = hidden(client.get(CLAUSE).content.decode(), "edit_clause") | {"number": "1", "heading_fi": "A", "body_fi": "B"}
    assert send(client, CLAUSE, "edit_clause", number="1", heading_fi="Ensin", body_fi="Ensin").status_code == 303
    late = client.post(CLAUSE, form)
    assert late.status_code == 409
    assert "Somebody changed this after you opened it" in words(late)
    assert Clause.objects.get(code="term").heading == Text(fi="Ensin")


def test_comments_are_closed_by_who_made_them_or_who_drafts(office: Office) -> None:
    city, ministry = as_("coordinator"), as_("official")
    send(city, CLAUSE, "comment", words="Longer?")
    assert "Longer?" in words(ministry.get(CLAUSE))
    assert send(ministry, CLAUSE, "resolve-1").status_code == 303
    assert Comment.objects.get().resolved_for == office.ministry
    assert "resolve-1" not in words(city.get(CLAUSE))


def test_who_is_not_on_turn_sees_why_and_cannot_send(office: Office) -> None:
    city = as_("coordinator")
    page = words(city.get(DRAFT))
    assert "It is the turn of: Ministry." in page
    answer = city.post(DRAFT, {"act": "propose", "attempt": "0" * 32})
    assert answer.status_code == 403
    assert AgreementVersion.objects.get().status == "draft"


@pytest.mark.parametrize("path", [DRAFT, CLAUSE, f"{DRAFT}redline/"])
def test_another_city_finds_nothing_there(office: Office, path: str) -> None:
    neighbour = as_("neighbour")
    assert neighbour.get(path).status_code == 404
    assert neighbour.post(path, {"act": "propose", "attempt": "0" * 32}).status_code == 404


def test_from_draft_to_signed_each_party_by_its_own_people(office: Office) -> None:
    ministry, city = as_("official"), as_("coordinator")
    assert send(ministry, DRAFT, "propose", case_number="VN/1/2026").status_code == 303
    approval = {"decided_on": TODAY.isoformat(), "section": "§ 7", "case_number": "K/2/2026"}
    assert send(city, DRAFT, "record_approval", body="city-board", **approval).status_code == 303
    assert "Your party has approved it already." in words(city.get(DRAFT))
    assert send(ministry, DRAFT, "record_approval", body="ministry-board", **approval).status_code == 303
    assert send(ministry, DRAFT, "agree").status_code == 303
    assert send(ministry, DRAFT, "bring_into_force", signed_on=TODAY.isoformat(), valid_from=TODAY.isoformat()).status_code == 303
    page = words(city.get(DRAFT))
    assert "Signed by all parties" in page
    assert "§ 7" in page
    assert "What can be done now" not in page
    assert [event.actor for event in Event.objects.filter(act="record_approval").order_by("id")] == ["coordinator", "official"]


def test_an_approval_of_what_has_changed_meanwhile_is_refused(office: Office) -> None:
    ministry, city = as_("official"), as_("coordinator")
    send(ministry, DRAFT, "propose")
    form = hidden(city.get(DRAFT).content.decode(), "record_approval") | {"body": "city-board", "decided_on": TODAY.isoformat()}
    send(ministry, DRAFT, "send_back", reason="A word was missing")
    assert "A word was missing" in words(city.get(DRAFT))
    send(ministry, CLAUSE, "edit_clause", number="1", heading_fi="Uusi", body_fi="Uusi")
    send(ministry, DRAFT, "propose")
    refused = city.post(DRAFT, form)
    assert refused.status_code == 409
    assert "has changed since this was decided" in words(refused)


def test_the_body_of_another_party_is_not_offered_and_not_taken(office: Office) -> None:
    ministry, city = as_("official"), as_("coordinator")
    send(ministry, DRAFT, "propose")
    assert "ministry-board" not in words(city.get(DRAFT))
    assert send(city, DRAFT, "record_approval", body="ministry-board", decided_on=TODAY.isoformat()).status_code == 400


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"valid_from": "tomorrow"}, "“tomorrow” is not a day. Write it as"),
        ({"valid_from": "2027-12-31", "valid_to": "2027-01-01"}, "is before the start"),
        ({"authentic_language": "ru"}, "not one of the available choices"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(office: Office, given: dict[str, str], sentence: str) -> None:
    refused = send(as_("official"), DRAFT, "edit_terms", **given)
    assert refused.status_code == 400
    assert sentence in words(refused)


def test_ten_megabytes_of_text_are_too_much(office: Office) -> None:
    refused = send(as_("official"), CLAUSE, "edit_clause", number="1", heading_fi="A", body_fi="x" * 10_000_000)
    assert refused.status_code == 413
    assert Clause.objects.get(code="term").heading["fi"] == "Voimassaolo"


def test_words_of_markup_stay_words(office: Office) -> None:
    client = as_("official")
    send(client, CLAUSE, "comment", words="<script>alert(1)</script>")
    assert "<script>alert(1)" not in words(client.get(CLAUSE))


def test_the_redline_shows_what_differs_by_language(office: Office) -> None:
    client = as_("official")
    page = words(client.get(f"{DRAFT}redline/"))
    assert "there is none before it" in page
    assert client.get(f"{DRAFT}redline/?against=x").status_code == 400
    assert client.get(f"{DRAFT}redline/?against=7").status_code == 404
    assert client.get(f"{DRAFT}redline/?language=ru").status_code == 400


@pytest.mark.parametrize(("path", "queries"), [(DRAFT, 14), (CLAUSE, 10), (f"{DRAFT}redline/", 11)])
def test_they_take_a_fixed_number_of_queries(office: Office, path: str, queries: int, django_assert_num_queries: Any) -> None:
    client = as_("official")
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)
