"""Asking for a change of a promise or a measure: the other party decides."""

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


class MeasureRequestForm(ActForm):
    """What a measure is to become, and why."""

    starts_on = DayField(label=gettext_lazy("Starts on"), required=False)
    ends_on = DayField(label=gettext_lazy("Ends on"), required=False)
    reason = LineField(label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"title": (_("Title"), 1), "description": (_("Description"), 3)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "reason", "nothing-asked": "ends_on", "end-before-start": "ends_on"}


FORMS: Mapping[str, type[ActForm]] = {"commitment": RequestForm, "measure": MeasureRequestForm}
"""Kind of thing → what can be asked of it."""


def asking(place: Place, kind: str, thing: Any) -> list[Offer]:
    """The act of asking, for who acts for a party. `thing`: a commitment or a measure, as `kind` says."""
    if not cockpit.own_party(place.viewer, place.programme, parties_of(thing.agreement)):
        return []
    form = FORMS[kind]
    texts = list(form.localised)
    days = [name for name, field in form.base_fields.items() if isinstance(field, DayField)]

    def ask(reason: str, seen: str, **given: Any) -> str:
        wanted = _wanted(thing, {name: given[name] for name in texts}, {name: given[name] for name in days})
        request_change(by=place.viewer, agreement=thing.agreement, kind=kind, key=thing.key, wanted=wanted, reason=reason, seen=seen)
        return place.to("work-agreement", key=thing.agreement.key)

    initial: dict[str, Any] = {name: getattr(thing, name) for name in days}
    for name in texts:
        initial |= initial_words(name, getattr(thing, name))
    return [Offer("request_change", _("Ask for a change"), ask, form, initial, seen=seen_of(thing))]


def _wanted(thing: Any, texts: Mapping[str, Text], days: Mapping[str, date | None]) -> dict[str, str | None]:
    """Only what is to become another: field, with its language where it has several → its words or day."""
    wanted: dict[str, str | None] = {}
    for name, text in texts.items():
        stands = Text(getattr(thing, name))
        wanted |= {f"{name}.{language}": words for language, words in text.items() if words != stands.get(language)}
    for name, day in days.items():
        if day != getattr(thing, name):
            wanted[name] = day.isoformat() if day else None
    return wanted
