"""Ecosystems: who may tend them, what is refused, and what stands behind each tie."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import Agreement
from kumppani.domain.ecosystems.models import EcosystemMember
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.parties.roles import STANDARD_ROLES
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow.ecosystems import establish_ecosystem, join_ecosystem, leave_ecosystem, state_ecosystem_priority
from tests.builders import TODAY, seen, unknown
from tests.universe import Universe
from tests.workflow.test_acts import refused


def joined(universe: Universe, **more: Any) -> EcosystemMember:
    given: dict[str, Any] = {"organisation": universe.organisations.city_south, "tie": "event", "valid_from": TODAY}
    return join_ecosystem(**{"by": SYSTEM, "ecosystem": universe.ecosystem, **given, **more})


def test_a_tie_has_its_kind_its_days_and_its_source_and_the_journal_tells_it_under_the_agreement(universe: Universe) -> None:
    member = joined(universe, evidence={"tie": seen()})
    evidence = Evidence.objects.get(kind="ecosystem_member", key=member.key, field="tie")
    assert (member.key, evidence.root, evidence.mark, evidence.source.key if evidence.source else None) == (
        "north-batteries/4",
        universe.north.key,
        "seen",
        "release",
    )
    event = Event.objects.get(act="join_ecosystem", key=member.key)
    assert (event.kind, event.root) == ("ecosystemmember", universe.north.key)


def test_a_tie_without_any_evidence_is_refused(universe: Universe) -> None:
    refused(lambda: joined(universe, evidence={"tie": unknown()}), "evidence-contradicts-value")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"tie": "friendship"}, "unknown-tie"),
        ({"valid_to": TODAY - timedelta(days=1)}, "end-before-start"),
    ],
)
def test_what_is_no_tie_is_refused(universe: Universe, given: dict[str, Any], code: str) -> None:
    refused(lambda: joined(universe, **given), code)


def test_a_second_tie_of_the_kind_begins_after_the_first_has_ended_and_not_before(universe: Universe) -> None:
    first = joined(universe)
    refused(lambda: joined(universe, valid_from=TODAY + timedelta(days=30)), "joined-already")
    refused(lambda: joined(universe, valid_from=TODAY - timedelta(days=30)), "joined-already")
    joined(universe, tie="contract")
    leave_ecosystem(by=SYSTEM, member=first, on=TODAY + timedelta(days=29))
    assert joined(universe, valid_from=TODAY + timedelta(days=30)).number == 6


def test_a_tie_ends_no_earlier_than_it_began_and_its_end_is_never_moved_away(universe: Universe) -> None:
    member = joined(universe)
    refused(lambda: leave_ecosystem(by=SYSTEM, member=member, on=TODAY - timedelta(days=1)), "end-before-start")
    leave_ecosystem(by=SYSTEM, member=member, on=TODAY + timedelta(days=10))
    refused(lambda: leave_ecosystem(by=SYSTEM, member=member, on=TODAY + timedelta(days=11)), "left-already")
    assert leave_ecosystem(by=SYSTEM, member=member, on=TODAY).valid_to == TODAY


def test_it_serves_priorities_of_its_own_agreement_each_once(universe: Universe) -> None:
    serve = lambda priority: state_ecosystem_priority(by=SYSTEM, ecosystem=universe.ecosystem, priority=priority)  # noqa: E731 one line says it
    refused(lambda: serve(universe.south.priorities.get()), "priority-of-another-agreement")
    refused(lambda: serve(universe.priorities[0]), "served-already")
    serve(universe.priorities[1])


def test_a_key_is_used_once_and_a_name_is_needed(universe: Universe) -> None:
    def establish(key: str, name: Text) -> None:
        establish_ecosystem(by=SYSTEM, agreement=universe.south, key=key, name=name, orchestrator=universe.organisations.university)

    refused(lambda: establish("north-batteries", Text(fi="Toinen")), "ecosystem-exists")
    with pytest.raises(RuleBroken):
        establish("another", Text())


def city_coordinator(organisation: str) -> Viewer:
    role = STANDARD_ROLES["city-coordinator"]
    assert role.reach is Reach.ORGANISATION
    return Viewer("one", (Grant("fi-2021", role.permissions, organisation, role.reach),))


def established(by: Viewer, agreement: Agreement, universe: Universe) -> None:
    establish_ecosystem(by=by, agreement=agreement, key="new", name=Text(fi="Uusi"), orchestrator=universe.organisations.university)


def test_a_city_coordinator_tends_those_of_agreements_the_city_is_party_to(universe: Universe) -> None:
    by = city_coordinator("city-south")
    with pytest.raises(NotAllowed):
        established(by, universe.north, universe)
    with pytest.raises(NotAllowed):
        joined(universe, by=by)
    established(by, universe.south, universe)


def test_the_national_coordinator_tends_all_and_an_official_none(universe: Universe) -> None:
    national = Viewer("national", (Grant("fi-2021", STANDARD_ROLES["national-coordinator"].permissions),))
    established(national, universe.south, universe)
    official = Viewer("official", (Grant("fi-2021", STANDARD_ROLES["ministry-official"].permissions),))
    refused(lambda: joined(universe, by=official), "not-permitted", NotAllowed)
    assert Permission.ESTABLISH_ECOSYSTEM not in STANDARD_ROLES["ministry-official"].permissions


def test_days_of_a_tie_are_whole_days(universe: Universe) -> None:
    member = joined(universe, valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 31))
    assert [day in member.period for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))] == [False, True, True, False]
