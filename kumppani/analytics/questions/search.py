"""What in a programme has these words? One question to one snapshot. Free of Django and of the concepts: it is handed a path.

All words have to be there; where nothing has all of them, things with any of them are shown, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tantivy import Occur, Query

from kumppani.analytics.documents import KINDS, Document
from kumppani.analytics.index import PRESENCE, as_title, document_of
from kumppani.analytics.questions.marking import Excerpt, Marker
from kumppani.analytics.questions.query import Element, How, Index, together
from kumppani.analytics.snapshot import open_at

PER_PAGE = 20
MOST_INSTEAD = 5

WHOLE_TITLE = 10.0
"""What it is worth that the query is the title, word by word."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks: words, in which language they read, of which kind (empty: of any), which page from 1."""

    words: str
    language: str
    kind: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Heard:
    """How a word or phrase of the query was taken; `instead`: what stands in the texts in its place."""

    text: str
    how: How
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `agreement` and `of`: key and name of the agreement it belongs to or leads to. `language`: in which the words were found.

    `title` is None where the thing has none of its own and is shown under its agreement's name.
    """

    kind: str
    key: str
    agreement: str
    of: Excerpt | None
    title: Excerpt | None
    excerpt: Excerpt | None
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. `counts` ignore the kind that was asked for, `total` does not. `any_word`: nothing had all of the words."""

    version: str
    as_of: date | None
    total: int
    counts: Mapping[str, int]
    hits: Sequence[Hit]
    heard: Sequence[Heard]
    any_word: bool

    @property
    def pages(self) -> int:
        """How many pages the hits fill; one at least."""
        return max(1, -(-self.total // PER_PAGE))


def search(path: Path, question: Question) -> Found:
    """The answer of the snapshot in a folder of one version. The same question always has the same answer there."""
    snapshot = open_at(path)
    index = Index(snapshot.index, question.language)
    elements = index.elements(question.words)
    query, any_word = _matching(index, elements)
    counts = _counts(index, query)
    marker = Marker(elements, question.language)
    hits = [_hit(document, marker) for document in _page(index, query, question)]
    return Found(
        version=snapshot.version,
        as_of=snapshot.as_of,
        total=counts.get(question.kind, 0) if question.kind else sum(counts.values()),
        counts=counts,
        hits=hits,
        heard=[_heard(element, hits) for element in elements],
        any_word=any_word,
    )


def _matching(index: Index, elements: list[Element]) -> tuple[Query, bool]:
    """The query that decides what is found, and whether any word is enough."""
    found = [element for element in elements if element.how is not How.NOT_AT_ALL]
    if not found:
        return Query.empty_query(), False
    everything = together(found, Occur.Must)
    if len(found) == len(elements) and index.count(everything):
        return everything, False
    return together(found, Occur.Should), True


def _counts(index: Index, query: Query) -> dict[str, int]:
    """How many of each kind, in the order of KINDS."""
    answer: dict[str, Any] = index.searcher.aggregate(query, {"kinds": {"terms": {"field": "kind", "size": len(KINDS)}}})
    found = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer["kinds"]["buckets"]}
    return {kind: found[kind] for kind in KINDS if kind in found}


def _page(index: Index, query: Query, question: Question) -> list[Document]:
    whole = Query.term_query(index.schema, "exact", as_title(question.words), index_option=PRESENCE)
    clauses = [(Occur.Must, query), (Occur.Should, Query.const_score_query(whole, WHOLE_TITLE))]
    if question.kind:
        kind = Query.term_query(index.schema, "kind", question.kind, index_option=PRESENCE)
        clauses.append((Occur.Must, Query.const_score_query(kind, 0.0)))
    asked, offset = Query.boolean_query(clauses), (question.page - 1) * PER_PAGE
    best = index.searcher.search(asked, limit=PER_PAGE, offset=offset, weight_by_field="weight")
    return [document_of(bytes(index.searcher.doc(address).get_first("document") or b"")) for _score, address in best.hits]


def _hit(document: Document, marker: Marker) -> Hit:
    title, of, excerpt = marker.name(document.title), marker.name(document.of), marker.excerpt(document)
    found_in = next((found.language for found in (excerpt, title, of) if found is not None and found.is_marked), marker.reader)
    return Hit(document.kind, document.key, document.agreement, of, title, excerpt, found_in)


def _heard(element: Element, hits: Sequence[Hit]) -> Heard:
    """Likewise with the words that stand in for one that nothing has as it was written, as far as this page shows them."""
    if element.how not in {How.BEGINNING, How.NEARLY}:
        return Heard(element.text, element.how)
    shown = [excerpt for hit in hits for excerpt in (hit.title, hit.of, hit.excerpt) if excerpt]
    return Heard(element.text, element.how, tuple(sorted({word for excerpt in shown for word in _words_of(excerpt, element)})[:MOST_INSTEAD]))


def _words_of(excerpt: Excerpt, element: Element) -> list[str]:
    text = "".join(piece.text for piece in excerpt.pieces)
    return [text[mark.start : mark.end].lower() for mark in Marker([element], excerpt.language).marks(text, excerpt.language)]
