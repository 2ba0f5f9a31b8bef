"""Acts by which those who carry an agreement out say how it stands: a promise kept or released, a measure's progress."""

from __future__ import annotations

from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Commitment, Measure, Signatory
from kumppani.domain.agreements.queries import SIGNED, parties_of
from kumppani.domain.agreements.rules import check_happened, check_report
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel import clock
from kumppani.kernel.errors import NotAllowed
from kumppani.kernel.text import LANGUAGES, Text, _
from kumppani.workflow._record import act
from kumppani.workflow.corrections import put_right


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


def check_speaks(by: Viewer, commitment: Commitment, fulfilled_on: date | None, released_on: date | None) -> None:
    """Refuses who may not report this of a promise, and who acts for a party of the other side, however far their role reaches."""
    agreement, concerned = commitment.agreement, _concerned(commitment, fulfilled_on, released_on)
    for_parties = by.acts_for(Permission.REPORT_COMMITMENT, agreement.programme.key) & parties_of(agreement)
    if for_parties and not for_parties & concerned:
        raise NotAllowed("not-your-promise", _("Fulfilment is reported by the side that promised, release by the side that was promised."))
    check_can(by, Permission.REPORT_COMMITMENT, agreement.programme.key, of=concerned)


def _concerned(commitment: Commitment, fulfilled_on: date | None, released_on: date | None) -> frozenset[str]:
    """Keys of the organisations whose word it is."""
    rows = Signatory.objects.filter(version__agreement=commitment.agreement, version__status__in=SIGNED).values_list("side", "organisation__key")
    ours = {key for side, key in rows if side == commitment.side} | {commitment.promised_by.key}
    theirs = {key for side, key in rows if side != commitment.side} | {commitment.promised_to.key}
    if released_on != commitment.released_on:
        return frozenset(theirs)
    return frozenset(ours if fulfilled_on is not None else ours | theirs)
