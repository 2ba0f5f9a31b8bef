"""Feedback: the form, and the public page of what was received, which tells number, topic, day and answer and never the words."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from kumppani.access import load
from kumppani.domain.dialogue.rules import LONGEST_MESSAGE, Topic, check_topic
from kumppani.domain.dialogue.states import FEEDBACK_NAMES, FeedbackStatus
from kumppani.web.forms import TOPIC_WORDS, FeedbackForm, check_page, new_attempt
from kumppani.web.page import form_page, page, show
from kumppani.web.place import Place
from kumppani.web.portal.present import local_day
from kumppani.workflow.feedback import give_feedback

FIRST_INPUT = {"topic": f"topic-{next(iter(TOPIC_WORDS))}", "message": "message", "email": "email"}
"""Field → where a reader who follows an error lands."""


class Mistake(NamedTuple):
    """An error of the form: its field, where that is on the page (nowhere for a hidden one), and the sentence."""

    field: str
    target: str
    words: str


@form_page
def feedback(request: HttpRequest, place: Place) -> HttpResponse:
    """The form; sent, it leads to the page of what was received."""
    if request.method == "POST":
        return _received(request, place)
    asked = {name: request.GET.get(name, "") for name in ("topic", "page")}
    if asked["topic"]:
        check_topic(asked["topic"])
    check_page(asked["page"])
    return _form(request, place, FeedbackForm(initial=asked), new_attempt())


def _received(request: HttpRequest, place: Place) -> HttpResponse:
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        attempt = new_attempt() if "attempt" in form.errors else form.cleaned_data["attempt"]
        return _form(request, place, form, attempt, status=400)
    given = give_feedback(by=place.viewer, programme=place.programme, language=place.language, **form.cleaned_data)
    # See Other: whoever loads the page anew sends nothing twice.
    return HttpResponse(status=303, headers={"Location": place.to("feedback-item", number=given.number)})


def _form(request: HttpRequest, place: Place, form: FeedbackForm, attempt: str, *, status: int = 200) -> HttpResponse:
    mistakes = [Mistake(name, FIRST_INPUT.get(name, ""), str(words[0])) for name, words in form.errors.items()]
    context: dict[str, Any] = {
        "form": form,
        "attempt": attempt,
        "topics": [(topic.value, f"topic-{topic}", words) for topic, words in TOPIC_WORDS.items()],
        "longest": LONGEST_MESSAGE,
        "mistakes": mistakes,
        "mistake_in": {mistake.field: mistake.words for mistake in mistakes},
    }
    return show(request, place, "portal/feedback.html", context, status=status)


@page
def feedback_item(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """What was received under a number. Read by its open fields only."""
    found = load.feedback(place.viewer, place.programme, number)
    context = {
        "number": found.number,
        "topic": TOPIC_WORDS[Topic(found.topic)],
        "received_on": local_day(found.received_at, place.programme.time_zone),
        "written_in": found.language,
        "answer": found.answer,
        "answered_on": local_day(found.answered_at, place.programme.time_zone) if found.answered_at else None,
        "status": FEEDBACK_NAMES[FeedbackStatus(found.status)].public,
    }
    return show(request, place, "portal/feedback_item.html", context)
