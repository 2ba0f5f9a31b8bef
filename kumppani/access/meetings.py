"""What everyone may read of bodies and their meetings: when and where, the items that are public, and what was resolved on them.

Who was there, who was out, what was said and what is to be done is for those with a task.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Signatory
from kumppani.domain.bodies.models import Body, Item, Meeting, Resolution, Seat
from kumppani.domain.bodies.states import MeetingStatus
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _

TOLD = [status.value for status in MeetingStatus if status is not MeetingStatus.PLANNED]
"""A meeting is nobody else's business before it is called."""


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    """A meeting with its public items, each with what was resolved once that is final: when the minutes are approved."""

    meeting: Meeting
    items: Sequence[tuple[Item, Resolution | None]]


def bodies(viewer: Viewer, programme: Programme, *, of: Iterable[int] | None = None) -> QuerySet[Body]:
    """Bodies with meetings that have been called, of organisations (`of`: their ids) that signed what is published."""
    signed = Signatory.objects.filter(organisation=OuterRef("organisation"), version__in=visible.versions(viewer, programme).values("pk").order_by())
    called = Meeting.objects.filter(body=OuterRef("pk"), status__in=TOLD)
    found = Body.objects.filter(Exists(called), Exists(signed), programme=programme)
    return found if of is None else found.filter(organisation__in=of)


def body(viewer: Viewer, programme: Programme, key: str) -> Body:
    """One of them."""
    found = bodies(viewer, programme).select_related("organisation").prefetch_related("organisation__names", _seats()).filter(key=key).first()
    if found is None:
        raise Missing("no-such-body", _("There is no such body."))
    return found


def _seats() -> Prefetch[str]:
    return Prefetch("seats", Seat.objects.select_related("organisation", "deputy_of").prefetch_related("organisation__names").order_by("number"))


def meetings(viewer: Viewer, body: Body) -> list[PublicMeeting]:
    """Its meetings, the latest first (3 queries)."""
    items = Item.objects.filter(_is_open(viewer, body.programme), is_public=True).select_related("resolution").order_by("number")
    found = Meeting.objects.filter(body=body, status__in=TOLD).prefetch_related(Prefetch("items", items)).order_by("-starts_at", "-number")
    return [PublicMeeting(meeting, [(item, _resolved(meeting, item)) for item in meeting.items.all()]) for meeting in found]


def _resolved(meeting: Meeting, item: Item) -> Resolution | None:
    return getattr(item, "resolution", None) if meeting.status == MeetingStatus.MINUTES_APPROVED else None


def _is_open(viewer: Viewer, programme: Programme) -> Q:
    """Items about nothing that is recorded here, or about something that everyone may read."""
    found = Q(about_kind="")
    for kind, things in (
        ("agreement", visible.agreements(viewer, programme)),
        ("priority", visible.priorities(viewer, programme)),
        ("commitment", visible.commitments(viewer, programme)),
        ("measure", visible.measures(viewer, programme)),
    ):
        found |= Q(about_kind=kind, about_key__in=things.order_by().values("key"))
    return found
