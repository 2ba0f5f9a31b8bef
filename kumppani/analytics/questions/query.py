"""A reader's words as a query to the index, each loosened only as far as it has to be.

A word is looked for in its base form, in every language at once. Where nothing has it: by the parts of a compound, then as the beginning of a
longer word, then with one letter wrong. A phrase in quotes is looked for as it is written, then as words apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import tantivy
from tantivy import Occur, Query

from kumppani.analytics.index import FREQUENCIES, PRESENCE, phrase
from kumppani.analytics.language import NEUTRAL, STOP_WORDS, Word, asked_words
from kumppani.analytics.tokens import fold
from kumppani.kernel.text import LANGUAGES

ZONE_WEIGHTS = {"title": 3.0, "body": 1.0, "context": 0.3}
WHOLE, PART, CONCEPT, UNACCENTED = 1.0, 0.5, 0.4, 0.2
OWN_LANGUAGE = 2.0
"""How much more a word counts in the reader's own language."""
TIE_BREAKER = 0.1
"""Of the other places in which a word stands, beside the best."""

SHORTEST_BEGINNING, SHORTEST_MISTAKEN = 3, 4
MOST_ENDINGS = 50
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


class How(StrEnum):
    """How far a word or phrase had to be loosened before something had it."""

    EXACTLY = "exactly"
    BY_PARTS = "by_parts"
    BEGINNING = "beginning"
    NEARLY = "nearly"
    APART = "apart"
    NOT_AT_ALL = "not_at_all"


@dataclass(frozen=True, slots=True)
class Element:
    """A word or phrase as it is looked for: its query, and the terms by which it is recognised in a text."""

    text: str
    how: How
    query: Query
    terms: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    sequence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the query, read in each language."""

    surface: str
    readings: dict[str, Word]


class Index:
    """One open index, asked by one reader."""

    def __init__(self, index: tantivy.Index, language: str) -> None:
        self.schema = index.schema
        self.searcher = index.searcher()
        self.language = language

    def elements(self, words: str) -> list[Element]:
        """What the reader's words look for."""
        phrases = [found.strip() for found in QUOTED.findall(words)]
        found: list[Element] = []
        for text in phrases:
            found += self._phrase(text)
        found += [self._word(asked) for asked in _asked(QUOTED.sub(" ", words))]
        return list({(element.text, element.sequence): element for element in found}.values())

    def count(self, query: Query) -> int:
        """How many things a query finds."""
        return self.searcher.search(query, limit=1, count=True).count  # type: ignore[attr-defined, no-any-return]  # tantivy's stub forgets it

    def _phrase(self, text: str) -> list[Element]:
        asked = _asked(text, all_of_them=True)
        sequence = tuple(phrase(word.readings[NEUTRAL] for word in asked))
        if not sequence:
            return []
        query = Query.phrase_query(self.schema, "phrase", list(sequence)) if len(sequence) > 1 else self._term("phrase", sequence[0])
        if self.count(query):
            return [Element(text, How.EXACTLY, query, sequence=sequence)]
        apart = [self._word(word) for word in _asked(text)]
        return [Element(element.text, How.APART if element.how is How.EXACTLY else element.how, *_rest(element)) for element in apart]

    def _word(self, asked: Asked) -> Element:
        ways = {How.EXACTLY: self._exactly, How.BY_PARTS: self._by_parts, How.BEGINNING: self._beginning, How.NEARLY: self._nearly}
        for how, look in ways.items():
            for element in look(asked, how):
                if self.count(element.query):
                    return element
        return Element(asked.surface, How.NOT_AT_ALL, Query.empty_query())

    def _exactly(self, asked: Asked, how: How) -> Iterator[Element]:
        terms, folded = wanted(asked)
        yield Element(asked.surface, how, self._any_of(terms, folded), terms, folded)

    def _by_parts(self, asked: Asked, how: How) -> Iterator[Element]:
        for language, word in asked.readings.items():
            if len(word.pieces) > 1:
                pieces = [frozenset(f"{language}{level}{form}" for form in piece for level in "=+") for piece in word.pieces]
                query = Query.boolean_query([(Occur.Must, self._any_of(piece)) for piece in pieces])
                yield Element(asked.surface, how, query, frozenset().union(*pieces))

    def _beginning(self, asked: Asked, how: How) -> Iterator[Element]:
        if len(start := fold(asked.surface)) >= SHORTEST_BEGINNING:
            yield self._folded(asked, how, (term for term, _count in self.searcher.terms_with_prefix("folded", start, limit=MOST_ENDINGS)))

    def _nearly(self, asked: Asked, how: How) -> Iterator[Element]:
        if len(word := fold(asked.surface)) >= SHORTEST_MISTAKEN:
            yield self._folded(asked, how, (near for near in one_letter_wrong(word) if self.searcher.doc_freq("folded", near)))

    def _folded(self, asked: Asked, how: How, found: Iterable[str]) -> Element:
        folded = frozenset(found)
        return Element(asked.surface, how, Query.term_set_query(self.schema, "folded", sorted(folded)), folded=folded)

    def _any_of(self, terms: Iterable[str], folded: Iterable[str] = ()) -> Query:
        """The best place in which one of the terms stands."""
        places = [
            Query.boost_query(self._term(zone, term), weight * self._weight(term))
            for zone, weight in ZONE_WEIGHTS.items()
            for term in sorted(terms)
            if self.searcher.doc_freq(zone, term)
        ]
        places += [Query.const_score_query(self._term("folded", term), UNACCENTED) for term in sorted(folded)]
        return Query.disjunction_max_query(places, TIE_BREAKER) if places else Query.empty_query()

    def _weight(self, term: str) -> float:
        level = CONCEPT if term.startswith("cc=") else WHOLE if term[2] == "=" else PART
        return level * (OWN_LANGUAGE if term.startswith(self.language) else 1.0)

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self.schema, field, term, index_option=PRESENCE if field == "folded" else FREQUENCIES)


def _rest(element: Element) -> tuple[Query, frozenset[str], frozenset[str]]:
    return element.query, element.terms, element.folded


def _asked(text: str, *, all_of_them: bool = False) -> list[Asked]:
    """The words of a query; without those that say nothing, as long as others remain."""
    readings = {language: asked_words(text, language) for language in (*LANGUAGES, NEUTRAL)}
    words = [Asked(word.surface, {language: found[place] for language, found in readings.items()}) for place, word in enumerate(readings[NEUTRAL])]
    telling = [word for word in words if word.surface not in STOP_WORDS]
    return words if all_of_them or not telling else telling


def wanted(asked: Asked) -> tuple[frozenset[str], frozenset[str]]:
    """The terms that a text must have one of; and, for a word written without accents, the words without accents."""
    terms = {f"{language}{level}{form}" for language, word in asked.readings.items() for form in word.base for level in "=+"}
    terms |= {f"cc={concept}" for word in asked.readings.values() for concept in word.concepts}
    forms = {form for word in asked.readings.values() for form in word.base}
    return frozenset(terms), frozenset(map(fold, forms)) if asked.surface.isascii() else frozenset()


def one_letter_wrong(word: str) -> set[str]:
    """Every word that one letter too many, too few, exchanged or out of turn makes of this one."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    fewer = {head + tail[1:] for head, tail in cuts if tail}
    turned = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    exchanged = {head + letter + tail[1:] for head, tail in cuts if tail for letter in ALPHABET}
    more = {head + letter + tail for head, tail in cuts for letter in ALPHABET}
    return (fewer | turned | exchanged | more) - {word}


def together(elements: Sequence[Element], occur: Occur) -> Query:
    """All of the elements, or any."""
    return Query.boolean_query([(occur, element.query) for element in elements])
