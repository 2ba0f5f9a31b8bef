"""The interface in Finnish and Swedish: one word for each idea, as docs/glossary.md has it, and no English left in the pages.

That every sentence is translated, and that no placeholder is lost, `make check` tells (tools/translations.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tools import translations

ROOT = translations.ROOT
TEMPLATES = ROOT / "kumppani" / "web" / "templates"

TERMS = {
    # English, where it cannot be part of another word: how the Finnish and the Swedish word for it begin.
    r"agreement programmes?": ("sopimusohjelma", "avtalsprogram"),
    r"city regions?": ("kaupunkiseu", "stadsregion"),
    r"strategic priorit(y|ies)": ("strategi", "strategisk"),
    r"(priority|priorities)": ("painopiste", "tyngdpunkt"),
    r"commitments?": ("sitoumu", "åtagande"),
    r"measures? (of|in|under)": ("toimenpi", "åtgärd"),
    r"action plan": ("suunnitelma", "åtgärdsplan"),
    r"cross-cutting themes?": ("läpileikkaav", "genomgående tema|genomgående teman"),
    r"regional council": ("maakunnan liitto", "landskapsförbund"),
    r"cooperation part(y|ies)": ("yhteistyötaho", "samarbetspart"),
    r"intermediate body": ("välittäv", "förmedlande organ"),
    r"(?<!national )steering group": ("ohjausryhmä", "ledningsgrupp"),
    r"national steering group": ("kansallinen ohjausryhmä", "nationell styrgrupp"),
    r"case number": ("asianumero", "ärendenummer"),
    r"start-up money": ("käynnistysraha", "startpengar"),
    r"accessibility statement": ("saavutettavuusseloste", "tillgänglighetsutlåtande"),
    r"training data": ("harjoitusaineisto", "övningsdata"),
    r"licence": ("lisenssi", "licens"),
}
"""What the glossary wants said in one way wherever it is said."""

SAME = {
    "Data",
    "ROR",
    "LEI",
    "PIC",
    "Microsoft Entra ID",
    "Virtu",
    "NUTS 3",
    "Version",
    "version %(number)s",
    "Status",
    "Text",
    "Organisation",
    "organisation",
    "Period",
    "Person",
    "register",
    "partner",
}
"""Words that Finnish or Swedish writes as English does."""

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\bKumppani\b")
Entry = tuple[str, tuple[str, ...]]


def read(catalogue: str) -> Iterator[Entry]:
    """Each English sentence (its plural, where it has one) with its translations."""
    for block in catalogue.split("\n\n")[1:]:
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if started := re.match(r'(msg\w+(?:\[\d\])?) "(.*)"$', line):
                name = started[1]
                fields[name] = started[2]
            elif line.startswith('"'):
                fields[name] += line[1:-1]
        yield fields.get("msgid_plural", fields["msgid"]), tuple(text for name, text in fields.items() if name.startswith("msgstr"))


def strays(entries: Iterator[Entry], terms: Mapping[str, str]) -> Iterator[str]:
    """Sentences that say an idea of the glossary in a word of their own."""
    for sentence, said in entries:
        for english, word in terms.items():
            if re.search(rf"(?<![\w-]){english}(?![\w-])", sentence, re.IGNORECASE):
                yield from (f"“{sentence}” → “{text}”: no “{word}”" for text in said if not re.search(word, text, re.IGNORECASE))


def leftovers(template: str) -> list[str]:
    """Words a reader would see that no translation reaches."""
    text = re.sub(r"\{% (blocktranslate|verbatim|comment)\b.*?\{% end\1 %\}|\{#.*?#\}", "", template, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', text)
    shown = re.sub(r"<code>.*?</code>|<[^>]*>", "\n", text, flags=re.DOTALL).splitlines()
    found = (re.sub(r"Kumppani|EUPL-1\.2|openapi\.json|OpenAPI [\d.]+|CSV|XLSX|JSON|p-agreement", "", words).strip() for words in [*shown, *spoken])
    return [words for words in found if re.search(r"[^\W\d_]{2,}", words)]


@pytest.fixture(params=translations.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def entries(language: str) -> list[Entry]:
    return list(read((ROOT / translations.CATALOGUE.format(language)).read_text()))


def test_one_word_for_each_idea(language: str, entries: list[Entry]) -> None:
    words = {english: said[translations.LANGUAGES.index(language)] for english, said in TERMS.items()}
    assert not list(strays(iter(entries), words))


def test_another_word_for_it_is_noticed() -> None:
    wrong = iter([("The priorities of the plan.", ("Suunnitelman prioriteetit.",)), ("A prioritised list.", ("Järjestetty lista.",))])
    assert list(strays(wrong, {r"(priority|priorities)": "painopiste"})) == [
        "“The priorities of the plan.” → “Suunnitelman prioriteetit.”: no “painopiste”"
    ]


def test_quotation_marks_are_those_of_the_language(entries: list[Entry]) -> None:
    assert not [text for _sentence, said in entries for text in said if "“" in text]


def test_nothing_is_left_in_english(entries: list[Entry]) -> None:
    assert len(entries) > 500
    left = [text for sentence, said in entries for text in said if text == sentence and re.search(r"[^\W\d_]{2,}", PLACEHOLDER.sub("", text))]
    assert not set(left) - SAME


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_templates_say_nothing_past_the_translations(template: Path) -> None:
    # The gallery is for those who write templates: English, and marked so.
    if template.name == "gallery.html":
        assert '<div lang="en">' in template.read_text()
    else:
        assert leftovers(template.read_text()) == []


def test_words_past_the_translations_are_noticed() -> None:
    template = '<p>{% translate "Agreements" %} of {{ name }}</p><svg aria-label="A map"></svg>{% blocktranslate %}All of it{% endblocktranslate %}'
    assert leftovers(template) == ["of", "A map"]
