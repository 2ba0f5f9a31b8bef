"""Rules of agreements in plain Python: what must hold, and what a day makes of what people decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.periods import Period, first_overlap
from kumppani.kernel.text import _

LONGEST_ADDRESS = 200
ADDRESS = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+\.[^\s@<>\"',;:.]{2,}")


class Side(StrEnum):
    """The two sides of an agreement."""

    STATE = "state"
    CITY = "city"


class Validity(StrEnum):
    """What an agreement is on a given day."""

    NOT_SIGNED = "not_signed"
    NOT_YET_VALID = "not_yet_valid"
    IN_FORCE = "in_force"
    ENDED = "ended"


class CommitmentState(StrEnum):
    """What a commitment is on a given day."""

    NOT_YET_MADE = "not_yet_made"
    OWED = "owed"
    LATE = "late"
    FULFILLED = "fulfilled"
    RELEASED = "released"


class MeasureState(StrEnum):
    """What a measure is on a given day."""

    NOT_YET_STATED = "not_yet_stated"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    LATE = "late"
    COMPLETED = "completed"
    DROPPED = "dropped"


class SignedPeriod(Protocol):
    """What the rules need to know of a version."""

    signed_on: date | None
    valid_from: date | None
    valid_to: date | None


Version = TypeVar("Version", bound=SignedPeriod)


class Promise(Protocol):
    """What the rules need to know of a commitment."""

    promised_on: date
    due_on: date | None
    fulfilled_on: date | None
    released_on: date | None


class PlannedWork(Protocol):
    """What the rules need to know of a measure."""

    stated_on: date
    starts_on: date
    ends_on: date
    completed_on: date | None
    dropped_on: date | None


class ReportedWork(PlannedWork, Protocol):
    """What the rules need to know of a measure that is reported on."""

    reported_on: date | None


def validity_on(version: SignedPeriod | None, day: date) -> Validity:
    """An unknown start of validity never keeps a signed agreement from being in force: nobody has said otherwise."""
    if version is None or version.signed_on is None or day < version.signed_on:
        return Validity.NOT_SIGNED
    if version.valid_from is not None and day < version.valid_from:
        return Validity.NOT_YET_VALID
    if version.valid_to is not None and day > version.valid_to:
        return Validity.ENDED
    return Validity.IN_FORCE


def version_on(versions: Iterable[Version], day: date) -> Version | None:
    """The version that counts on a day: the one in force; else the last one signed by then; else the first, which is not signed yet.

    `versions` in the order of their numbers.
    """
    ordered = list(versions)
    in_force = [version for version in ordered if validity_on(version, day) is Validity.IN_FORCE]
    signed = [version for version in ordered if validity_on(version, day) is not Validity.NOT_SIGNED]
    found = in_force or signed or ordered[:1]
    return found[-1] if found else None


def commitment_state_on(commitment: Promise, day: date) -> CommitmentState:
    """Fulfilled and released hold from their day on; before that a commitment is owed, and late once its due day has passed."""
    if day < commitment.promised_on:
        return CommitmentState.NOT_YET_MADE
    if commitment.fulfilled_on is not None and commitment.fulfilled_on <= day:
        return CommitmentState.FULFILLED
    if commitment.released_on is not None and commitment.released_on <= day:
        return CommitmentState.RELEASED
    return CommitmentState.LATE if commitment.due_on is not None and commitment.due_on < day else CommitmentState.OWED


def measure_state_on(measure: PlannedWork, day: date) -> MeasureState:
    """Completed and dropped hold from their day on; before that the calendar decides."""
    if day < measure.stated_on:
        return MeasureState.NOT_YET_STATED
    if measure.completed_on is not None and measure.completed_on <= day:
        return MeasureState.COMPLETED
    if measure.dropped_on is not None and measure.dropped_on <= day:
        return MeasureState.DROPPED
    if day < measure.starts_on:
        return MeasureState.PLANNED
    return MeasureState.LATE if measure.ends_on < day else MeasureState.UNDER_WAY


LONGEST_SILENCE = timedelta(days=183)
"""Half a year: a measure that goes on and of which nobody has said anything for longer is stale."""


def last_said_on(measure: ReportedWork) -> date:
    """The day as of which something was last said of a measure: its last report, or else the plan itself."""
    return max(measure.stated_on, measure.reported_on or measure.stated_on)


def is_stale_on(measure: ReportedWork, day: date) -> bool:
    """Whether a measure should be going on that day and nothing has been said of it for half a year. What was said later says nothing of that day."""
    goes_on = measure_state_on(measure, day) in {MeasureState.UNDER_WAY, MeasureState.LATE}
    said = last_said_on(measure)
    return goes_on and said <= day and day - max(measure.starts_on, said) > LONGEST_SILENCE


def check_report(measure: ReportedWork, reported_on: date, today: date) -> None:
    """Refuses a report as of a day to come, before the plan, or before the report that is there."""
    if reported_on > today:
        raise RuleBroken("report-of-tomorrow", _("A report says how things stand today or stood earlier, not on {day}.", day=reported_on.isoformat()))
    if reported_on < last_said_on(measure):
        reason = _("There is a later word on this already, of {day}.", day=last_said_on(measure).isoformat())
        raise RuleBroken("report-overtaken", reason)


def check_happened(day: date | None, today: date) -> None:
    """What has happened has happened by today."""
    if day is not None and day > today:
        raise RuleBroken("not-happened-yet", _("{day} is still to come: only what has happened is reported.", day=day.isoformat()))


def check_role_address(address: str) -> None:
    """Refuses what is no e-mail address; telephone numbers belong to persons and are not kept."""
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise RuleBroken("no-role-address", _("“{address}” is not an e-mail address of a role, as registry@city.example.", address=address[:80]))


def check_signed_period(version: SignedPeriod) -> None:
    """Refuses a signed version without its day, and an end before the start or before the signing."""
    if version.signed_on is None:
        raise RuleBroken("signed-without-day", _("A version recorded as signed needs the day it was signed."))
    Period(version.valid_from, version.valid_to).check_order()
    Period(version.signed_on, version.valid_to).check_order()


def check_versions(periods: Iterable[Period]) -> None:
    """Refuses two versions in force on one day."""
    if clash := first_overlap(periods):
        raise RuleBroken("versions-overlap", _("Two versions of the agreement would be in force on {day}.", day=str(clash[1].start)))


def check_sides(sides: Iterable[str]) -> None:
    """An agreement is signed by both sides, each of them known."""
    found = set(sides)
    if unknown := found - set(Side):
        raise RuleBroken("unknown-side", _("“{side}” is not a side of an agreement.", side=min(unknown)))
    if found != set(Side):
        raise RuleBroken("one-sided-agreement", _("An agreement is signed by the state and by the city region: one side is missing."))


def check_commitment(commitment: Promise) -> None:
    """Refuses due, fulfilled or released before promised, and both fulfilled and released."""
    for day in (commitment.due_on, commitment.fulfilled_on, commitment.released_on):
        Period(commitment.promised_on, day).check_order()
    if commitment.fulfilled_on and commitment.released_on:
        raise RuleBroken("fulfilled-and-released", _("A commitment is either fulfilled or released, not both."))


def check_parties_of_commitment(promised_by: str, promised_to: str) -> None:
    """A promise is made to somebody else."""
    if promised_by == promised_to:
        raise RuleBroken("promise-to-oneself", _("A commitment is made to another party."))


def check_measure(measure: PlannedWork) -> None:
    """Refuses an end before the start, completion before the start, and both completed and dropped."""
    Period(measure.starts_on, measure.ends_on).check_order()
    Period(measure.starts_on, measure.completed_on).check_order()
    if measure.completed_on and measure.dropped_on:
        raise RuleBroken("completed-and-dropped", _("A measure is either completed or dropped, not both."))


def check_of_agreement(owner: str, agreement: str) -> None:
    """A commitment or measure points only to priorities of its own agreement."""
    if owner != agreement:
        raise RuleBroken("priority-of-another-agreement", _("The priority belongs to another agreement."))
