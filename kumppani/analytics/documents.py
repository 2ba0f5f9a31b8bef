"""What search knows of one thing: plain words, free of the database they came from; and the fingerprint of all of them together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from kumppani.analytics import dictionary, finnish, language, synonyms, tokens

Words = Mapping[str, str]
"""Language → words."""

KINDS = ("agreement", "priority", "commitment", "measure", "organisation", "theme", "municipality", "figure", "goal", "update", "page")
"""Kinds of thing that are found, in the order in which a page lists them."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. `agreement` is the key of the one it belongs to or leads to, empty for none; `of` the name of that one.

    `called`: what else it is called, found like the title. `body`: what it says, shown where it matches. `context`: what else it has to do
    with; counts for little. `names`: identifiers and codes, of no language. What has no title is shown under the name of its agreement.
    """

    kind: str
    key: str
    title: Words
    agreement: str = ""
    of: Words = field(default_factory=dict)
    called: tuple[Words, ...] = ()
    body: tuple[Words, ...] = ()
    context: tuple[Words, ...] = ()
    names: tuple[str, ...] = ()


def fingerprint(documents: Sequence[Document], as_of: date | None) -> str:
    """The version of a snapshot: the same exactly as long as neither content, nor its last day, nor the way words are reduced changes."""
    content = [language.analyser(), _code(), as_of.isoformat() if as_of else "", [asdict(document) for document in documents]]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _code() -> str:
    """The code that makes an index out of documents: a change to it makes every snapshot a new one, whoever forgets to say so."""
    beside = Path(__file__).parent / "index.py"
    files = (*(Path(str(module.__file__)) for module in (dictionary, finnish, language, synonyms, tokens)), beside)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
