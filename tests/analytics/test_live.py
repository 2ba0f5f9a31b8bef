"""The days of what was found, as the database has them at this moment."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kumppani.access.viewer import STRANGER
from kumppani.analytics import live
from kumppani.analytics.documents import KINDS
from kumppani.analytics.gather import documents
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, commitment_state_on, measure_state_on
from kumppani.kernel.text import Text
from kumppani.workflow.publishing import withdraw
from tests.builders import ENDS, SIGNED, TODAY
from tests.universe import RENAMED_ON, Universe


def things(universe: Universe) -> list[live.Thing]:
    return [(document.kind, document.key) for document in documents(universe.programme, TODAY)]


def test_everything_that_search_knows_is_there_in_one_query(universe: Universe) -> None:
    wanted = things(universe)
    with CaptureQueriesContext(connection) as captured:
        found = live.days_of(STRANGER, universe.programme, wanted)

    assert len(captured) == 1
    assert set(found) == {thing for thing in wanted if thing[0] in live.KINDS}
    assert set(live.KINDS) == set(KINDS) - {"page"}


def test_days_have_the_names_and_values_of_their_rows(universe: Universe) -> None:
    found = live.days_of(STRANGER, universe.programme, things(universe))

    assert found["agreement", "fi-2021-01"][0].named == {"signed_on": SIGNED, "valid_from": None, "valid_to": ENDS}
    assert found["organisation", "county"][0].named == {"valid_from": RENAMED_ON, "valid_to": None}
    assert found["update", "fi-2021-01/update/1"][0].named == {"happened_on": date(2025, 2, 3)}
    assert found["figure", "north-year"][0].named == {"as_of": SIGNED, "period_from": date(2021, 1, 1), "period_to": date(2022, 12, 31)}
    assert found["municipality", "FI-901"][0].named == {}


def test_the_rules_read_them_as_they_read_rows(universe: Universe) -> None:
    found = live.days_of(STRANGER, universe.programme, things(universe))

    for state, commitment in universe.commitments.items():
        assert commitment_state_on(found["commitment", commitment.key][0], TODAY) is CommitmentState(state)
    for stage, measure in universe.measures.items():
        assert measure_state_on(found["measure", measure.key][0], TODAY) is MeasureState(stage)


def test_each_kind_alone_is_read_as_all_together(universe: Universe) -> None:
    together = live.days_of(STRANGER, universe.programme, things(universe))

    for thing in things(universe):
        assert live.days_of(STRANGER, universe.programme, [thing]).get(thing) == together.get(thing)


def test_what_is_closed_or_of_others_is_not_there(universe: Universe) -> None:
    wanted = [("agreement", universe.unpublished.key), ("agreement", universe.withdrawn.key), ("agreement", universe.training_agreement.key)]
    assert live.days_of(STRANGER, universe.programme, wanted) == {}

    before = things(universe)
    withdraw(by=universe.cast.publisher, publication=universe.north.versions.get().publication, reason=Text(fi="Syy"))
    left = live.days_of(STRANGER, universe.programme, before)
    assert not [key for kind, key in left if key.startswith(universe.north.key)]
    assert ("agreement", universe.south.key) in left


def test_nothing_asks_nothing(universe: Universe) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert live.days_of(STRANGER, universe.programme, [("page", "home")]) == {}
    assert not captured
