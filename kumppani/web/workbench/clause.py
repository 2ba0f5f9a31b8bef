"""One clause: its words in each language, what is said of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import work
from kumppani.domain.agreements.states import VersionStatus
from kumppani.domain.agreements.wording import PLACES
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import Message, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, LineField, Offer, Shown, initial_words, respond
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.drafting import COMMENTED, comment, edit_clause, resolve_comment, strike_clause
from kumppani.workflow.seen import seen_of

NEW = "new"
"""Stands in the address for a clause that is not there yet."""


class ClauseForm(ActForm):
    """The words of a clause that is there."""

    number = forms.IntegerField(
        label=gettext_lazy("Number"), min_value=1, max_value=999, error_messages={"invalid": gettext_lazy("A clause has a number from 1 to 999.")}
    )
    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"heading": (_("Heading"), 1), "body": (_("Text"), 8)}
    at: ClassVar[Mapping[str, str]] = {
        "clause-number-taken": "number",
        "bad-clause-number": "number",
        "bad-key": "code",
        "unknown-place": "body",
        "too-long": "body",
        "unreadable-text": "body",
    }


class NewClauseForm(ClauseForm):
    """A clause that is not there yet: with the short name under which versions are compared."""

    code = forms.CharField(
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Small letters a–z, digits and hyphens. Versions are compared under it, so it stays."),
        max_length=60,
    )


class CommentForm(ActForm):
    """Words about the clause."""

    words = LineField(label=gettext_lazy("Your comment"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    at: ClassVar[Mapping[str, str]] = {"words-missing": "words", "too-long-to-read": "words", "unreadable-text": "words"}


@work_page
def clause(request: HttpRequest, place: Place, key: str, number: int, code: str) -> HttpResponse:
    """The clause of a version; `new` begins one."""
    found = work.negotiation(place.viewer, place.programme, key, number)
    one = next((clause for clause in found.version.clauses.all() if clause.code == code), None)
    if one is None and code != NEW:
        raise Missing("not-found", _("There is no clause “{code}” here.", code=code[:60]))
    offers = _offers(place, found, one)
    comments = list(one.comments.all()) if one else []

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        context = {
            "acts": acts,
            "found": found,
            "version": found.version,
            "clause": one,
            "comments": [(said, acts.get(f"resolve-{said.number}")) for said in comments],
            "places": [f"{{{name}}}" for name in sorted(PLACES)],
        }
        return show(request, place, "workbench/clause.html", context, status=status)

    return respond(request, offers, shown)


def _offers(place: Place, found: work.Negotiation, one: Any) -> list[Offer]:
    version, by = found.version, place.viewer
    if not found.own:
        return []
    there = place.to("work-draft", key=version.agreement.key, number=version.number)
    offers: list[Offer] = []

    def edit(number: int, heading: Text, body: Text, code: str = "", seen: str = "") -> str:
        edit_clause(by=by, version=version, code=code or one.code, number=number, heading=heading, body=body, seen=seen)
        return there

    def strike(seen: str) -> str:
        strike_clause(by=by, clause=one, seen=seen)
        return there

    if version.status == VersionStatus.DRAFT and found.is_mine:
        if one is None:
            numbers = [clause.number for clause in version.clauses.all() if not clause.is_struck]
            return [Offer("edit_clause", _("Add the clause"), edit, NewClauseForm, {"number": max(numbers, default=0) + 1}, is_primary=True)]
        initial = {"number": one.number, **initial_words("heading", one.heading), **initial_words("body", one.body)}
        label = _("Bring the clause back") if one.is_struck else _("Save the clause")
        offers.append(Offer("edit_clause", label, edit, ClauseForm, initial, seen=seen_of(one), is_primary=True))
        if not one.is_struck:
            offers.append(Offer("strike_clause", _("Strike the clause"), strike, seen=seen_of(one)))
    if one is not None and version.status in COMMENTED:
        offers += _about(place, found, one)
    return offers


def _about(place: Place, found: work.Negotiation, one: Any) -> list[Offer]:
    """Saying something of the clause, and closing what was said: by who said it or who drafts."""
    version, by = found.version, place.viewer
    here = place.to("work-clause", key=version.agreement.key, number=version.number, code=one.code)

    def say(words: str) -> str:
        comment(by=by, clause=one, words=words)
        return here

    def closing(said: Any) -> Any:
        def close() -> str:
            resolve_comment(by=by, comment=said)
            return here

        return close

    closable = {found.own} & {version.drafter.key if version.drafter else ""}
    open_ones = [said for said in one.comments.all() if said.resolved_at is None and (closable or said.organisation.key == found.own)]
    return [
        Offer("comment", _("Comment"), say, CommentForm),
        *(Offer(f"resolve-{said.number}", _("Close the comment"), closing(said)) for said in open_ones),
    ]
