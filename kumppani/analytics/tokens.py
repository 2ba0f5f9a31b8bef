"""Where words begin and end in a text. Free of language: the same cuts are made for every reader, so a query and a text agree on them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

HYPHENS = frozenset("-\u2010\u2011")

_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
"""100 000: one number, however its thousands are kept apart."""
_DOTTED = r"\d+(?:[.,]\d+)+(?![^\W_])"
"""9.2.2021, 6,9, 100,000."""
_PLAIN = r"[^\W_]+(?:[-\u2010\u2011'’:][^\W_]+)*"
"""Letters and digits, with what ties them inside a word: EU-rahoitus, S:t, OuluHealth."""
_TOKEN = re.compile(rf"{_GROUPED}|{_DOTTED}|{_PLAIN}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,]\d{3})+")
_TIES = re.compile(r"[-\u2010\u2011'’:]")
_SEPARATE_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "þ": "th", "ð": "d"})


class Token(NamedTuple):
    """A word as it stands: where, in small letters, and what its hyphens and colons tie together. `hangs`: a hyphen follows (“bio- ja”)."""

    start: int
    end: int
    surface: str
    pieces: tuple[str, ...]
    hangs: bool


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    return [_token(found, text) for found in _TOKEN.finditer(text)]


def _token(found: re.Match[str], text: str) -> Token:
    surface = found.group().lower()
    if _THOUSANDS.fullmatch(surface):
        surface = re.sub(r"\D", "", surface)
    hangs = text[found.end() : found.end() + 1] in HYPHENS
    return Token(found.start(), found.end(), surface, tuple(_TIES.split(surface)), hangs)


def clean(text: str) -> str:
    """A text as search keeps it: composed letters, single spaces, no soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


@lru_cache(maxsize=30_000)
def fold(word: str) -> str:
    """A word without accents and case: Jyväskylä → jyvaskyla."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_SEPARATE_LETTERS)
