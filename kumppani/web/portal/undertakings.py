"""What an agreement promises, concentrates on and does, on the day it is read. What had not begun that day is counted, not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from kumppani.access.whole import Concentration, Work
from kumppani.domain.agreements.rules import (
    CommitmentState,
    MeasureState,
    Side,
    Validity,
    commitment_state_on,
    is_stale_on,
    measure_state_on,
    validity_on,
)
from kumppani.kernel.text import Text, _
from kumppani.web.components.vow import Promise, Vow
from kumppani.web.portal.present import Backed, backed, backed_words, bounds_of
from kumppani.web.portal.reading import Reading


@dataclass(frozen=True, slots=True)
class Focus:
    """A priority as the page lists it."""

    priority: Any
    themes: Sequence[Any]
    title: Backed
    mapping: Backed


class Line(NamedTuple):
    """A measure as the plan lists it."""

    measure: Any
    state: MeasureState
    lead: Text
    partners: Sequence[Text]
    is_stale: bool


class Plan(NamedTuple):
    """The measures under one priority."""

    priority: Any
    lines: Sequence[Line]


def promises(reading: Reading) -> dict[str, Any]:
    """Promises by subject, both sides beside each other."""
    by_subject: dict[Text, dict[str, list[Promise]]] = defaultdict(lambda: defaultdict(list))
    states = {commitment.key: commitment_state_on(commitment, reading.day) for commitment in reading.found.commitments}
    for commitment in reading.found.commitments:
        if states[commitment.key] is not CommitmentState.NOT_YET_MADE:
            by_subject[commitment.subject][commitment.side].append(_promise(reading, commitment, states[commitment.key]))
    gap = reading.book.chosen("agreement", reading.key, "commitments")
    looked_on = gap.looked_on if gap else None
    return {
        "vows": [Vow(subject, sides[Side.STATE], sides[Side.CITY], looked_on) for subject, sides in by_subject.items()],
        "promises_later": sum(1 for state in states.values() if state is CommitmentState.NOT_YET_MADE),
        "hollow": Vow({reading.language: str(_("Commitments one by one"))}, looked_on=looked_on),
        "has_commitments": bool(reading.found.commitments),
    }


def _promise(reading: Reading, commitment: Any, state: CommitmentState) -> Promise:
    evidence = backed_words(reading.book, "commitment", commitment.key, "promise", reading.language)
    path = reading.place.to("commitment", key=commitment.key)
    return Promise(commitment.promise, path, state, commitment.due_on, evidence.row, evidence.others)


def priorities(reading: Reading) -> dict[str, Any]:
    """The priorities valid that day, and those that are not."""
    every = reading.found.priorities
    valid = [one for one in every if validity_on(bounds_of(one.priority, reading.version), reading.day) is Validity.IN_FORCE]
    return {"priorities": [_focus(reading, one) for one in valid], "priorities_not_valid": [one.priority for one in every if one not in valid]}


def _focus(reading: Reading, one: Concentration) -> Focus:
    key = one.priority.key
    title = backed_words(reading.book, "priority", key, "title", reading.language)
    return Focus(one.priority, one.themes, title, backed(reading.book, "priority", key, "themes"))


def plan(reading: Reading) -> dict[str, Any]:
    """The measures of the action plan by priority."""
    works = reading.found.measures
    stated = [(work, state) for work in works if (state := measure_state_on(work.measure, reading.day)) is not MeasureState.NOT_YET_STATED]
    parts: dict[int, list[Line]] = defaultdict(list)
    for work, state in stated:
        parts[work.measure.priority_id].append(_line(work, state, reading.day))
    ordered = sorted((Plan(lines[0].measure.priority, lines) for lines in parts.values()), key=lambda part: part.priority.number)
    return {"plan": ordered, "measures_later": len(works) - len(stated), "has_measures": bool(works)}


def _line(work: Work, state: MeasureState, day: date) -> Line:
    return Line(
        work.measure, state, work.measure.lead.name_on(day), [partner.name_on(day) for partner in work.partners], is_stale_on(work.measure, day)
    )
