"""The workbook of an agreement: downloaded, handed in to be checked or loaded, and what was loaded before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from kumppani.access import load, visible
from kumppani.access.workbooks import agreements_to_fill
from kumppani.imports.workbook.apply import LARGEST_FILE, check_workbook
from kumppani.imports.workbook.plan import Plan
from kumppani.imports.workbook.read import Problem, WorkbookRefused
from kumppani.imports.workbook.sheets import SHEETS
from kumppani.imports.workbook.write import write_workbook
from kumppani.jobs.workbook import ask_to_load, keep_checked
from kumppani.kernel.errors import Refusal, RuleBroken, TooLarge
from kumppani.kernel.text import Message, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page

if TYPE_CHECKING:
    from kumppani.domain.agreements.models import Agreement, WorkbookLoad

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ACTS: Mapping[str, Message] = {
    "state_priority": _("strategic priority added"),
    "state_commitment": _("commitment added"),
    "state_measure": _("measure added"),
    "state_contact_point": _("contact point added"),
    "establish_body": _("body established"),
    "correct_fact": _("put right"),
    "report_commitment": _("reported how the commitment stands"),
    "report_measure": _("reported how the measure stands"),
}
"""By act, what a row of a workbook did."""

PAGES = {"priorities": "priority", "commitments": "commitment", "measures": "measure"}
"""Sheet → the page of the portal on which its rows are seen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: in which sheet, where there, what it is, and (of a cell that changes) from what to what."""

    sheet: str
    place: str
    what: str
    path: str = ""
    columns: str = ""
    old: object = None
    new: object = None


@work_page
def workbooks(request: HttpRequest, place: Place) -> HttpResponse:
    """The agreements whose workbook the reader may hand in."""
    return show(request, place, "workbench/workbooks.html", {"agreements": agreements_to_fill(place.viewer, place.programme)})


@work_page
def workbook(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The page from which the workbook is downloaded and on which it is handed in."""
    agreement = load.agreement_to_fill(place.viewer, key, place.programme.key)
    if request.method != "POST":
        return _page(request, place, agreement)
    if request.POST.get("act") == "load":
        return _ask(request, place, agreement)
    try:
        content = _content(request)
        plan = check_workbook(content, place.viewer, agreement)
    except WorkbookRefused as refusal:
        return _page(request, place, agreement, problems=refusal.problems, status=400)
    except Refusal as refusal:
        return _page(request, place, agreement, refusal=refusal, status=refusal.status)
    if plan.refused:
        return _page(request, place, agreement, problems=plan.refused, status=400)
    ticket = "" if plan.nothing_to_do else keep_checked(content, place.viewer, agreement)
    return _page(request, place, agreement, plan=plan, ticket=ticket)


def _ask(request: HttpRequest, place: Place, agreement: Agreement) -> HttpResponse:
    try:
        job = ask_to_load(request.POST.get("ticket", ""), place.viewer, agreement)
    except Refusal as refusal:
        return _page(request, place, agreement, refusal=refusal, status=refusal.status)
    # See Other: whoever loads the page anew sends nothing twice.
    return HttpResponse(status=303, headers={"Location": place.to("work-job", job=job)})


@work_page
def workbook_file(_request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The workbook itself, as the agreement stands now."""
    agreement = load.agreement_to_fill(place.viewer, key, place.programme.key)
    content = write_workbook(place.viewer, agreement, place.language)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{agreement.key}.xlsx"'})


@work_page
def workbook_load(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """What one load did, row by row."""
    run = load.workbook_load(place.viewer, key, number, place.programme.key)
    context = {"agreement": run.agreement, "run": run, "loaded_at": local(run.loaded_at, place), "lines": _done(place, run)}
    return show(request, place, "workbench/workbook_load.html", context)


def _content(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise RuleBroken("no-file", _("Choose the file first."))
    if (file.size or 0) > LARGEST_FILE:
        raise TooLarge("workbook-too-large", _("The file is larger than the 10 MB that a workbook may have."))
    return bytes(file.read())


def _page(
    request: HttpRequest,
    place: Place,
    agreement: Agreement,
    *,
    problems: Sequence[Problem] = (),
    refusal: Refusal | None = None,
    plan: Plan | None = None,
    ticket: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "problems": problems,
        "refusal": refusal,
        "plan": plan,
        "ticket": ticket,
        "lines": _planned(plan) if plan else (),
        "runs": [(run, local(run.loaded_at, place)) for run in agreement.workbook_loads.order_by("-number")],
    }
    return show(request, place, "workbench/workbook.html", context, status=status)


def _planned(plan: Plan) -> list[Line]:
    new = [Line(str(SHEETS[one.sheet].title), str(one.row), str(_("new row"))) for one in plan.stated]
    changed = [
        Line(str(SHEETS[one.sheet].title), cell.place, str(SHEETS[one.sheet].column(cell.column).heading), old=cell.old, new=cell.new)
        for one in plan.changed
        for cell in one.cells
    ]
    return [*new, *changed]


def _done(place: Place, run: WorkbookLoad) -> list[Line]:
    is_open = visible.agreements(place.viewer, place.programme).filter(key=run.agreement.key).exists()
    return [_line(place, row, is_open=is_open) for row in run.rows]


def _line(place: Place, row: Mapping[str, Any], *, is_open: bool) -> Line:
    sheet = SHEETS[row["sheet"]]
    page = PAGES.get(sheet.id)
    path = place.to(page, key=row["key"]) if page and is_open else ""
    columns = ", ".join(str(sheet.column(name).heading) for name in row["columns"])
    return Line(str(sheet.title), str(row["row"]), f"{row['key']}: {ACTS[row['act']]}", path, columns)


def local(at: datetime, place: Place) -> datetime:
    """A moment by the programme's clock."""
    return at.astimezone(ZoneInfo(place.programme.time_zone))
