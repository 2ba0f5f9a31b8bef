"""The pages of a priority, a commitment and a measure: what they say on which day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.kernel.text import Text
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.reports import report_measure
from tests.builders import TODAY
from tests.universe import Universe
from tests.web.reading import get, linked_data, links, words

FIRST, SECOND = "/en/priorities/fi-2021-01-p1/", "/en/priorities/fi-2021-01-p2/"


def commitment_path(universe: Universe, state: CommitmentState) -> str:
    return f"/en/commitments/{universe.commitments[state].key}/"


def measure_path(universe: Universe, state: MeasureState) -> str:
    return f"/en/measures/{universe.measures[state].key}/"


def test_a_priority_says_who_works_on_it_and_where(universe: Universe, client: Client) -> None:
    page = get(client, FIRST)
    found = words(page)

    assert "The North and the state concentrate on this until 31 December 2027." in found
    assert "It leads" in found
    assert "Low carbon Our own division, translation or mapping" in found
    assert "Where Pohjola , Harjula" in found
    assert {"/en/organisations/university/", "/en/themes/low_carbon/", "/en/agreements/fi-2021-01/"} <= links(page)
    assert "Promise 3" in found
    assert "Measure 2" not in found


def test_a_priority_without_work_says_why(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/priorities/fi-2021-02-p1/"))

    assert "No measure under this priority is in our data. not in our sources on 24 November 2026" in found
    assert "None of the themes fits its words." in found


@pytest.mark.parametrize(
    ("path", "day", "sentence"),
    [
        (FIRST, "2021-02-08", "On 8 February 2021 this had not been agreed yet: the agreement was signed on 9 February 2021."),
        (SECOND, "2021-02-08", "On 8 February 2021 this had not been agreed yet"),
        (SECOND, "2022-12-31", "On 31 December 2022 this was not yet a priority: it is one from 1 January 2023."),
        (SECOND, "2023-01-01", "concentrate on this until 31 December 2027."),
        (FIRST, "2028-01-01", "On 1 January 2028 this was no longer a priority: it was one until 31 December 2027."),
    ],
)
def test_a_priority_on_a_day(universe: Universe, client: Client, path: str, day: str, sentence: str) -> None:
    page = get(client, f"{path}?on={day}")

    assert sentence in words(page)
    assert "by what is known today, 24 November 2026" in words(page)
    assert path in links(page)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (CommitmentState.OWED, "Ministry promised this to City of the Great North by 24 December 2026."),
        (CommitmentState.LATE, "City of the Great North promised this to Ministry by 25 October 2026. It has not been fulfilled."),
        (CommitmentState.FULFILLED, "City of the Great North promised this to Ministry and fulfilled it on 16 August 2026."),
        (CommitmentState.RELEASED, "Ministry promised this to City of the Great North and was released from it on 8 May 2026."),
        (CommitmentState.NOT_YET_MADE, "On 24 November 2026 this had not been promised yet: it was promised on 24 December 2026."),
    ],
)
def test_a_commitment_in_every_state(universe: Universe, client: Client, state: CommitmentState, sentence: str) -> None:
    assert sentence in words(get(client, commitment_path(universe, state)))


def test_a_commitment_before_it_was_kept(universe: Universe, client: Client) -> None:
    found = words(get(client, f"{commitment_path(universe, CommitmentState.FULFILLED)}?on=2022-06-01"))

    assert "City of the North promised this to Ministry by 24 November 2026." in found
    assert "16 August 2026" not in found


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (MeasureState.PLANNED, "University of the North leads this; it begins on 14 December 2026."),
        (MeasureState.UNDER_WAY, "University of the North leads this; it is to be done by 31 December 2027."),
        (MeasureState.LATE, "University of the North leads this; it was to be done by 4 November 2026."),
        (MeasureState.COMPLETED, "University of the North led this; it was completed on 30 June 2025."),
        (MeasureState.DROPPED, "University of the North led this; it was dropped on 1 March 2023."),
        (MeasureState.NOT_YET_STATED, "On 24 November 2026 this was not yet in the plan: it came into it on 4 December 2026."),
    ],
)
def test_a_measure_in_every_state(universe: Universe, client: Client, state: MeasureState, sentence: str) -> None:
    assert sentence in words(get(client, measure_path(universe, state)))


def test_a_measure_on_an_earlier_day(universe: Universe, client: Client) -> None:
    found = words(get(client, f"{measure_path(universe, MeasureState.COMPLETED)}?on=2025-06-29"))

    assert "it is to be done by 31 December 2027." in found
    assert "30 June 2025" not in found


def test_linked_data_of_parts_points_to_the_whole(universe: Universe, client: Client) -> None:
    priority = linked_data(get(client, FIRST))
    commitment = linked_data(get(client, commitment_path(universe, CommitmentState.LATE)))
    measure = linked_data(get(client, measure_path(universe, MeasureState.NOT_YET_STATED)))

    assert priority["isPartOf"]["@id"] == commitment["object"]["@id"] == measure["object"]["@id"]
    assert (commitment["agent"]["name"], commitment["participant"]["name"]) == ("City of the Great North", "Ministry")
    assert measure["agent"]["name"] == "University of the North"


@pytest.mark.parametrize("path", ["priorities/nothing", "commitments/nothing", "measures/nothing", "priorities/harjoitus-01-p1"])
def test_what_is_not_here_is_missing(universe: Universe, client: Client, path: str) -> None:
    assert get(client, f"/en/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["priorities/fi-2021-01-p1", "commitments/fi-2021-01-c1", "measures/fi-2021-01-m2"])
def test_a_bad_day_is_refused(universe: Universe, client: Client, path: str) -> None:
    assert get(client, f"/en/{path}/?on=tomorrow").status_code == 400


@pytest.mark.parametrize(
    ("path", "queries"),
    [("priorities/fi-2021-01-p1", 12), ("priorities/fi-2021-02-p1", 10), ("commitments/fi-2021-01-c1", 6), ("measures/fi-2021-01-m1", 7)],
)
def test_queries(universe: Universe, client: Client, django_assert_num_queries, path: str, queries: int) -> None:
    PAGES.forget()
    with django_assert_num_queries(queries):
        client.get(f"/en/{path}/")


@pytest.mark.parametrize("path", ["priorities/fi-2021-01-p1", "commitments/fi-2021-01-c1", "measures/fi-2021-01-m2"])
def test_parts_can_be_framed(universe: Universe, client: Client, path: str) -> None:
    page = get(client, f"/embed/sv/{path}/?on={(TODAY - timedelta(days=1)).isoformat()}")

    assert page.status_code == 200
    assert "X-Frame-Options" not in page
    assert 'name="on"' not in page.content.decode()


def test_a_measure_of_which_nobody_has_said_anything_for_half_a_year_says_so_until_it_is_reported_on(universe: Universe, client: Client) -> None:
    late = universe.measures[MeasureState.LATE]
    stale = "Nothing has been reported of this since it came into the plan on 9 February 2021."
    assert stale in words(get(client, measure_path(universe, MeasureState.LATE)))
    assert "no word for half a year" in words(get(client, f"/en/agreements/{universe.north.key}/"))
    report_measure(by=SYSTEM, measure=late, reported_on=TODAY, progress=Text(fi="Etenee", en="It goes on"))
    found = words(get(client, measure_path(universe, MeasureState.LATE)))
    assert "Where it stands It goes on Reported as of 24 November 2026." in found
    assert "Nothing has been" not in found


def test_an_agreement_shows_the_addresses_in_use(universe: Universe, client: Client) -> None:
    assert "Contact points" not in words(get(client, f"/en/agreements/{universe.south.key}/"))
    for address, ends in (("registry@city.example", None), ("old@city.example", TODAY - timedelta(days=1))):
        state_contact_point(
            by=SYSTEM,
            agreement=universe.north,
            organisation=universe.organisations.city_north,
            role=Text(fi="Kirjaamo", en="Registry"),
            address=address,
            valid_from=TODAY - timedelta(days=90),
            valid_to=ends,
        )
    found = words(get(client, f"/en/agreements/{universe.north.key}/"))
    assert "City of the Great North : Registry registry@city.example" in found
    assert "old@city.example" not in found
