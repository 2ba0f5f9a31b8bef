"""The pages of a round: the matrix as picture, table and file, a draft against the common text, and the forms that open drafts and carry over."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from kumppani.demo import next_round, story
from kumppani.domain.rounds.models import CarriedCommitment, RoundDraft
from kumppani.kernel import clock
from tests.builders import NOON
from tests.web.reading import words

WORK = "/en/p/harjoitus/work/rounds/"
PAGE = f"{WORK}{next_round.KEY}/"
DRAFTS = [f"{next_round.KEY}-{number}" for number in ("01", "02", "03")]


@pytest.fixture(autouse=True)
def story_told(db: None) -> Iterator[None]:
    with clock.stopped_at(NOON):
        story.build()
        yield


def signed_in(client: Client, persona: str) -> Client:
    assert client.post("/en/p/harjoitus/sign-in/", {"persona": f"harjoitus-{persona}"}).status_code == 303
    return client


def send(client: Client, path: str, act: str, **given: str) -> Any:
    html = client.get(path).content.decode()
    form = next(part for part in html.split("<form ") if f'name="act" value="{act}"' in part)
    found = re.search(r'name="attempt" value="([^"]*)"', form)
    assert found is not None
    return client.post(path, {"act": act, "attempt": found[1], **given})


def test_the_matrix_is_a_picture_a_table_and_a_file_that_say_the_same(client: Client) -> None:
    signed_in(client, "official")
    page = client.get(PAGE)
    html, found = page.content.decode(), words(page)
    assert "3 drafts of yours have been opened. Agreed: 4 · Open: 7 · Differs: 2" in found
    assert "3. Follow-up Open Differs 1 open comment What differs" in found
    assert "5. Languages not in the common text – Differs What differs" in found
    drawn = {state: html.count(f'class="{state}"') for state in ("agreed", "open", "differs")}
    assert drawn == {"agreed": 4, "open": 7, "differs": 2}
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}matrix.csv").content.decode())))
    assert len(rows) == 13
    assert [(row["clause"], row["open_comments"], row["same_words"]) for row in rows if row["state"] == "differs"] == [
        ("follow-up", "1", "false"),
        ("languages", "0", "false"),
    ]
    assert {row["agreement"] for row in rows if row["state"] == "agreed"} == {DRAFTS[2]}


@pytest.mark.parametrize(("state", "clauses"), [("differs", ["Follow-up", "Languages"]), ("agreed", ["Purpose", "Parties", "Follow-up", "Term"])])
def test_the_table_shows_the_clauses_that_are_somewhere_in_the_state_asked_for(client: Client, state: str, clauses: list[str]) -> None:
    signed_in(client, "official")
    table = client.get(f"{PAGE}?state={state}").content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r'<th scope="row">\d+\. (\S+?)(?: <|<)', table) == clauses
    assert client.get(f"{PAGE}?state=nice").status_code == 400


def test_a_city_sees_its_own_draft_alone_and_who_lays_the_round_sees_all(client: Client) -> None:
    signed_in(client, "vellamo")
    assert "1 draft of yours has been opened." in words(client.get(PAGE))
    assert client.get(f"{PAGE}drafts/{DRAFTS[0]}/").status_code == 200
    assert client.get(f"{PAGE}drafts/{DRAFTS[1]}/").status_code == 404
    assert client.get(f"{WORK}nothing/").status_code == 404
    assert f'href="{WORK}"' in client.get("/en/p/harjoitus/work/agreements/").content.decode()
    other = signed_in(Client(), "coordinator")
    assert "Round of agreements 2035–2040 4 3 4 7 2" in words(other.get(WORK))
    assert "No draft that you take part in" in words(signed_in(Client(), "applicant").get(PAGE))


def test_a_draft_shows_word_by_word_what_differs_in_each_language(client: Client) -> None:
    signed_in(client, "tapio")
    page = client.get(f"{PAGE}drafts/{DRAFTS[1]}/")
    found, html = words(page), page.content.decode()
    assert "2 clauses differ from the common text." in found
    assert "<del>" in html
    assert "twice" in html.split("<del>")[1].split("</del>")[0]
    assert 'lang="sv"' in client.get(f"{PAGE}drafts/{DRAFTS[1]}/?language=sv").content.decode()
    assert client.get(f"{PAGE}drafts/{DRAFTS[1]}/?language=ru").status_code == 400


def test_what_was_carried_over_points_to_its_origin_and_what_is_left_is_offered(client: Client) -> None:
    signed_in(client, "vellamo")
    path = f"{PAGE}drafts/{DRAFTS[0]}/"
    html = client.get(path).content.decode()
    assert "from harjoitus-01-p1" in html
    offered = re.findall(r'<option value="(harjoitus-01-c\d+)"', html)
    assert offered
    answer = send(client, path, "carry_commitment", origin=offered[0], due_on="2037-06-30")
    assert (answer.status_code, answer["Location"]) == (303, path)
    carried = CarriedCommitment.objects.get(origin__key=offered[0])
    assert (str(carried.commitment.due_on), carried.draft.agreement.key) == ("2037-06-30", DRAFTS[0])
    refused = send(client, path, "carry_commitment", origin=offered[-1], due_on="2001-01-01")
    assert refused.status_code == 400
    assert send(client, path, "carry_priority", origin="harjoitus-01-p2").status_code == 303


def test_a_draft_is_opened_for_an_agreement_that_has_none(client: Client) -> None:
    signed_in(client, "official")
    answer = send(client, PAGE, "open_round_draft", succeeds="harjoitus-04", case_number="HM/3/2026")
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}drafts/{next_round.KEY}-04/")
    assert RoundDraft.objects.get(succeeds__key="harjoitus-04").agreement.versions.get().case_number == "HM/3/2026"
    assert "Every agreement that you may open a successor for has one" in words(signed_in(Client(), "vellamo").get(PAGE))
    assert send(client, PAGE, "open_round_draft", succeeds="harjoitus-01").status_code == 400


def test_nothing_of_a_round_is_public(client: Client) -> None:
    for path in (WORK, PAGE, f"{PAGE}matrix.csv", f"{PAGE}drafts/{DRAFTS[0]}/"):
        assert client.get(path).status_code == 302
    for path in (f"/en/p/harjoitus/agreements/{DRAFTS[0]}/", f"/en/p/harjoitus/priorities/{DRAFTS[0]}-p1/"):
        assert client.get(path).status_code == 404
