"""Changes of a day, counted and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from kumppani.access.overview import Changed

SENTENCES: Mapping[tuple[str, str], Promise] = {
    ("record_signed_elsewhere", "agreement"): ngettext_lazy(
        "%(count)d agreement was recorded here.", "%(count)d agreements were recorded here.", "count"
    ),
    ("record_signed_elsewhere", "agreementversion"): ngettext_lazy(
        "%(count)d version of an agreement was recorded here.", "%(count)d versions of agreements were recorded here.", "count"
    ),
    ("publish", "publication"): ngettext_lazy("%(count)d agreement was published.", "%(count)d agreements were published.", "count"),
    ("withdraw", "publication"): ngettext_lazy(
        "%(count)d thing was withdrawn from the public.", "%(count)d things were withdrawn from the public.", "count"
    ),
    ("state_priority", "priority"): ngettext_lazy("%(count)d strategic priority was added.", "%(count)d strategic priorities were added.", "count"),
    ("state_commitment", "commitment"): ngettext_lazy("%(count)d commitment was added.", "%(count)d commitments were added.", "count"),
    ("state_measure", "measure"): ngettext_lazy("%(count)d measure was added.", "%(count)d measures were added.", "count"),
    ("publish_figure", "figure"): ngettext_lazy("%(count)d figure was published.", "%(count)d figures were published.", "count"),
    ("rename_organisation", "organisationname"): ngettext_lazy(
        "%(count)d organisation took a new name.", "%(count)d organisations took a new name.", "count"
    ),
}
CORRECTIONS = ngettext_lazy("%(count)d fact was corrected.", "%(count)d facts were corrected.", "count")
"""Of whatever kind of thing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened on a day, as one sentence."""

    day: date
    words: str


def tell(changes: Iterable[Changed]) -> list[Told]:
    """The sentences in the reader's language."""
    return [Told(change.day, _sentence(change)) for change in changes]


def _sentence(change: Changed) -> str:
    template = CORRECTIONS if change.act == "correct_fact" else SENTENCES[change.act, change.kind]
    return str(template % {"count": change.times})
