"""Jobs that somebody asked for: how far they are, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from kumppani.access.workbooks import may_load
from kumppani.jobs import queue
from kumppani.jobs.queue import Job, JobState
from kumppani.jobs.workbook import CHECKING, LOADING, problems_of
from kumppani.kernel.text import Message, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.workbook import local

WHAT: Mapping[str, Message] = {"load_workbook": _("Loading of the workbook")}
"""By task, what the job is called."""

STANDS: Mapping[JobState, Message] = {
    JobState.WAITING: _("waiting for its turn"),
    JobState.RUNNING: _("under way"),
    JobState.INTERRUPTED: _("interrupted, will be taken up again"),
    JobState.DONE: _("done"),
    JobState.REFUSED: _("refused"),
    JobState.BROKEN_OFF: _("broken off"),
}
PHASES: Mapping[str, Message] = {
    CHECKING: _("The file is read and compared with the agreement."),
    LOADING: _("The rows are loaded. They are seen when all of them are done."),
}


@work_page
def jobs(request: HttpRequest, place: Place) -> HttpResponse:
    """My jobs, the newest first."""
    found = queue.jobs(place.viewer.key, place.programme.key)
    return show(request, place, "workbench/jobs.html", {"jobs": [_shown(place, one) for one in found]})


@work_page
def job(request: HttpRequest, place: Place, job: str) -> HttpResponse:
    """One job of mine: how far it is, or what came of it. Done, it leads on to what it did."""
    found = queue.job(job, place.viewer.key, place.programme.key)
    number = found.outcome.get("load") if found.state is JobState.DONE else 0
    if number and may_load(place.viewer, place.programme.key, found.about):
        # See Other: the page of the load stays, the job is forgotten one day.
        return HttpResponse(status=303, headers={"Location": place.to("work-workbook-load", key=found.about, number=number)})
    reason = queue.from_data(found.outcome["reason"]) if "reason" in found.outcome else ""
    phase = PHASES[found.progress.phase] if found.progress else ""
    more = {"phase": phase, "problems": problems_of(found.outcome), "reason": reason}
    return show(request, place, "workbench/job.html", {**_shown(place, found), **more})


def _shown(place: Place, one: Job) -> dict[str, Any]:
    about = place.to("work-workbook", key=one.about)
    return {"job": one, "what": WHAT[one.what], "stands": STANDS[one.state], "asked_at": local(one.asked_at, place), "about": about}
