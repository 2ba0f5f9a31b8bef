"""Acts on feedback: the public gives it, who runs the service answers."""

from __future__ import annotations

import hashlib

from django.db.models import Max

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.dialogue.rules import check_answer, check_feedback
from kumppani.domain.dialogue.states import FEEDBACK_ACTS, FeedbackStatus
from kumppani.domain.notices.models import Letter
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.workflow._record import act, record, row_of

ANSWERED = "answered"
"""Kind of the letter that tells of an answer."""


@act
def give_feedback(*, by: Viewer, programme: Programme, topic: str, message: str, email: str, language: str, page: str, attempt: str) -> Feedback:
    """Stores and numbers feedback. `attempt` is the form's own token: sending the same form twice gives the same feedback back."""
    check_can(by, Permission.GIVE_FEEDBACK, programme.key)
    after = step(FEEDBACK_ACTS, None, "give_feedback")
    check_feedback(topic, message)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    fingerprint = hashlib.sha256(f"{attempt}\n{topic}\n{message}\n{email}".encode()).hexdigest()
    if known := Feedback.objects.filter(programme=programme, fingerprint=fingerprint).first():
        return known
    number = (Feedback.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0) + 1
    now = clock.now()
    feedback = Feedback.objects.create(
        programme=programme,
        number=number,
        topic=topic,
        page=page[:500],
        message=message,
        email=email,
        language=language,
        status=after.next,
        received_at=now,
        fingerprint=fingerprint,
    )
    record(by, after.event, feedback, programme=programme, key=str(number))
    return feedback


@act
def answer_feedback(*, by: Viewer, feedback: Feedback, answer: str) -> Feedback:
    """Answers feedback, for everybody to read. Who gave an address is told by a letter; it is kept for that alone until then."""
    feedback = Feedback.objects.select_for_update(of=("self",)).select_related("programme").get(pk=feedback.pk)
    programme, now = feedback.programme, clock.now()
    check_can(by, Permission.ANSWER_FEEDBACK, programme.key)
    after = step(FEEDBACK_ACTS, FeedbackStatus(feedback.status), "answer_feedback")
    check_answer(answer)
    before = row_of(feedback)
    if feedback.email:
        things = [{"kind": ANSWERED, "at": {"number": feedback.number}, "due_on": None}]
        Letter.objects.create(programme=programme, email=feedback.email, language=feedback.language, things=things, written_at=now)
    feedback.status, feedback.answer, feedback.answered_at, feedback.email = after.next, answer, now, ""
    feedback.save()
    record(by, after.event, feedback, programme=programme, before=before)
    return feedback
