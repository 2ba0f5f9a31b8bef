"""Who lets whom in, gives which powers, and which powers nobody holds together."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumppani.access.checks import party_of
from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer, viewer_of
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Membership, Person, Role
from kumppani.domain.parties.permissions import SEPARATED, Permission, Reach, separated
from kumppani.domain.parties.roles import STANDARD_ROLES
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.kernel.errors import NotAllowed, Refusal
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import state_priority
from kumppani.workflow.people import admit_person, define_role, end_role, establish_roles, grant_role
from tests.builders import TODAY, organisation_in, place_in, programme_of, signed_agreement

TITLE = Text(en="A role")


def refused(act: Callable[[], object], code: str) -> None:
    before = (Person.objects.count(), Role.objects.count(), Membership.objects.count(), Event.objects.count())
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code
    assert (Person.objects.count(), Role.objects.count(), Membership.objects.count(), Event.objects.count()) == before


def a_role(key: str, *permissions: Permission, reach: Reach = Reach.PROGRAMME) -> str:
    return define_role(by=SYSTEM, key=key, title=TITLE, permissions=permissions, reach=reach).key


@pytest.mark.django_db
def test_somebody_just_admitted_may_do_nothing() -> None:
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme_of())
    assert viewer_of(person).grants == ()


@pytest.mark.django_db
def test_a_stranger_lets_nobody_in_and_gives_nothing() -> None:
    programme = programme_of()
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    role = a_role("writer", Permission.STATE_PRIORITY)
    member = grant_role(by=SYSTEM, person=person, role=role, programme=programme)
    refused(lambda: admit_person(by=STRANGER, key="other", name="", programme=programme), "not-permitted")
    refused(lambda: grant_role(by=STRANGER, person=person, role=role, programme=None), "not-permitted")
    refused(lambda: end_role(by=STRANGER, membership=member, on=TODAY), "not-permitted")
    refused(lambda: define_role(by=STRANGER, key="mine", title=TITLE, permissions=()), "not-permitted")


@pytest.mark.django_db
def test_a_role_holds_from_its_first_day_to_its_last_and_its_end_is_told() -> None:
    programme = programme_of()
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    member = grant_role(by=SYSTEM, person=person, role=a_role("writer", Permission.STATE_PRIORITY), programme=programme, valid_from=TODAY)

    def may(day: date) -> bool:
        return viewer_of(person, day).may(Permission.STATE_PRIORITY, programme.key)

    assert [may(TODAY + timedelta(days)) for days in (-1, 0, 400)] == [False, True, True]
    end_role(by=SYSTEM, membership=member, on=TODAY + timedelta(9))
    refused(lambda: end_role(by=SYSTEM, membership=member, on=TODAY + timedelta(10)), "role-ends-earlier")
    assert [may(TODAY + timedelta(days)) for days in (9, 10)] == [True, False]
    event = Event.objects.get(act="end_role")
    assert '"before":{' in event.text
    assert str(TODAY + timedelta(9)) in event.text


@pytest.mark.django_db
def test_an_end_before_the_start_is_refused() -> None:
    programme = programme_of()
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    role = a_role("writer")

    def give(**terms: date) -> Membership:
        return grant_role(by=SYSTEM, person=person, role=role, programme=programme, **terms)

    refused(lambda: give(valid_from=TODAY, valid_to=TODAY - timedelta(1)), "end-before-start")
    member = give(valid_from=TODAY)
    refused(lambda: end_role(by=SYSTEM, membership=member, on=TODAY - timedelta(1)), "end-before-start")


@pytest.mark.django_db
def test_a_role_is_not_held_twice_at_once_but_may_be_again() -> None:
    programme = programme_of()
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    role = a_role("writer")
    grant_role(by=SYSTEM, person=person, role=role, programme=programme, valid_to=TODAY)
    refused(lambda: grant_role(by=SYSTEM, person=person, role=role, programme=programme, valid_from=TODAY), "role-held")
    grant_role(by=SYSTEM, person=person, role=role, programme=programme, valid_from=TODAY + timedelta(1))


@pytest.mark.django_db
def test_unknown_roles_permissions_and_reaches_are_refused() -> None:
    programme = programme_of()
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    refused(lambda: grant_role(by=SYSTEM, person=person, role="nothing", programme=programme), "unknown-role")
    refused(lambda: define_role(by=SYSTEM, key="odd", title=TITLE, permissions=["fly"]), "unknown-permission")
    refused(lambda: define_role(by=SYSTEM, key="odd", title=TITLE, permissions=(), reach="galaxy"), "unknown-reach")
    refused(lambda: define_role(by=SYSTEM, key="odd", title=Text(), permissions=()), "name-missing")


@pytest.mark.django_db
def test_nobody_gives_a_role_to_themselves() -> None:
    programme = programme_of()
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    grant_role(by=SYSTEM, person=person, role=a_role("giver", Permission.GRANT_ROLE), programme=programme)
    role = a_role("writer")
    refused(lambda: grant_role(by=viewer_of(person), person=person, role=role, programme=programme), "powers-to-oneself")


@pytest.mark.django_db
@pytest.mark.parametrize("pair", sorted(SEPARATED))
def test_powers_that_must_be_separate_never_meet_in_one_person(pair: tuple[Permission, Permission]) -> None:
    programme = programme_of()
    one, other = (a_role(f"has-{permission.replace('_', '-')}", permission) for permission in pair)
    person = admit_person(by=SYSTEM, key="new", name="", programme=None)
    grant_role(by=SYSTEM, person=person, role=one, programme=programme)
    refused(lambda: grant_role(by=SYSTEM, person=person, role=other, programme=programme), "powers-not-separate")
    refused(lambda: grant_role(by=SYSTEM, person=person, role=other, programme=None), "powers-not-separate")
    refused(lambda: define_role(by=SYSTEM, key=one, title=TITLE, permissions=[pair[1]]), "powers-not-separate")
    refused(lambda: define_role(by=SYSTEM, key="both", title=TITLE, permissions=pair), "powers-not-separate")


@given(st.sets(st.sampled_from(list(Permission))))
def test_a_set_of_powers_is_separate_exactly_when_no_pair_lies_in_it(held: set[Permission]) -> None:
    slow = [pair for pair in SEPARATED for one in held for other in held if pair == (one, other)]
    assert (separated(held) is None) == (not slow)


@pytest.mark.django_db
def test_a_further_permission_reaches_who_has_the_role_and_none_is_taken_away() -> None:
    a_role("writer", Permission.STATE_PRIORITY)
    a_role("writer", Permission.STATE_MEASURE)
    assert Role.objects.get(key="writer").permissions == ["state_measure", "state_priority"]


@pytest.mark.django_db
def test_standard_roles_are_established_once_and_keep_what_an_administrator_added() -> None:
    establish_roles(by=SYSTEM)
    a_role("auditor", Permission.CORRECT_FACT)
    events = Event.objects.count()
    establish_roles(by=SYSTEM)
    assert Event.objects.count() == events
    assert set(Role.objects.values_list("key", flat=True)) == set(STANDARD_ROLES)
    assert Role.objects.get(key="auditor").permissions == ["correct_fact", "read_journal"]
    for role in STANDARD_ROLES.values():
        assert all(role.title.get(language) for language in ("fi", "sv", "en"))


@pytest.mark.django_db
def test_a_role_held_for_a_city_permits_acts_on_its_own_agreement_only() -> None:
    programme = programme_of()
    ministry = organisation_in(programme, "ministry", OrganisationKind.MINISTRY, Text(en="Ministry"))
    cities = [organisation_in(programme, f"city-{number}", OrganisationKind.MUNICIPALITY, Text(en=f"City {number}")) for number in (1, 2)]
    own, others = (
        signed_agreement(programme, f"a-{number}", number, ministry, city, place_in(programme, f"90{number}", f"Place {number}")).agreement
        for number, city in enumerate(cities, start=1)
    )
    person = admit_person(by=SYSTEM, key="new", name="", programme=programme)
    role = a_role("coordinator", Permission.STATE_PRIORITY, reach=Reach.ORGANISATION)
    refused(lambda: grant_role(by=SYSTEM, person=person, role=role, programme=programme), "role-without-organisation")
    grant_role(by=SYSTEM, person=person, role=role, programme=programme, organisation=cities[0])
    state_priority(by=viewer_of(person), agreement=own, key="own-1", number=1, title=Text(en="Own"))
    refused(lambda: state_priority(by=viewer_of(person), agreement=others, key="other-1", number=1, title=Text(en="Other")), "not-permitted")


def test_an_act_is_done_in_the_name_of_the_one_party_for_which_the_role_is_held() -> None:
    wide = Viewer("wide", (Grant("p", frozenset({Permission.PUBLISH}), "ministry"), Grant(None, frozenset(Permission))))
    assert party_of(wide, Permission.PUBLISH, "p", {"ministry", "city"}) == "ministry"
    for programme, parties in (("p", {"city"}), ("q", {"ministry"})):
        with pytest.raises(NotAllowed) as caught:
            party_of(wide, Permission.PUBLISH, programme, parties)
        assert caught.value.code == "for-no-party"


def test_nobody_acts_for_two_parties_of_one_agreement() -> None:
    both = Viewer("both", tuple(Grant("p", frozenset({Permission.PUBLISH}), key, Reach.ORGANISATION) for key in ("ministry", "city")))
    assert party_of(both, Permission.PUBLISH, "p", {"city", "another"}) == "city"
    with pytest.raises(NotAllowed) as caught:
        party_of(both, Permission.PUBLISH, "p", {"city", "ministry"})
    assert caught.value.code == "for-two-parties"
