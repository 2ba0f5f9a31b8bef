"""The matrix of a round against a second, slower answer that goes cell by cell through words; and the rules of what is carried over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.rounds.rules import Negotiated, Progress, check_carried_from, check_carried_once, check_unfinished, matrix
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Said:
    """A clause."""

    code: str
    number: int
    heading: Text = field(default_factory=Text)
    body: Text = field(default_factory=Text)


def said(code: str, body: str, number: int = 1) -> Said:
    return Said(code, number, Text(fi=code), Text(fi=body, sv=f"{body} på svenska"))


PARTIES = frozenset({"city", "ministry"})
TEMPLATE = [said("purpose", "Tarkoitus"), said("term", "Voimassa {valid_to} asti", 2)]


def progress(draft: Negotiated) -> dict[str, Progress]:
    return {code: row[draft.key].progress for code, row in matrix(TEMPLATE, [draft]).items()}


def test_the_templates_words_are_open_until_every_party_has_approved_them() -> None:
    for proposed, approved, found in (
        (False, frozenset(), Progress.OPEN),
        (True, frozenset(), Progress.OPEN),
        (True, frozenset({"city"}), Progress.OPEN),
        (True, PARTIES, Progress.AGREED),
    ):
        draft = Negotiated("a", TEMPLATE, is_proposed=proposed, parties=PARTIES, approved=approved)
        assert set(progress(draft).values()) == {found}


def test_other_words_differ_until_every_party_has_approved_them() -> None:
    clauses = [said("purpose", "Toinen tarkoitus"), TEMPLATE[1]]
    assert progress(Negotiated("a", clauses, parties=PARTIES)) == {"purpose": Progress.DIFFERS, "term": Progress.OPEN}
    assert progress(Negotiated("a", clauses, is_proposed=True, parties=PARTIES, approved=PARTIES))["purpose"] is Progress.AGREED


def test_a_clause_that_went_or_came_differs_and_one_that_moved_does_not() -> None:
    moved = [said("term", "Voimassa {valid_to} asti", 1), said("fees", "Maksut", 2)]
    assert progress(Negotiated("a", moved, parties=PARTIES)) == {"purpose": Progress.DIFFERS, "term": Progress.OPEN, "fees": Progress.DIFFERS}


def test_one_language_alone_makes_a_difference() -> None:
    translated = Said("purpose", 1, Text(fi="purpose"), Text(fi="Tarkoitus", sv="Tarkoitus på svenska", en="Purpose"))
    assert progress(Negotiated("a", [translated, TEMPLATE[1]], parties=PARTIES))["purpose"] is Progress.DIFFERS


def test_open_comments_are_counted_and_leave_agreed_what_all_approved() -> None:
    draft = Negotiated("a", TEMPLATE, open_comments={"term": 2}, is_proposed=True, parties=PARTIES, approved=PARTIES)
    cell = matrix(TEMPLATE, [draft])["term"]["a"]
    assert (cell.progress, cell.open_comments, cell.is_same) == (Progress.AGREED, 2, True)


def test_a_draft_without_parties_is_never_agreed() -> None:
    assert set(progress(Negotiated("a", TEMPLATE)).values()) == {Progress.OPEN}


WORDS = st.sampled_from(["", "yksi", "kaksi"])
CODES = ("aim", "term", "money")


@st.composite
def texts(draw: st.DrawFn, codes: tuple[str, ...]) -> list[Said]:
    kept = draw(st.permutations(codes))[: draw(st.integers(0, len(codes)))]
    return [
        Said(code, number, Text({"fi": draw(WORDS)}), Text({language: draw(WORDS) for language in draw(st.sets(st.sampled_from(["fi", "sv"])))}))
        for number, code in enumerate(kept, start=1)
    ]


@st.composite
def drafts(draw: st.DrawFn) -> list[Negotiated]:
    people = st.frozensets(st.sampled_from(["city", "ministry", "other"]))
    return [
        Negotiated(
            f"a-{number}",
            draw(texts((*CODES, "own"))),
            {"term": draw(st.integers(0, 2))},
            draw(st.booleans()),
            parties=draw(people),
            approved=draw(people),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


def slowly(template: list[Said], found: list[Negotiated], code: str, key: str) -> str:
    """The same answer, looked up by going through everything, word by word."""
    draft = next(one for one in found if one.key == key)
    waiting = [party for party in draft.parties if party not in draft.approved]
    if draft.parties and not waiting:
        return "agreed"
    spoken = []
    for clauses in (template, draft.clauses):
        words = [
            (part, language, getattr(one, part).get(language) or "")
            for one in clauses
            if one.code == code
            for part in ("heading", "body")
            for language in ("fi", "sv", "en")
        ]
        spoken.append(words)
    return "open" if spoken[0] == spoken[1] else "differs"


@given(texts(CODES), drafts())
def test_the_matrix_is_what_the_slow_answer_says(template: list[Said], found: list[Negotiated]) -> None:
    cells = matrix(template, found)
    wanted = {one.code for one in template} | {one.code for draft in found for one in draft.clauses}
    assert set(cells) == wanted
    assert list(cells)[: len(template)] == [one.code for one in template]
    assert {(code, key): cell.progress for code, row in cells.items() for key, cell in row.items()} == {
        (code, draft.key): slowly(template, found, code, draft.key)
        for code in wanted
        for draft in found
        if any(one.code == code for one in [*template, *draft.clauses])
    }


def refusal(check: Callable[[], None]) -> str:
    with pytest.raises(RuleBroken) as refused:
        check()
    return refused.value.code


def test_only_what_is_left_of_the_earlier_agreement_is_carried_over_and_once() -> None:
    check_carried_from("a", "a")
    check_carried_once("a-p1", ["a-p2"])
    assert refusal(lambda: check_carried_from("b", "a")) == "not-of-the-earlier-agreement"
    assert refusal(lambda: check_carried_once("a-p1", ["a-p1"])) == "carried-already"


@pytest.mark.parametrize("state", list(CommitmentState))
def test_what_was_fulfilled_or_released_is_not_carried_over(state: CommitmentState) -> None:
    if state in {CommitmentState.FULFILLED, CommitmentState.RELEASED}:
        assert refusal(lambda: check_unfinished(state)) == "promise-finished"
    else:
        check_unfinished(state)
