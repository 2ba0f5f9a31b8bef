"""What the reference files say, as plain values: the contract between reading them and applying them.

Every fact says why it stands there (mark, source, as-of day) and where it was read (file and line).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.sources.rules import Mark, SourceCard
from kumppani.kernel.money import Amount
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was read."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Differing:
    """What another source prints for the same thing; shown beside the chosen value."""

    wording: str
    language: str
    source: str
    as_of: date
    note: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A value and why it stands there. Unknown (mark UNKNOWN, value None) says when it was last looked for."""

    value: Value | None
    mark: Mark
    place: Place
    source: str | None = None
    as_of: date | None = None
    looked_on: date | None = None
    note: Text = Text()
    also: tuple[Differing, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.mark is not Mark.UNKNOWN


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in several languages, each a fact of its own."""

    by_language: Mapping[str, Fact[str]]

    @property
    def text(self) -> Text:
        """The words that are known."""
        return Text({language: fact.value for language, fact in self.by_language.items() if fact.value is not None})


@dataclass(frozen=True, slots=True)
class Area:
    """The area of one level a municipality lies in, in one version (year) of the codes."""

    level: str
    version: str
    code: Fact[str]
    name: Words


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by its official code; its point in degrees of WGS 84."""

    code: str
    name: Words
    areas: tuple[Area, ...]
    latitude: Fact[Decimal]
    longitude: Fact[Decimal]
    point_kind: Fact[str]
    language_status: Words
    place: Place


@dataclass(frozen=True, slots=True)
class Identifier:
    """What another register calls an organisation."""

    scheme: str
    fact: Fact[str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; `municipality` and `region` are the codes of what it is the government or the council of."""

    key: str
    kind: OrganisationKind
    name: Words
    identifiers: tuple[Identifier, ...]
    municipality: str | None
    region: str | None
    parent: Fact[str] | None
    successor: Fact[str] | None
    valid_from: Fact[date] | None
    valid_to: Fact[date] | None
    place: Place

    @property
    def period(self) -> Period:
        """The days on which it exists, as far as known."""
        return Period(self.valid_from.value if self.valid_from else None, self.valid_to.value if self.valid_to else None)


@dataclass(frozen=True, slots=True)
class Category:
    """One node of a classification."""

    key: str
    parent: str | None
    label: Words
    period: Period
    place: Place


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a member of a kind of body must leave, and the law that says so."""

    body_kind: str
    key: str
    wording: Words
    law: Fact[str]
    place: Place


@dataclass(frozen=True, slots=True)
class Scheme:
    """A classification: a tree of categories, a parent always before its children."""

    key: str
    title: Words
    categories: tuple[Category, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Programme:
    """The agreement programme all the rest belongs to."""

    key: str
    name: Words
    summary: Words
    country: str
    time_zone: str
    currency: str
    languages: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality of an agreement's city region."""

    code: str
    is_core: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision by which a body of a signatory approved the version."""

    body_key: str
    body_kind: str
    body_name: Text
    decided_on: Fact[date]
    case_number: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, for which side. `organisation` holds the key. `no_approval` says when an approval was looked for in vain."""

    organisation: Fact[str]
    side: Side
    approval: Approval | None
    no_approval: Fact[str] | None


@dataclass(frozen=True, slots=True)
class Version:
    """One signed version of an agreement."""

    number: int
    signed_on: Fact[date]
    valid_from: Fact[date]
    valid_to: Fact[date]
    authentic_language: Fact[str]
    text: Fact[str]
    content: Words
    signatories: tuple[Signatory, ...]
    negotiators: tuple[Fact[str], ...]
    place: Place

    @property
    def period(self) -> Period:
        """Its validity; where no source gives the start, the day of signing is the earliest it can be shown for."""
        return Period(self.valid_from.value or self.signed_on.value, self.valid_to.value)


@dataclass(frozen=True, slots=True)
class Priority:
    """A strategic priority; `themes` are keys of the scheme `themes` with spaces between."""

    number: int
    title: Words
    themes: Fact[str]
    place: Place


@dataclass(frozen=True, slots=True)
class StatedGoal:
    """A goal in the words of its source."""

    wording: Words


@dataclass(frozen=True, slots=True)
class KnownUpdate:
    """An update that is known to exist, but whose text is not loaded."""

    happened_on: Fact[date]
    what: Words


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement. `gaps` are facts without a value: of what nothing is loaded (field of the evidence → when it was looked for)."""

    key: str
    name: Words
    members: Fact[tuple[Member, ...]]
    decider: Fact[str]
    versions: tuple[Version, ...]
    cooperation_parties: tuple[Fact[str], ...]
    priorities: tuple[Priority, ...]
    stated_goals: tuple[StatedGoal, ...]
    known_updates: tuple[KnownUpdate, ...]
    gaps: Mapping[str, Fact[str]]
    place: Place


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a figure measures: a code of ours with its label."""

    key: str
    label: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Figure:
    """A published statement about money. `group` is None where no other source says the same thing."""

    key: str
    measures: str
    group: str | None
    agreement: str | None
    wording: str
    language: str
    wording_is_ours: bool
    amount: Amount
    basis: Text
    period: Period
    fact: Fact[str]
    place: Place


@dataclass(frozen=True, slots=True)
class CompletenessItem:
    """One line of the public completeness meter: known by the evidence of its facts (kind.field), else last looked for on `looked_on`."""

    key: str
    label: Text
    facts: tuple[str, ...]
    looked_on: date
    place: Place


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """All of it, checked."""

    programme: Programme
    sources: Mapping[str, SourceCard]
    municipalities: tuple[Municipality, ...]
    organisations: tuple[Organisation, ...]
    schemes: tuple[Scheme, ...]
    grounds: tuple[Ground, ...]
    agreements: tuple[Agreement, ...]
    measures: tuple[Labelled, ...]
    figures: tuple[Figure, ...]
    completeness: tuple[CompletenessItem, ...]


def every_fact(thing: object) -> Iterator[Fact[object]]:
    """All facts anywhere inside a value of this module."""
    if isinstance(thing, Fact):
        yield thing
    elif isinstance(thing, Mapping):
        for part in thing.values():
            yield from every_fact(part)
    elif isinstance(thing, tuple):
        for part in thing:
            yield from every_fact(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from every_fact(getattr(thing, field.name))
