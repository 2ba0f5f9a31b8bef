"""Opening the first draft of a new agreement, in the name of one of those who are to sign it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import work
from kumppani.access.checks import check_can
from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, Choices, DayField, Offer, Shown, respond
from kumppani.web.workbench.draft import LANGUAGE_WORDS, case_number_field
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.drafting import open_draft


class OpeningForm(ActForm):
    """Who agrees on what place, in which language, from when to when."""

    key = forms.CharField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters a–z, digits and hyphens; it stands in addresses and never changes."),
        max_length=60,
    )
    state = forms.ChoiceField(label=gettext_lazy("Who signs for the state"))
    city = forms.ChoiceField(label=gettext_lazy("Who signs for the city region"))
    municipalities = forms.MultipleChoiceField(
        label=gettext_lazy("Municipalities"),
        help_text=gettext_lazy("The first one chosen is the core of the city region."),
        error_messages={"required": gettext_lazy("Choose at least one municipality.")},
    )
    authentic_language = forms.ChoiceField(label=gettext_lazy("Authentic language"), required=False)
    valid_from = DayField(label=gettext_lazy("In force from"), required=False)
    valid_to = DayField(label=gettext_lazy("In force to"), required=False)
    case_number = case_number_field()
    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"name": (_("Name of the agreement"), 1)}
    at: ClassVar[Mapping[str, str]] = {"bad-key": "key", "agreement-exists": "key", "name-missing": "name", "end-before-start": "valid_to"}


@work_page
def opening(request: HttpRequest, place: Place) -> HttpResponse:
    """The form; for who may open drafts for some organisation."""
    by, programme = place.viewer, place.programme
    check_can(by, Permission.OPEN_DRAFT, programme.key, of=by.acts_for(Permission.OPEN_DRAFT, programme.key))
    organisations, places = work.signers(programme), work.municipalities(programme)
    by_key, places_by_key = {one.key: one for one in organisations}, {one.key: one for one in places}

    def begin(key: str, name: Text, state: str, city: str, municipalities: list[str], **given: Any) -> str:
        version = open_draft(
            by=by,
            programme=programme,
            key=key,
            position=work.next_position(programme),
            name=name,
            municipalities=[(places_by_key[code], index == 0) for index, code in enumerate(municipalities)],
            signatories=[(by_key[state], Side.STATE), (by_key[city], Side.CITY)],
            **given,
        )
        return place.to("work-draft", key=key, number=version.number)

    today, language = clock.today(programme.time_zone), place.language
    named = sorted((one.name_on(today).pick(language).value, one.key) for one in organisations)
    ministries = {one.key for one in organisations if one.kind == work.MINISTRY}
    choices = [
        Choices("state", [("", "–"), *((key, name) for name, key in named if key in ministries)]),
        Choices("city", [("", "–"), *((key, name) for name, key in named if key not in ministries)]),
        Choices("municipalities", [(one.key, one.name.pick(language).value) for one in places]),
        Choices("authentic_language", [("", "–"), *((code, str(word)) for code, word in LANGUAGE_WORDS.items())]),
    ]
    offers = [Offer("open_draft", _("Open the draft"), begin, OpeningForm, choices=choices, is_primary=True)]

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        return show(request, place, "workbench/opening.html", {"acts": acts}, status=status)

    return respond(request, offers, shown)
