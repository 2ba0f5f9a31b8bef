"""Laying a round on the workbench: it is defined, its common text is written and changed, and who may not sees the words alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.domain.journal.models import Event
from kumppani.domain.rounds.models import Round, TemplateClause
from kumppani.kernel.text import Text
from kumppani.workflow.rounds import define_round
from tests.web.reading import words
from tests.web.workbench.test_meetings import done, refused, send
from tests.working import PLACE, Office, open_office, sign_in

ROUNDS = f"{PLACE}/work/rounds/"
PAGE = f"{ROUNDS}next/"
CLAUSES = f"{PAGE}clauses/"
NEXT = {"key": "next", "title_en": "Next round", "authentic_language": "fi", "valid_from": "2028-01-01", "valid_to": "2031-12-31"}
TERM = {"number": "1", "heading_fi": "Voimassaolo", "body_fi": "Voimassa {valid_to} asti."}


@pytest.fixture
def office(db: None, noon: None) -> Office:
    return open_office()


def laid(office: Office) -> Round:
    return define_round(by=office.people["official"], programme=office.programme, key="next", title=Text(en="Next round"), authentic_language="fi")


def test_a_round_is_defined_and_its_text_written(client: Client, office: Office) -> None:
    sign_in(client, "official")
    answer = send(client, ROUNDS, "define_round", **NEXT)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    found = Round.objects.get()
    assert (found.title, str(found.valid_from), str(found.valid_to)) == (Text(en="Next round"), "2028-01-01", "2031-12-31")
    assert "No clause has been written yet." in words(client.get(PAGE))
    done(client, CLAUSES, "edit_template_clause", code="term", **TERM)
    assert "1. Voimassaolo" in words(client.get(PAGE))
    assert 'value="2"' in client.get(CLAUSES).content.decode(), "the next clause begins with the next number"


def test_the_menu_leads_to_the_rounds(client: Client, office: Office) -> None:
    sign_in(client, "coordinator")
    assert f'href="{ROUNDS}"' in client.get(f"{PLACE}/work/").content.decode().split("</header>")[0]


def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(client: Client, office: Office) -> None:
    sign_in(client, "official")
    refused(client, ROUNDS, "define_round", "is not a key", **NEXT | {"key": "Not A Key"})
    refused(client, ROUNDS, "define_round", "A name is needed in at least one language.", **NEXT | {"title_en": ""})
    refused(client, ROUNDS, "define_round", "is before the start", **NEXT | {"valid_to": "2027-01-01"})
    laid(office)
    answer = send(client, ROUNDS, "define_round", **NEXT)
    assert (answer.status_code, 'id="define_round-key_error"' in answer.content.decode()) == (400, True)
    refused(client, CLAUSES, "edit_template_clause", "The record has nothing for", code="term", **TERM | {"body_fi": "{wrong}"})
    done(client, CLAUSES, "edit_template_clause", code="term", **TERM)
    refused(client, CLAUSES, "edit_template_clause", "Another clause has the number 1.", code="other", **TERM)


def test_a_form_sent_twice_counts_once(client: Client, office: Office) -> None:
    sign_in(client, "official")
    attempt = re.findall(r'value="define_round"><input type="hidden" name="attempt" value="(\w+)"', client.get(ROUNDS).content.decode())[0]
    sent = [client.post(ROUNDS, {"act": "define_round", "attempt": attempt, **NEXT}) for _time in range(2)]
    assert [one.status_code for one in sent] == [303, 409]
    assert Event.objects.filter(act="define_round").count() == 1


def test_two_who_change_one_clause_do_not_overwrite_each_other(client: Client, office: Office) -> None:
    laid(office)
    sign_in(client, "official")
    done(client, CLAUSES, "edit_template_clause", code="term", **TERM)
    there = f"{CLAUSES}term/"
    seen = re.findall(r'name="seen" value="(\w+)"', client.get(there).content.decode())[0]
    done(client, there, "edit_template_clause", **TERM | {"heading_fi": "Kesto", "seen": seen})
    late = send(client, there, "edit_template_clause", **TERM | {"heading_fi": "Aika", "seen": seen})
    assert (late.status_code, "Somebody changed this" in late.content.decode()) == (409, True)
    assert TemplateClause.objects.get().heading == Text(fi="Kesto")


def test_who_lays_no_rounds_reads_the_text_and_is_offered_nothing(client: Client, office: Office) -> None:
    laid(office)
    sign_in(client, "official")
    done(client, CLAUSES, "edit_template_clause", code="term", **TERM)
    sign_in(client, "coordinator")
    for path in (ROUNDS, f"{CLAUSES}term/"):
        assert 'value="define_round"' not in client.get(path).content.decode()
        assert 'value="edit_template_clause"' not in client.get(path).content.decode()
    assert "Voimassa {valid_to} asti." in words(client.get(f"{CLAUSES}term/"))
    assert client.get(CLAUSES).status_code == 403
    before = Event.objects.count()
    for path, act, given in ((ROUNDS, "define_round", NEXT), (f"{CLAUSES}term/", "edit_template_clause", TERM)):
        assert client.post(path, {"act": act, "attempt": "0" * 32, **given}).status_code == 400
    assert Event.objects.count() == before
    assert client.get(f"{CLAUSES}nothing/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [(ROUNDS, 7), (PAGE, 9), (CLAUSES, 7)])
def test_prices_are_pinned(client: Client, office: Office, path: str, queries: int, django_assert_num_queries: Any) -> None:
    laid(office)
    sign_in(client, "official")
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)
