"""A text as search sees it: its words in base forms, with the parts of compounds and the concepts they name.

Free of Django. One analysis serves both sides: texts when a snapshot is built, queries and highlighting when it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from kumppani.analytics import dictionary, finnish
from kumppani.analytics.dictionary import Forms
from kumppani.analytics.synonyms import CONCEPTS
from kumppani.analytics.tokens import HYPHENS, Token, fold, tokens
from kumppani.kernel.text import LANGUAGES

NEUTRAL = "xx"
"""The language of identifiers, codes and what is in none of ours: compared as it is written."""

JOINING = frozenset({"ja", "tai", "sekä", "och", "eller", "samt", "and", "or"})
"""What may stand between a hanging word and the compound that completes it."""

_STOP_WORDS = "ja tai sekä on ovat että eli kuin och samt i för av en ett på med till den det de som om eller and or of the in for a an to with by"
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing by themselves: a query is not narrowed by them while it has others."""

MOST_WORDS = 30_000
"""Kept as they were read."""

LONGEST_WORD = 80
"""Letters; what is longer is no word and is compared as it is written."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and what it is compared by."""

    start: int
    end: int
    surface: str
    tied: tuple[str, ...]
    base: frozenset[str]
    parts: frozenset[str] = frozenset()
    pieces: tuple[frozenset[str], ...] = ()
    concepts: frozenset[str] = field(default=frozenset())

    @property
    def forms(self) -> frozenset[str]:
        """Everything it may be found by: itself and its parts."""
        return _together(self.base, self.parts)

    @property
    def folded(self) -> frozenset[str]:
        """Likewise when it is written without accents."""
        return _folded(self.base, self.parts)


@lru_cache(maxsize=MOST_WORDS)
def _together(base: frozenset[str], parts: frozenset[str]) -> frozenset[str]:
    return base | parts


@lru_cache(maxsize=MOST_WORDS)
def _folded(base: frozenset[str], parts: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, base | parts))


def words(text: str, language: str) -> list[Word]:
    """The words of a text. In whatever language it is read, the same words stand at the same places."""
    found = tokens(text)
    plain = _with_hanging([_word(token, language) for token in found], found)
    return _with_concepts(plain, [word.forms for word in plain], language)


def asked_words(query: str, language: str) -> list[Word]:
    """The words of a query: one names a concept only as a whole, never by a part of a compound."""
    plain = [_word(token, language) for token in tokens(query)]
    return _with_concepts(plain, [word.base for word in plain], language)


def analyser() -> str:
    """What reduces Finnish to base forms here; part of a snapshot's version, since the index depends on it."""
    return "voikko" if finnish.voikko() else "simplemma"


def _word(token: Token, language: str) -> Word:
    return Word(token.start, token.end, token.surface, token.pieces, *_read(token.surface, token.pieces, language, analyser()))


@lru_cache(maxsize=MOST_WORDS)
def _read(surface: str, pieces: tuple[str, ...], language: str, _analyser: str) -> Forms:
    """EU-rahoitus is a compound of its pieces; EU:n and the city's are EU and the city: after a colon or an apostrophe stands an ending."""
    if len(pieces) == 1:
        return _forms(surface, language)
    *heads, last = (_forms(piece, language) for piece in pieces)
    if not HYPHENS & set(surface):
        return Forms(frozenset({surface}) | heads[0].base, heads[0].parts, heads[0].pieces)
    base = {tie.join((*pieces[:-1], tail)) for tie in ("-", "") for tail in last.base}
    parts = {form for forms in (*heads, last) for form in forms.base | forms.parts}
    return Forms(frozenset({surface, *base}), frozenset(parts), tuple(forms.base for forms in (*heads, last)))


def _forms(word: str, language: str) -> Forms:
    if language not in LANGUAGES or len(word) > LONGEST_WORD or not any(letter.isalpha() for letter in word):
        return Forms(frozenset({word}))
    return finnish.forms(word) if language == "fi" else dictionary.forms(word, language)


def _with_hanging(plain: list[Word], found: list[Token]) -> list[Word]:
    """“Bio- ja kiertotalouden”: the first word means biotalous, and is found by it."""
    for place, token in enumerate(found[:-2]):
        rest = plain[place + 2]
        if token.hangs and found[place + 1].surface in JOINING and len(rest.pieces) > 1:
            meant = {token.surface + tail for tail in rest.pieces[-1]}
            plain[place] = replace(plain[place], base=plain[place].base | meant, parts=plain[place].parts | rest.pieces[-1])
    return plain


def _with_concepts(plain: list[Word], forms: Sequence[frozenset[str]], language: str) -> list[Word]:
    """Words that name a concept of the glossary carry its key, whichever of its names stands there. `forms`: what each word may be taken for."""
    named: defaultdict[int, set[str]] = defaultdict(set)
    for place, starts in enumerate(forms):
        for phrase, concept in _names_from(starts, language, analyser()):
            there = forms[place : place + len(phrase)]
            if len(there) == len(phrase) and all(wanted & found for wanted, found in zip(phrase, there, strict=True)):
                for offset in range(len(phrase)):
                    named[place + offset].add(concept)
    return [replace(word, concepts=frozenset(named[place])) if place in named else word for place, word in enumerate(plain)]


Name = tuple[tuple[frozenset[str], ...], str]
"""The base forms of each word of a name, and the concept it names."""


@lru_cache(maxsize=MOST_WORDS)
def _names_from(forms: frozenset[str], language: str, analysed_by: str) -> tuple[Name, ...]:
    """Names of concepts that may begin with a word of these forms."""
    names = _names(language, analysed_by)
    return tuple({name: None for form in sorted(forms) for name in names.get(form, ())})


@cache
def _names(language: str, _analyser: str) -> dict[str, list[Name]]:
    """All names in a language, by each base form of their first word."""
    found: defaultdict[str, list[Name]] = defaultdict(list)
    for concept, names in CONCEPTS.items():
        for name in names.get(language, ()):
            phrase = tuple(_word(token, language).base for token in tokens(name))
            for start in phrase[0]:
                found[start].append((phrase, concept))
    return dict(found)
