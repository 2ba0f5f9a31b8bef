"""Who must leave for which item, who stands in, and whether quorum holds: before a meeting as a forecast, in it as what is so.

Pure: it knows seats and items by their keys and numbers only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kumppani.domain.bodies.rules import QuorumRule


@dataclass(frozen=True, slots=True)
class Place:
    """A seat on the day of a meeting. `is_held`: somebody's term covers the day."""

    key: str
    organisation: str
    deputy_of: str | None = None
    is_held: bool = True


@dataclass(frozen=True, slots=True)
class Matter:
    """An item, and the organisations it concerns."""

    number: int
    organisations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """What is known to keep a seat's holder out of an item: declared, or noted."""

    item: int
    seat: str
    ground: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one item. `leaving`: seat → ground; `standing_in`: member's seat → deputy's; `needed` is None where nobody knows."""

    item: int
    leaving: Mapping[str, str]
    standing_in: Mapping[str, str]
    voting: frozenset[str]
    needed: int | None

    @property
    def is_quorate(self) -> bool:
        """Whether the body may decide it."""
        return self.needed is not None and len(self.voting) >= self.needed


def needed_for(rule: str, number: int | None, members: int) -> int | None:
    """How many must take part in deciding, of this many members' seats; None where the rule is not known."""
    if rule == QuorumRule.MORE_THAN_HALF:
        return members // 2 + 1
    return number if rule == QuorumRule.AT_LEAST else None


def forecast(
    places: Sequence[Place],
    matters: Iterable[Matter],
    ties: Iterable[Tie] = (),
    *,
    quorum: tuple[str, int | None],
    own_ground: str | None = None,
    spared: str = "",
    absent: Collection[str] = (),
) -> list[Expected]:
    """One expectation for each item, in their order.

    `own_ground`: on which a member leaves whose organisation is concerned (None: on none, what is tied is all there is). `spared`: the
    organisation whose own affairs keep nobody out. `absent`: seats whose holders do not come.
    """
    tied: dict[int, dict[str, str]] = {}
    for tie in ties:
        tied.setdefault(tie.item, {}).setdefault(tie.seat, tie.ground)
    needed = needed_for(*quorum, sum(place.deputy_of is None for place in places))
    coming = [place for place in places if place.is_held and place.key not in absent]
    return [
        _expected(matter, places, coming, _leaving(matter, places, tied.get(matter.number, {}), own_ground, spared), needed) for matter in matters
    ]


def _leaving(matter: Matter, places: Sequence[Place], tied: Mapping[str, str], own_ground: str | None, spared: str) -> dict[str, str]:
    leaving = {place.key: tied[place.key] for place in places if place.key in tied and place.is_held}
    if own_ground is not None:
        concerned = matter.organisations - {spared}
        for place in places:
            if place.is_held and place.organisation in concerned:
                leaving.setdefault(place.key, own_ground)
    return leaving


def _expected(matter: Matter, places: Sequence[Place], coming: Sequence[Place], leaving: Mapping[str, str], needed: int | None) -> Expected:
    able = {place.key for place in coming if place.key not in leaving}
    standing_in: dict[str, str] = {}
    for place in coming:
        member = place.deputy_of
        if member is not None and place.key in able and member not in able:
            standing_in.setdefault(member, place.key)
    voting = {place.key for place in places if place.deputy_of is None and place.key in able} | set(standing_in.values())
    return Expected(matter.number, leaving, standing_in, frozenset(voting), needed)
