"""Feedback for who answers it: all of it, and one with its words and the form for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import feedback as asked
from kumppani.domain.dialogue.rules import LONGEST_MESSAGE, Topic, answer_due_on
from kumppani.domain.dialogue.states import FEEDBACK_NAMES, FeedbackStatus
from kumppani.kernel.text import _
from kumppani.web.forms import TOPIC_WORDS
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.portal.present import local_day
from kumppani.web.workbench.acting import ActForm, LineField, Offer, Shown, respond
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.feedback import answer_feedback


class AnswerForm(ActForm):
    """The answer, for everybody to read."""

    at: ClassVar[Mapping[str, str]] = dict.fromkeys(("message-missing", "message-too-long", "message-unreadable", "answer-personal"), "answer")

    answer = LineField(
        label=gettext_lazy("Answer, in the language of the feedback"),
        help_text=gettext_lazy("Everybody can read it: leave out names, addresses and what the writer told of themselves."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@work_page
def feedback_list(request: HttpRequest, place: Place) -> HttpResponse:
    """All feedback, what waits for an answer first."""
    rows = [_told(place, one) for one in asked.received(place.viewer, place.programme)]
    return show(request, place, "workbench/feedback.html", {"rows": rows})


@work_page
def feedback_item(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """One, with its words, and the form for the answer until it is answered."""
    found = asked.feedback(place.viewer, place.programme, number)
    here = place.to("work-feedback-item", number=number)

    def do(answer: str) -> str:
        answer_feedback(by=place.viewer, feedback=found, answer=answer)
        return here

    def page(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        context = {**_told(place, found), "message": found.message, "about": found.page, "is_told": bool(found.email), "acts": acts}
        return show(request, place, "workbench/feedback_item.html", context, status=status)

    is_open = found.status == FeedbackStatus.RECEIVED
    return respond(request, [Offer("answer_feedback", _("Publish the answer"), do, AnswerForm, is_primary=True)] if is_open else [], page)


def _told(place: Place, found: Any) -> dict[str, Any]:
    received_on = local_day(found.received_at, place.programme.time_zone)
    return {
        "number": found.number,
        "topic": TOPIC_WORDS[Topic(found.topic)],
        "written_in": found.language,
        "received_on": received_on,
        "due_on": answer_due_on(found.topic, received_on) if received_on else None,
        "status": FEEDBACK_NAMES[FeedbackStatus(found.status)].staff,
        "answer": found.answer,
        "answered_on": local_day(found.answered_at, place.programme.time_zone) if found.answered_at else None,
    }
