"""Laying a round: its name and term, and the clauses of the common text from which its drafts are opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import rounds as at_work
from kumppani.access.checks import can, check_can
from kumppani.access.rounds import Table
from kumppani.domain.agreements.wording import PLACES
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Message, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, Choices, DayField, LineField, Offer, Shown, initial_words, respond
from kumppani.web.workbench.clause import ClauseForm, NewClauseForm
from kumppani.web.workbench.draft import LANGUAGE_WORDS
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.rounds import define_round, edit_template_clause
from kumppani.workflow.seen import seen_of


class RoundForm(ActForm):
    """What a round is called, and the terms that its drafts begin with."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"title": (_("Name of the round"), 1)}
    at: ClassVar[Mapping[str, str]] = {"bad-key": "key", "round-exists": "key", "name-missing": "title", "end-before-start": "valid_to"}

    key = LineField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters a–z, digits and hyphens; it stands in addresses and never changes."),
        max_length=60,
    )
    authentic_language = forms.ChoiceField(label=gettext_lazy("Authentic language"), required=False)
    valid_from = DayField(label=gettext_lazy("In force from"), required=False)
    valid_to = DayField(label=gettext_lazy("In force to"), required=False)


def defining(place: Place) -> list[Offer]:
    """The act of defining a round, for who may."""
    if not can(place.viewer, Permission.DEFINE_ROUND, place.programme.key):
        return []

    def define(**given: Any) -> str:
        return place.to("work-round", key=define_round(by=place.viewer, programme=place.programme, **given).key)

    languages = Choices("authentic_language", [("", "–"), *((code, str(word)) for code, word in LANGUAGE_WORDS.items())])
    return [Offer("define_round", _("Define the round"), define, RoundForm, choices=[languages], is_primary=True)]


@work_page
def new_clause(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The form of a clause that the common text has not yet."""
    table = at_work.round_(place.viewer, place.programme, key)
    check_can(place.viewer, Permission.EDIT_TEMPLATE_CLAUSE, place.programme.key)
    return _clause_page(request, place, table, None)


@work_page
def template_clause(request: HttpRequest, place: Place, key: str, code: str) -> HttpResponse:
    """One clause of the common text, with its form for who may change it."""
    table = at_work.round_(place.viewer, place.programme, key)
    found = next((clause for clause in table.template if clause.code == code), None)
    if found is None:
        raise Missing("not-found", _("There is no clause “{code}” here.", code=code[:60]))
    return _clause_page(request, place, table, found)


def _clause_page(request: HttpRequest, place: Place, table: Table, found: Any) -> HttpResponse:
    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        places = [f"{{{name}}}" for name in sorted(PLACES)]
        context = {"acts": acts, "table": table, "clause": found, "places": places}
        return show(request, place, "workbench/round_clause.html", context, status=status)

    return respond(request, _writing(place, table, found), shown)


def _writing(place: Place, table: Table, found: Any) -> list[Offer]:
    if not can(place.viewer, Permission.EDIT_TEMPLATE_CLAUSE, place.programme.key):
        return []

    def write(number: int, heading: Text, body: Text, code: str = "", seen: str = "") -> str:
        by, round_ = place.viewer, table.round
        edit_template_clause(by=by, round_=round_, code=code or found.code, number=number, heading=heading, body=body, seen=seen)
        return place.to("work-round", key=round_.key)

    if found is None:
        following = {"number": max((clause.number for clause in table.template), default=0) + 1}
        return [Offer("edit_template_clause", _("Add the clause"), write, NewClauseForm, following, is_primary=True)]
    initial = {"number": found.number, **initial_words("heading", found.heading), **initial_words("body", found.body)}
    return [Offer("edit_template_clause", _("Save the clause"), write, ClauseForm, initial, seen=seen_of(found), is_primary=True)]
