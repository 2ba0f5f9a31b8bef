"""What becomes of feedback."""

from __future__ import annotations

from enum import StrEnum

from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.acts import ActTable, Names, Step
from kumppani.kernel.text import _


class FeedbackStatus(StrEnum):
    """How far feedback has come."""

    RECEIVED = "received"
    ANSWERED = "answered"


FEEDBACK_ACTS: ActTable[FeedbackStatus] = {
    (None, "give_feedback"): Step(next=FeedbackStatus.RECEIVED, turn="operator", permission=Permission.GIVE_FEEDBACK, event="give_feedback"),
    (FeedbackStatus.RECEIVED, "answer_feedback"): Step(
        next=FeedbackStatus.ANSWERED, turn="nobody", permission=Permission.ANSWER_FEEDBACK, event="answer_feedback"
    ),
}

FEEDBACK_NAMES: dict[FeedbackStatus, Names] = {
    FeedbackStatus.RECEIVED: Names(owner="operator", staff=_("Received, waits for an answer"), public=_("Received"), before=_("To be received")),
    FeedbackStatus.ANSWERED: Names(owner="nobody", staff=_("Answered"), public=_("Answered"), before=_("To be answered")),
}
