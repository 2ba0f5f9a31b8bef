"""The world of the tests is what it says it is: its states hold at noon, and what is closed stays closed."""

from __future__ import annotations

import pytest

from kumppani.access import load, visible
from kumppani.access.viewer import STRANGER
from kumppani.domain.agreements.rules import commitment_state_on, measure_state_on
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.errors import Missing
from tests.builders import TODAY
from tests.universe import Universe


def test_things_are_in_the_states_they_are_named_by(universe: Universe) -> None:
    assert all(commitment_state_on(commitment, TODAY) is state for state, commitment in universe.commitments.items())
    assert all(measure_state_on(measure, TODAY) is state for state, measure in universe.measures.items())


def test_only_what_was_published_is_open(universe: Universe) -> None:
    keys = [agreement.key for agreement in visible.agreements(STRANGER, universe.programme)]

    assert keys == [universe.north.key, universe.south.key]
    with pytest.raises(Missing):
        load.agreement(STRANGER, universe.programme, universe.unpublished.key)


def test_the_cast_may_do_its_own_and_no_more(universe: Universe) -> None:
    cast, key = universe.cast, universe.programme.key

    assert cast.keeper.may(Permission.STATE_MEASURE, key)
    assert not cast.keeper.may(Permission.PUBLISH, key)
    assert not cast.keeper.may(Permission.STATE_MEASURE, universe.training.key)
    assert not any(cast.bystander.may(permission, key) for permission in Permission)
