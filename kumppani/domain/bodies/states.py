"""Statuses of meetings and action points, and the acts that lead from one to the next."""

from __future__ import annotations

from enum import StrEnum

from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.acts import ActTable, Names, Step, Whose
from kumppani.kernel.text import _


class MeetingStatus(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    MINUTES_APPROVED = "minutes_approved"
    CANCELLED = "cancelled"


class ActionPointStatus(StrEnum):
    """How far an action point has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


def _step(next_: str, turn: str, permission: Permission) -> Step:
    return Step(next=next_, turn=turn, permission=permission, event=permission.value, whose=Whose.ORGANISATION)


MEETING_ACTS: ActTable[MeetingStatus] = {
    (None, "plan_meeting"): _step(MeetingStatus.PLANNED, "secretary", Permission.PLAN_MEETING),
    (MeetingStatus.PLANNED, "add_item"): _step(MeetingStatus.PLANNED, "secretary", Permission.ADD_ITEM),
    (MeetingStatus.PLANNED, "take_up"): _step(MeetingStatus.PLANNED, "secretary", Permission.TAKE_UP),
    (MeetingStatus.PLANNED, "attach_paper"): _step(MeetingStatus.PLANNED, "secretary", Permission.ATTACH_PAPER),
    (MeetingStatus.CALLED, "attach_paper"): _step(MeetingStatus.CALLED, "secretary", Permission.ATTACH_PAPER),
    (MeetingStatus.PLANNED, "call_meeting"): _step(MeetingStatus.CALLED, "secretary", Permission.CALL_MEETING),
    (MeetingStatus.PLANNED, "cancel_meeting"): _step(MeetingStatus.CANCELLED, "nobody", Permission.CANCEL_MEETING),
    (MeetingStatus.CALLED, "cancel_meeting"): _step(MeetingStatus.CANCELLED, "nobody", Permission.CANCEL_MEETING),
    (MeetingStatus.CALLED, "declare_recusal"): _step(MeetingStatus.CALLED, "secretary", Permission.DECLARE_RECUSAL),
    (MeetingStatus.CALLED, "open_meeting"): _step(MeetingStatus.OPEN, "secretary", Permission.OPEN_MEETING),
    (MeetingStatus.OPEN, "note_presence"): _step(MeetingStatus.OPEN, "secretary", Permission.NOTE_PRESENCE),
    (MeetingStatus.OPEN, "note_leaving"): _step(MeetingStatus.OPEN, "secretary", Permission.NOTE_LEAVING),
    (MeetingStatus.OPEN, "declare_recusal"): _step(MeetingStatus.OPEN, "secretary", Permission.DECLARE_RECUSAL),
    (MeetingStatus.OPEN, "note_recusal"): _step(MeetingStatus.OPEN, "secretary", Permission.NOTE_RECUSAL),
    (MeetingStatus.OPEN, "note_discussion"): _step(MeetingStatus.OPEN, "secretary", Permission.NOTE_DISCUSSION),
    (MeetingStatus.OPEN, "resolve_item"): _step(MeetingStatus.OPEN, "secretary", Permission.RESOLVE_ITEM),
    (MeetingStatus.OPEN, "state_action_point"): _step(MeetingStatus.OPEN, "secretary", Permission.STATE_ACTION_POINT),
    (MeetingStatus.OPEN, "close_meeting"): _step(MeetingStatus.CLOSED, "chair", Permission.CLOSE_MEETING),
    (MeetingStatus.CLOSED, "note_discussion"): _step(MeetingStatus.CLOSED, "chair", Permission.NOTE_DISCUSSION),
    (MeetingStatus.CLOSED, "approve_minutes"): _step(MeetingStatus.MINUTES_APPROVED, "nobody", Permission.APPROVE_MINUTES),
}

ACTION_POINT_ACTS: ActTable[ActionPointStatus] = {
    (None, "state_action_point"): _step(ActionPointStatus.OPEN, "owner", Permission.STATE_ACTION_POINT),
    (ActionPointStatus.OPEN, "finish_action_point"): _step(ActionPointStatus.DONE, "nobody", Permission.FINISH_ACTION_POINT),
    (ActionPointStatus.OPEN, "drop_action_point"): _step(ActionPointStatus.DROPPED, "nobody", Permission.DROP_ACTION_POINT),
}

MEETING_NAMES: dict[MeetingStatus, Names] = {
    MeetingStatus.PLANNED: Names("secretary", _("Planned, agenda being prepared"), _("Planned"), _("To be planned")),
    MeetingStatus.CALLED: Names("secretary", _("Called, agenda fixed"), _("Called"), _("To be called")),
    MeetingStatus.OPEN: Names("secretary", _("Under way"), _("Under way"), _("To be opened")),
    MeetingStatus.CLOSED: Names("chair", _("Held, minutes wait for approval"), _("Held"), _("To be held")),
    MeetingStatus.MINUTES_APPROVED: Names("nobody", _("Minutes approved"), _("Minutes approved"), _("Minutes to be approved")),
    MeetingStatus.CANCELLED: Names("nobody", _("Cancelled"), _("Cancelled"), _("May be cancelled")),
}

ACTION_POINT_NAMES: dict[ActionPointStatus, Names] = {
    ActionPointStatus.OPEN: Names("owner", _("Open"), _("Open"), _("To be agreed")),
    ActionPointStatus.DONE: Names("nobody", _("Done"), _("Done"), _("To be done")),
    ActionPointStatus.DROPPED: Names("nobody", _("Dropped"), _("Dropped"), _("May be dropped")),
}
