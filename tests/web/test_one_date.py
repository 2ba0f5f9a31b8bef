"""One date changed in the database shows everywhere on the next request: page, API, CSV and search; also when it was changed behind our back."""

import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.workflow import guard
from kumppani.workflow.corrections import correct_fact
from tests.builders import TODAY
from tests.universe import Universe, build_universe

NEW_END = date(2031, 5, 6)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def universe(settings: object, tmp_path: object) -> Universe:
    settings.SNAPSHOT_FOLDER = tmp_path  # type: ignore[attr-defined] pytest-django's settings
    return build_universe()


def shown(client: Client, universe: Universe) -> dict[str, str]:
    """Every place where the end of the agreement's term is shown."""
    key = universe.north.key
    places = {
        "page": f"/fi/agreements/{key}/",
        "home": "/fi/",
        "list": "/fi/agreements/",
        "api": f"/api/v1/agreements/{key}",
        "csv": "/api/v1/agreements?format=csv",
        "search": "/fi/search/?q=Pohjola&kind=agreement",
    }
    answers = {name: client.get(path) for name, path in places.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(places, 200)
    return {name: (b"".join(answer) if answer.streaming else answer.content).decode() for name, answer in answers.items()}


def assert_shows_everywhere(client: Client, universe: Universe) -> None:
    for name, text in shown(client, universe).items():
        assert "6.5.2031" in text or "2031-05-06" in text, name


def by_an_act(universe: Universe) -> None:
    cited = Cited(Mark.ENTERED, as_of=TODAY)
    correct_fact(by=SYSTEM, programme=universe.programme, kind="version", key=f"{universe.north.key}/1", field="valid_to", value=NEW_END, cited=cited)


def behind_our_back(universe: Universe) -> None:
    def change() -> None:
        with guard.writing(), connection.cursor() as cursor:
            cursor.execute("UPDATE agreements_agreementversion SET valid_to = %s WHERE agreement_id = %s", [NEW_END, universe.north.pk])
        connections.close_all()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()


@pytest.mark.parametrize("change", [by_an_act, behind_our_back])
def test_a_changed_date_shows_in_page_api_csv_and_search_on_the_next_request(client: Client, universe: Universe, change: object) -> None:
    before = shown(client, universe)
    assert not any("2031" in text for text in before.values())
    change(universe)  # type: ignore[operator] one of the two above
    assert_shows_everywhere(client, universe)
