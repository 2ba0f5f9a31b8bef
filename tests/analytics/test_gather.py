"""A programme's documents: all that strangers may see, nothing else, and nothing of other programmes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kumppani.analytics.documents import KINDS, Document, fingerprint
from kumppani.analytics.gather import documents, last_day
from kumppani.analytics.labels import PAGES
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import Text
from kumppani.workflow.publishing import publish, withdraw
from tests.analytics.library import Shelf
from tests.builders import NOON, TODAY, organisation_in, place_in, priority_of, programme_of, published_agreement
from tests.universe import Universe


def by_key(found: list[Document]) -> dict[tuple[str, str], Document]:
    return {(document.kind, document.key): document for document in found}


def told(found: list[Document]) -> str:
    return json.dumps([asdict(document) for document in found], ensure_ascii=False)


def test_every_kind_of_thing_is_there_once(universe: Universe) -> None:
    found = documents(universe.programme, TODAY)

    assert {document.kind for document in found} == set(KINDS)
    assert len(by_key(found)) == len(found)
    assert [KINDS.index(document.kind) for document in found] == sorted(KINDS.index(document.kind) for document in found)


def test_what_belongs_to_the_agreement_is_there(universe: Universe) -> None:
    found = by_key(documents(universe.programme, TODAY))
    keys = {key for kind, key in found if kind in {"priority", "commitment", "measure"}}

    assert {thing.key for thing in (*universe.priorities, *universe.commitments.values(), *universe.measures.values())} < keys
    assert ("goal", "fi-2021-01/goal/1") in found
    assert ("update", "fi-2021-01/update/1") in found
    assert {("figure", "start-release"), ("figure", "north-year"), ("municipality", "FI-901"), ("theme", "low_carbon")} < set(found)


def test_an_agreement_is_found_by_all_that_its_page_says(universe: Universe) -> None:
    north = by_key(documents(universe.programme, TODAY))["agreement", "fi-2021-01"]
    context = [line["fi"] for line in north.context if "fi" in line]

    assert north.title == {"fi": "Pohjola", "sv": "Norden", "en": "The North"}
    assert north.body == ({"fi": "Akkukemia sekä kiertotalous", "sv": "Batterikemi och cirkulär ekonomi"},)
    for words in (
        "Ohjelma fi-2021",
        "Pohjola, Harjula",
        "Maakunta",
        "Suur-Pohjolan kaupunki",
        "Kulttuuriministeriö",
        "Pohjolan yliopisto",
        "Pohjolan liitto",
    ):
        assert any(words in line for line in context), words


def test_a_part_that_somebody_has_in_every_agreement_tells_none_of_them(universe: Universe) -> None:
    found = by_key(documents(universe.programme, TODAY))

    assert "Elinkeinoministeriö" not in told([found["agreement", "fi-2021-01"], found["agreement", "fi-2021-02"]])
    assert "Pohjola" not in told([found["organisation", "ministry"]])


def test_an_organisation_is_found_by_every_name_identifier_and_part(universe: Universe) -> None:
    found = by_key(documents(universe.programme, TODAY))
    city, university, council = (found["organisation", key] for key in ("city-north", "university", "council"))

    assert city.title["fi"] == "Suur-Pohjolan kaupunki"
    assert "Pohjolan kaupunki" in city.body[0]["fi"]
    assert university.names == ("university", "TRAINING-0001")
    assert any("Pohjola" in line.get("fi", "") for line in council.context)


def test_what_is_closed_is_not_there(universe: Universe) -> None:
    found = documents(universe.programme, TODAY)

    assert {document.agreement for document in found} == {"", universe.north.key, universe.south.key}
    assert universe.unpublished.name["fi"] not in told(found)
    assert universe.withdrawn.name["fi"] not in told(found)


def test_withdrawing_takes_away_and_publishing_brings_back(universe: Universe) -> None:
    before = documents(universe.programme, TODAY)
    version = universe.north.versions.get()
    publication = withdraw(by=universe.cast.publisher, publication=version.publication, reason=Text(fi="Syy"))

    without = documents(universe.programme, TODAY)
    assert universe.north.key not in {document.agreement for document in without}
    assert "Akkukemia" not in told(without)

    publish(by=universe.cast.publisher, version=publication.version)
    assert documents(universe.programme, TODAY) == before


def test_nothing_internal_or_of_other_programmes_is_told(universe: Universe) -> None:
    found = told(documents(universe.programme, TODAY))

    for word in ("Harjoitus", "keeper", "publisher", "corrector", "bystander", "Keeper"):
        assert word not in found


def another_programme(number: int) -> Programme:
    programme = programme_of(f"other-{number}", country=f"X{number}")
    place = place_in(programme, "901", f"Toisaalla {number}")
    parties = [organisation_in(programme, f"other-{side}-{number}", name=Text(fi="Akkukemia Pohjola")) for side in ("state", "city")]
    version = published_agreement(programme, f"other-{number}-01", 1, parties[0], parties[1], place, name=Text(fi="Pohjola"))
    priority_of(version.agreement)
    return programme


def test_the_version_does_not_depend_on_other_programmes(universe: Universe) -> None:
    versions = []
    for number in range(3):
        versions.append(fingerprint(documents(universe.programme, TODAY), last_day(universe.programme)))
        another_programme(number)

    assert len(set(versions)) == 1


def test_the_last_day_is_that_of_the_last_public_act(universe: Universe) -> None:
    assert last_day(universe.programme) == NOON.date()
    assert last_day(programme_of("empty")) is None


def queries(programme: Programme) -> int:
    with CaptureQueriesContext(connection) as captured:
        documents(programme, TODAY)
    return len(captured)


def test_more_agreements_take_no_more_queries(universe: Universe) -> None:
    before = queries(universe.programme)
    for position in range(5, 15):
        parties = universe.organisations.ministry, universe.organisations.city_south
        version = published_agreement(universe.programme, f"fi-2021-{position:02}", position, *parties, universe.places["Etelä"])
        priority_of(version.agreement, themes=list(universe.themes.values()))

    assert queries(universe.programme) == before <= 35


def test_an_empty_programme_has_its_pages(db: None) -> None:
    assert {document.key for document in documents(programme_of("empty"), TODAY)} == {"home", *PAGES}


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_title_in_every_language_finds_its_thing(shelf_of_universe: tuple[Shelf, list[Document]], data: st.DataObject) -> None:
    shelf, found = shelf_of_universe
    document = data.draw(st.sampled_from([document for document in found if document.title]))
    language = data.draw(st.sampled_from(sorted(document.title)))

    page, keys = 1, set[str]()
    while page <= (answer := shelf.ask(document.title[language], language, page=page)).pages:
        keys |= {hit.key for hit in answer.hits}
        page += 1
    assert document.key in keys


@pytest.fixture
def shelf_of_universe(universe: Universe, tmp_path: Path) -> tuple[Shelf, list[Document]]:
    found = documents(universe.programme, TODAY)
    return Shelf(tmp_path, tuple(found)), found
