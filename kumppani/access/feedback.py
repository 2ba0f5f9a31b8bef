"""Feedback as who answers it reads it: the words, and whether there is somebody to tell."""

from __future__ import annotations

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.dialogue.states import FeedbackStatus
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


def received(viewer: Viewer, programme: Programme) -> list[Feedback]:
    """All feedback, what waits for an answer first and the oldest of it on top; then what was answered, the newest first. One query."""
    check_can(viewer, Permission.ANSWER_FEEDBACK, programme.key)
    found = list(Feedback.objects.filter(programme=programme).defer("message", "email").order_by("number"))
    waits = [one for one in found if one.status == FeedbackStatus.RECEIVED]
    return waits + [one for one in reversed(found) if one.status != FeedbackStatus.RECEIVED]


def feedback(viewer: Viewer, programme: Programme, number: int) -> Feedback:
    """One of it, with its words."""
    check_can(viewer, Permission.ANSWER_FEEDBACK, programme.key)
    found = Feedback.objects.select_related("programme").filter(programme=programme, number=number).first()
    if found is None:
        raise Missing("not-found", _("There is no feedback number {number} here.", number=number))
    return found
