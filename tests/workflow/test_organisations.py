"""What is stated of organisations after they are registered: identifiers, kind, of what they are a part, what follows them, and that they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kumppani.access.verify import live_faults
from kumppani.access.viewer import STRANGER, SYSTEM, Viewer
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.errors import Missing, NotAllowed, Refusal, RuleBroken
from kumppani.workflow.organisations import end_identifier, end_organisation, state_identifier, state_kind, state_parent, state_successor
from tests.builders import TODAY, organisation_in, programme_of, seen


@pytest.fixture
def city(db: None, noon: None) -> Organisation:
    return organisation_in(programme_of(), "city")


def refused(act: Callable[[], object], code: str, kind: type[Refusal] = RuleBroken) -> None:
    before = (Event.objects.count(), Evidence.objects.count())
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    assert (Event.objects.count(), Evidence.objects.count()) == before


def acts_of(city: Organisation, by: Viewer) -> dict[str, Callable[[], object]]:
    return {
        "state_identifier": lambda: state_identifier(by=by, organisation=city, scheme="pic", value="999999999"),
        "end_identifier": lambda: end_identifier(by=by, organisation=city, scheme="pic"),
        "state_kind": lambda: state_kind(by=by, organisation=city, kind=OrganisationKind.COMPANY),
        "state_parent": lambda: state_parent(by=by, organisation=city, parent=None),
        "state_successor": lambda: state_successor(by=by, organisation=city, successor=None),
        "end_organisation": lambda: end_organisation(by=by, organisation=city, on=TODAY),
    }


def test_a_stranger_states_nothing_and_each_act_is_one_event_by_its_own_name(city: Organisation) -> None:
    for act in acts_of(city, STRANGER).values():
        refused(act, "not-permitted", NotAllowed)
    for name, act in acts_of(city, SYSTEM).items():
        act()
        assert [event.act for event in Event.objects.filter(kind="organisation", act=name)] == [name]
    assert list(live_faults(city.programme.key)) == []


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("business_id", "0179377-8", "0179377-7"),
        ("ror", "008d1xp69", "008d1xp68"),
        ("lei", "743700EXAMPLE0000043", "743700EXAMPLE0000044"),
        ("pic", "999902104", "99990210"),
    ],
)
def test_an_identifier_has_the_form_and_check_digits_of_its_scheme_names_one_organisation_and_is_the_only_one(
    city: Organisation, scheme: str, right: str, wrong: str
) -> None:
    other = organisation_in(city.programme, "other")
    refused(lambda: state_identifier(by=SYSTEM, organisation=city, scheme=scheme, value=wrong), "bad-identifier")
    state_identifier(by=SYSTEM, organisation=city, scheme=scheme, value=right, evidence={f"identifier.{scheme}": seen()})
    refused(lambda: state_identifier(by=SYSTEM, organisation=city, scheme=scheme, value=right), "identifier-held")
    refused(lambda: state_identifier(by=SYSTEM, organisation=other, scheme=scheme, value=right), "identifier-taken")
    end_identifier(by=SYSTEM, organisation=city, scheme=scheme)
    assert Evidence.objects.get(kind="organisation", key="city", field=f"identifier.{scheme}").mark == Mark.UNKNOWN
    refused(lambda: end_identifier(by=SYSTEM, organisation=city, scheme=scheme), "no-such-identifier", Missing)
    state_identifier(by=SYSTEM, organisation=other, scheme=scheme, value=right)


def test_an_organisation_is_never_above_or_after_itself(city: Organisation) -> None:
    part, smaller = organisation_in(city.programme, "part"), organisation_in(city.programme, "smaller")
    state_parent(by=SYSTEM, organisation=part, parent=city)
    state_parent(by=SYSTEM, organisation=smaller, parent=part)
    refused(lambda: state_parent(by=SYSTEM, organisation=city, parent=smaller), "organisation-in-circle")
    refused(lambda: state_parent(by=SYSTEM, organisation=city, parent=city), "organisation-in-circle")
    state_successor(by=SYSTEM, organisation=city, successor=part)
    refused(lambda: state_successor(by=SYSTEM, organisation=part, successor=city), "organisation-in-circle")
    state_parent(by=SYSTEM, organisation=smaller, parent=None)
    state_parent(by=SYSTEM, organisation=city, parent=smaller)


def test_what_is_invented_is_no_relative_of_what_is_real(city: Organisation) -> None:
    invented = organisation_in(programme_of("harjoitus", is_training=True), "invented")
    refused(lambda: state_parent(by=SYSTEM, organisation=city, parent=invented), "organisation-invented")
    refused(lambda: state_successor(by=SYSTEM, organisation=invented, successor=city), "organisation-invented")


def test_an_organisation_ends_once_and_not_before_it_began(city: Organisation) -> None:
    young = organisation_in(city.programme, "young", valid_from=TODAY)
    refused(lambda: end_organisation(by=SYSTEM, organisation=young, on=date(2020, 1, 1)), "end-before-start")
    assert end_organisation(by=SYSTEM, organisation=young, on=TODAY).valid_to == TODAY
    refused(lambda: end_organisation(by=SYSTEM, organisation=young, on=TODAY), "organisation-ended")


def test_its_kind_is_a_known_one(city: Organisation) -> None:
    refused(lambda: state_kind(by=SYSTEM, organisation=city, kind="circus"), "unknown-organisation-kind")
    assert state_kind(by=SYSTEM, organisation=city, kind=OrganisationKind.COMPANY).kind == "company"
