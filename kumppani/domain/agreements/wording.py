"""The words of an agreement: its clauses, the figures that come into them from the record, and the digest that parties approve. Plain Python.

A clause never spells a date or a priority out: it names a place such as {valid_to}, which is filled from the row in every language alike.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kumppani.kernel.days import written_day
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import LANGUAGES, Text, _

LONGEST_HEADING = 200
LONGEST_CLAUSE = 20_000
"""Characters in one language."""

PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = frozenset({"agreement", "parties", "priorities", "signed_on", "valid_from", "valid_to"})

_NO_DAY = Text(fi="(ei vielä päivätty)", sv="(ännu inte daterat)", en="(not dated yet)")


class Worded(Protocol):
    """What is needed of a clause."""

    number: int
    code: str
    heading: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Figures:
    """What the record says, for the places in clauses. Days that are not known yet are None."""

    agreement: Text
    parties: Sequence[Text]
    priorities: Sequence[Text]
    signed_on: date | None
    valid_from: date | None
    valid_to: date | None

    def value(self, place: str, language: str) -> str:
        """What stands in a place, in a language."""
        found = getattr(self, place)
        if isinstance(found, Text):
            return found.pick(language).value
        if found is None:
            return _NO_DAY.pick(language).value
        if isinstance(found, date):
            return written_day(found, language)
        return "; ".join(words.pick(language).value for words in found)


def places_in(words: str) -> list[str]:
    """The places a text names, in their order."""
    return PLACE.findall(words)


def filled(words: str, figures: Figures, language: str) -> str:
    """The text with what the record says in its places."""
    return PLACE.sub(lambda found: figures.value(found[1], language) if found[1] in PLACES else found[0], words)


def check_clause(heading: Text, body: Text) -> None:
    """Refuses words that are too long, in a language nobody reads here, or with places the record does not know."""
    for language in {*heading, *body}:
        if language not in LANGUAGES:
            raise RuleBroken("unknown-language", _("An agreement is not written in “{language}” here.", language=language[:20]))
    for words, longest in ((heading, LONGEST_HEADING), (body, LONGEST_CLAUSE)):
        for language, said in words.items():
            if len(said) > longest:
                reason = _(
                    "The text in “{language}” is {length} characters long; at most {longest} fit.",
                    language=language,
                    length=len(said),
                    longest=longest,
                )
                raise RuleBroken("too-long", reason)
            if "\x00" in said:
                raise RuleBroken("unreadable-text", _("The text has a character that cannot be kept."))
            for place in places_in(said):
                if place not in PLACES:
                    known = ", ".join(sorted(PLACES))
                    raise RuleBroken("unknown-place", _("The record has nothing for “{place}”. What it has: {known}.", place=place[:60], known=known))


def check_complete(clauses: Iterable[Worded], authentic_language: str) -> None:
    """What is proposed has clauses, each in the authentic language, and the same places in every language it is written in."""
    found = list(clauses)
    if authentic_language not in LANGUAGES:
        raise RuleBroken("no-authentic-language", _("Name the language whose text is authentic."))
    if not found:
        raise RuleBroken("no-clauses", _("An agreement without clauses cannot be proposed."))
    for clause in found:
        if not clause.body.get(authentic_language) or not clause.heading.get(authentic_language):
            raise RuleBroken("clause-not-in-authentic-language", _("Clause {number} has no text in the authentic language.", number=clause.number))
        wanted = sorted(places_in(clause.body[authentic_language]))
        for language, said in clause.body.items():
            if sorted(places_in(said)) != wanted:
                reason = _("Clause {number} does not name the same figures in “{language}”.", number=clause.number, language=language)
                raise RuleBroken("figures-differ-between-languages", reason)


def content_digest(clauses: Iterable[Worded], figures: Figures, signatories: Iterable[str], authentic_language: str) -> str:
    """What parties approve: SHA-256 over the clauses as printed in every language, who signs, and the terms. The day of signing comes later."""
    values = {place: {language: figures.value(place, language) for language in LANGUAGES} for place in sorted(PLACES - {"signed_on"})}
    clauses_as_written = [[clause.number, clause.code, dict(clause.heading), dict(clause.body)] for clause in clauses]
    content: Mapping[str, object] = {
        "clauses": clauses_as_written,
        "figures": values,
        "signatories": list(signatories),
        "authentic_language": authentic_language,
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
