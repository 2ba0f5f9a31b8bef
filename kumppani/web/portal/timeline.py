"""The stages of an agreement: its dated facts in order, today (or the day asked for) among them, what is still to come after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kumppani.access.whole import WholeAgreement
from kumppani.kernel.text import Message, _
from kumppani.web.asked import AsOf
from kumppani.web.evidence import Evidence, EvidenceBook
from kumppani.web.place import Place
from kumppani.web.templatetags.kumppani import plain


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or will; `when` is past, now or next as seen on the day asked for."""

    day: date
    words: str
    path: str = ""
    evidence: Evidence | None = None
    when: str = "past"


def events(place: Place, whole: WholeAgreement, book: EvidenceBook, asked: AsOf) -> list[Event]:
    """All dated facts of an agreement in order."""
    dated = [*_of_versions(whole, book, asked.day), *_of_updates(whole, book), *_of_promises(place, whole), *_of_measures(place, whole)]
    dated.sort(key=lambda event: event.day)
    past = [event for event in dated if event.day <= asked.day]
    coming = [replace(event, when="next") for event in dated if event.day > asked.day]
    return [*past, Event(asked.day, "" if asked.is_today else str(_("The day asked for.")), when="now"), *coming]


def undated_updates(whole: WholeAgreement) -> list[object]:
    """Updates known to exist whose day no source gives."""
    return [part for part in whole.parts_of("known_update") if part.period.start is None]


def _of_versions(whole: WholeAgreement, book: EvidenceBook, on: date) -> Iterable[Event]:
    for signed in whole.signatories:
        key = f"{whole.agreement.key}/{signed.version}/{signed.organisation.key}"
        for approved in signed.approvals:
            said = _("{body} of {organisation} approved it.", body=plain(approved.body), organisation=plain(signed.organisation.name_on(on)))
            yield Event(approved.decided_on, str(said), evidence=book.chosen("approval", f"{key}/{approved.body_key}", "decided_on"))
    for version in whole.versions:
        key = f"{whole.agreement.key}/{version.number}"
        for field, said in _VERSION_DAYS.items():
            if (day := getattr(version, field)) is not None:
                words = Message(said.template, number=version.number)
                yield Event(day, str(words), evidence=book.chosen("version", key, field))


_VERSION_DAYS: dict[str, Message] = {
    "signed_on": _("Version {number} was signed."),
    "valid_from": _("The term of version {number} begins."),
    "valid_to": _("The term of version {number} ends."),
}


def _of_updates(whole: WholeAgreement, book: EvidenceBook) -> Iterable[Event]:
    for part in whole.parts_of("known_update"):
        if part.period.start is not None:
            evidence = book.chosen("known_update", f"{whole.agreement.key}/update/{part.position}", "happened_on")
            yield Event(part.period.start, str(_("{what} (its text is not available here)", what=plain(part.words))), evidence=evidence)


def _of_promises(place: Place, whole: WholeAgreement) -> Iterable[Event]:
    for commitment in whole.commitments:
        path = place.to("commitment", key=commitment.key)
        what = plain(commitment.promise)
        if commitment.fulfilled_on is not None:
            yield Event(commitment.fulfilled_on, str(_("Fulfilled: {what}", what=what)), path)
        elif commitment.released_on is not None:
            yield Event(commitment.released_on, str(_("Released from: {what}", what=what)), path)
        elif commitment.due_on is not None:
            yield Event(commitment.due_on, str(_("Due: {what}", what=what)), path)


def _of_measures(place: Place, whole: WholeAgreement) -> Iterable[Event]:
    for work in whole.measures:
        path = place.to("measure", key=work.measure.key)
        what = plain(work.measure.title)
        if work.measure.completed_on is not None:
            yield Event(work.measure.completed_on, str(_("Completed: {what}", what=what)), path)
        elif work.measure.dropped_on is not None:
            yield Event(work.measure.dropped_on, str(_("Dropped: {what}", what=what)), path)
