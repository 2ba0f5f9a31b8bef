"""The act of loading an agreement's workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, WorkbookLoad
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.workflow._record import act, record


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A row that changed something: where it stood, by which act, of which object, in which columns (none: a new row)."""

    sheet: str
    row: int
    act: str
    key: str
    columns: list[str] = field(default_factory=list)


def tell_nobody(_run: WorkbookLoad) -> None:
    """Nobody waits for the load."""


@act
def load_workbook(
    *,
    by: Viewer,
    agreement: Agreement,
    digest: str,
    unchanged: int,
    rows: Callable[[Agreement], Sequence[LoadedRow]],
    settle: Callable[[WorkbookLoad], None] = tell_nobody,
) -> WorkbookLoad:
    """Runs the acts of a workbook's rows as one: all of them happen or none. `digest` is the file's; each act asks for its own permission too.

    `rows` is given the agreement, locked, and may be called again when the act lost a deadlock. `settle` is told of the load before it is final:
    what it writes is kept if and only if the rows are.
    """
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    locked = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    number = WorkbookLoad.objects.filter(agreement=locked).count() + 1
    loaded = [asdict(row) for row in rows(locked)]
    run = WorkbookLoad.objects.create(
        agreement=locked, number=number, digest=digest, rows=loaded, unchanged=unchanged, loaded_at=clock.now(), loaded_by=by.key
    )
    record(by, "load_workbook", run, programme=locked.programme, key=run.key)
    settle(run)
    return run
