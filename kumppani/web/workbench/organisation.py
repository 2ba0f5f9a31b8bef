"""My organisation: its people, whom it lets act for it and how far, and what it owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import desk as found
from kumppani.domain.parties.mandates import MandateLevel
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Message, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.portal.body import KINDS as BODY_KINDS
from kumppani.web.portal.present import ORGANISATION_KINDS
from kumppani.web.workbench.acting import ActForm, Choices, DayField, LineField, Offer, respond
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.sitting import word_choices
from kumppani.workflow.mandates import give_mandate, withdraw_mandate

LEVELS: Mapping[str, Message] = {
    MandateLevel.PREPARE: _("Prepare: write and comment"),
    MandateLevel.SUBMIT: _("Submit: also propose, report and ask for changes"),
    MandateLevel.MANAGE: _("Manage: also give and withdraw mandates"),
}


class MandateForm(ActForm):
    """Who may act, how far, and when."""

    at: ClassVar[Mapping[str, str]] = {
        "no-such-person": "person",
        "powers-to-oneself": "person",
        "mandate-held": "person",
        "unknown-mandate-level": "level",
        "powers-not-separate": "level",
        "end-before-start": "valid_to",
    }

    person = LineField(
        label=gettext_lazy("Key of the person"),
        help_text=gettext_lazy("With which they were admitted to the programme."),
        max_length=60,
    )
    level = forms.ChoiceField(label=gettext_lazy("What they may do"))
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_to = DayField(label=gettext_lazy("Last day, if it is known"), required=False)


class WithdrawForm(ActForm):
    """Which mandate is taken back."""

    at: ClassVar[Mapping[str, str]] = {"mandate-withdrawn": "number", "no-such-mandate": "number"}

    number = forms.ChoiceField(label=gettext_lazy("Whose mandate"))


@work_page
def organisation(request: HttpRequest, place: Place) -> HttpResponse:
    """The desk of the reader's organisation, or of the one named where they act for several."""
    own = found.own_organisations(place.viewer, place.programme)
    asked = request.GET.get("organisation", "")
    chosen = next((one for one in own if not asked or one.key == asked), None)
    if asked and chosen is None:
        raise Missing("not-your-organisation", _("You do not act for “{organisation}” here.", organisation=asked[:60]))
    if chosen is None:
        return show(request, place, "workbench/no_organisation.html", {})
    desk = found.desk(place.viewer, place.programme, chosen)
    today = clock.today(place.programme.time_zone)
    context = {
        "desk": desk,
        "own": own,
        "kind": ORGANISATION_KINDS[chosen.kind],
        "mandates": [(one, LEVELS[one.level], _when(one, today)) for one in desk.mandates],
        "seats": [(one, BODY_KINDS[one.body.kind]) for one in desk.seats],
        "points": [(one, one.due_on < today) for one in desk.points],
    }

    def shown(acts: Mapping[str, Any], status: int) -> HttpResponse:
        return show(request, place, "workbench/organisation.html", {**context, "acts": acts}, status=status)

    return respond(request, _offers(place, desk, today), shown)


def _when(mandate: Any, today: date) -> str:
    """Whether a mandate holds today, will, has ended, or was withdrawn."""
    if mandate.withdrawn_at is not None:
        return "withdrawn"
    if today in mandate.period:
        return "now"
    return "later" if mandate.valid_from > today else "ended"


def _offers(place: Place, desk: found.Desk, today: date) -> Sequence[Offer]:
    if not desk.manages:
        return []
    here = f"{place.to('desk-organisation')}?organisation={desk.organisation.key}"
    terms: dict[str, Any] = {"by": place.viewer, "programme": place.programme, "organisation": desk.organisation}

    def give(**given: Any) -> str:
        give_mandate(**terms, **given)
        return here

    def withdraw(number: str) -> str:
        withdraw_mandate(**terms, number=int(number))
        return here

    giving = Offer("give_mandate", _("Give a mandate"), give, MandateForm, {"valid_from": today.isoformat()}, [word_choices("level", LEVELS)])
    standing = [(str(one.number), f"{one.person.name}: {LEVELS[one.level]}") for one in desk.mandates if _when(one, today) in {"now", "later"}]
    if not standing:
        return [giving]
    return [giving, Offer("withdraw_mandate", _("Withdraw a mandate"), withdraw, WithdrawForm, choices=[Choices("number", standing)])]
