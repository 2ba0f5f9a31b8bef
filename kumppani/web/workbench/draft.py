"""A version on the table: its text, whose turn it is, who has approved it, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import work
from kumppani.access.work import Negotiation
from kumppani.domain.agreements.negotiation import LONGEST_CASE_NUMBER, LONGEST_SECTION
from kumppani.domain.agreements.states import VersionStatus
from kumppani.domain.agreements.wording import filled
from kumppani.kernel import clock
from kumppani.kernel.text import LANGUAGES, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, Choices, DayField, LineField, Offer, Shown, respond
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.drafting import edit_terms, pass_draft
from kumppani.workflow.negotiation import agree, bring_into_force, propose, record_approval, send_back
from kumppani.workflow.seen import seen_of

LANGUAGE_WORDS = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}


def case_number_field() -> forms.CharField:
    """The authority's own number of the matter, which every official act can carry."""
    return LineField(label=gettext_lazy("Case number (not required)"), required=False, max_length=LONGEST_CASE_NUMBER)


class OfficialForm(ActForm):
    """An act that asks nothing but, perhaps, the authority's case number."""

    case_number = case_number_field()


class TermsForm(ActForm):
    """From when to when, and the authentic language."""

    valid_from = DayField(label=gettext_lazy("In force from"), required=False)
    valid_to = DayField(label=gettext_lazy("In force to"), required=False)
    authentic_language = forms.ChoiceField(label=gettext_lazy("Authentic language"), required=False)
    at = {"unknown-language": "authentic_language", "end-before-start": "valid_to"}


class PassForm(ActForm):
    """To whom the draft goes."""

    to = forms.ChoiceField(label=gettext_lazy("To whom"))


class ApprovalForm(ActForm):
    """What a party's own body decided."""

    body = forms.ChoiceField(label=gettext_lazy("Which body decided"), error_messages={"required": gettext_lazy("Choose the body that decided.")})
    decided_on = DayField(label=gettext_lazy("Day of the decision"))
    section = LineField(label=gettext_lazy("Section of the minutes (not required)"), required=False, max_length=LONGEST_SECTION)
    case_number = case_number_field()
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    at = {"day-ahead": "decided_on", "body-of-another": "body"}


class ReasonForm(ActForm):
    """Why."""

    reason = LineField(label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    case_number = case_number_field()
    at = {"words-missing": "reason", "too-long-to-read": "reason", "unreadable-text": "reason"}


class ForceForm(ActForm):
    """When it was signed, and from when it holds."""

    signed_on = DayField(label=gettext_lazy("Day of the last signature"))
    valid_from = DayField(label=gettext_lazy("In force from"))
    case_number = case_number_field()
    at = {"day-ahead": "signed_on", "other-start-than-approved": "valid_from"}


@work_page
def draft(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """The version with its acts."""
    found = work.negotiation(place.viewer, place.programme, key, number)

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        return show(request, place, "workbench/draft.html", {"acts": acts, **_content(place, found)}, status=status)

    return respond(request, offers_of(place, found), shown)


def _content(place: Place, found: Negotiation) -> dict[str, Any]:
    version = found.version
    figures = work.figures(version)
    clauses = [
        {
            "clause": clause,
            "words": [
                (language, filled(clause.heading.get(language, ""), figures, language), filled(clause.body.get(language, ""), figures, language))
                for language in [place.language, *(other for other in LANGUAGES if other != place.language)]
            ],
            "open": sum(comment.resolved_at is None for comment in clause.comments.all()),
        }
        for clause in version.clauses.all()
        if not clause.is_struck
    ]
    return {
        "found": found,
        "version": version,
        "clauses": clauses,
        "struck": [clause for clause in version.clauses.all() if clause.is_struck],
        "is_draft": version.status == VersionStatus.DRAFT,
        "is_signed": version.status in {VersionStatus.SIGNED, VersionStatus.CLOSED},
        "earlier": work.earlier_version(version),
        "authentic": LANGUAGE_WORDS.get(version.authentic_language, ""),
    }


def offers_of(place: Place, found: Negotiation) -> list[Offer]:
    """What can be done with a version in its state: by the party whose turn it is; the others see why not."""
    if not found.own:
        return []
    return {
        VersionStatus.DRAFT: _while_draft,
        VersionStatus.PROPOSED: _while_proposed,
        VersionStatus.AGREED: _while_agreed,
    }.get(VersionStatus(found.version.status), lambda _place, _found: [])(place, found)


def _why_not(place: Place, found: Negotiation) -> str:
    """Why the reader cannot take the next step; empty if they can."""
    if found.is_mine:
        return ""
    whose = ", ".join(one.name_on(clock.today(place.programme.time_zone)).pick(place.language).value for one in found.turn)
    return str(_("It is the turn of: {whose}.", whose=whose))


def _while_draft(place: Place, found: Negotiation) -> list[Offer]:
    version, by, why_not, here = found.version, place.viewer, _why_not(place, found), _path(place, found)
    languages = Choices("authentic_language", [("", "–"), *((code, str(word)) for code, word in LANGUAGE_WORDS.items())])
    others = [one for one in found.parties if one.key != found.own]
    terms = {"valid_from": version.valid_from, "valid_to": version.valid_to, "authentic_language": version.authentic_language}

    def change_terms(seen: str, **given: Any) -> str:
        edit_terms(by=by, version=version, seen=seen, **given)
        return here

    def hand_over(to: str) -> str:
        pass_draft(by=by, version=version, to=next(one for one in others if one.key == to))
        return here

    return [
        Offer("propose", _("Propose to the parties"), _acting(propose, by, version, here), OfficialForm, why_not=why_not, is_primary=True),
        Offer("pass_draft", _("Give the draft to another party"), hand_over, PassForm, choices=[_named(place, "to", others)], why_not=why_not),
        Offer("edit_terms", _("Change the terms"), change_terms, TermsForm, terms, [languages], seen_of(version), why_not),
    ]


def _while_proposed(place: Place, found: Negotiation) -> list[Offer]:
    version, by, here = found.version, place.viewer, _path(place, found)
    bodies = work.bodies_of(place.programme, found.own)
    named = {body.key: body for body in bodies}
    has_approved = found.own in found.approved
    is_drafter = version.drafter is not None and version.drafter.key == found.own
    asked = "" if not has_approved else str(_("Your party has approved it already."))

    def approve(body: str, decided_on: date, section: str, case_number: str, digest: str) -> str:
        record_approval(by=by, version=version, digest=digest, body=named[body], decided_on=decided_on, section=section, case_number=case_number)
        return here

    offers = [
        Offer(
            "record_approval",
            _("Record the approval of your party"),
            approve,
            ApprovalForm,
            {"digest": version.proposed_digest},
            [Choices("body", [("", "–"), *((body.key, body.name.pick(place.language).value) for body in bodies)])],
            why_not=asked,
            is_primary=not has_approved,
        )
    ]
    if found.approved >= {one.key for one in found.parties}:
        offers.append(
            Offer(
                "agree",
                _("Note that all parties have approved"),
                _acting(agree, by, version, here),
                OfficialForm,
                is_primary=True,
                why_not=_why_not(place, found),
            )
        )
    if is_drafter or not has_approved:
        label = _("Take the proposal back") if is_drafter else _("Send it back to be changed")
        offers.append(Offer("send_back", label, _acting(send_back, by, version, here), ReasonForm))
    return offers


def _while_agreed(place: Place, found: Negotiation) -> list[Offer]:
    version, by, here, why_not = found.version, place.viewer, _path(place, found), _why_not(place, found)
    starts = {"valid_from": version.valid_from}
    return [
        Offer("bring_into_force", _("Record the signing"), _acting(bring_into_force, by, version, here), ForceForm, starts, why_not=why_not),
        Offer("send_back", _("Send it back to be changed"), _acting(send_back, by, version, here), ReasonForm, why_not=why_not),
    ]


def _acting(act: Any, by: Any, version: Any, path: str) -> Any:
    def do(**given: Any) -> str:
        act(by=by, version=version, **given)
        return path

    return do


def _named(place: Place, field: str, organisations: list[Any]) -> Choices:
    today = clock.today(place.programme.time_zone)
    return Choices(field, [(one.key, Text(one.name_on(today)).pick(place.language).value) for one in organisations])


def _path(place: Place, found: Negotiation) -> str:
    return place.to("work-draft", key=found.version.agreement.key, number=found.version.number)
