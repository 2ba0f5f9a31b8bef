"""One question to one snapshot: what is found, in which order, how the words were taken, what is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kumppani.analytics.documents import KINDS, Document
from kumppani.analytics.questions.marking import LENGTH, Excerpt
from kumppani.analytics.questions.query import How
from kumppani.analytics.questions.search import PER_PAGE, Found, Hit, Question, search
from tests.analytics.library import Shelf

MUST_FIND = [
    ("kaupunkiratkaisujen", "fi", {"helsinki", "helsinki-p1"}),
    ("terveys", "fi", {"helsinki", "tampere"}),
    ("energisystemen", "sv", {"vaasa", "vaasa-p1"}),
    ("photonic", "en", {"joensuu", "joensuu-p1"}),
    ("biotalous", "fi", {"joensuu"}),
    ("Jyväskylän", "fi", {"FI-179"}),
    ("jyvaskyla", "en", {"FI-179"}),
    ("VILLMANSTRAND", "fi", {"FI-405"}),
    ("hallbara", "sv", {"vaasa", "vaasa-p1"}),
    ("FI-405", "en", {"FI-405"}),
    ("405", "fi", {"FI-405"}),
    ("0250362-2", "sv", {"council"}),
    ("100000", "fi", {"start"}),
    ("100 000 euroa", "fi", {"start"}),
    ("förmedlande myndighet", "sv", {"council"}),
    ("konesali", "fi", {"vaasa/goal/1"}),
    ("seed funding", "en", {"start"}),
    ("Vaasan energia", "fi", {"vaasa", "vaasa-p1"}),
    ("terveys ja energia", "fi", {"tampere"}),
]
"""Words, the reader's language, keys that are found: these and no others."""


@pytest.mark.parametrize(("words", "language", "keys"), MUST_FIND)
def test_what_must_be_found(shelf: Shelf, words: str, language: str, keys: set[str]) -> None:
    found = shelf.ask(words, language)

    assert {hit.key for hit in found.hits} == keys
    assert found.total == len(keys)
    assert not found.any_word
    assert all(heard.how is How.EXACTLY for heard in found.heard)


def test_a_word_finds_the_compounds_it_is_part_of(shelf: Shelf) -> None:
    assert {"helsinki", "home"} <= set(shelf.keys("kaupunki"))


@pytest.mark.parametrize("words", ["kaupunkiratkaisujen", "terveys", "kaupunki", "Vaasan energia"])
def test_finnish_is_found_without_voikko(without_voikko: None, tmp_path: Path, shelf: Shelf, words: str) -> None:
    expected = {"kaupunki": {"helsinki", "helsinki-p1", "home"}}.get(words) or set(
        next(keys for given, _language, keys in MUST_FIND if given == words)
    )

    assert set(Shelf(tmp_path).keys(words)) == expected


def heard(found: Found) -> list[tuple[str, How]]:
    return [(one.text, one.how) for one in found.heard]


def test_where_nothing_has_all_words_any_is_enough_and_the_answer_says_so(shelf: Shelf) -> None:
    found = shelf.ask("fotoniikka terveysteknologia")

    assert found.any_word
    assert {hit.key for hit in found.hits} == {"joensuu", "joensuu-p1", "helsinki"}


def test_a_word_that_nothing_has_is_named(shelf: Shelf) -> None:
    found = shelf.ask("Vaasa vetytalous")

    assert heard(found) == [("vaasa", How.EXACTLY), ("vetytalous", How.NOT_AT_ALL)]
    assert found.any_word
    assert found.hits[0].key == "vaasa"


@pytest.mark.parametrize("words", ["xyzzyx", "!!!", "…", "'\"", "<script>", "%_' OR 1=1 --", "\\", "title:vaasa^9 +foo", "AND OR NOT"])
def test_nothing_is_found_without_a_fuss(shelf: Shelf, words: str) -> None:
    found = shelf.ask(words)

    assert isinstance(found.total, int)
    assert found.pages >= 1


@pytest.mark.parametrize(
    ("words", "how", "instead", "key"),
    [
        ("fotonikka", How.NEARLY, "fotoniikka-liiketoiminta", "joensuu"),
        ("Jyväksylä", How.NEARLY, "jyväskylä", "FI-179"),
        ("kestävt", How.NEARLY, "kestävät", "vaasa"),
        ("terveystek", How.BEGINNING, "terveysteknologia", "helsinki"),
        ("kaupunkisopimus", How.BY_PARTS, "", "home"),
    ],
)
def test_a_word_that_nothing_has_is_loosened(shelf: Shelf, words: str, how: How, instead: str, key: str) -> None:
    found = shelf.ask(words)

    assert [one.how for one in found.heard] == [how]
    assert key in {hit.key for hit in found.hits}
    assert not instead or instead in found.heard[0].instead


def test_a_word_that_something_has_is_not_loosened(shelf: Shelf) -> None:
    assert set(shelf.keys("Vasa", "sv")) == {"vaasa", "vaasa-p1", "vaasa/goal/1"}
    assert heard(shelf.ask("energi", "sv")) == [("energi", How.EXACTLY)]


def test_two_letters_wrong_are_too_many(shelf: Shelf) -> None:
    assert heard(shelf.ask("fotonika")) == [("fotonika", How.NOT_AT_ALL)]


def test_a_phrase_stands_as_it_is_written(shelf: Shelf) -> None:
    assert set(shelf.keys('"kestävät kaupunkiratkaisut"')) == {"helsinki", "helsinki-p1"}
    assert set(shelf.keys("”KESTAVAT kaupunkiratkaisut”")) == {"helsinki", "helsinki-p1"}
    assert set(shelf.keys('"kestävät ja älykkäät" Vaasa')) == {"vaasa", "vaasa-p1"}


def test_a_phrase_does_not_reach_from_one_text_into_the_next(tmp_path: Path) -> None:
    apart = Document("page", "apart", {"fi": "alku loppuu"}, body=({"fi": "tästä jatkuu"},))

    assert heard(Shelf(tmp_path, (apart,)).ask('"loppuu tästä"')) == [("loppuu", How.APART), ("tästä", How.APART)]


def test_a_phrase_that_stands_nowhere_is_taken_apart(shelf: Shelf) -> None:
    found = shelf.ask('"kaupunkiratkaisut kestävät"')

    assert {hit.key for hit in found.hits} == {"helsinki", "helsinki-p1"}
    assert {one.how for one in found.heard} == {How.APART}


def test_an_unfinished_quote_is_only_a_sign(shelf: Shelf) -> None:
    assert shelf.keys('"kaupunkiratkaisut') == shelf.keys("kaupunkiratkaisut")


def test_stop_words_narrow_only_a_query_of_nothing_else(shelf: Shelf) -> None:
    assert set(shelf.keys("kaupunkiratkaisut ja")) == {"helsinki", "helsinki-p1"}
    assert shelf.ask("ja").total > 0


def test_the_agreement_comes_before_what_belongs_to_it(shelf: Shelf) -> None:
    found = shelf.keys("Vaasa")

    assert found[0] == "vaasa"
    assert set(found) == {"vaasa", "vaasa-p1", "vaasa/goal/1"}


def test_the_readers_language_comes_first(tmp_path: Path) -> None:
    finnish = Document("page", "finnish", {"fi": "Region"})
    swedish = Document("page", "swedish", {"sv": "Region"})
    shelf = Shelf(tmp_path, (finnish, swedish))

    assert shelf.keys("region", "fi") == ["finnish", "swedish"]
    assert shelf.keys("region", "sv") == ["swedish", "finnish"]


def test_kinds_are_counted_whatever_kind_is_shown(shelf: Shelf) -> None:
    everything, agreements = shelf.ask("Helsinki"), shelf.ask("Helsinki", kind="agreement")

    assert everything.counts == {"agreement": 1, "priority": 1, "organisation": 1}
    assert agreements.counts == everything.counts
    assert (everything.total, agreements.total) == (3, 1)
    assert [hit.kind for hit in agreements.hits] == ["agreement"]
    assert shelf.ask("Helsinki", kind="figure").total == 0
    assert list(everything.counts) == [kind for kind in KINDS if kind in everything.counts]


def test_pages_divide_what_is_found_and_repeat_nothing(tmp_path: Path) -> None:
    many = tuple(Document("measure", f"m-{number:03}", {"fi": "Sama otsikko"}) for number in range(PER_PAGE * 2 + 3))
    shelf = Shelf(tmp_path, many)
    pages = [shelf.ask("otsikko", page=page) for page in (1, 2, 3, 4)]

    assert [len(page.hits) for page in pages] == [PER_PAGE, PER_PAGE, 3, 0]
    assert [hit.key for page in pages for hit in page.hits] == [document.key for document in many]
    assert {(page.total, page.pages) for page in pages} == {(len(many), 3)}


def printed(excerpt: Excerpt | None) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in excerpt.pieces) if excerpt else ""


def hit_of(found: Found, key: str) -> Hit:
    return next(hit for hit in found.hits if hit.key == key)


def test_marks_stand_where_the_words_are(shelf: Shelf) -> None:
    hit = hit_of(shelf.ask("terveys"), "helsinki")

    assert printed(hit.excerpt) == "Älykkäät ja kestävät kaupunkiratkaisut, hyvinvointi ja [terveysteknologia]"
    assert printed(hit.title) == "Helsinki, Espoo ja Vantaa"
    assert hit.language == "fi"


def test_what_is_found_in_another_language_is_shown_in_it(shelf: Shelf) -> None:
    hit = hit_of(shelf.ask("energisystemen", "fi"), "vaasa")

    assert printed(hit.title) == "Vaasa"
    assert printed(hit.excerpt) == "Hållbara och smarta [energisystem]"
    assert hit.excerpt is not None
    assert (hit.language, hit.excerpt.language) == ("sv", "sv")


def test_a_title_in_another_language_is_shown_as_well(shelf: Shelf) -> None:
    hit = hit_of(shelf.ask("Villmanstrand", "fi"), "FI-405")

    assert (printed(hit.title), printed(hit.excerpt), hit.language) == ("Lappeenranta", "[Villmanstrand]", "sv")


def test_a_phrase_is_marked_as_one(shelf: Shelf) -> None:
    assert printed(hit_of(shelf.ask('"kestävät kaupunkiratkaisut"'), "helsinki-p1").title) == "Älykkäät ja [kestävät kaupunkiratkaisut]"


def test_words_next_to_each_other_are_marked_as_one(shelf: Shelf) -> None:
    assert printed(hit_of(shelf.ask("kaupunkiratkaisut kestävät älykkäät"), "helsinki-p1").title) == "[Älykkäät] ja [kestävät kaupunkiratkaisut]"


def test_what_the_heading_shows_is_not_said_again(shelf: Shelf) -> None:
    assert hit_of(shelf.ask("Vaasa"), "vaasa-p1").excerpt is None
    assert printed(hit_of(shelf.ask("Vaasa"), "vaasa").excerpt) == "Kestävät ja älykkäät energiajärjestelmät"


def test_what_has_no_title_stands_under_its_agreement(shelf: Shelf) -> None:
    hit = hit_of(shelf.ask("datakeskus"), "vaasa/goal/1")

    assert hit.title is None
    assert (printed(hit.of), printed(hit.excerpt)) == ("Vaasa", "Vähintään kaksi [datakeskusta] Vaasaan")


def test_a_long_text_is_cut_around_the_first_mark_between_words(tmp_path: Path) -> None:
    text = " ".join(["alkusanoja"] * 60 + ["fotoniikkaa"] + ["loppusanoja"] * 60)
    hit = Shelf(tmp_path, (Document("measure", "long", {"fi": "Pitkä"}, body=({"fi": text},)),)).ask("fotoniikka").hits[0]
    shown = printed(hit.excerpt)

    assert len(shown) <= LENGTH + 4
    assert shown.startswith("…alkusanoja ")
    assert " [fotoniikkaa] " in shown
    assert shown.endswith("loppusanoja…")


def test_a_text_without_spaces_is_cut_all_the_same(tmp_path: Path) -> None:
    hit = Shelf(tmp_path, (Document("measure", "long", {"fi": "Pitkä"}, body=({"fi": "a" * 1000},)),)).ask("pitkä").hits[0]

    assert printed(hit.excerpt) == "a" * LENGTH + "…"


def test_markup_stays_text(tmp_path: Path) -> None:
    text = "<b>fotoniikka</b> & <script>alert(1)</script>"
    hit = Shelf(tmp_path, (Document("measure", "bold", {"fi": text}),)).ask("fotoniikka").hits[0]

    assert hit.title is not None
    assert "".join(piece.text for piece in hit.title.pieces) == text
    assert [piece.text for piece in hit.title.pieces if piece.marked] == ["fotoniikka"]


def test_the_same_question_has_the_same_answer_in_a_snapshot_built_anew(tmp_path: Path, shelf: Shelf) -> None:
    again = Shelf(tmp_path / "again")

    for words in ("terveys", "Vaasa energia", "fotonikka", "kaupunki"):
        assert again.ask(words) == shelf.ask(words)


def test_an_empty_snapshot_can_be_asked(tmp_path: Path) -> None:
    found = Shelf(tmp_path, ()).ask("Vaasa")

    assert (found.total, found.hits, dict(found.counts)) == (0, [], {})


def test_a_question_is_asked_of_a_path(shelf: Shelf) -> None:
    assert search(shelf.path, Question("Vaasa", "fi")) == shelf.ask("Vaasa")
