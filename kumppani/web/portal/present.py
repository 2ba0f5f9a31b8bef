"""What pages of one thing print, put in order: who, with what evidence, in which state on the day asked for. Asks no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from kumppani.domain.sources.rules import Mark
from kumppani.kernel.money import Amount, Qualifier
from kumppani.kernel.periods import Period
from kumppani.kernel.text import LANGUAGES, Message, Text, _
from kumppani.web.asked import AsOf
from kumppani.web.components.share import Download
from kumppani.web.evidence import Evidence, EvidenceBook
from kumppani.web.place import Place
from kumppani.web.templatetags.kumppani import euros

QUALIFIER_WORDS: dict[Qualifier, Message] = {
    Qualifier.ABOUT: _("about"),
    Qualifier.NEARLY: _("nearly"),
    Qualifier.AT_LEAST: _("at least"),
    Qualifier.AT_MOST: _("at most"),
}

ORGANISATION_KINDS: dict[str, Message] = {
    "ministry": _("ministry"),
    "state_agency": _("state agency"),
    "municipality": _("municipality"),
    "regional_council": _("regional council"),
    "university": _("university"),
    "university_of_applied_sciences": _("university of applied sciences"),
    "research_institute": _("research institute"),
    "hospital_district": _("hospital district"),
    "development_company": _("development company"),
    "company": _("company"),
    "cooperative": _("cooperative"),
    "other": _("other organisation"),
}

IDENTIFIER_SCHEMES: dict[str, Message] = {
    "business_id": _("Business ID"),
    "ror": _("ROR"),
    "lei": _("LEI"),
    "pic": _("PIC"),
    "training": _("Training identifier"),
}

REGION_LEVELS: dict[str, Message] = {"region": _("Region"), "sub_region": _("Sub-region"), "nuts3": _("NUTS 3")}

EVIDENCE_KINDS: dict[str, Message] = {
    "agreement": _("name, territory, who decides"),
    "version": _("signing, term, content"),
    "signatory": _("signatories"),
    "approval": _("approvals"),
    "negotiator": _("negotiators"),
    "cooperation_party": _("cooperation parties"),
    "contact_point": _("contact points"),
    "stated_goal": _("stated goals"),
    "known_update": _("later updates"),
    "priority": _("priorities"),
    "commitment": _("commitments"),
    "measure": _("action plan"),
    "ecosystem": _("ecosystems"),
    "ecosystem_member": _("members of ecosystems"),
    "ecosystem_priority": _("priorities that ecosystems serve"),
    "figure": _("published money"),
    "organisation": _("organisation"),
    "organisation_name": _("names"),
}
"""Kind of object that evidence is about → what a list of sources says it is used for."""


NO_WORDS = Text()
ALWAYS = Period()


class Named(Protocol):
    """An organisation whose names have been fetched."""

    key: str

    def name_on(self, day: date) -> Text: ...


class Backed(NamedTuple):
    """What stands behind a value: the chosen evidence, and sources that say otherwise."""

    row: Evidence | None
    others: Sequence[Evidence]

    @property
    def is_firm(self) -> bool:
        """Whether nothing needs to be said of it: an authority printed it, or the one responsible entered it."""
        return self.row is not None and self.row.mark in {Mark.SEEN, Mark.ENTERED}


def backed(book: EvidenceBook, kind: str, key: str, field: str) -> Backed:
    """The evidence of one value."""
    return Backed(book.chosen(kind, key, field), book.others(kind, key, field))


def backed_words(book: EvidenceBook, kind: str, key: str, field: str, language: str) -> Backed:
    """The evidence of localised words: that of the language they are printed in, and everything that says otherwise in any language."""
    others = [row for choice in dict.fromkeys((language, *LANGUAGES)) for row in book.others(kind, key, f"{field}.{choice}")]
    return Backed(book.chosen_text(kind, key, field, language), others)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in some part, by its name on the day asked for. `words` say its role where it has one."""

    key: str
    name: Text
    evidence: Backed | None = None
    words: Text = NO_WORDS
    period: Period = ALWAYS


def party(organisation: Named, day: date, evidence: Backed | None = None, words: Text = NO_WORDS, period: Period = ALWAYS) -> Party:
    """An organisation as a party."""
    return Party(organisation.key, organisation.name_on(day), evidence, words, period)


@dataclass(slots=True)
class Bounds:
    """A priority's term: its own where it has one, else that of the agreement's version."""

    signed_on: date | None
    valid_from: date | None
    valid_to: date | None


def bounds_of(priority: Any, version: Any) -> Bounds:
    """From when to when a priority is valid under a version."""
    if version is None:
        return Bounds(None, priority.valid_from, priority.valid_to)
    return Bounds(version.signed_on, priority.valid_from or version.valid_from, priority.valid_to or version.valid_to)


class SourceUse(NamedTuple):
    """A source and what it is used for."""

    source: Any
    uses: Sequence[Message]


class Cited(Protocol):
    """A row of evidence, or a figure, with its source."""

    @property
    def kind(self) -> str: ...

    @property
    def source(self) -> Any: ...


def sources_used(rows: Iterable[Cited]) -> list[SourceUse]:
    """Every source cited, with the kinds of facts it is cited for, those cited for most first."""
    uses: dict[object, dict[Message, None]] = {}
    for row in rows:
        if row.source is not None:
            uses.setdefault(row.source, {})[EVIDENCE_KINDS.get(row.kind, _("other facts"))] = None
    found = [SourceUse(source, list(kinds)) for source, kinds in uses.items()]
    return sorted(found, key=lambda use: -len(use.uses))


def local_day(moment: datetime | None, zone: str) -> date | None:
    """The calendar day of a moment in the programme's zone."""
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None


def amount_words(amount: Amount) -> str:
    """A sum as stated: 100 000 €, or bounds with the source's own word: about 900 000 € – 1 100 000 €."""
    if amount.exact is not None:
        return euros(amount.exact)
    bounds = " – ".join(euros(cents) for cents in (amount.lower, amount.upper) if cents is not None)
    word = QUALIFIER_WORDS[amount.qualifier] if amount.qualifier else ""
    return f"{word} {bounds}".strip()


def downloads_of(place: Place, resource: str, key: str, asked: AsOf, parts: Mapping[str, Message] | None = None) -> list[Download]:
    """The same thing on the same day from the open interface: whole as JSON, its parts (list → its name) as CSV."""
    programme = {} if place.is_default else {"programme": place.programme.key}
    given = programme | ({} if asked.is_today else {"on": asked.day.isoformat()})
    query = f"?{urlencode(given)}" if given else ""
    whole = Download("JSON", f"/api/v1/{resource}/{quote(key)}{query}")
    lists = [(part, words, given if part not in UNDATED_LISTS else programme) for part, words in (parts or {}).items()]
    return [
        whole,
        *(Download(f"CSV: {words}", f"/api/v1/{part}?{urlencode({**more, 'agreement': key, 'format': 'csv'})}") for part, words, more in lists),
    ]


UNDATED_LISTS = frozenset({"figures"})
"""Lists of the open interface that know no day: a published statement stands as it was made."""
