"""Base forms of Finnish words and the parts of compounds, by libvoikko with Debian's dictionary; by word list and stemmer where it is absent."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from libvoikko import Voikko, VoikkoException

from kumppani.analytics import dictionary
from kumppani.analytics.dictionary import Forms

PROPER_NAMES = frozenset({"paikannimi", "etunimi", "sukunimi"})
"""libvoikko's classes of names of places and people: Jyväskylä is no compound of grains and a village."""

SHORTEST_PART = 3
SHORTEST_TAIL = 5
MOST_PIECES = 6

_one_at_a_time = threading.Lock()
"""A handle of libvoikko must not be used by two threads at once."""


@cache
def voikko() -> Any:
    """The analyser; None where the library or its dictionary is not installed."""
    try:
        return Voikko("fi")
    except (OSError, VoikkoException):
        return None


def forms(word: str) -> Forms:
    """The forms of a Finnish word in small letters."""
    return _forms(word) if voikko() else dictionary.forms(word, "fi")


@lru_cache(maxsize=30_000)
def _forms(word: str) -> Forms:
    analyses = _analyses(word)
    if not analyses:
        return _forms_of_unknown(word)
    base = frozenset({word, *(_base_of(analysis) for analysis in analyses)})
    if any(analysis.get("CLASS") in PROPER_NAMES for analysis in analyses):
        return Forms(base)
    cuts = [cut for analysis in analyses if len(cut := _cut(word, analysis)) > 1]
    parts = frozenset(part for cut in cuts for part in _runs(cut) if len(part) >= SHORTEST_PART)
    return Forms(base, parts - base, _pieces(cuts[0]) if cuts else ())


def _analyses(word: str) -> list[Mapping[str, str]]:
    with _one_at_a_time:
        found: list[Mapping[str, str]] = voikko().analyze(word)
    return found


def _base_of(analysis: Mapping[str, str]) -> str:
    return analysis["BASEFORM"].lower()


def _bases(word: str) -> set[str]:
    return {word, *(_base_of(analysis) for analysis in _analyses(word))}


def _cut(word: str, analysis: Mapping[str, str]) -> list[str]:
    """A compound in its parts, the last one in its base form. STRUCTURE has a = before each part and a letter for each letter of the word."""
    base, lengths = _base_of(analysis), [len(part) for part in analysis["STRUCTURE"].split("=")[1:]]
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    if not 1 < len(lengths) <= MOST_PIECES or word[: starts[-1]] != base[: starts[-1]]:
        return [base]
    return [base[start:end].strip("-") for start, end in zip(starts, [*starts[1:], len(base)], strict=True)]


def _runs(cut: list[str]) -> Iterator[str]:
    """What a compound contains: ekosysteemi and systeemisopimus in ekosysteemisopimus; a part in the genitive in its base form as well."""
    last = len(cut)
    for start in range(last):
        for end in range(start + 1, last + 1):
            run = "".join(cut[start:end])
            if end == last:
                yield run
            else:
                yield from _bases(run)


def _pieces(cut: list[str]) -> tuple[frozenset[str], ...]:
    return (*(frozenset(_bases(piece)) for piece in cut[:-1]), frozenset({cut[-1]}))


def _forms_of_unknown(word: str) -> Forms:
    """A word that the dictionary lacks may end in one that it has (Innokaupunkien → kaupunki); else its ending is cut off by rule."""
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_TAIL + 1):
        head, tails = word[:cut], {_base_of(analysis) for analysis in _analyses(word[cut:])}
        if tails:
            return Forms(frozenset({word, *(head + tail for tail in tails)}), frozenset(tails), (frozenset({head}), frozenset(tails)))
    return Forms(frozenset({word, dictionary.stem(word, "fi")}))
