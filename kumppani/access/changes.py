"""What everyone may hear of: the journal's events about published things, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation

from kumppani.access import visible
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Commitment, Measure, Priority
from kumppani.domain.ecosystems.models import Ecosystem, EcosystemMember
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import OrganisationName
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.models import Figure
from kumppani.kernel.text import LANGUAGES, Message, Text, _

SENTENCES: Mapping[tuple[str, str], Message] = {
    ("record_signed_elsewhere", "agreement"): _("{agreement}: the agreement was recorded here."),
    ("record_signed_elsewhere", "agreementversion"): _("{agreement}: version {number} of the agreement was recorded here."),
    ("publish", "publication"): _("{agreement}: version {number} of the agreement was published."),
    ("withdraw", "publication"): _("{agreement}: version {number} of the agreement was withdrawn from the public."),
    ("state_priority", "priority"): _("{agreement}: a strategic priority was added: {name}."),
    ("state_commitment", "commitment"): _("{agreement}: a commitment was added: {name}."),
    ("state_measure", "measure"): _("{agreement}: a measure was added: {name}."),
    ("establish_ecosystem", "ecosystem"): _("{agreement}: an ecosystem was added: {name}."),
    ("join_ecosystem", "ecosystemmember"): _("{agreement}: the ecosystem “{name}” has a new member."),
    ("leave_ecosystem", "ecosystemmember"): _("{agreement}: a member left the ecosystem “{name}”."),
    ("publish_figure", "figure"): _("A figure was published: {name}."),
    ("correct_fact", "agreement"): _("{agreement}: a fact about the agreement was corrected."),
    ("correct_fact", "agreementversion"): _("{agreement}: a fact about version {number} of the agreement was corrected."),
    ("correct_fact", "priority"): _("{agreement}: a fact about the strategic priority “{name}” was corrected."),
    ("correct_fact", "commitment"): _("{agreement}: a fact about the commitment “{name}” was corrected."),
    ("correct_fact", "measure"): _("{agreement}: a fact about the measure “{name}” was corrected."),
    ("correct_fact", "organisation"): _("A fact about an organisation was corrected: {name}."),
    ("report_commitment", "commitment"): _("{agreement}: it was reported how the commitment “{name}” stands."),
    ("report_measure", "measure"): _("{agreement}: it was reported how the measure “{name}” stands."),
    ("accept_change", "commitment"): _("{agreement}: the parties agreed to change the commitment “{name}”."),
    ("accept_change", "measure"): _("{agreement}: the parties agreed to change the measure “{name}”."),
    ("rename_organisation", "organisation"): _("An organisation took a new name: {name}."),
}
"""(Act, kind of object) → what is said of it. An event that has no sentence here is not told."""

FIGURE_WITHDRAWN = _("A figure was withdrawn from the public: {name}.")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: its name, the agreement it belongs to, and the page (name and key) where it stands."""

    name: Text
    agreement: Text
    page: str
    page_key: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened. `number` is its place in the programme's journal."""

    number: int
    at: datetime
    act: str
    kind: str
    key: str
    sentence: Message
    subject: Subject

    def said(self, language: str) -> str:
        """The sentence, names in `language`, which must be the one in use."""
        subject = self.subject
        values = {
            "name": subject.name.pick(language).value,
            "agreement": subject.agreement.pick(language).value,
            "number": self.key.rpartition("/")[2],
        }
        return str(Message(self.sentence.template, **values))

    def in_every_language(self) -> Text:
        """The sentence in each language of the interface."""
        said = {}
        for language in LANGUAGES:
            with translation.override(language):
                said[language] = self.said(language)
        return Text(said)


def public_events(viewer: Viewer, programme: Programme) -> QuerySet[Event]:
    """Events that have a sentence and are about something that is open, or was and was withdrawn; newest first."""
    opened = AgreementVersion.objects.filter(agreement__programme=programme, publication__isnull=False)
    versions = opened.annotate(place=Concat("agreement__key", Value("/"), Cast("number", CharField()))).values("place")
    figures = Figure.objects.filter(programme=programme, publication__isnull=False).filter(
        Q(agreement__isnull=True) | Q(agreement__in=opened.values("agreement"))
    )
    ecosystems = visible.ecosystems(viewer, programme)
    ties = EcosystemMember.objects.filter(ecosystem__in=ecosystems.values("pk").order_by()).annotate(
        place=Concat("ecosystem__key", Value("/"), Cast("number", CharField()))
    )
    keys: Mapping[str, Any] = {
        "agreement": opened.values("agreement__key"),
        "agreementversion": versions,
        "publication": versions,
        "priority": visible.priorities(viewer, programme).values("key").order_by(),
        "commitment": visible.commitments(viewer, programme).values("key").order_by(),
        "measure": visible.measures(viewer, programme).values("key").order_by(),
        "figure": figures.values("key"),
        "ecosystem": ecosystems.values("key").order_by(),
        "ecosystemmember": ties.values("place"),
        "organisation": visible.organisations(viewer, programme).values("key"),
    }
    told = Q(act="withdraw", kind="publication", key__in=figures.values("key"))
    for act, kind in SENTENCES:
        told |= Q(act=act, kind=kind, key__in=keys[kind])
    return Event.objects.filter(told, chain=programme.key).defer("text", "actor").order_by("-number")


def tell(programme: Programme, events: Sequence[Event]) -> list[Change]:
    """The events in words. At most seven queries, however many events."""
    subjects = _subjects(programme, events)
    return [_change(event, subjects) for event in events]


def _change(event: Event, subjects: Mapping[tuple[str, str], Subject]) -> Change:
    kind, key = _place(event)
    subject = subjects.get((kind, key)) or Subject(Text(en=key), Text(en=key), "home", None)
    sentence = FIGURE_WITHDRAWN if kind == "figure" and event.kind == "publication" else SENTENCES[event.act, event.kind]
    return Change(event.number, event.at, event.act, event.kind, event.key, sentence, subject)


def _place(event: Event) -> tuple[str, str]:
    """The kind and key of what an event names: a publication names a version or a figure, a version its agreement, a tie its ecosystem."""
    agreement, slash, _number = event.key.partition("/")
    if event.kind == "ecosystemmember":
        return "ecosystem", agreement
    if event.kind in {"agreementversion", "publication"}:
        return ("agreement", agreement) if slash else ("figure", event.key)
    return event.kind, event.key


def _subjects(programme: Programme, events: Sequence[Event]) -> dict[tuple[str, str], Subject]:
    wanted: dict[str, set[str]] = {}
    for event in events:
        kind, key = _place(event)
        wanted.setdefault(kind, set()).add(key)
    found: dict[tuple[str, str], Subject] = {}
    for kind, keys in wanted.items():
        found |= {(kind, key): subject for key, subject in FINDERS[kind](programme, keys).items()}
    return found


def _agreements(programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = Agreement.objects.filter(programme=programme, key__in=keys)
    return {row.key: Subject(Text(row.name), Text(row.name), "agreement", row.key) for row in rows}


def _priorities(programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = Priority.objects.filter(agreement__programme=programme, key__in=keys).select_related("agreement")
    return {row.key: Subject(Text(row.title), Text(row.agreement.name), "priority", row.key) for row in rows}


def _commitments(programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = Commitment.objects.filter(agreement__programme=programme, key__in=keys).select_related("agreement")
    return {row.key: Subject(Text(row.subject or row.promise), Text(row.agreement.name), "commitment", row.key) for row in rows}


def _measures(programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = Measure.objects.filter(agreement__programme=programme, key__in=keys).select_related("agreement")
    return {row.key: Subject(Text(row.title), Text(row.agreement.name), "measure", row.key) for row in rows}


def _ecosystems(programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = Ecosystem.objects.filter(agreement__programme=programme, key__in=keys).select_related("agreement")
    return {row.key: Subject(Text(row.name), Text(row.agreement.name), "ecosystem", row.key) for row in rows}


def _figures(programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = Figure.objects.filter(programme=programme, key__in=keys).select_related("agreement")
    return {
        row.key: Subject(Text(row.label), Text(row.agreement.name), "agreement", row.agreement.key)
        if row.agreement
        else Subject(Text(row.label), Text(), "data", None)
        for row in rows
    }


def _organisations(_programme: Programme, keys: set[str]) -> dict[str, Subject]:
    rows = OrganisationName.objects.filter(organisation__key__in=keys).select_related("organisation")
    # In the order of their days: the last name is the one in use.
    return {row.organisation.key: Subject(Text(row.name), Text(), "organisation", row.organisation.key) for row in rows}


FINDERS: Mapping[str, Callable[[Programme, set[str]], dict[str, Subject]]] = {
    "agreement": _agreements,
    "priority": _priorities,
    "commitment": _commitments,
    "measure": _measures,
    "ecosystem": _ecosystems,
    "figure": _figures,
    "organisation": _organisations,
}
