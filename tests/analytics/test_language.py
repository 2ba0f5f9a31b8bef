"""Words and what they are compared by."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kumppani.analytics.language import NEUTRAL, analyser, asked_words, words
from kumppani.analytics.synonyms import CONCEPTS
from kumppani.analytics.tokens import clean, fold, tokens
from kumppani.kernel.text import LANGUAGES

WHOLE = [
    ("fi", "kaupunkiratkaisujen", "kaupunkiratkaisu"),
    ("fi", "Kaupunkiseutujen", "kaupunkiseutu"),
    ("fi", "innovaatiotoiminnan", "innovaatiotoiminta"),
    ("fi", "ekosysteemisopimuksilla", "ekosysteemisopimus"),
    ("fi", "älykkäät", "älykäs"),
    ("fi", "Jyväskylän", "jyväskylä"),
    ("fi", "Lappeenrannassa", "lappeenranta"),
    ("fi", "VTT:n", "vtt"),
    ("fi", "EU:lle", "eu"),
    ("fi", "TKI-toiminnan", "tki-toiminta"),
    ("fi", "kaupunki\u00adratkaisut", "kaupunkiratkaisu"),
    ("sv", "energisystemen", "energisystem"),
    ("sv", "städerna", "stad"),
    ("sv", "ekosystemavtalet", "ekosystemavtal"),
    ("sv", "koldioxidsnålheten", "koldioxidsnålhet"),
    ("sv", "Villmanstrands", "villmanstrand"),
    ("sv", "åtgärderna", "åtgärd"),
    ("en", "photonics", "photonic"),
    ("en", "cities", "city"),
    ("en", "city's", "city"),
]
"""Language, a form of a word, its base form."""

PARTS = [
    ("fi", "terveysteknologia", "terveys"),
    ("fi", "terveysratkaisuissa", "terveys"),
    ("fi", "kaupunkiseutujen", "kaupunki"),
    ("fi", "kaupunginhallitus", "kaupunki"),
    ("fi", "ekosysteemisopimus", "ekosysteemi"),
    ("fi", "EU-rahoitus", "rahoitus"),
    ("fi", "fotoniikka-liiketoiminta", "liiketoiminta"),
    ("fi", "Innokaupunkien", "kaupunki"),
    ("sv", "energisystemen", "energi"),
    ("sv", "välfärdstjänster", "välfärd"),
    ("sv", "stadsregionen", "region"),
]
"""Language, a compound, a part in its base form."""

NOT_FORMS = [
    ("fi", "vaara", "väärä"),
    ("sv", "stad", "stadsregion"),
    ("en", "city", "cite"),
    ("en", "AI", "are"),
    ("sv", "AI", "är"),
    ("sv", "fotonikka", "fotonik"),
]
"""Language and two words that are not the same."""

NOT_PARTS = [("fi", "Jyväskylä", "kylä"), ("sv", "hållbara", "bara"), ("en", "wellbeing", "well")]

WITHOUT_VOIKKO = [
    ("kaupunkiratkaisujen", "kaupunkiratkaisut", "kaupunki"),
    ("kaupunkiseutujen", "kaupunkiseutu", "kaupunki"),
    ("terveysteknologiaa", "terveysteknologia", "terveys"),
    ("ekosysteemisopimuksilla", "ekosysteemisopimus", "sopimus"),
]
"""Two forms of a word that must meet, and a part of it."""


@pytest.mark.parametrize(("language", "form", "base"), WHOLE)
def test_a_form_of_a_word_meets_its_base_form(language: str, form: str, base: str) -> None:
    assert words(clean(form), language)[0].base & words(base, language)[0].base


@pytest.mark.parametrize(("language", "compound", "part"), PARTS)
def test_a_part_of_a_compound(language: str, compound: str, part: str) -> None:
    word = words(compound, language)[0]

    assert part in word.parts
    assert part not in word.base


@pytest.mark.parametrize(("language", "word", "part"), NOT_PARTS)
def test_what_only_looks_like_a_compound(language: str, word: str, part: str) -> None:
    assert part not in words(word, language)[0].parts


@pytest.mark.parametrize(("form", "other", "part"), WITHOUT_VOIKKO)
def test_finnish_where_voikko_is_absent(without_voikko: None, form: str, other: str, part: str) -> None:
    first, second = words(form, "fi")[0], words(other, "fi")[0]

    assert analyser() == "simplemma"
    assert first.base & second.base
    assert part in first.parts & second.parts


@pytest.mark.parametrize(("language", "word", "other"), NOT_FORMS)
def test_other_words_stay_other_words(language: str, word: str, other: str) -> None:
    assert not words(word, language)[0].base & words(other, language)[0].base


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stemmer_makes_no_word_of_a_mistyped_one(language: str) -> None:
    assert "fotonik" not in words("fotonikka", language)[0].folded


@pytest.mark.parametrize(
    ("text", "language", "meant"), [("Bio- ja kiertotalouden", "fi", "biotalous"), ("välfärds- och hälsoteknik", "sv", "välfärdsteknik")]
)
def test_a_hanging_word_means_the_compound_that_follows(text: str, language: str, meant: str) -> None:
    assert meant in words(text, language)[0].base
    assert meant not in words(text.replace("-", ""), language)[0].base


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("100 000 euroa", ["100000", "euroa"]),
        ("100\u00a0000 €", ["100000"]),
        ("€100,000", ["100000"]),
        ("9.2.2021", ["9.2.2021"]),
        ("6,9 miljoonaa.", ["6,9", "miljoonaa"]),
        ("FI-272", ["fi-272"]),
        ("0201256-6,", ["0201256-6"]),
        ("5G (SIX)", ["5g", "six"]),
        ("S:t Michel", ["s:t", "michel"]),
        ("2021 2022", ["2021", "2022"]),
        ("— … !?", []),
        ("", []),
    ],
)
def test_where_words_begin_and_end(text: str, surfaces: list[str]) -> None:
    assert [token.surface for token in tokens(text)] == surfaces


@pytest.mark.parametrize(("word", "folded"), [("Jyväskylä", "jyvaskyla"), ("ÅBO", "abo"), ("Ærø", "aero"), ("Straße", "strasse"), ("co\u0308", "co")])
def test_without_accents_and_case(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(max_size=60))
def test_every_language_finds_the_same_words_at_the_same_places(text: str) -> None:
    cleaned = clean(text)
    places = [[(word.start, word.end) for word in words(cleaned, language)] for language in (*LANGUAGES, NEUTRAL)]

    assert all(found == places[0] for found in places)
    assert all(cleaned[start:end].strip() for start, end in places[0])


@pytest.mark.parametrize(
    ("first", "second", "concept"),
    [
        (("sv", "förmedlande myndigheten"), ("sv", "förmedlande organ"), "intermediate-body"),
        (("sv", "Innostäder"), ("fi", "Innovoivien kaupunkien ja yhteisöjen"), "innocities"),
        (("en", "InnoCities"), ("fi", "Innokaupungeissa"), "innocities"),
        (("sv", "koldioxidsnåla"), ("fi", "vähähiilistä"), "low-carbon"),
        (("sv", "NTM-centralen"), ("fi", "elinvoimakeskukset"), "economic-development-centre"),
        (("en", "urban areas"), ("en", "city region"), "city-region"),
    ],
)
def test_names_of_one_concept_meet(first: tuple[str, str], second: tuple[str, str], concept: str) -> None:
    for language, text in (first, second):
        assert all(concept in word.concepts for word in words(text, language) if word.surface != "ja")


def test_a_part_of_a_compound_names_a_concept_in_texts_only() -> None:
    assert "city-region" in words("kaupunkiseutusopimus", "fi")[0].concepts
    assert not asked_words("kaupunkiseutusopimus", "fi")[0].concepts
    assert "city-region" in asked_words("kaupunkiseuduilla", "fi")[0].concepts


@pytest.mark.parametrize("key", CONCEPTS)
def test_every_name_in_the_list_names_its_concept(key: str) -> None:
    for language, names in CONCEPTS[key].items():
        assert language in LANGUAGES
        for name in names:
            assert all(key in word.concepts for word in asked_words(name, language)), name


AMBIGUOUS = {(46, "fi", "kehys"), (107, "en", "observation")}
"""Terms that mean other things as well: they would find more than was asked for."""


def also_in_use() -> list[tuple[int, str, str, str]]:
    """Number, language, printed word and second word of each term in the glossary that has one; without the remark on where it is in use."""
    terms = yaml.safe_load((settings.REFERENCE_FOLDER / "terms.yaml").read_text())["terms"]
    return [
        (term["number"], language, term[language]["word"], re.sub(r"^.*: |^puhek\. ", "", also))
        for term in terms
        for language in LANGUAGES
        for also in filter(None, term[language].get("also", "").split("; "))
    ]


def test_the_second_word_of_the_glossary_finds_the_first() -> None:
    apart = set()
    for number, language, printed, also in also_in_use():
        first, second = (set().union(*(word.concepts for word in asked_words(words, language))) for words in (printed, also))
        if not first & second:
            apart.add((number, language, also))

    assert len(also_in_use()) > 40
    assert apart == AMBIGUOUS


def test_names_are_listed_once() -> None:
    for key, names in CONCEPTS.items():
        for language, listed in names.items():
            assert len({name.lower() for name in listed}) == len(listed), (key, language)
