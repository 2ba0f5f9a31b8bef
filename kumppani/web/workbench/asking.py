"""Asking for a change of a promise: the other party decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from kumppani.access import cockpit
from kumppani.domain.agreements.queries import parties_of
from kumppani.kernel.text import Message, Text, _
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, DayField, LineField, Offer, initial_words
from kumppani.workflow.changes_asked import request_change
from kumppani.workflow.seen import seen_of


class RequestForm(ActForm):
    """What a promise is to become, and why."""

    due_on = DayField(label=gettext_lazy("Due by"), required=False)
    reason = LineField(label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"promise": (_("Promise"), 3)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "reason", "nothing-asked": "due_on"}


def asking(place: Place, promise: Any) -> list[Offer]:
    """The act of asking, for who acts for a party."""
    if not cockpit.own_party(place.viewer, place.programme, parties_of(promise.agreement)):
        return []
    there = place.to("work-agreement", key=promise.agreement.key)
    stands = Text(promise.promise)

    def ask(due_on: date | None, promise: Text, reason: str, seen: str) -> str:
        wanted: dict[str, str | None] = {f"promise.{language}": words for language, words in promise.items() if words != stands.get(language)}
        if due_on != thing.due_on:
            wanted["due_on"] = due_on.isoformat() if due_on else None
        request_change(by=place.viewer, agreement=thing.agreement, kind="commitment", key=thing.key, wanted=wanted, reason=reason, seen=seen)
        return there

    thing = promise
    initial = {"due_on": promise.due_on, **initial_words("promise", promise.promise)}
    return [Offer("request_change", _("Ask for a change"), ask, RequestForm, initial, seen=seen_of(promise))]
