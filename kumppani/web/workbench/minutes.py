"""The minutes of a meeting: read, and approved by somebody who was there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from kumppani.access import sittings
from kumppani.access.sittings import Minutes
from kumppani.domain.bodies.rules import Outcome
from kumppani.kernel.text import Text, _
from kumppani.web.place import Place
from kumppani.web.portal.body import OUTCOMES
from kumppani.web.workbench.acting import Offer
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.sitting import acting, meeting_words, name_of
from kumppani.workflow.meetings import approve_minutes


@work_page
def minutes(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """The minutes."""
    found = sittings.minutes(place.viewer, place.programme, key, number)
    context = {
        **meeting_words(place, found.meeting),
        "present": [_present(place, found, one) for one in found.text["present"]],
        "items": [_item(place, found, one) for one in found.text["items"]],
    }
    return acting(request, place, "workbench/minutes.html", _offers(place, found), context)


def _offers(place: Place, found: Minutes) -> list[Offer]:
    meeting, here = found.meeting, place.to("work-minutes", key=found.meeting.body.key, number=found.meeting.number)

    def do() -> str:
        approve_minutes(by=place.viewer, meeting=meeting)
        return here

    seated = {one["organisation"] for one in found.text["present"]}
    if not sittings.may(place.viewer, meeting, "approve_minutes", seated):
        return []
    return [Offer("approve_minutes", _("Approve the minutes"), do, is_primary=True)]


def _present(place: Place, found: Minutes, one: dict[str, Any]) -> dict[str, Any]:
    left = datetime.fromisoformat(one["left_at"]).astimezone(ZoneInfo(place.programme.time_zone)) if "left_at" in one else None
    organisation = name_of(place, found.organisations[one["organisation"]])
    return {"number": _number(one["seat"]), "organisation": organisation, "title": Text(one["title"]), "left": f"{left:%H.%M}" if left else ""}


def _item(place: Place, found: Minutes, one: dict[str, Any]) -> dict[str, Any]:
    made = one["resolution"]
    return {
        "number": one["number"],
        "title": Text(one["title"]),
        "discussion": Text(one["discussion"]),
        "recusals": [(_number(out["seat"]), found.grounds[out["ground"]].wording, out["is_declared"]) for out in one["recusals"]],
        "outcome": OUTCOMES[Outcome(made["outcome"])] if made else None,
        "wording": Text(made["wording"]) if made else Text(),
        "reasons": Text(made["reasons"]) if made else Text(),
        "points": [
            (Text(point["what"]), name_of(place, found.organisations[point["organisation"]]), date.fromisoformat(point["due_on"]))
            for point in one["action_points"]
        ],
    }


def _number(seat: str) -> str:
    return seat.rpartition("/")[2]
