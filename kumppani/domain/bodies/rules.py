"""Rules of bodies and meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from kumppani.domain.parties.rules import OrganisationKind
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text, _

LONGEST_WORDS = 20_000
"""Characters of one text in one language."""
LONGEST_LAW = 100
"""Characters of the name of a law with its section."""
LONGEST_ADDRESS = 500
"""Characters of a web address."""


class BodyKind(StrEnum):
    """What sort of body decides."""

    COUNCIL = "council"
    BOARD = "board"
    STEERING_GROUP = "steering_group"
    NATIONAL_STEERING_GROUP = "national_steering_group"
    OFFICE_HOLDER = "office_holder"


class QuorumRule(StrEnum):
    """What makes a body quorate."""

    MORE_THAN_HALF = "more_than_half"
    AT_LEAST = "at_least"


class Outcome(StrEnum):
    """What a body makes of an item."""

    DECIDED = "decided"
    REJECTED = "rejected"
    NOTED = "noted"
    DEFERRED = "deferred"


COMPANIES = frozenset({OrganisationKind.COMPANY, OrganisationKind.DEVELOPMENT_COMPANY, OrganisationKind.COOPERATIVE})
"""In companies, those a city owns too, neither the Administrative Procedure Act's grounds nor the Municipal Act's apply."""


def check_body_kind(kind: str) -> None:
    """Refuses a kind of body nobody knows."""
    if kind not in set(BodyKind):
        raise RuleBroken("unknown-body-kind", _("“{kind}” is not a known kind of body.", kind=kind))


def check_quorum(rule: str, number: int | None) -> None:
    """Refuses an unknown rule, “at least” without a number, and a number without “at least”."""
    if rule not in set(QuorumRule):
        raise RuleBroken("unknown-quorum-rule", _("“{rule}” is not a known rule of quorum.", rule=rule))
    if (rule == QuorumRule.AT_LEAST) != (number is not None and number >= 1):
        raise RuleBroken("quorum-number", _("“At least” takes a number of seats; “more than half” takes none."))


def check_words(words: Text) -> None:
    """Refuses no words, too many, and characters that no database can store or that came broken."""
    if not any(value.strip() for value in words.values()):
        raise RuleBroken("words-missing", _("Write something."))
    for value in words.values():
        if len(value) > LONGEST_WORDS:
            raise RuleBroken(
                "words-too-long", _("The text has {length} characters; at most {longest} fit.", length=len(value), longest=LONGEST_WORDS)
            )
        if "\x00" in value or "\ufffd" in value:
            raise RuleBroken("words-unreadable", _("The text has characters that cannot be stored."))


def check_term(term: Period, others: Iterable[Period]) -> None:
    """A seat is held by one at a time."""
    term.check_order()
    if any(term.overlaps(other) for other in others):
        raise RuleBroken("terms-overlap", _("Somebody sits in this seat already in that time."))


def check_sits_once(term: Period, elsewhere: Iterable[Period]) -> None:
    """Nobody counts twice in one body."""
    if any(term.overlaps(other) for other in elsewhere):
        raise RuleBroken("sits-twice", _("The same person holds another seat in this body in that time."))


def check_deputy(*, same_body: bool, is_deputy: bool) -> None:
    """A deputy stands in for a member of the same body, never for another deputy."""
    if not same_body or is_deputy:
        raise RuleBroken("deputy-of-nobody", _("A deputy stands in for a member of the same body."))


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuses times without a zone, and an end that is not after the start."""
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise RuleBroken("time-without-zone", _("The time of a meeting needs a time zone."))
    if ends_at <= starts_at:
        raise RuleBroken("meeting-ends-before-start", _("A meeting ends after it starts."))


def check_ground(ground_kind: str, body_kind: str, organisation_kind: str) -> None:
    """A ground holds in bodies of its own kind, and in no company."""
    if organisation_kind in COMPANIES or ground_kind != body_kind:
        raise RuleBroken("ground-of-another-kind", _("This ground of disqualification does not apply in this body."))


def check_spares(*, by_organisation: bool, spares_own_body: bool) -> None:
    """Only the ground that organisations bring with them can spare the body's own."""
    if spares_own_body and not by_organisation:
        raise RuleBroken("spares-nobody", _("Only a ground that follows from a member's organisation can spare the body's own organisation."))


def check_paper(address: str, *, has_file: bool) -> None:
    """A paper is a file kept here or a web address: one of the two, and an address anyone may follow."""
    if has_file == bool(address):
        raise RuleBroken("paper-nowhere", _("A paper is either a file or a web address."))
    if address and (not address.startswith(("https://", "http://")) or len(address) > LONGEST_ADDRESS or not address.isprintable()):
        raise RuleBroken("paper-address", _("“{address}” is not a web address.", address=address[:100]))


def check_law(law: str) -> None:
    """Refuses the name of a law that is longer than one is."""
    if len(law) > LONGEST_LAW:
        raise RuleBroken("law-too-long", _("The law has {length} characters; at most {longest} fit.", length=len(law), longest=LONGEST_LAW))


def check_quorate(needed: int | None, voting: int) -> None:
    """A body without quorum resolves nothing, and so does one of which nobody knows what makes it quorate."""
    if needed is None:
        raise RuleBroken("quorum-unknown", _("It is not known what makes this body quorate: it cannot resolve anything here."))
    if voting < needed:
        raise RuleBroken("no-quorum", _("There is no quorum for this item: {voting} may decide, {needed} are needed.", voting=voting, needed=needed))


def check_approver(approver: str, recorder: str, present: Collection[str]) -> None:
    """Minutes are approved by somebody who was there, never by who recorded them."""
    if approver == recorder:
        raise NotAllowed("minutes-by-recorder", _("Who recorded the meeting does not approve its minutes."))
    if approver not in present:
        raise NotAllowed("minutes-by-absent", _("Minutes are approved by a member who was present."))


def check_outcome(outcome: str) -> None:
    """Refuses an outcome nobody knows."""
    if outcome not in set(Outcome):
        raise RuleBroken("unknown-outcome", _("“{outcome}” is not something that can become of an item.", outcome=outcome))
