"""A programme's documents: everything that search knows, read from what strangers may see. One look at the database, a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation

from kumppani.access import visible
from kumppani.access.changes import public_events
from kumppani.access.roles import Role, roles
from kumppani.access.viewer import STRANGER
from kumppani.analytics.documents import KINDS, Document, Words
from kumppani.analytics.labels import HOME, KIND_NAMES, LABELS, PAGES, ROLES
from kumppani.analytics.tokens import clean
from kumppani.domain.agreements.models import Agreement, KnownUpdate, StatedGoal
from kumppani.domain.parties.models import Organisation
from kumppani.domain.programmes.models import Programme
from kumppani.kernel.text import LANGUAGES, Message, Text


def last_day(programme: Programme) -> date | None:
    """The day of the programme's last public act, in its own time."""
    last = public_events(STRANGER, programme).first()
    return last.at.astimezone(ZoneInfo(programme.time_zone)).date() if last else None


def documents(programme: Programme, today: date) -> list[Document]:
    """Everything of a programme that can be found. `today` decides which of an organisation's names is its title."""
    found = [*_Gathering(programme, today).documents()]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda document: (order[document.kind], document.key))


class _Gathering:
    """The rows that several kinds of document need, read once."""

    def __init__(self, programme: Programme, today: date) -> None:
        self.programme = programme
        self.today = today
        self.agreements = {agreement.pk: agreement for agreement in visible.agreements(STRANGER, programme)}
        self.organisations = {organisation.pk: organisation for organisation in visible.organisations(STRANGER, programme)}
        self.places = list(visible.municipalities(STRANGER, programme))
        self.telling_roles = _telling(roles(STRANGER, programme), len(self.agreements))

    def documents(self) -> Iterator[Document]:
        yield from self._agreements()
        yield from self._said()
        yield from self._priorities()
        yield from self._commitments()
        yield from self._measures()
        yield from self._organisations()
        yield from self._themes()
        yield from self._municipalities()
        yield from self._figures()
        yield from self._pages()

    def _agreements(self) -> Iterator[Document]:
        regions = self._regions()
        for agreement in self.agreements.values():
            places = [territory.municipality for territory in agreement.territory.all()]
            yield Document(
                kind="agreement",
                key=agreement.key,
                agreement=agreement.key,
                title=_words(agreement.name),
                called=_all(place.name for place in places),
                body=_all(version.content for version in agreement.versions.all()),
                context=(
                    *_all([_kind("agreement"), self.programme.name]),
                    *_line("municipalities", [place.name for place in places]),
                    *_line("regions", {region: None for place in places for region in regions[place.pk]}),
                    *self._parts_of(agreement),
                ),
                names=(agreement.key,),
            )

    def _parts_of(self, agreement: Agreement) -> Iterator[Words]:
        """One line for each part that organisations have in it: what the part is called, and who has it."""
        for kind in ROLES:
            who = {role.organisation: None for role in self.telling_roles if role.agreement_key == agreement.key and role.kind == kind}
            yield from _line(kind, map(self._name, who))

    def _agreements_of(self, organisation: Organisation) -> Iterator[Words]:
        """Likewise for an organisation: in which agreements it has the part."""
        for kind in ROLES:
            held = [role for role in self.telling_roles if role.organisation == organisation.pk and role.kind == kind]
            where = {role.agreement_key: role.agreement_name for role in held}
            yield from _line(f"has_{kind}", where.values())

    def _regions(self) -> Mapping[int, list[Text]]:
        """Names of the regions of each municipality, each name once."""
        found: defaultdict[int, list[Text]] = defaultdict(list)
        for municipality in self.places:
            for region in municipality.regions.all():
                if region.name not in found[municipality.pk]:
                    found[municipality.pk].append(region.name)
        return found

    def _said(self) -> Iterator[Document]:
        """What is said of an agreement: goals as a source states them, updates known to exist."""
        for goal in _of(StatedGoal.objects.all(), self.agreements):
            yield self._saying("goal", f"goal/{goal.position}", goal.agreement_id, goal.wording)
        for update in _of(KnownUpdate.objects.all(), self.agreements):
            yield self._saying("update", f"update/{update.position}", update.agreement_id, update.what)

    def _saying(self, kind: str, key: str, agreement_id: int, wording: Text) -> Document:
        agreement = self.agreements[agreement_id]
        return Document(
            kind=kind,
            key=f"{agreement.key}/{key}",
            agreement=agreement.key,
            title={},
            of=_words(agreement.name),
            body=_all([wording]),
            context=_all([_kind(kind)]),
        )

    def _priorities(self) -> Iterator[Document]:
        for priority in visible.priorities(STRANGER, self.programme):
            yield Document(
                kind="priority",
                key=priority.key,
                agreement=priority.agreement.key,
                of=_words(priority.agreement.name),
                title=_words(priority.title),
                body=_all([priority.description]),
                context=(*_all([_kind("priority")]), *_line("themes", (theme.label for theme in priority.themes.all()))),
                names=(priority.key,),
            )

    def _commitments(self) -> Iterator[Document]:
        for commitment in visible.commitments(STRANGER, self.programme):
            under = [commitment.priority.title] if commitment.priority else []
            yield Document(
                kind="commitment",
                key=commitment.key,
                agreement=commitment.agreement.key,
                of=_words(commitment.agreement.name),
                title=_words(commitment.subject or commitment.promise),
                body=_all([commitment.promise]),
                context=(
                    *_all([_kind("commitment")]),
                    *_line("priority", under),
                    *_line("promised_by", [self._name(commitment.promised_by_id)]),
                    *_line("promised_to", [self._name(commitment.promised_to_id)]),
                ),
                names=(commitment.key,),
            )

    def _measures(self) -> Iterator[Document]:
        for measure in visible.measures(STRANGER, self.programme):
            yield Document(
                kind="measure",
                key=measure.key,
                agreement=measure.agreement.key,
                of=_words(measure.agreement.name),
                title=_words(measure.title),
                body=_all([measure.description]),
                context=(
                    *_all([_kind("measure")]),
                    *_line("priority", [measure.priority.title]),
                    *_line("action_type", [measure.action_type.label]),
                    *_line("lead", [self._name(measure.lead_id)]),
                    *_line("partners", (self._name(partner.pk) for partner in measure.partners.all())),
                ),
                names=(measure.key,),
            )

    def _organisations(self) -> Iterator[Document]:
        for organisation in self.organisations.values():
            title = organisation.name_on(self.today)
            near = [organisation.municipality.name] if organisation.municipality else []
            parent = [organisation.parent.name_on(self.today)] if organisation.parent else []
            successor = [organisation.successor.name_on(self.today)] if organisation.successor else []
            yield Document(
                kind="organisation",
                key=organisation.key,
                title=_words(title),
                body=tuple(_line("other_names", (name.name for name in organisation.names.all() if name.name != title))),
                context=(
                    *_all([_kind("organisation")]),
                    *self._agreements_of(organisation),
                    *_line("municipality", near),
                    *_line("part_of", parent),
                    *_line("successor", successor),
                ),
                names=(organisation.key, *(identifier.value for identifier in organisation.identifiers.all())),
            )

    def _name(self, pk: int) -> Text:
        """An organisation's name today. Whoever has a part in an agreement is visible in its programme."""
        found: Organisation | None = self.organisations.get(pk)
        return found.name_on(self.today) if found else Text()

    def _themes(self) -> Iterator[Document]:
        for theme in visible.categories(STRANGER, self.programme, "themes"):
            yield Document(kind="theme", key=theme.key, title=_words(theme.label), context=_all([_kind("theme"), theme.scheme.title]))

    def _municipalities(self) -> Iterator[Document]:
        regions = self._regions()
        for place in self.places:
            first, *others = (territory.agreement for territory in place.territories.all())
            yield Document(
                kind="municipality",
                key=place.key,
                agreement=first.key,
                title=_words(place.name),
                of=_words(first.name),
                context=(*_all([_kind("municipality"), *(agreement.name for agreement in others)]), *_line("regions", regions[place.pk])),
                names=(place.key, place.code),
            )

    def _figures(self) -> Iterator[Document]:
        # What is stated of all agreements together is printed with each of them; of the start-up money the front page tells.
        first = next((agreement.key for agreement in self.agreements.values()), "")
        for figure in visible.figures(STRANGER, self.programme):
            agreement = figure.agreement
            elsewhere = "" if figure.measures.startswith("start_money") else first
            yield Document(
                kind="figure",
                key=figure.key,
                agreement=agreement.key if agreement else elsewhere,
                title=_words(figure.label),
                of=_words(agreement.name) if agreement else {},
                body=_all([{figure.wording_language: figure.wording}, figure.note]),
                context=(*_all([_kind("figure"), figure.basis]), *_line("source", [figure.source.title])),
            )

    def _pages(self) -> Iterator[Document]:
        """The front page speaks of the programme; the others are called what their headings say."""
        name, summary = self.programme.name, self.programme.summary
        yield Document(kind="page", key="home", title=_words(name), body=_all([summary]), context=_all([_spoken(HOME)]))
        for key, (title, what) in PAGES.items():
            yield Document(kind="page", key=key, title=_words(_spoken(title)), body=_all([_spoken(what)]))


def _telling(found: Iterable[Role], agreements: int) -> list[Role]:
    """Without the parts that one organisation has in all agreements: what all have tells none of them apart, and would be found with each."""
    found = list(found)
    where: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for role in found:
        where[role.kind, role.organisation].add(role.agreement_key)
    return [role for role in found if agreements == 1 or len(where[role.kind, role.organisation]) < agreements]


def _of(rows: QuerySet[Any], agreements: Mapping[int, Agreement]) -> Iterable[Any]:
    return rows.filter(agreement__in=agreements).order_by("agreement__position", "position")


def _spoken(message: Message) -> Text:
    """A sentence of the interface in every language."""
    spoken = {}
    for language in LANGUAGES:
        with translation.override(language):
            spoken[language] = str(message)
    return Text(spoken)


def _kind(kind: str) -> Text:
    return _spoken(KIND_NAMES[kind])


def _words(text: Mapping[str, str]) -> Words:
    return {language: clean(words) for language, words in text.items()}


def _all(texts: Iterable[Mapping[str, str]]) -> tuple[Words, ...]:
    """Texts as search keeps them, without empty ones."""
    return tuple(words for words in map(_words, texts) if any(words.values()))


def _line(label: str, names: Iterable[Mapping[str, str]]) -> list[Words]:
    """“Signatories: the ministry, the city” in every language that one of the names has; nothing where there are no names."""
    texts = [Text(name) for name in names]
    spoken = _spoken(LABELS[label])
    languages = [language for language in LANGUAGES if any(language in text for text in texts)]
    line = {language: f"{spoken[language]}: {', '.join(text.pick(language).value for text in texts if text)}" for language in languages}
    return [_words(line)] if line else []
