"""The second answer to a search, slow and obvious: every word of every document is held against every word of the query. No index."""

from __future__ import annotations

from collections.abc import Iterable

from kumppani.analytics.documents import Document
from kumppani.analytics.language import NEUTRAL, STOP_WORDS, Word, asked_words, words
from kumppani.analytics.tokens import fold
from kumppani.kernel.text import LANGUAGES


def found(documents: Iterable[Document], query: str) -> set[str]:
    """Keys of the documents that have all words of a query; of those that have any, where none has all. Each word in some form."""
    documents = list(documents)
    asked = [word.surface for word in asked_words(query, NEUTRAL)]
    telling = [surface for surface in asked if surface not in STOP_WORDS] or asked
    having = [{document.key for document in documents if has(document, surface)} for surface in telling]
    if not having:
        return set()
    return set.intersection(*having) or set.union(*having)


def has(document: Document, surface: str) -> bool:
    """Whether some text of a document has a word: as it stands, in another form, as part of a compound, under another name of the same thing."""
    return any(_is(surface, language, word) for language, text in _texts(document) for word in words(text, language))


def _is(surface: str, language: str, word: Word) -> bool:
    readings = {choice: asked_words(surface, choice)[0] for choice in (*LANGUAGES, NEUTRAL)}
    if readings[language].base & (word.base | word.parts):
        return True
    if any(reading.concepts & word.concepts for reading in readings.values()):
        return True
    plain = {fold(form) for reading in readings.values() for form in reading.base}
    return surface.isascii() and bool(plain & {fold(form) for form in word.base | word.parts})


def _texts(document: Document) -> list[tuple[str, str]]:
    said = [
        (language, text)
        for statement in (document.title, document.of, *document.called, *document.body, *document.context)
        for language, text in statement.items()
    ]
    return [*said, *((NEUTRAL, name) for name in document.names)]
