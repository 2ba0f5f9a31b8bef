"""The search index of a snapshot: which terms a document is found by. Both sides use this module, the builder and the question.

A document has three bags of terms (title, body, context). A term says how the word is meant: `fi=kaupunkiratkaisu` is a Finnish word in base
form, `fi+kaupunki` a part of one, `cc=circular-economy` a concept of the glossary. Beside them: the words without accents, the words in their
order for phrases, and whole titles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import tantivy

from kumppani.analytics.documents import Document, Words
from kumppani.analytics.language import MOST_WORDS, NEUTRAL, Word, words
from kumppani.analytics.tokens import fold
from kumppani.kernel.text import LANGUAGES

ZONES = ("title", "body", "context")
FREQUENCIES, POSITIONS, PRESENCE = "freq", "position", "basic"
"""What tantivy keeps of a term: how often it stands in a document, where, or only that it does."""

HEAP = 50_000_000

KIND_WEIGHTS: Mapping[str, float] = {
    "agreement": 1.6,
    "theme": 1.3,
    "priority": 1.2,
    "organisation": 1.0,
    "page": 1.0,
    "commitment": 0.9,
    "measure": 0.9,
    "municipality": 0.7,
    "goal": 0.7,
    "figure": 0.6,
    "update": 0.6,
}
"""How much more a kind counts: of several things that have the words equally well, the agreement comes first."""


def schema() -> tantivy.Schema:
    """The fields. Terms come ready and are cut at spaces only."""
    builder = tantivy.SchemaBuilder()
    for zone in ZONES:
        builder.add_text_field(zone, tokenizer_name="whitespace", index_option=FREQUENCIES)
    builder.add_text_field("folded", tokenizer_name="whitespace", index_option=PRESENCE)
    builder.add_text_field("phrase", tokenizer_name="whitespace", index_option=POSITIONS)
    builder.add_text_field("exact", tokenizer_name="raw", index_option=PRESENCE)
    builder.add_text_field("kind", tokenizer_name="raw", index_option=PRESENCE, fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def write_index(folder: Path, documents: Iterable[Document]) -> None:
    """Writes the index into an empty folder, by one thread: the same documents make the same order of equal results."""
    index = tantivy.Index(schema(), path=str(folder))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for document in documents:
        writer.add_document(_entry(document))
    writer.commit()
    writer.wait_merging_threads()


def _entry(document: Document) -> tantivy.Document:
    entry = tantivy.Document()
    folded: set[str] = set()
    for zone, language, text in texts(document):
        found = words(text, language)
        entry.add_text(zone, " ".join(term for word in found for term in sorted(terms(word, language))))
        entry.add_text("phrase", " ".join(phrase(found)))
        folded.update(*(word.folded for word in found))
    entry.add_text("folded", " ".join(sorted(folded)))
    for title in sorted({as_title(text) for name in (document.title, *document.called) for text in name.values()}):
        entry.add_text("exact", title)
    entry.add_text("kind", document.kind)
    entry.add_float("weight", KIND_WEIGHTS[document.kind])
    entry.add_bytes("document", json.dumps(asdict(document), ensure_ascii=False).encode())
    return entry


def texts(document: Document) -> Iterator[tuple[str, str, str]]:
    """Everything a document is found by: (zone, language, text)."""
    for zone, statements in zones(document).items():
        for statement in statements:
            for language, text in statement.items():
                yield zone, language_of(language), text
    for name in document.names:
        yield "body", NEUTRAL, name


def zones(document: Document) -> Mapping[str, Sequence[Words]]:
    """The texts of a document by what they weigh."""
    return {"title": (document.title, *document.called), "body": document.body, "context": (document.of, *document.context)}


def language_of(language: str) -> str:
    """The language as which a text is analysed."""
    return language if language in LANGUAGES else NEUTRAL


def terms(word: Word, language: str) -> frozenset[str]:
    """The terms of a word of a text in this language."""
    return _terms(language, word.base, word.parts, word.concepts)


@lru_cache(maxsize=MOST_WORDS)
def _terms(language: str, base: frozenset[str], parts: frozenset[str], concepts: frozenset[str]) -> frozenset[str]:
    whole, contained = (f"{language}={form}" for form in base), (f"{language}+{form}" for form in parts)
    return frozenset((*whole, *contained, *(f"cc={concept}" for concept in concepts)))


def phrase(found: Iterable[Word]) -> list[str]:
    """Words as they stand, without accents and hyphens, in order."""
    return [fold(piece) for word in found for piece in word.tied]


def as_title(text: str) -> str:
    """A whole title, to be compared with a whole query."""
    return " ".join(phrase(words(text, NEUTRAL)))


def document_of(stored: bytes) -> Document:
    """The document as it was stored."""
    fields = json.loads(stored)
    for name in ("called", "body", "context", "names"):
        fields[name] = tuple(fields[name])
    return Document(**fields)
