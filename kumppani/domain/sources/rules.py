"""How firmly a fact stands, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text, _


class SourceKind(StrEnum):
    """What sort of thing a source is."""

    PRESS_RELEASE = "press_release"
    WEB_PAGE = "web_page"
    DECISION = "decision"
    DATASET = "dataset"
    REGISTER = "register"
    NEWSPAPER = "newspaper"
    DOCUMENT = "document"
    THIRD_PARTY_PAGE = "third_party_page"


class Mark(StrEnum):
    """How a value is known."""

    SEEN = "seen"
    """Printed by the authority itself in the source named."""
    THIRD_PARTY = "third_party"
    """Printed, but not by a public authority."""
    INFERRED = "inferred"
    """Follows from what a source says."""
    BACKGROUND = "background"
    """Background knowledge nobody has confirmed from a source."""
    OURS = "ours"
    """Our own division, translation or mapping."""
    ENTERED = "entered"
    """Entered here by the person responsible for it."""
    UNKNOWN = "unknown"
    """Looked for and not found."""


NO_AUTHORITY = frozenset({SourceKind.NEWSPAPER, SourceKind.THIRD_PARTY_PAGE})
"""Kinds of source that are not a public authority's own word."""

NEED_SOURCE = frozenset({Mark.SEEN, Mark.THIRD_PARTY, Mark.INFERRED, Mark.BACKGROUND})


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source as cited: enough to find it again."""

    key: str
    kind: SourceKind
    title: Text
    publisher: Text
    language: str
    read_on: date
    address: str = ""
    published: date | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What another source prints for the same thing."""

    wording: str
    language: str
    source: SourceCard
    as_of: date
    note: Text = Text()


@dataclass(frozen=True, slots=True)
class Cited:
    """Why a value stands where it stands: mark, source, as-of day; for an unknown one the day it was looked for."""

    mark: Mark
    source: SourceCard | None = None
    as_of: date | None = None
    looked_on: date | None = None
    note: Text = Text()
    also: tuple[Wording, ...] = ()


def check_cited(cited: Cited) -> None:
    """Refuses a value that has neither source nor mark, a source without an as-of day, an unknown without the day it was looked for."""
    if cited.mark in NEED_SOURCE and cited.source is None:
        raise RuleBroken("value-without-source", _("A value marked “{mark}” must name its source.", mark=cited.mark))
    if cited.source is not None and cited.as_of is None:
        raise RuleBroken("source-without-as-of", _("A value taken from “{source}” must say as of which day.", source=cited.source.key))
    if cited.source is not None and cited.source.address and not cited.source.address.startswith(("https://", "http://")):
        raise RuleBroken("bad-source-address", _("“{address}” is not a web address.", address=cited.source.address[:80]))
    if cited.mark is Mark.UNKNOWN and (cited.looked_on is None or cited.source is not None):
        raise RuleBroken("unknown-without-day", _("What is unknown must say when it was last looked for, and names no source."))


def check_matches(cited: Cited, *, has_value: bool) -> None:
    """Refuses “unknown” beside a value, and a source beside no value."""
    if has_value == (cited.mark is Mark.UNKNOWN):
        raise RuleBroken("evidence-contradicts-value", _("A value cannot be marked unknown, and an unknown one cannot name a source."))


def mark_of(source: SourceCard) -> Mark:
    """How firmly a wording stands that is only known to be printed in this source."""
    return Mark.THIRD_PARTY if source.kind in NO_AUTHORITY else Mark.SEEN
