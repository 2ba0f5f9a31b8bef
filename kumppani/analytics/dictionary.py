"""Base forms of Swedish and English words, and of Finnish ones where libvoikko is absent: simplemma's word lists and Snowball's stemmers.

A word list of simplemma is read when a language is first met: Swedish takes 0.8 s and 90 MB, English a third of it, Finnish 5 s and 340 MB.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

import simplemma
import snowballstemmer

SNOWBALL = {"fi": "finnish", "sv": "swedish", "en": "english"}
COMPOUNDING = frozenset({"fi", "sv"})
"""Languages that write compounds as one word."""

SHORTEST_HEAD, SHORTEST_TAIL = 3, 4
SHORTEST_INFLECTED = 4
_ENDINGS = "bara bart ande ende aste liga ligt lighet lösa löst skap skapet ning ningar ningen het heten else elsen"
ENDINGS = frozenset(_ENDINGS.split())
"""Swedish endings that are words in the list as well: hållbara is no compound of håll and bara."""


class Forms(NamedTuple):
    """What a word is compared by.

    `base`: the whole word in its base forms. `parts`: what a compound contains, runs of parts included. `pieces`: the parts it falls into,
    each in its base forms; empty for a simple word.
    """

    base: frozenset[str]
    parts: frozenset[str] = frozenset()
    pieces: tuple[frozenset[str], ...] = ()


@lru_cache(maxsize=30_000)
def forms(word: str, language: str) -> Forms:
    """The forms of a word in small letters."""
    if language not in COMPOUNDING:
        return Forms(_base(word, language))
    splits = [(_base(head, language), _base(tail, language)) for head, tail in _splits(word, language)]
    # A stemmer takes any letters for an ending: of a word that nobody knows it would make another one.
    base = _base(word, language) if splits or _known(word, language) else frozenset({word, _lemma(word, language)})
    parts = frozenset(part for split in splits for piece in split for part in piece if len(part) >= SHORTEST_HEAD)
    return Forms(base, parts - base, splits[0] if splits else ())


def _base(word: str, language: str) -> frozenset[str]:
    lemma = _lemma(word, language)
    return frozenset({word, lemma, stem(word, language), stem(lemma, language)})


def _lemma(word: str, language: str) -> str:
    """Short words stand as they are: most of them are abbreviations, and the list takes AI for a form of be."""
    return simplemma.lemmatize(word, lang=language).lower() if len(word) >= SHORTEST_INFLECTED else word


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    cut: Callable[[str], str] = snowballstemmer.stemmer(SNOWBALL[language]).stemWord
    return cut


def stem(word: str, language: str) -> str:
    """The word without its ending, by rule alone; with a sign that keeps it apart from words: the stem of one is often another one."""
    return f"{_stemmer(language)(word)}~"


def _splits(word: str, language: str) -> list[tuple[str, str]]:
    """Every way to cut a word into two that the list knows; the one with the longest head first."""
    found = []
    for cut in range(len(word) - SHORTEST_TAIL, SHORTEST_HEAD - 1, -1):
        head, tail = word[:cut], word[cut:]
        if tail not in ENDINGS and _known(tail, language) and (known_head := _known_head(head, language)):
            found.append((known_head, tail))
    return found


def _known_head(head: str, language: str) -> str | None:
    """The first half of a compound without the s that ties it to the second in Swedish (välfärds-tjänster), if the list has it."""
    if _known(head, language):
        return head
    untied = head[:-1]
    return untied if language == "sv" and head.endswith("s") and len(untied) >= SHORTEST_HEAD and _known(untied, language) else None


def _known(word: str, language: str) -> bool:
    return simplemma.is_known(word, lang=language)
