"""Search against SQLite's own full-text search (FTS5) on the same base forms, in one run: count, counts by kind, the first page with excerpts.

Documents are made of the glossary's words, so many of them have each word: the hard case. Times are the processor's own, so that what else
runs on the machine does not count. Prints how long a snapshot takes to build as well.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kumppani.analytics import store
from kumppani.analytics.documents import KINDS, Document, Words
from kumppani.analytics.language import asked_words, words
from kumppani.analytics.questions.search import PER_PAGE, Question, search
from kumppani.analytics.synonyms import CONCEPTS
from kumppani.kernel.text import LANGUAGES

SIZES = (500, 5_000)
"""Documents: sixteen agreements have about 200, 160 have 2,000."""
QUERIES = 60
GOAL = 1.5
"""Times the rival's p95, for the larger size."""


def run() -> int:
    """Prints the table; 0 when the goal is met, 1 otherwise."""
    print(f"{'documents':>10}{'build s':>9}{'p50 ms':>8}{'p95 ms':>8}{'FTS5 p50':>10}{'FTS5 p95':>10}{'× FTS5 p95':>12}")
    ratio = 0.0
    for size in SIZES:
        ratio = _measure(size)
    met = ratio <= GOAL
    print(f"goal (p95 ≤ {GOAL:g} × FTS5 at {SIZES[-1]} documents): {'met' if met else 'NOT met'}")
    return 0 if met else 1


def _measure(size: int) -> float:
    chance = random.Random(size)  # noqa: S311 the same documents in every run
    documents = [_document(number, chance) for number in range(size)]
    queries = [" ".join(chance.choices(_vocabulary("fi"), k=chance.choice((1, 1, 2)))) for _ in range(QUERIES)]
    with tempfile.TemporaryDirectory() as folder:
        # Word lists are read once for each process, not for each snapshot.
        store.put(Path(folder) / "first", documents[:1], None)
        started = time.process_time()
        snapshot = store.put(Path(folder) / "all", documents, None)
        built = time.process_time() - started
        rival = _rival(documents)
        ours = _times(queries, lambda query: search(snapshot.path, Question(query, "fi")))
        theirs = _times(queries, lambda query: _ask_rival(rival, query))
    ratio = _percentile(ours, 95) / _percentile(theirs, 95)
    figures = [_percentile(times, share) * 1000 for times in (ours, theirs) for share in (50, 95)]
    print(f"{size:>10}{built:>9.2f}{figures[0]:>8.1f}{figures[1]:>8.1f}{figures[2]:>10.1f}{figures[3]:>10.1f}{ratio:>12.2f}")
    return ratio


def _document(number: int, chance: random.Random) -> Document:
    return Document(
        kind=chance.choice(KINDS[:-1]),
        key=f"thing-{number}",
        title=_text(chance, 4),
        body=(_text(chance, 25),),
        context=(_text(chance, 6),),
    )


def _text(chance: random.Random, length: int) -> Words:
    return {language: " ".join(chance.choices(_vocabulary(language), k=length)) for language in LANGUAGES}


def _vocabulary(language: str) -> list[str]:
    return sorted({word for names in CONCEPTS.values() for name in names.get(language, ()) for word in name.split() if len(word) > 3})


def _rival(documents: Sequence[Document]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE things USING fts5(title, body, kind UNINDEXED, tokenize = 'unicode61')")
    rows = [(_reduced([document.title]), _reduced([*document.body, *document.context]), document.kind) for document in documents]
    connection.executemany("INSERT INTO things VALUES (?, ?, ?)", rows)
    connection.execute("INSERT INTO things (things) VALUES ('optimize')")
    return connection


def _reduced(texts: Sequence[Words]) -> str:
    """The words of texts in base form, with the parts of compounds: what our index is made of."""
    forms = [sorted(word.base | word.parts) for text in texts for language, said in text.items() for word in words(said, language)]
    return " ".join(form.replace("~", "") for word in forms for form in word)


def _ask_rival(connection: sqlite3.Connection, query: str) -> None:
    groups = []
    for reading in zip(*(asked_words(query, language) for language in LANGUAGES), strict=True):
        forms = sorted({form.replace("~", "") for word in reading for form in word.base})
        groups.append("(" + " OR ".join(f'"{form}"' for form in forms) + ")")
    wanted = " AND ".join(groups)
    connection.execute("SELECT kind, count(*) FROM things WHERE things MATCH ? GROUP BY kind", [wanted]).fetchall()
    page = "SELECT title, snippet(things, 1, '', '', '…', 30) FROM things WHERE things MATCH ? ORDER BY bm25(things, 3.0, 1.0) LIMIT ?"
    connection.execute(page, [wanted, PER_PAGE]).fetchall()


def _times(queries: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    found = []
    for query in queries:
        started = time.process_time()
        ask(query)
        found.append(time.process_time() - started)
    return sorted(found)


def _percentile(times: Sequence[float], share: int) -> float:
    return times[min(len(times) - 1, len(times) * share // 100)]
