"""Acts of the public."""

from __future__ import annotations

import hashlib

from django.db.models import Max

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.dialogue.rules import check_feedback
from kumppani.domain.dialogue.states import FEEDBACK_ACTS
from kumppani.domain.notices.models import Notice
from kumppani.domain.parties.models import Role
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.workflow._record import act, record

OPERATOR_ROLE = "operator"
"""Who is told of feedback."""


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
    role, created = Role.objects.get_or_create(key=OPERATOR_ROLE, defaults={"title": {}, "permissions": []})
    if created:
        record(by, after.event, role, programme=None)
    Notice.objects.create(programme=programme, role=role, code=after.notice or "", kind="feedback", key=str(number), created_at=now)
    record(by, after.event, feedback, programme=programme, key=str(number))
    return feedback
