"""docs/glossary.md, written from reference/terms.yaml."""

from __future__ import annotations

from collections.abc import Iterable

from kumppani.access.terms import Glossary, Term, TermMark
from kumppani.kernel.text import LANGUAGES

HEAD = "<!-- Written by `make reference` from reference/terms.yaml: change that file, not this page. -->\n\n"
MARKS = {
    TermMark.SEEN: "seen on an official page, named beside it",
    TermMark.BACKGROUND: "background knowledge, safe to use; a lawyer-linguist should confirm it once",
    TermMark.OURS: "our own word",
    TermMark.UNSURE: "not confirmed in the language named; printed all the same, and listed on the page about the data",
}


def glossary_page(glossary: Glossary) -> str:
    """The whole page."""
    parts = [HEAD + "# Glossary: fi · sv · en\n", _introduction(glossary)]
    for key, title in glossary.sections.items():
        parts.append(f"## {title}\n\n{_table(term for term in glossary.terms if term.section == key)}")
    parts.append("## Rules of use\n\n" + "".join(f"* {rule}\n" for rule in glossary.rules))
    return "\n".join(parts)


def _introduction(glossary: Glossary) -> str:
    marks = "".join(f"* **{mark}**: {meaning}\n" for mark, meaning in MARKS.items())
    pages = "".join(f"* {code}: [{page.title}]({page.address})\n" for code, page in glossary.pages.items())
    return (
        "Swedish is Finland's official Swedish. The first form is printed; what stands in brackets is in use as well and must be found by search.\n\n"
        f"Marks:\n\n{marks}\nPages:\n\n{pages}"
    )


def _table(terms: Iterable[Term]) -> str:
    rows = [f"| {' | '.join([str(term.number), *_words(term), term.meaning, _mark(term)])} |" for term in terms]
    return "\n".join(["| # | fi | sv | en | meaning | mark |", "|---|---|---|---|---|---|", *rows, ""])


def _words(term: Term) -> list[str]:
    given = [term.words[language] for language in LANGUAGES]
    return [f"{one.word} ({one.also})" if one.also else one.word for one in given]


def _mark(term: Term) -> str:
    languages = f" ({', '.join(sorted(term.unsure))})" if term.unsure else ""
    where = f": {', '.join(term.where)}" if term.where else ""
    return f"{term.mark}{languages}{where}"
