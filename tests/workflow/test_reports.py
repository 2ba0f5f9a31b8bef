"""How a promise and a measure stand is said by those whose word it is, with what it rests on; contact points are addresses of roles."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import Commitment, ContactPoint, Measure
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side, is_stale_on
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.errors import NotAllowed, Refusal, RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.reports import report_commitment, report_measure
from tests.builders import TODAY, commitment_in, seen
from tests.universe import Universe

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def acting_for(organisation: Organisation, reach: Reach = Reach.ORGANISATION) -> Viewer:
    return Viewer(f"person-{organisation.key}", (Grant("fi-2021", frozenset(Permission), organisation.key, reach),))


def refused(act: Callable[[], Any], code: str, kind: type[Refusal] = RuleBroken) -> None:
    before = (Event.objects.count(), Evidence.objects.count())
    with pytest.raises(kind) as refusal:
        act()
    assert refusal.value.code == code
    assert (Event.objects.count(), Evidence.objects.count()) == before


@pytest.fixture
def promise(universe: Universe) -> Commitment:
    """The state's promise to the city."""
    return commitment_in(CommitmentState.LATE, universe.north, 70, universe.organisations.ministry, universe.organisations.city_north)


def report(promise: Commitment, by: Viewer = SYSTEM, **days: Any) -> Commitment:
    return report_commitment(by=by, commitment=Commitment.objects.get(pk=promise.pk), **days)


def test_a_promise_is_reported_kept_with_its_evidence(promise: Commitment) -> None:
    assert promise.side == Side.STATE
    report(promise, fulfilled_on=YESTERDAY, evidence=seen())
    promise.refresh_from_db()
    assert promise.fulfilled_on == YESTERDAY
    proof = Evidence.objects.get(kind="commitment", key=promise.key, field="fulfilled_on")
    assert (proof.mark, proof.source.key if proof.source else "") == (Mark.SEEN, "release")
    assert Event.objects.filter(act="report_commitment", key=promise.key).count() == 1


def test_the_side_that_promised_says_kept_and_the_side_that_was_promised_says_released(universe: Universe, promise: Commitment) -> None:
    state, city = universe.organisations.ministry, universe.organisations.city_north
    for reach in Reach:
        refused(lambda reach=reach: report(promise, acting_for(city, reach), fulfilled_on=TODAY), "not-your-promise", NotAllowed)
        refused(lambda reach=reach: report(promise, acting_for(state, reach), released_on=TODAY), "not-your-promise", NotAllowed)
    assert report(promise, acting_for(state), fulfilled_on=TODAY).fulfilled_on == TODAY
    assert report(promise, acting_for(city)).fulfilled_on is None
    assert report(promise, acting_for(city), released_on=TODAY).released_on == TODAY


def test_nothing_is_reported_that_has_not_happened_or_contradicts_itself(promise: Commitment) -> None:
    refused(lambda: report(promise, fulfilled_on=TOMORROW), "not-happened-yet")
    refused(lambda: report(promise, fulfilled_on=TODAY, released_on=TODAY), "fulfilled-and-released")
    refused(lambda: report(promise, fulfilled_on=promise.promised_on - timedelta(days=1)), "end-before-start")


def test_what_stands_already_leaves_no_event(promise: Commitment) -> None:
    report(promise, fulfilled_on=TODAY)
    before = Event.objects.count()
    report(promise, fulfilled_on=TODAY)
    assert Event.objects.count() == before


def progress(measure: Measure, by: Viewer = SYSTEM, **more: Any) -> Measure:
    given: dict[str, Any] = {"reported_on": TODAY, "progress": Text(fi="Etenee", sv="Framskrider")}
    return report_measure(by=by, measure=Measure.objects.get(pk=measure.pk), **given | more)


def test_a_measure_is_reported_on_in_words_and_may_be_completed(universe: Universe) -> None:
    late = progress(universe.measures[MeasureState.LATE])
    assert (late.progress["sv"], late.reported_on, is_stale_on(late, TODAY)) == ("Framskrider", TODAY, False)
    assert progress(late, completed_on=YESTERDAY).completed_on == YESTERDAY
    assert Event.objects.filter(act="report_measure", key=late.key).count() == 2


def test_a_report_is_of_today_or_earlier_and_never_of_before_the_last_one(universe: Universe) -> None:
    late = universe.measures[MeasureState.LATE]
    refused(lambda: progress(late, reported_on=TOMORROW), "report-of-tomorrow")
    refused(lambda: progress(late, reported_on=late.stated_on - timedelta(days=1)), "report-overtaken")
    progress(late)
    refused(lambda: progress(late, reported_on=YESTERDAY), "report-overtaken")
    refused(lambda: progress(late, completed_on=TOMORROW), "not-happened-yet")
    refused(lambda: progress(late, completed_on=TODAY, dropped_on=TODAY), "completed-and-dropped")


def test_another_citys_people_report_nothing_here(universe: Universe) -> None:
    refused(lambda: progress(universe.measures[MeasureState.LATE], acting_for(universe.organisations.city_south)), "not-permitted", NotAllowed)


def contact(universe: Universe, **more: Any) -> ContactPoint:
    given: dict[str, Any] = {"role": Text(fi="Kirjaamo"), "address": "kirjaamo@kaupunki.example", "valid_from": TODAY}
    return state_contact_point(by=SYSTEM, agreement=universe.north, organisation=universe.organisations.city_north, **given | more)


def test_a_contact_point_is_the_address_of_a_role(universe: Universe) -> None:
    assert [contact(universe).key, contact(universe).key] == [f"{universe.north.key}/contact/2", f"{universe.north.key}/contact/3"]
    for address in ("", "+358 40 123 4567", "kirjaamo", "a@b", "a b@kaupunki.example", "<a@kaupunki.example>", "a@kaupunki.example" * 20):
        refused(lambda address=address: contact(universe, address=address), "no-role-address")
    refused(lambda: contact(universe, role=Text()), "name-missing")
    refused(lambda: contact(universe, valid_to=date(2020, 1, 1)), "end-before-start")
