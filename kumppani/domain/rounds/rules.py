"""Rules of a round of agreements in plain Python: what may be carried over, and how far each clause has come in each draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.agreements.wording import Worded
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import LANGUAGES, _

UNFINISHED = frozenset({CommitmentState.NOT_YET_MADE, CommitmentState.OWED, CommitmentState.LATE})
"""What has been neither fulfilled nor released."""


class Progress(StrEnum):
    """How far a clause has come in a draft."""

    AGREED = "agreed"
    OPEN = "open"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Negotiated:
    """A draft as the matrix sees it: its standing clauses, its open comments by clause code, the parties, and which of them approved what stands."""

    key: str
    clauses: Sequence[Worded]
    open_comments: Mapping[str, int] = field(default_factory=dict)
    is_proposed: bool = False
    parties: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()

    @property
    def is_approved(self) -> bool:
        """Whether every party has approved what stands there now."""
        return bool(self.parties) and self.parties <= self.approved


@dataclass(frozen=True, slots=True)
class Cell:
    """One clause in one draft. `is_same`: its words are the template's."""

    progress: Progress
    is_same: bool
    open_comments: int
    is_proposed: bool


def matrix(template: Sequence[Worded], drafts: Sequence[Negotiated]) -> dict[str, dict[str, Cell]]:
    """Clause code → draft key → cell: the template's clauses in their order, then those that only drafts have, in the order in which they appear.

    A clause that is neither in the template nor in a draft has no cell there: nobody negotiates it.
    """
    ours = {clause.code: clause for clause in template}
    theirs = {draft.key: {clause.code: clause for clause in draft.clauses} for draft in drafts}
    codes = dict.fromkeys([*ours, *(code for draft in drafts for code in theirs[draft.key])])
    return {
        code: {
            draft.key: _cell(ours.get(code), theirs[draft.key].get(code), draft, code)
            for draft in drafts
            if code in ours or code in theirs[draft.key]
        }
        for code in codes
    }


def _cell(template: Worded | None, clause: Worded | None, draft: Negotiated, code: str) -> Cell:
    same = template is not None and clause is not None and same_words(template, clause)
    return Cell(_progress(draft, is_same=same), same, draft.open_comments.get(code, 0), draft.is_proposed)


def _progress(draft: Negotiated, *, is_same: bool) -> Progress:
    """Approved by all is agreed, whatever the words. Short of that other words come first: they are what has to be talked about."""
    if draft.is_approved:
        return Progress.AGREED
    return Progress.OPEN if is_same else Progress.DIFFERS


def same_words(one: Worded, other: Worded) -> bool:
    """Whether two clauses say the same in every language. Standing elsewhere in the text is no other word."""
    return all(
        words.get(language, "") == said.get(language, "")
        for words, said in ((one.heading, other.heading), (one.body, other.body))
        for language in LANGUAGES
    )


def check_carried_from(owner: str, earlier: str) -> None:
    """Only what belongs to the agreement that the draft succeeds is carried over into it."""
    if owner != earlier:
        raise RuleBroken("not-of-the-earlier-agreement", _("Only what belongs to the agreement “{earlier}” is carried over.", earlier=earlier))


def check_carried_once(origin: str, carried: Collection[str]) -> None:
    """Nothing is carried over twice into one draft."""
    if origin in carried:
        raise RuleBroken("carried-already", _("“{key}” has been carried over already.", key=origin))


def check_unfinished(state: CommitmentState) -> None:
    """A promise that was fulfilled or released has nothing left to carry over."""
    if state not in UNFINISHED:
        raise RuleBroken("promise-finished", _("The promise has been fulfilled or released: there is nothing to carry over."))
