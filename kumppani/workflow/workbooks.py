"""The act of loading an agreement's workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, WorkbookLoad
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.parties.permissions import Permission
from kumppani.workflow._record import act, record


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were stated, cells corrected, rows left as they were."""

    stated: int
    corrected: int
    unchanged: int


@act
def load_workbook(*, by: Viewer, agreement: Agreement, digest: str, rows: Callable[[Agreement], Loaded]) -> WorkbookLoad:
    """Runs the acts of a workbook's rows as one: all of them happen or none. `digest` is the file's; each act asks for its own permission too.

    `rows` is given the agreement, locked, and may be called again when the act lost a deadlock.
    """
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    locked = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    number = WorkbookLoad.objects.filter(agreement=locked).count() + 1
    loaded = rows(locked)
    run = WorkbookLoad.objects.create(
        agreement=locked, number=number, digest=digest, stated=loaded.stated, corrected=loaded.corrected, unchanged=loaded.unchanged
    )
    record(by, "load_workbook", run, programme=locked.programme, key=run.key)
    return run
