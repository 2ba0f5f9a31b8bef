"""A redline loses nothing: both texts can be read out of it, whatever they are."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kumppani.domain.agreements.redline import Mark, Piece, redline, redline_of_clauses, text_after, text_before
from kumppani.kernel.text import Text

WORDS = st.lists(st.sampled_from(["sopimus", "kaupunki", "valtio", " ", "\n", ",", "2027", "åäö", "{valid_to}"]), max_size=30).map("".join)
TEXTS = WORDS | st.text(max_size=80)


@dataclass(frozen=True)
class Said:
    number: int
    code: str
    heading: Text
    body: Text


@given(TEXTS, TEXTS)
def test_applying_it_gives_the_new_text_and_dropping_what_came_in_gives_the_old(old: str, new: str) -> None:
    pieces = redline(old, new)

    assert text_after(pieces) == new
    assert text_before(pieces) == old


@given(TEXTS)
def test_the_same_text_has_no_mark(words: str) -> None:
    assert {piece.mark for piece in redline(words, words)} <= {Mark.KEPT}


def test_it_marks_words_not_letters() -> None:
    assert redline("valid to 2027", "valid to 2034") == (
        Piece(Mark.KEPT, "valid to "),
        Piece(Mark.DELETED, "2027"),
        Piece(Mark.INSERTED, "2034"),
    )


def test_clauses_are_paired_by_their_code_however_they_move() -> None:
    before = [Said(1, "purpose", Text(fi="Tarkoitus"), Text(fi="Yksi.")), Said(2, "term", Text(fi="Kesto"), Text(fi="Kaksi."))]
    after = [Said(1, "term", Text(fi="Kesto"), Text(fi="Kaksi.")), Said(2, "money", Text(fi="Raha"), Text(fi="Kolme."))]

    found = {change.key: change for change in redline_of_clauses(before, after, "fi")}

    assert list(found) == ["term", "money", "purpose"]
    assert not found["term"].is_changed
    assert (found["money"].number_before, found["money"].number_after) == (None, 2)
    assert text_after(found["purpose"].body) == ""
    assert text_before(found["purpose"].body) == "Yksi."
