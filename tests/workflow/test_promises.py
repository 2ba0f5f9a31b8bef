"""Whose word a promise is: no party writes one into another's mouth, nor rewrites its own without asking the other side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import Commitment
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.errors import NotAllowed
from kumppani.workflow.corrections import correct_facts
from tests.builders import SIGNED, TODAY, commitment_in, marked
from tests.universe import Universe
from tests.workflow.test_reports import refused

LATER, KNOWN = date(2031, 5, 31), marked(Mark.ENTERED)
REACHES = pytest.mark.parametrize("reach", list(Reach))


def acting_for(organisation: Organisation, reach: Reach) -> Viewer:
    return Viewer(f"person-{organisation.key}", (Grant("fi-2021", frozenset(Permission), organisation.key, reach),))


def stated(universe: Universe, by: Viewer, number: int = 70, **more: Any) -> Commitment:
    """The state's promise to the city."""
    return commitment_in(
        CommitmentState.OWED, universe.north, number, universe.organisations.ministry, universe.organisations.city_north, by=by, **more
    )


def correct(universe: Universe, by: Viewer, promise: Commitment, **values: Any) -> Commitment:
    found = {name.replace("__", "."): (value, KNOWN) for name, value in values.items()}
    return correct_facts(by=by, programme=universe.programme, kind="commitment", key=promise.key, values=found)  # type: ignore[no-any-return]


@REACHES
def test_a_party_states_its_own_promise_on_any_day_and_anothers_only_as_it_was_signed(universe: Universe, reach: Reach) -> None:
    state, city = (acting_for(one, reach) for one in (universe.organisations.ministry, universe.organisations.city_north))
    day_after = SIGNED + timedelta(days=1)
    refused(lambda: stated(universe, city, promised_on=day_after), "promise-of-another", NotAllowed)
    assert stated(universe, city, promised_on=SIGNED).promised_on == SIGNED
    assert stated(universe, state, 71, promised_on=day_after).promised_on == day_after


@REACHES
def test_how_a_promise_stands_is_said_by_the_side_whose_word_it_is_also_when_it_is_written_down(universe: Universe, reach: Reach) -> None:
    state, city = (acting_for(one, reach) for one in (universe.organisations.ministry, universe.organisations.city_north))
    refused(lambda: stated(universe, city, promised_on=SIGNED, fulfilled_on=TODAY), "not-your-promise", NotAllowed)
    refused(lambda: stated(universe, state, promised_on=SIGNED, released_on=TODAY), "not-your-promise", NotAllowed)
    assert stated(universe, state, promised_on=SIGNED, fulfilled_on=TODAY).fulfilled_on == TODAY


@REACHES
def test_a_party_corrects_nothing_of_a_promise_but_what_is_not_known_of_its_own(universe: Universe, reach: Reach) -> None:
    state, city = (acting_for(one, reach) for one in (universe.organisations.ministry, universe.organisations.city_north))
    promise = stated(universe, SYSTEM, due_on=None)
    refused(lambda: correct(universe, city, promise, due_on=LATER), "promise-of-another", NotAllowed)
    refused(lambda: correct(universe, state, promise, fulfilled_on=TODAY), "reported-not-corrected", NotAllowed)
    refused(lambda: correct(universe, state, promise, promise__en="Less"), "asked-not-corrected", NotAllowed)
    refused(lambda: correct(universe, state, promise, due_on=LATER, promised_on=TODAY), "asked-not-corrected", NotAllowed)
    assert correct(universe, state, promise, due_on=LATER, promise__sv="Löfte 70").due_on == LATER
    refused(lambda: correct(universe, state, promise, due_on=LATER + timedelta(days=1)), "asked-not-corrected", NotAllowed)
    refused(lambda: correct(universe, state, promise, due_on=None), "asked-not-corrected", NotAllowed)
    assert correct(universe, SYSTEM, promise, promise__en="Promise seventy").promise["en"] == "Promise seventy"
