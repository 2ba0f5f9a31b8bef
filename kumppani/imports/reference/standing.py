"""What stands in the database now, in the terms of the evidence register, to be held against what the files want."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import prefetch_related_objects

from kumppani.domain.agreements.models import Approval
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.models import Evidence, Source
from kumppani.domain.sources.rules import Cited, SourceCard
from kumppani.imports.reference.facts import Fact
from kumppani.imports.reference.wanted import Wanted
from kumppani.workflow.corrections import CORRECTABLE, find_fact

OWN_FIELDS = {
    "agreement": frozenset({"name", "territory", "decider"}),
    "version": frozenset({"signed_on", "valid_from", "valid_to", "authentic_language", "content"}),
}
"""Fields that hold a value; what else is cited of these says only that something is not known."""


class Standing:
    """The programme's evidence and values. Evidence and sources are read once, objects when they are asked for."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.rows: dict[tuple[str, str], dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        for row in Evidence.objects.filter(programme=programme).select_related("source"):
            self.rows[row.kind, row.key][row.field].append(row)
        self._things: dict[tuple[str, str], Any] = {}
        self.sources = {source.key: source for source in Source.objects.filter(programme=programme)}

    def knows(self, wanted: Wanted) -> bool:
        """Whether the object is there."""
        return (wanted.kind, wanted.key) in self.rows

    def chosen(self, wanted: Wanted, field: str) -> Evidence | None:
        """The evidence behind the value that stands there."""
        return next((row for row in self.rows[wanted.kind, wanted.key][field] if row.chosen), None)

    def cited_alike(self, wanted: Wanted, field: str, cited: Cited) -> bool:
        """Whether the evidence says just this already, and the card of its source too."""
        rows = self.rows[wanted.kind, wanted.key][field]
        others = [(other.wording, other.language, other.source.key, other.as_of, dict(other.note)) for other in cited.also]
        theirs = [(row.wording, row.wording_language, _source(row), row.as_of, dict(row.note)) for row in rows if not row.chosen]
        cards = [card for card in (cited.source, *(other.source for other in cited.also)) if card is not None]
        chosen = self.chosen(wanted, field)
        ours = (cited.mark, cited.source.key if cited.source else None, cited.as_of, cited.looked_on, dict(cited.note))
        return (
            chosen is not None
            and (chosen.mark, _source(chosen), chosen.as_of, chosen.looked_on, dict(chosen.note)) == ours
            and theirs == others
            and all(self.knows_card(card) for card in cards)
        )

    def knows_card(self, card: SourceCard) -> bool:
        """Whether the source's row says what its card says."""
        row = self.sources.get(card.key)
        return row is not None and all(
            getattr(row, field) == getattr(card, field)
            for field in ("kind", "title", "publisher", "address", "published", "language", "read_on", "licence")
        )

    def remember(self, cited: Cited) -> None:
        """A source that has just been cited has its new card."""
        for card in (cited.source, *(other.source for other in cited.also)):
            if card is not None:
                self.sources[card.key] = Source.objects.get(programme=self.programme, key=card.key)

    def forget(self, wanted: Wanted) -> None:
        """The object has been corrected: it is read again when it is next asked for."""
        self._things.pop((wanted.kind, wanted.key), None)

    def _thing(self, kind: str, key: str) -> Any:
        if (kind, key) not in self._things:
            found = _approval(self.programme, key) if kind == "approval" else find_fact(self.programme, kind, key)[0]
            prefetch_related_objects([found], *RELATED.get(kind, ()))
            self._things[kind, key] = found
        return self._things[kind, key]

    def was_renamed(self, wanted: Wanted) -> bool:
        """Whether the organisation took another name after its first."""
        return len(self._thing(wanted.kind, wanted.key).names.all()) > 1

    def value(self, wanted: Wanted, field: str) -> object:
        """The value that stands there, in the form of `wanted_value`."""
        name, _dot, rest = field.partition(".")
        kind = wanted.kind
        if kind in OWN_FIELDS and name not in OWN_FIELDS[kind]:
            return None
        if kind not in CORRECTABLE and kind != "approval":
            return wanted_value(wanted, field)
        thing = self._thing(kind, wanted.key)
        if (read := READERS.get((kind, name))) is not None:
            return read(thing, rest)
        if name.partition("_")[0] in {"region", "sub", "nuts3"}:
            return _area(thing, name, rest)
        found = getattr(thing, name)
        return (found.get(rest) if rest else found) or None


def wanted_value(wanted: Wanted, field: str) -> object:
    """The value that the file gives, in a form that can be compared and corrected with."""
    fact: Fact[Any] = wanted.facts[field]
    if field == "territory" and fact.value is not None:
        return " ".join(f"{member.code}{'*' if member.is_core else ''}" for member in fact.value)
    if field == "themes" and fact.value is not None:
        return " ".join(sorted(fact.value.split()))
    if wanted.kind == "approval" and field == "body":
        return wanted.key.rpartition("/")[2]
    return fact.value


def _source(row: Evidence) -> str | None:
    return row.source.key if row.source else None


def _approval(programme: Programme, key: str) -> Approval:
    agreement, number, organisation, body = key.split("/")
    return Approval.objects.select_related("body").get(
        body__programme=programme,
        body__key=body,
        signatory__organisation__key=organisation,
        signatory__version__number=int(number),
        signatory__version__agreement__key=agreement,
    )


def _area(municipality: Any, name: str, rest: str) -> object:
    level, _underscore, version = name.rpartition("_")
    regions = (placement.region for placement in municipality.placements.all())
    region = next((one for one in regions if (one.level, one.version) == (level, version)), None)
    if region is None:
        return None
    return region.code if rest == "code" else region.name.get(rest.partition(".")[2])


def _identifier(organisation: Any, scheme: str) -> object:
    return next((one.value for one in organisation.identifiers.all() if one.scheme == scheme), None)


def _name(organisation: Any, language: str) -> object:
    # The first name is the one the facts speak of; a name taken later is a person's act, and stays.
    names = list(organisation.names.all())
    return names[0].name.get(language) if names else None


def _territory(agreement: Any, _rest: str) -> object:
    return " ".join(f"{one.municipality.code}{'*' if one.is_core else ''}" for one in agreement.territory.all())


RELATED: Mapping[str, tuple[str, ...]] = {
    "agreement": ("territory__municipality",),
    "municipality": ("placements__region",),
    "organisation": ("names", "identifiers"),
    "priority": ("themes",),
}
"""What the readers below need of an object, fetched with it."""

READERS: Mapping[tuple[str, str], Callable[[Any, str], object]] = {
    ("agreement", "decider"): lambda agreement, _rest: agreement.decider.key if agreement.decider else None,
    ("agreement", "territory"): _territory,
    ("approval", "body"): lambda approval, _rest: approval.body.key,
    ("municipality", "point"): lambda municipality, _rest: municipality.latitude,
    ("organisation", "identifier"): _identifier,
    ("organisation", "name"): _name,
    ("organisation", "parent"): lambda organisation, _rest: organisation.parent.key if organisation.parent else None,
    ("organisation", "successor"): lambda organisation, _rest: organisation.successor.key if organisation.successor else None,
    ("priority", "themes"): lambda priority, _rest: " ".join(sorted(theme.key for theme in priority.themes.all())) or None,
}
"""Values that are more than a field of their object."""
