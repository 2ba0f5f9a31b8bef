"""Following an agreement up: what was promised and planned and how it stands, saying how it stands, and where to write to its parties."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import following
from kumppani.access.checks import can, check_can
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import LONGEST_ADDRESS, commitment_state_on, is_stale_on, last_said_on, measure_state_on
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.rules import Cited, Mark, SourceCard, SourceKind
from kumppani.kernel import clock
from kumppani.kernel.errors import Refusal
from kumppani.kernel.text import Message, Text, _
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.templatetags.kumppani import plain
from kumppani.web.workbench.acting import ActForm, Choices, DayField, LineField, Offer, Shown, initial_words, respond
from kumppani.web.workbench.asking import asking
from kumppani.web.workbench.frame import work_page
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.promises import check_speaks
from kumppani.workflow.reports import report_commitment, report_measure

LONGEST_TITLE = 300
"""Characters of what a document is called, and of who published it."""


class KeptForm(ActForm):
    """On which day a promise was kept or released, and in which document that stands."""

    day = DayField(label=gettext_lazy("Day"))
    title = LineField(label=gettext_lazy("Document in which it stands (not required)"), required=False, max_length=LONGEST_TITLE)
    publisher = LineField(label=gettext_lazy("Who published the document"), required=False, max_length=LONGEST_TITLE)
    address = forms.URLField(label=gettext_lazy("Its web address"), required=False, assume_scheme="https")
    at: ClassVar[Mapping[str, str]] = {"not-happened-yet": "day", "end-before-start": "day", "bad-source-address": "address"}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if any(given.get(name) for name in ("title", "publisher", "address")):
            for name in ("title", "publisher"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, str(_("A document is named with its title and its publisher.")))
        return given


class MeasureForm(ActForm):
    """How far a measure is."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"progress": (_("Where it stands"), 4)}
    at: ClassVar[Mapping[str, str]] = {"report-of-tomorrow": "reported_on", "report-overtaken": "reported_on", "completed-and-dropped": "dropped_on"}

    reported_on = DayField(label=gettext_lazy("As of which day"))
    completed_on = DayField(label=gettext_lazy("Completed on (if it is)"), required=False)
    dropped_on = DayField(label=gettext_lazy("Dropped on (if it is)"), required=False)


class ContactForm(ActForm):
    """The address of a role."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"role": (_("Role"), 1)}
    at: ClassVar[Mapping[str, str]] = {"no-role-address": "address", "name-missing": "role"}

    organisation = forms.ChoiceField(label=gettext_lazy("Party"))
    address = LineField(
        label=gettext_lazy("E-mail address of the role"),
        help_text=gettext_lazy("A registry or a programme office, never a person’s own address."),
        max_length=LONGEST_ADDRESS,
    )
    valid_from = DayField(label=gettext_lazy("In use from"))


@work_page
def follow_up(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """Promises, measures and contact points, with links to what can be reported."""
    found, day = following.followed(place.viewer, place.programme, key), clock.today(place.programme.time_zone)
    context = {
        "agreement": found.agreement,
        "commitments": [(one, commitment_state_on(one, day)) for one in found.commitments],
        "measures": [(one, measure_state_on(one, day), is_stale_on(one, day), last_said_on(one)) for one in found.measures],
        "contacts": [one for one in found.contact_points if day in one.period],
    }
    return _acting(request, place, "workbench/follow_up.html", [_contact(place, found, day)] if found.parties else [], context)


@work_page
def commitment(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """One promise, and what can be said of it."""
    found, day = following.commitment(place.viewer, place.programme, key, number), clock.today(place.programme.time_zone)
    context = {"agreement": found.agreement, "commitment": found, "state": commitment_state_on(found, day)}
    return _acting(request, place, "workbench/commitment.html", [*_of_promise(place, found, day), *asking(place, "commitment", found)], context)


@work_page
def measure(request: HttpRequest, place: Place, key: str, number: int) -> HttpResponse:
    """One measure, and saying how far it is."""
    found, day = following.measure(place.viewer, place.programme, key, number), clock.today(place.programme.time_zone)
    context = {
        "agreement": found.agreement,
        "measure": found,
        "state": measure_state_on(found, day),
        "is_stale": is_stale_on(found, day),
        "last_said_on": last_said_on(found),
    }
    return _acting(request, place, "workbench/measure.html", [_of_measure(place, found, day), *asking(place, "measure", found)], context)


def _acting(request: HttpRequest, place: Place, template: str, offers: list[Offer], context: Mapping[str, Any]) -> HttpResponse:
    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        return show(request, place, template, {"acts": acts, **context}, status=status)

    return respond(request, offers, shown)


def _of_promise(place: Place, found: Any, today: date) -> list[Offer]:
    back = place.to("work-commitment", key=found.agreement.key, number=found.number)

    def say(fulfilled_on: date | None, released_on: date | None, cited: Cited | None = None) -> str:
        report_commitment(by=place.viewer, commitment=found, fulfilled_on=fulfilled_on, released_on=released_on, evidence=cited)
        return back

    def why_not(fulfilled_on: date | None, released_on: date | None) -> str:
        return _why_not(lambda: check_speaks(place.viewer, found, fulfilled_on, released_on))

    if found.fulfilled_on or found.released_on:
        return [Offer("owed", _("It is owed after all"), lambda: say(None, None), why_not=why_not(None, None))]
    initial = {"day": today.isoformat()}
    return [
        Offer(
            "fulfilled",
            _("Report it fulfilled"),
            lambda day, **source: say(day, None, _cited(place, day, **source)),
            KeptForm,
            initial=initial,
            why_not=why_not(today, None),
            is_primary=True,
        ),
        Offer(
            "released",
            _("Release from it"),
            lambda day, **source: say(None, day, _cited(place, day, **source)),
            KeptForm,
            initial=initial,
            why_not=why_not(None, today),
        ),
    ]


def _cited(place: Place, day: date, title: str, publisher: str, address: str) -> Cited | None:
    """What a report rests on: a document, when one is named."""
    if not title:
        return None
    digest = hashlib.sha256(f"{title}\n{publisher}\n{address}".encode()).hexdigest()[:16]
    language = place.language
    card = SourceCard(
        key=f"report-{digest}",
        kind=SourceKind.DOCUMENT,
        title=Text({language: title}),
        publisher=Text({language: publisher}),
        language=language,
        read_on=clock.today(place.programme.time_zone),
        address=address,
    )
    return Cited(Mark.ENTERED, card, as_of=day)


def _of_measure(place: Place, found: Any, today: date) -> Offer:
    def say(**given: Any) -> str:
        report_measure(by=place.viewer, measure=found, **given)
        return place.to("work-measure", key=found.agreement.key, number=found.number)

    of = parties_of(found.agreement) | {found.lead.key}
    initial = {**initial_words("progress", found.progress), "reported_on": today.isoformat()}
    for name in ("completed_on", "dropped_on"):
        initial[name] = day.isoformat() if (day := getattr(found, name)) else ""
    why_not = _why_not(lambda: check_can(place.viewer, Permission.REPORT_MEASURE, place.programme.key, of=of))
    return Offer("report", _("Report where it stands"), say, MeasureForm, initial=initial, why_not=why_not, is_primary=True)


def _contact(place: Place, found: following.Followed, today: date) -> Offer:
    by_key = {one.key: one for one in found.parties}

    def state(organisation: str, **given: Any) -> str:
        state_contact_point(by=place.viewer, agreement=found.agreement, organisation=by_key[organisation], **given)
        return place.to("work-follow-up", key=found.agreement.key)

    may = can(place.viewer, Permission.STATE_CONTACT_POINT, place.programme.key, of=frozenset(by_key))
    choices = Choices("organisation", [(key, plain(one.name_on(today))) for key, one in by_key.items()])
    return Offer(
        "contact",
        _("State a contact point"),
        state,
        ContactForm,
        initial={"valid_from": today.isoformat()},
        choices=[choices],
        why_not="" if may else str(_("You are not permitted to do this.")),
    )


def _why_not(check: Callable[[], None]) -> str:
    try:
        check()
    except Refusal as refusal:
        return str(refusal.reason)
    return ""
