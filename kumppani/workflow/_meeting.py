"""How every act in a meeting begins and ends: the meeting locked and judged by its status, then changed and recorded."""

from __future__ import annotations

from collections.abc import Iterable

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.bodies.models import Meeting
from kumppani.domain.bodies.states import MEETING_ACTS, MeetingStatus
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.acts import Step, step
from kumppani.workflow._record import record, row_of


def enter(by: Viewer, meeting: Meeting, act_name: str, *, of: Iterable[str] = ()) -> tuple[Meeting, Step]:
    """The meeting locked, and the step the act takes in it; refuses who may not and what its status does not allow.

    `of`: organisations whose people may do it too. Only those that sit in the body count.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body__programme", "body__organisation").get(pk=meeting.pk)
    body = meeting.body
    seated = set(body.seats.values_list("organisation__key", flat=True)) & set(of)
    check_can(by, Permission(act_name), body.programme.key, of={body.organisation.key, *seated})
    return meeting, step(MEETING_ACTS, MeetingStatus(meeting.status), act_name)


def leave(by: Viewer, meeting: Meeting, after: Step, **changed: object) -> Meeting:
    before = row_of(meeting)
    for name, value in {"status": after.next, **changed}.items():
        setattr(meeting, name, value)
    meeting.save()
    record(by, after.event, meeting, programme=meeting.body.programme, key=meeting.key, before=before)
    return meeting
