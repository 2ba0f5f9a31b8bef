"""The recusal forecast, against a slow second answer that asks every question seat by seat."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kumppani.domain.bodies.forecast import Matter, Place, Tie, forecast, needed_for
from kumppani.domain.bodies.rules import QuorumRule

ORGANISATIONS = ("city", "university", "company", "ministry")
HALF = (QuorumRule.MORE_THAN_HALF.value, None)


@st.composite
def bodies(draw: st.DrawFn) -> list[Place]:
    count = draw(st.integers(1, 6))
    members = [Place(f"b/{n}", draw(st.sampled_from(ORGANISATIONS)), None, draw(st.booleans())) for n in range(1, count + 1)]
    deputies = [
        Place(f"b/d{n}", draw(st.sampled_from(ORGANISATIONS)), draw(st.sampled_from(members)).key, draw(st.booleans()))
        for n in range(draw(st.integers(0, 4)))
    ]
    return [*members, *deputies]


@given(
    bodies(),
    st.frozensets(st.sampled_from(ORGANISATIONS)),
    st.data(),
    st.sampled_from([HALF, ("at_least", 2), ("", None)]),
    st.booleans(),
)
def test_it_says_what_asking_seat_by_seat_says(
    places: list[Place], concerned: frozenset[str], data: st.DataObject, quorum: tuple[str, int | None], own: bool
) -> None:
    keys = st.sampled_from([place.key for place in places])
    tied, absent = data.draw(st.frozensets(keys)), data.draw(st.frozensets(keys))
    ties = [Tie(1, key, "interest") for key in tied] + [Tie(2, places[0].key, "interest")]
    own_ground = "organisation" if own else None
    found = forecast(places, [Matter(1, concerned)], ties, quorum=quorum, own_ground=own_ground, spared="city", absent=absent)[0]

    def must_leave(place: Place) -> bool:
        return place.is_held and (place.key in tied or (own and place.organisation in concerned and place.organisation != "city"))

    def can_vote(place: Place) -> bool:
        return place.is_held and place.key not in absent and not must_leave(place)

    assert set(found.leaving) == {place.key for place in places if must_leave(place)}
    votes = 0
    for member in (place for place in places if place.deputy_of is None):
        deputies = [place for place in places if place.deputy_of == member.key and can_vote(place)]
        if can_vote(member):
            assert member.key in found.voting
            assert member.key not in found.standing_in
        else:
            assert member.key not in found.voting
            assert found.standing_in.get(member.key) == (deputies[0].key if deputies else None)
        votes += can_vote(member) or bool(deputies)
    assert len(found.voting) == votes
    members = sum(place.deputy_of is None for place in places)
    expected = {"more_than_half": votes * 2 > members, "at_least": votes >= 2, "": False}[quorum[0]]
    assert found.is_quorate is expected


def test_more_than_half_is_never_exactly_half() -> None:
    assert [needed_for(*HALF, members) for members in (1, 2, 3, 4, 5)] == [1, 2, 2, 3, 3]


def test_a_tie_names_its_own_ground_before_that_of_the_organisation() -> None:
    found = forecast(
        [Place("b/1", "university")], [Matter(1, frozenset({"university"}))], [Tie(1, "b/1", "interest")], quorum=HALF, own_ground="organisation"
    )
    assert found[0].leaving == {"b/1": "interest"}
