"""The cockpit of an agreement: what was promised and how it stands, the plan, changes asked for, versions; and the acts of its parties."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import cockpit
from kumppani.access.cockpit import Cockpit
from kumppani.domain.agreements.rules import Side
from kumppani.domain.agreements.states import CHANGE_NAMES, ChangeStatus, VersionStatus
from kumppani.kernel import clock
from kumppani.kernel.days import written_day
from kumppani.kernel.text import Message, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, LineField, Offer, Shown, respond
from kumppani.web.workbench.draft import OfficialForm, case_number_field
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.changes_asked import decide_change
from kumppani.workflow.drafting import open_amendment
from kumppani.workflow.negotiation import close_agreement


class ClosingForm(ActForm):
    """The closing words of the report; its promises are taken as they stand."""

    case_number = case_number_field()
    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"words": (_("Closing words"), 5)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "words"}


class DecisionForm(ActForm):
    """Yes or no, and why."""

    accept = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Accept the change")), ("no", gettext_lazy("Refuse the change"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you accept or refuse.")},
    )
    reason = LineField(label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    at: ClassVar[Mapping[str, str]] = {"words-missing": "reason", "too-long-to-read": "reason"}


def _found(place: Place, key: str) -> Cockpit:
    return cockpit.of(place.viewer, place.programme, key, clock.today(place.programme.time_zone))


@work_page
def agreement(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The cockpit."""
    found = _found(place, key)

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        context = {
            "acts": acts,
            "found": found,
            "agreement": found.agreement,
            "sides": [(side, [one for one in found.promises if one.commitment.side == side]) for side in Side],
            "requests": [(_asked(found, one, place.language), acts.get(f"decide-{one.number}")) for one in found.requests],
            "report": getattr(found.signed, "closing_report", None) if found.signed else None,
            "general": [acts[name] for name in ("open_amendment", "close_agreement") if name in acts],
        }
        return show(request, place, "workbench/agreement.html", context, status=status)

    return respond(request, _offers(place, found), shown)


class Difference(NamedTuple):
    """A field that is to become another: what it says now, and what is wanted."""

    field: str
    now: str
    wanted: str


class Asked(NamedTuple):
    """A change asked for, as the page tells it."""

    request: Any
    state: Message
    thing: Text
    differences: Sequence[Difference]


def _asked(found: Cockpit, asked: Any, language: str) -> Asked:
    things: dict[tuple[str, str], Any] = {("commitment", one.commitment.key): one.commitment for one in found.promises}
    things |= {("measure", one.measure.key): one.measure for one in found.plan}
    thing = things.get((asked.kind, asked.thing))
    words = getattr(thing, "promise", None) or getattr(thing, "title", None) or Text()
    differences = [Difference(field, _said(thing, field, language), _written(value, language)) for field, value in sorted(asked.wanted.items())]
    return Asked(asked, CHANGE_NAMES[ChangeStatus(asked.status)].staff, words, differences)


def _said(thing: Any, field: str, language: str) -> str:
    name, _dot, of_words = field.partition(".")
    value = getattr(thing, name, None)
    return _written(value.get(of_words) if of_words and value is not None else value, language)


def _written(value: Any, language: str) -> str:
    """A day as the reader writes it, words as they are, and a dash for nothing."""
    if isinstance(value, date):
        return written_day(value, language)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return written_day(date.fromisoformat(value), language)
    return str(value or "–")


def _offers(place: Place, found: Cockpit) -> list[Offer]:
    if not found.own:
        return []
    by, one, here = place.viewer, found.agreement, place.to("work-agreement", key=found.agreement.key)

    def amend(case_number: str) -> str:
        version = open_amendment(by=by, agreement=one, case_number=case_number)
        return place.to("work-draft", key=one.key, number=version.number)

    def close(words: Text, case_number: str) -> str:
        close_agreement(by=by, agreement=one, words=words, case_number=case_number)
        return here

    offers = [
        Offer(f"decide-{asked.number}", _("Decide"), _deciding(place, asked, here), DecisionForm)
        for asked in found.waiting
        if asked.asked_for.key != found.own
    ]
    if found.signed is not None and found.signed.status == VersionStatus.SIGNED and found.negotiated is None:
        offers.append(Offer("open_amendment", _("Open an amendment"), amend, OfficialForm))
        if found.signed.valid_to and found.signed.valid_to < clock.today(place.programme.time_zone):
            offers.append(Offer("close_agreement", _("Close with a report"), close, ClosingForm, is_primary=True))
    return offers


def _deciding(place: Place, asked: Any, here: str) -> Callable[..., str]:
    def decide(accept: str, reason: str) -> str:
        decide_change(by=place.viewer, request=asked, accept=accept == "yes", reason=reason)
        return here

    return decide
