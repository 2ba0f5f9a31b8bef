"""How answers travel: tagged and kept, open to every site, read only."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kumppani.api.description import schema
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.workflow import guard
from kumppani.workflow.corrections import correct_fact
from tests.api.asking import PREFIX, ask, ask_csv
from tests.builders import TODAY
from tests.universe import Universe

FILLED = {"key": "fi-2021-01", "agreement_key": "fi-2021-01", "number": "1", "scheme": "themes"}
PATHS = [f"{PREFIX}agreements", f"{PREFIX}agreements/fi-2021-01", f"{PREFIX}openapi.json", PREFIX]
PATHS += [f"{PREFIX}parties?format={format_}" for format_ in ("csv", "xlsx", "json")]


COMMITTING = pytest.mark.django_db(transaction=True)
"""For tests that ask, change and ask again: PostgreSQL's token moves with what is committed."""


def test_every_answer_is_tagged_and_not_sent_twice(universe: Universe) -> None:
    for path in PATHS:
        first = Client().get(path)
        assert first.status_code == 200
        assert first["Cache-Control"] == "public, no-cache"
        for tag in (first["ETag"], f"W/{first['ETag']}", "*", f'"other", {first["ETag"]}'):
            again = Client().get(path, headers={"If-None-Match": tag})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert Client().get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_kept_answer_costs_one_query_that_reads_no_table(universe: Universe) -> None:
    for path in PATHS:
        Client().get(path)
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        assert len(queries) == 1
        assert " FROM " not in queries[0]["sql"].upper()


@COMMITTING
def test_an_act_shows_at_once(universe: Universe) -> None:
    before = Client().get(f"{PREFIX}agreements")
    cited = Cited(Mark.ENTERED, as_of=TODAY)
    correct_fact(
        by=universe.cast.corrector,
        programme=universe.programme,
        kind="version",
        key="fi-2021-01/1",
        field="valid_to",
        value=TODAY.replace(year=2025),
        cited=cited,
    )
    after = Client().get(f"{PREFIX}agreements", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert ask("agreements")["items"][0]["validity"] == "ended"
    assert ask_csv("agreements")[0]["valid_to"] == "2025-11-24"
    assert ask("changes")["items"][0]["act"] == "correct_fact"


@COMMITTING
def test_a_date_changed_in_the_database_behind_the_application_shows_at_once(universe: Universe) -> None:
    assert ask("agreements/fi-2021-01")["version"]["valid_to"] == "2027-12-31"
    assert ask_csv("agreements")[0]["valid_to"] == "2027-12-31"
    with guard.writing(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_agreementversion SET valid_to = '2026-06-30' WHERE agreement_id = %s", [universe.north.pk])
    assert ask("agreements/fi-2021-01")["version"]["valid_to"] == "2026-06-30"
    assert ask("agreements")["items"][0]["validity"] == "ended"
    assert ask_csv("agreements")[0]["valid_to"] == "2026-06-30"


def test_any_site_may_read(universe: Universe) -> None:
    for path in [*PATHS, f"{PREFIX}nothing", f"{PREFIX}agreements?page=0", f"{PREFIX}agreements?on=%ff"]:
        response = Client().get(path, headers={"Origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
    assert "Access-Control-Allow-Origin" not in Client().get("/robots.txt")


def test_head_is_get_without_its_body(universe: Universe) -> None:
    for path in PATHS:
        head, get = Client().head(path), Client().get(path)
        assert head.content == b""
        assert (head.status_code, head["ETag"], head["Content-Length"]) == (200, get["ETag"], str(len(get.content)))
    assert Client().head(f"{PREFIX}agreements/nothing").status_code == 404


def test_options_says_what_may_be_asked(db: None) -> None:
    response = Client().options(f"{PREFIX}agreements", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(method: str, db: None) -> None:
    for path in [PREFIX, f"{PREFIX}openapi.json", *(path.format(**FILLED) for path in schema()["paths"])]:
        response = getattr(Client(enforce_csrf_checks=True), method)(path, data=b"{}", content_type="application/json")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["code"] == "read-only"
        assert method.upper() in response.json()["message"]
