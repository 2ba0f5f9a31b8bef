"""My work: what is on the table for who is signed in, and nothing of others."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from kumppani.domain.agreements.rules import CommitmentState
from tests.builders import commitment_in, published_agreement
from tests.working import PLACE, Office, open_office, sign_in


@pytest.fixture
def office(db: None, noon: None) -> Office:
    return open_office()


def home(client: Client, persona: str) -> str:
    sign_in(client, persona)
    return str(client.get(f"{PLACE}/work/").content.decode())


def test_whose_turn_it_is_sees_that_it_is_theirs(client: Client, office: Office) -> None:
    page = home(client, "official")
    assert "1 matter waits for you" in page
    assert "Archipelago agreement" in page
    assert "Yours" in page


def test_the_other_party_sees_whom_it_waits_for(client: Client, office: Office) -> None:
    page = home(client, "coordinator")
    assert "0 matters wait for you" in page
    assert "Archipelago agreement" in page
    assert "Yours" not in page


def test_another_city_sees_nothing_of_it(client: Client, office: Office) -> None:
    page = home(client, "neighbour")
    assert "Archipelago agreement" not in page
    assert "Nothing that you take part in is being negotiated." in page


def test_the_page_is_kept_by_nobody_and_names_who_is_signed_in(client: Client, office: Office) -> None:
    sign_in(client, "official")
    answer: Any = client.get(f"{PLACE}/work/")
    assert answer["Cache-Control"] == "no-store"
    assert "Official Practising" in answer.content.decode()


def test_it_takes_a_fixed_number_of_queries(client: Client, office: Office, django_assert_num_queries: Any) -> None:
    sign_in(client, "official")
    client.get(f"{PLACE}/work/")
    with django_assert_num_queries(12):
        client.get(f"{PLACE}/work/")


def test_what_waits_is_told_with_its_days_and_leads_to_where_it_is_dealt_with(client: Client, office: Office) -> None:
    agreement = published_agreement(
        office.programme, "harjoitus-01", 1, office.ministry, office.city, office.draft.agreement.municipalities.get()
    ).agreement
    commitment_in(CommitmentState.LATE, agreement, 1, office.ministry, office.city)
    page = home(client, "official")
    assert "2 matters wait for you" in page
    assert "Promise of your organisation" in page
    assert f'href="{PLACE}/work/agreements/harjoitus-01/commitments/1/"' in page
    assert "<b>Late</b>" in page
    assert client.get(f"{PLACE}/work/agreements/harjoitus-01/commitments/1/").status_code == 200
    assert "Nothing waits for you." in home(client, "neighbour")
