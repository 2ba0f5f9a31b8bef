"""States of things as a reader sees them: a shape, a word and a colour, each saying the same."""

from __future__ import annotations

from dataclasses import dataclass

from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Validity
from kumppani.domain.rounds.rules import Progress
from kumppani.kernel.text import Message, _


@dataclass(frozen=True, slots=True)
class Look:
    """`kind` is the colour's class (good, warn, bad, none, strong or plain), `shape` the drawing's name in parts/shape.html."""

    kind: str
    shape: str
    word: Message


STATES: dict[str, Look] = {
    f"validity.{Validity.NOT_SIGNED}": Look("none", "none", _("Not yet signed")),
    f"validity.{Validity.NOT_YET_VALID}": Look("plain", "half", _("Signed, not yet in force")),
    f"validity.{Validity.IN_FORCE}": Look("good", "check", _("In force")),
    f"validity.{Validity.ENDED}": Look("strong", "square", _("Ended")),
    f"commitment.{CommitmentState.NOT_YET_MADE}": Look("none", "none", _("Not yet promised")),
    f"commitment.{CommitmentState.OWED}": Look("plain", "half", _("To be fulfilled")),
    f"commitment.{CommitmentState.LATE}": Look("warn", "triangle", _("Late")),
    f"commitment.{CommitmentState.FULFILLED}": Look("good", "check", _("Fulfilled")),
    f"commitment.{CommitmentState.RELEASED}": Look("strong", "square", _("Released from")),
    f"measure.{MeasureState.NOT_YET_STATED}": Look("none", "none", _("Not yet in the plan")),
    f"measure.{MeasureState.PLANNED}": Look("plain", "dot", _("Planned")),
    f"measure.{MeasureState.UNDER_WAY}": Look("plain", "half", _("Under way")),
    f"measure.{MeasureState.LATE}": Look("warn", "triangle", _("Late")),
    f"measure.{MeasureState.COMPLETED}": Look("good", "check", _("Completed")),
    f"measure.{MeasureState.DROPPED}": Look("strong", "square", _("Dropped")),
    "quorum.holds": Look("good", "check", _("Quorum holds")),
    "quorum.fails": Look("bad", "triangle", _("No quorum")),
    "quorum.unknown": Look("none", "none", _("Quorum not known")),
    f"progress.{Progress.AGREED}": Look("good", "check", _("Agreed")),
    f"progress.{Progress.OPEN}": Look("none", "none", _("Open")),
    f"progress.{Progress.DIFFERS}": Look("warn", "triangle", _("Differs")),
    "known.known": Look("good", "check", _("Known")),
    "known.partly": Look("plain", "half", _("Partly")),
    "known.missing": Look("none", "none", _("Missing")),
}
"""Axis and state → look. A state the calendar or a person can give and that is missing here fails a test."""
