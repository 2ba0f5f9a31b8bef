"""Evidence is given anew for a value that does not change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kumppani.access.viewer import STRANGER, SYSTEM, Viewer
from kumppani.domain.journal.models import Event
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel.errors import Missing, NotAllowed, Refusal, RuleBroken
from kumppani.workflow.citations import cite_again
from tests.builders import TODAY, seen
from tests.universe import Universe


def again(universe: Universe, field: str, cited: Cited, *, by: Viewer = SYSTEM, key: str = "") -> Evidence:
    return cite_again(by=by, programme=universe.programme, kind="version", key=key or f"{universe.south.key}/1", field=field, cited=cited)


def test_a_known_value_gets_another_source_and_the_event_says_what_stood_there(universe: Universe) -> None:
    before = universe.south.versions.get().valid_to
    evidence = again(universe, "valid_to", Cited(Mark.INFERRED, seen().source, date(2026, 1, 2)))
    assert (evidence.mark, evidence.as_of) == ("inferred", date(2026, 1, 2))
    assert universe.south.versions.get().valid_to == before
    event = Event.objects.filter(act="cite").latest("number")
    assert event.key == f"version/{universe.south.key}/1"
    assert '"mark":"inferred"' in event.text.replace('": "', '":"')


def test_one_chosen_piece_of_evidence_is_left(universe: Universe) -> None:
    again(universe, "valid_to", seen())
    again(universe, "valid_to", seen())
    rows = Evidence.objects.filter(kind="version", key=f"{universe.south.key}/1", field="valid_to")
    assert [row.chosen for row in rows if row.chosen] == [True]


@pytest.mark.parametrize(
    ("act", "code", "error"),
    [
        (lambda u: again(u, "valid_to", Cited(Mark.UNKNOWN, looked_on=TODAY)), "evidence-contradicts-value", RuleBroken),
        (lambda u: again(u, "valid_to", Cited(Mark.SEEN)), "value-without-source", RuleBroken),
        (lambda u: again(u, "colour", seen()), "no-such-fact", Missing),
        (lambda u: again(u, "valid_to", seen(), key="nowhere/1"), "no-such-fact", Missing),
        (lambda u: again(u, "valid_to", seen(), by=STRANGER), "not-permitted", NotAllowed),
    ],
    ids=["unknown for a known value", "no source", "no such field", "no such thing", "a stranger"],
)
def test_what_cannot_be_cited_again_is_refused(universe: Universe, act: Callable[[Universe], object], code: str, error: type[Refusal]) -> None:
    before = list(Evidence.objects.order_by("id").values())
    with pytest.raises(error) as refusal:
        act(universe)
    assert refusal.value.code == code
    assert list(Evidence.objects.order_by("id").values()) == before
