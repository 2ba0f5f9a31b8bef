"""Changes told by the day: counted, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from kumppani.access.overview import Changed

SENTENCES: Mapping[str, Promise] = {
    "publish": ngettext_lazy("%(count)d agreement was published.", "%(count)d agreements were published.", "count"),
    "withdraw": ngettext_lazy("%(count)d thing was withdrawn from the public.", "%(count)d things were withdrawn from the public.", "count"),
    "state_priority": ngettext_lazy("%(count)d strategic priority was added.", "%(count)d strategic priorities were added.", "count"),
    "state_commitment": ngettext_lazy("%(count)d commitment was added.", "%(count)d commitments were added.", "count"),
    "state_measure": ngettext_lazy("%(count)d measure was added.", "%(count)d measures were added.", "count"),
    "report_commitment": ngettext_lazy("%(count)d commitment was reported on.", "%(count)d commitments were reported on.", "count"),
    "report_measure": ngettext_lazy("%(count)d measure was reported on.", "%(count)d measures were reported on.", "count"),
    "establish_ecosystem": ngettext_lazy("%(count)d ecosystem was added.", "%(count)d ecosystems were added.", "count"),
    "join_ecosystem": ngettext_lazy("%(count)d member joined an ecosystem.", "%(count)d members joined ecosystems.", "count"),
    "leave_ecosystem": ngettext_lazy("%(count)d member left an ecosystem.", "%(count)d members left ecosystems.", "count"),
    "publish_figure": ngettext_lazy("%(count)d figure was published.", "%(count)d figures were published.", "count"),
    "rename_organisation": ngettext_lazy("%(count)d organisation took a new name.", "%(count)d organisations took a new name.", "count"),
    "correct_fact": ngettext_lazy("%(count)d fact was corrected.", "%(count)d facts were corrected.", "count"),
    "accept_change": ngettext_lazy("%(count)d change was agreed between the parties.", "%(count)d changes were agreed between the parties.", "count"),
}
"""By act. What was recorded is told when it is published."""

ACTS = frozenset(SENTENCES)


@dataclass(frozen=True, slots=True)
class Told:
    """What happened on a day, a sentence for each act."""

    day: date
    sentences: tuple[str, ...]


def tell(changes: Iterable[Changed]) -> list[Told]:
    """The days and their sentences in the reader's language, in the order of the changes."""
    return [Told(day, tuple(_sentence(change) for change in same)) for day, same in groupby(changes, key=lambda change: change.day)]


def _sentence(change: Changed) -> str:
    return str(SENTENCES[change.act] % {"count": change.times})
