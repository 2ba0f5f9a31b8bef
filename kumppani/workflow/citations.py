"""The act by which an unchanged value gets other evidence: it was looked for again, or another source confirms it."""

from __future__ import annotations

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Cited, Mark, check_cited, check_matches
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _
from kumppani.workflow._cite import evidence_rows
from kumppani.workflow._record import act, record_evidence


@act
def cite_again(*, by: Viewer, programme: Programme, kind: str, key: str, field: str, cited: Cited) -> Evidence:
    """Says anew why a value stands where it stands. What is unknown stays so, and what is known too: a value is changed by `correct_fact`."""
    check_can(by, Permission.CORRECT_FACT, programme.key)
    rows = Evidence.objects.select_for_update().filter(programme=programme, kind=kind, key=key, field=field)
    present = next((row for row in rows if row.chosen), None)
    if present is None:
        raise Missing("no-such-fact", _("There is no {kind} “{key}”.", kind=kind, key=key))
    check_cited(cited)
    check_matches(cited, has_value=present.mark != Mark.UNKNOWN)
    new = evidence_rows(by, programme, root=present.root, kind=kind, key=key, field=field, cited=cited)
    rows.delete()
    Evidence.objects.bulk_create(new)
    record_evidence(by, programme, kind, key)
    return new[0]
