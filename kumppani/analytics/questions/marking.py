"""Where a text has what was looked for: marks, excerpts, and the language in which a document answers best. Plain pieces, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kumppani.analytics.documents import Document, Words
from kumppani.analytics.index import language_of, phrase, terms, texts
from kumppani.analytics.language import NEUTRAL, Word, words
from kumppani.analytics.questions.query import Element
from kumppani.kernel.text import LANGUAGES, Text

LENGTH = 240
"""Characters of an excerpt."""
LEAD = 70
"""Characters before its first mark."""


class Piece(NamedTuple):
    """A stretch of text, marked or not. Never markup: whoever prints it escapes it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some text in its language, in pieces."""

    language: str
    pieces: tuple[Piece, ...]

    @property
    def is_marked(self) -> bool:
        """Whether something in it was looked for."""
        return any(piece.marked for piece in self.pieces)


class Mark(NamedTuple):
    """Where an element of the query stands."""

    start: int
    end: int
    element: int


class Marker:
    """Marks the texts of one answer. What several documents say (the name of their agreement, their kind) is read once."""

    def __init__(self, elements: Sequence[Element], reader: str) -> None:
        self.elements = elements
        self.reader = reader
        self._known: dict[tuple[str, str], list[Mark]] = {}

    def marks(self, text: str, language: str) -> list[Mark]:
        """Where the elements stand in a text, in order."""
        if (text, language) not in self._known:
            read_as = language_of(language)
            found = words(text, read_as)
            marks = {mark for number, element in enumerate(self.elements) for mark in _of_element(found, read_as, number, element)}
            self._known[text, language] = sorted(marks)
        return self._known[text, language]

    def name(self, names: Words) -> Excerpt | None:
        """A title or a name as this reader sees it; None where there is none."""
        picked = Text(names).pick(self.reader)
        return Excerpt(picked.language, tuple(_pieces(picked.value, self.marks(*picked)))) if picked.value else None

    def excerpt(self, document: Document) -> Excerpt | None:
        """Of what it says, the text that has most of what was looked for; its first words where its heading alone has any."""
        best = self._best_language(document)
        headings = [Text(names).pick(self.reader) for names in (document.title, document.of)]
        shown = set[int]().union(*(self._elements(*heading) for heading in headings))
        said = [(words[best], best) for words in document.body if best in words]
        # What is shown in the reader's language, but was found in another.
        said += [
            (names[best], best)
            for names, heading in zip((document.title, document.of), headings, strict=True)
            if best in names and heading.language != best
        ]
        beside = [(words[best], best) for words in document.context if best in words] + [(name, NEUTRAL) for name in document.names]
        # What the heading shows already is not worth a second line, unless it is something said.
        scores = [len(found) for found in (self._elements(*text) for text in said)] + [len(self._elements(*text) - shown) for text in beside]
        if any(scores):
            return self._cut(*[*said, *beside][scores.index(max(scores))])
        first = next((Text(words).pick(self.reader) for words in document.body if words), None)
        return self._cut(*first) if first else None

    def _elements(self, text: str, language: str) -> set[int]:
        return {mark.element for mark in self.marks(text, language)}

    def _best_language(self, document: Document) -> str:
        """The language in which most of the query is said; the reader's own where it says as much, and no other is read where it says all."""
        said: dict[str, set[int]] = {}
        for language in dict.fromkeys((self.reader, *LANGUAGES)):
            found = (self._elements(text, spoken) for _zone, spoken, text in texts(document) if spoken == language)
            said[language] = set().union(*found)
            if len(said[language]) == len(self.elements):
                break
        return max(said, key=lambda language: len(said[language]))

    def _cut(self, text: str, language: str) -> Excerpt:
        """An excerpt around the first mark, cut between words."""
        found = self.marks(text, language)
        start = _word_at(text, found[0].start - LEAD) if found and len(text) > LENGTH else 0
        end = len(text) if len(text) - start <= LENGTH else text.rfind(" ", start, start + LENGTH)
        end = end if end > start else min(start + LENGTH, len(text))
        within = [
            Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.element) for mark in found if start < mark.end and mark.start < end
        ]
        before, after = [Piece("…")] if start else [], [Piece("…")] if end < len(text) else []
        return Excerpt(language, (*before, *_pieces(text[start:end], within), *after))


def _of_element(found: list[Word], language: str, number: int, element: Element) -> Iterator[Mark]:
    if element.sequence:
        yield from _of_sequence(found, number, element.sequence)
        return
    for word in found:
        if element.terms & terms(word, language) or (element.folded and element.folded & word.folded):
            yield Mark(word.start, word.end, number)


def _of_sequence(found: list[Word], number: int, sequence: tuple[str, ...]) -> Iterator[Mark]:
    flat = [(piece, word) for word in found for piece in phrase([word])]
    for place in range(len(flat) - len(sequence) + 1):
        there = flat[place : place + len(sequence)]
        if tuple(piece for piece, _word in there) == sequence:
            yield Mark(there[0][1].start, there[-1][1].end, number)


def _pieces(text: str, found: Iterable[Mark]) -> Iterator[Piece]:
    """The text in pieces; marks with only space between them are one."""
    done = 0
    for start, end in _merged(text, found):
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], marked=True)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def _merged(text: str, found: Iterable[Mark]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for mark in found:
        if spans and not text[spans[-1][1] : mark.start].strip():
            spans[-1] = spans[-1][0], max(spans[-1][1], mark.end)
        else:
            spans.append((mark.start, mark.end))
    return spans


def _word_at(text: str, place: int) -> int:
    """Where the word begins that a place lies in."""
    return 0 if place <= 0 else text.rfind(" ", 0, place) + 1
