"""Every address costs as many queries at 160 agreements as at 16, and few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kumppani.access.kept import PAGES
from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from kumppani.workflow._record import together
from kumppani.workflow.agreements import Signing, TakingPart
from kumppani.workflow.organisations import rename_organisation
from tests.api.asking import PREFIX
from tests.builders import (
    NOON,
    SIGNED,
    category_in,
    commitment_in,
    figure_of,
    measure_in,
    organisation_in,
    place_in,
    priority_of,
    programme_of,
    published_agreement,
)

LISTS = {
    "programmes": 4,
    "agreements": 10,
    "versions": 5,
    "parties": 9,
    "priorities": 7,
    "commitments": 7,
    "measures": 8,
    "figures": 5,
    "organisations": 9,
    "municipalities": 7,
    "categories": 5,
    "sources": 4,
    "changes": 10,
    "heads": 4,
}
THINGS = {
    "agreements/a-1": 9,
    "versions/a-1/1": 10,
    "priorities/a-1-p1": 6,
    "commitments/a-1-c1": 6,
    "measures/a-1-m1": 7,
    "figures/f-1": 4,
    "organisations/city-1": 8,
    "municipalities/FI-1": 6,
    "categories/themes/digital": 4,
    "sources/release": 3,
}
"""Address → queries, the one that asks the database for its token among them."""


def _agreement(programme: Programme, shared: dict[str, Any], number: int) -> None:
    city = organisation_in(programme, f"city-{number}", parent=shared["council"], successor=shared["university"])
    rename_organisation(by=SYSTEM, organisation=city, name=Text(fi=f"Kaupunki {number}"), valid_from=SIGNED + timedelta(days=1))
    version = published_agreement(
        programme,
        f"a-{number}",
        number,
        shared["ministry"],
        city,
        place_in(programme, str(number), f"Kunta {number}"),
        decider=shared["council"],
        signings=[Signing(shared["ministry"], Side.STATE), Signing(city, Side.CITY)],
        negotiators=[TakingPart(shared["council"])],
        cooperation_parties=[TakingPart(shared["university"])],
    )
    priority = priority_of(version.agreement, themes=[shared["theme"]])
    commitment_in(CommitmentState.OWED, version.agreement, 1, city, shared["ministry"])
    measure_in(MeasureState.PLANNED, priority, 1, shared["type"], city, partners=[shared["university"], shared["council"]])
    figure_of(programme, f"f-{number}", number, Amount(exact=number), "summa", agreement=version.agreement)


def _agreements(programme: Programme, shared: dict[str, Any], numbers: range) -> None:
    with together():
        for number in numbers:
            _agreement(programme, shared, number)


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[int, dict[str, int]]]:
    """Number of agreements → address → queries it takes when nothing is kept."""
    with django_db_blocker.unblock(), clock.stopped_at(NOON), transaction.atomic():
        programme = programme_of()
        shared: dict[str, Any] = {key: organisation_in(programme, key) for key in ("ministry", "council", "university")}
        shared["theme"] = category_in(programme, "themes", "digital", Text(fi="Digitaalisuus"))
        shared["type"] = category_in(programme, "action_types", "competence", Text(fi="Osaaminen"))
        _agreements(programme, shared, range(1, 17))
        few = _count()
        _agreements(programme, shared, range(17, 161))
        yield {16: few, 160: _count()}
        transaction.set_rollback(True)


def _count() -> dict[str, int]:
    client = Client()
    return {path: _queries(client, path) for path in [*(f"{name}?limit=1000" for name in LISTS), *THINGS, *(f"{name}?format=csv" for name in LISTS)]}


def _queries(client: Client, path: str) -> int:
    PAGES.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{PREFIX}{path}").status_code == 200
    return len(queries)


def test_lists_take_as_many_queries_as_they_did(counted: dict[int, dict[str, int]]) -> None:
    expected = {f"{name}?limit=1000": number for name, number in LISTS.items()}
    for found in counted.values():
        assert {path: number for path, number in found.items() if path in expected} == expected
    assert max(LISTS.values()) <= 10


def test_things_take_as_many_queries_as_they_did(counted: dict[int, dict[str, int]]) -> None:
    for found in counted.values():
        assert {path: number for path, number in found.items() if path in THINGS} == THINGS
    assert max(THINGS.values()) <= 12


def test_files_of_few_rows_and_of_many_take_the_same_for_each_piece(counted: dict[int, dict[str, int]]) -> None:
    """A file is read in pieces of 500 rows: parties (5 an agreement) and changes (8 an agreement) take more than one."""
    files = [f"{name}?format=csv" for name in LISTS if name not in {"parties", "changes"}]
    assert {path: counted[16][path] for path in files} == {path: counted[160][path] for path in files}
    assert counted[160]["parties?format=csv"] <= 2 * counted[16]["parties?format=csv"]
    assert counted[160]["changes?format=csv"] <= 3 * counted[16]["changes?format=csv"]
