"""Acts by which those who carry an agreement out say how it stands: a promise kept or released, a measure's progress."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Commitment, Measure
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import check_happened, check_report
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel import clock
from kumppani.kernel.text import LANGUAGES, Text
from kumppani.workflow._record import act
from kumppani.workflow.corrections import put_right
from kumppani.workflow.promises import check_speaks


@act
def report_commitment(
    *, by: Viewer, commitment: Commitment, fulfilled_on: date | None = None, released_on: date | None = None, evidence: Cited | None = None
) -> Commitment:
    """Says that a promise was fulfilled, or released, on a day; with neither day, that it is owed after all. `evidence` is of the day given.

    The side that promised says it is fulfilled, the side that was promised releases and may say that it is owed after all.
    """
    agreement, today = commitment.agreement, clock.today(commitment.agreement.programme.time_zone)
    check_speaks(by, commitment, fulfilled_on, released_on)
    for day in (fulfilled_on, released_on):
        check_happened(day, today)
    wanted = {"fulfilled_on": fulfilled_on, "released_on": released_on}
    unknown = Cited(Mark.UNKNOWN, looked_on=today)
    values: dict[str, tuple[object, Cited]] = {
        name: (day, unknown if day is None else evidence or Cited(Mark.ENTERED, as_of=today))
        for name, day in wanted.items()
        if day != getattr(commitment, name)
    }
    if values:
        commitment = put_right(by, "report_commitment", agreement.programme, "commitment", commitment.key, values)
    return commitment


@act
def report_measure(
    *,
    by: Viewer,
    measure: Measure,
    reported_on: date,
    progress: Text,
    completed_on: date | None = None,
    dropped_on: date | None = None,
    evidence: Cited | None = None,
) -> Measure:
    """Says how a measure stands as of a day: in words, and whether it is completed or dropped by now."""
    agreement, today = measure.agreement, clock.today(measure.agreement.programme.time_zone)
    check_can(by, Permission.REPORT_MEASURE, agreement.programme.key, of=parties_of(agreement) | {measure.lead.key})
    check_report(measure, reported_on, today)
    for day in (completed_on, dropped_on):
        check_happened(day, today)
    cited = evidence or Cited(Mark.ENTERED, as_of=reported_on)
    wanted: dict[str, object] = {"completed_on": completed_on, "dropped_on": dropped_on, "reported_on": reported_on}
    standing: dict[str, object] = {name: getattr(measure, name) for name in wanted}
    for language in LANGUAGES:
        wanted[f"progress.{language}"], standing[f"progress.{language}"] = progress.get(language) or None, measure.progress.get(language) or None
    values = {
        name: (value, Cited(Mark.UNKNOWN, looked_on=today) if value is None else cited) for name, value in wanted.items() if value != standing[name]
    }
    if values:
        measure = put_right(by, "report_measure", agreement.programme, "measure", measure.key, values)
    return measure
