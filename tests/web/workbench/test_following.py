"""Following up on pages: each side says its own, what it rests on is kept, and what cannot be said is told at its field."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.domain.agreements.models import Agreement, Commitment, ContactPoint, Measure
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.text import Text
from tests.builders import category_in, commitment_in, measure_in, priority_of, published_agreement
from tests.web.reading import words
from tests.working import PLACE, open_office, sign_in

AT = f"{PLACE}/work/agreements/harjoitus-01"
PROMISE, MEASURE, FOLLOW_UP = f"{AT}/commitments/1/", f"{AT}/measures/1/", f"{AT}/follow-up/"


@pytest.fixture
def agreement(db: None, noon: None) -> Agreement:
    """In force, with a late promise of the ministry to the city and a late measure of the city."""
    office = open_office()
    municipality = office.draft.agreement.municipalities.get()
    found = published_agreement(office.programme, "harjoitus-01", 1, office.ministry, office.city, municipality).agreement
    commitment_in(CommitmentState.LATE, found, 1, office.ministry, office.city)
    pilot = category_in(office.programme, "action_types", "pilot", Text(fi="Kokeilu", en="Pilot"))
    measure_in(MeasureState.LATE, priority_of(found, 1), 1, pilot, office.city)
    return found


def send(client: Client, path: str, act: str, **given: str) -> Any:
    """Opens the page and sends one of its acts."""
    page = client.get(path).content.decode()
    form = re.search(rf'name="act" value="{act}"><input type="hidden" name="attempt" value="([0-9a-f]+)">', page)
    assert form, page
    return client.post(path, {"act": act, "attempt": form[1], **given})


def test_the_ministry_reports_its_promise_fulfilled_with_its_document(client: Client, agreement: Agreement) -> None:
    sign_in(client, "official")
    document = {"title": "Päätös 12/2026", "publisher": "Ministeriö", "address": "https://example.test/paatos"}
    answer = send(client, PROMISE, "fulfilled", day="2026-11-20", **document)
    assert (answer.status_code, answer["Location"]) == (303, PROMISE)
    assert "Fulfilled on 20 November 2026" in words(client.get(PROMISE))
    proof = Evidence.objects.select_related("source").get(kind="commitment", key="harjoitus-01-c1", field="fulfilled_on")
    assert proof.source is not None
    assert (proof.source.title["en"], proof.source.publisher["en"], proof.source.address) == tuple(document.values())
    assert "Päätös 12/2026" in words(client.get(f"{PLACE}/commitments/harjoitus-01-c1/"))


def test_the_other_side_releases_and_takes_back_but_never_says_fulfilled(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    assert "Fulfilment is reported by the side that promised, release by the side that was promised." in words(client.get(PROMISE))
    assert client.post(PROMISE, {"act": "fulfilled", "day": "2026-11-20", "attempt": "a" * 32}).status_code in {400, 403}
    assert Commitment.objects.get(key="harjoitus-01-c1").fulfilled_on is None
    assert send(client, PROMISE, "released", day="2026-11-20").status_code == 303
    assert send(client, PROMISE, "owed").status_code == 303
    assert Commitment.objects.get(key="harjoitus-01-c1").released_on is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "2026-11-25"}, "still to come"),
        ({"day": "31.2.2026"}, "31.2.2026"),
        ({"day": "2026-11-20", "title": "Päätös"}, "A document is named with its title and its publisher."),
        ({"day": "2026-11-20", "title": "P", "publisher": "M", "address": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_what_cannot_be_reported_is_told_at_its_field(client: Client, agreement: Agreement, given: dict[str, str], said: str) -> None:
    sign_in(client, "official")
    answer = send(client, PROMISE, "fulfilled", **given)
    assert answer.status_code == 400
    assert said in words(answer)
    assert Commitment.objects.get(key="harjoitus-01-c1").fulfilled_on is None


def test_a_measure_is_reported_on_and_is_stale_no_more(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    assert "no word for half a year" in words(client.get(FOLLOW_UP))
    answer = send(client, MEASURE, "report", reported_on="2026-11-23", progress_fi="Etenee", progress_en="It goes on")
    assert (answer.status_code, answer["Location"]) == (303, MEASURE)
    assert Measure.objects.get(key="harjoitus-01-m1").progress["en"] == "It goes on"
    assert "no word for half a year" not in words(client.get(FOLLOW_UP))
    overtaken = send(client, MEASURE, "report", reported_on="2026-11-01", progress_fi="Vanha")
    assert overtaken.status_code == 400
    assert "There is a later word on this already" in words(overtaken)


def test_a_contact_point_is_stated_and_a_telephone_is_not(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    given = {"organisation": "city", "role_fi": "Kirjaamo", "valid_from": "2026-11-24"}
    refused = send(client, FOLLOW_UP, "contact", address="+358 40 123 4567", **given)
    assert refused.status_code == 400
    assert "is not an e-mail address of a role" in words(refused)
    assert send(client, FOLLOW_UP, "contact", address="kirjaamo@kaupunki.example", **given).status_code == 303
    assert ContactPoint.objects.get().organisation.key == "city"
    assert "kirjaamo@kaupunki.example" in words(client.get(f"{PLACE}/agreements/harjoitus-01/"))


def test_another_city_finds_nothing_to_follow_here(client: Client, agreement: Agreement) -> None:
    sign_in(client, "neighbour")
    for path in (PROMISE, MEASURE, FOLLOW_UP, f"{AT}/commitments/9/", f"{AT}/measures/9/"):
        assert client.get(path).status_code == 404


def test_the_pages_take_a_fixed_number_of_queries(client: Client, agreement: Agreement, django_assert_max_num_queries: Any) -> None:
    sign_in(client, "coordinator")
    for path in (PROMISE, MEASURE, FOLLOW_UP):
        client.get(path)
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200
