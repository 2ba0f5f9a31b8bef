"""An agenda made from live data, and its papers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.matters import matters_of
from kumppani.domain.agreements.models import Agreement, Commitment
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.bodies.models import Body, Meeting
from kumppani.domain.bodies.rules import BodyKind, QuorumRule
from kumppani.domain.documents.models import File
from kumppani.kernel.text import Text
from kumppani.workflow import guard
from kumppani.workflow.action_points import finish_action_point, state_action_point
from kumppani.workflow.agendas import About, add_item, attach_paper, call_meeting, take_up
from kumppani.workflow.bodies import establish_body
from kumppani.workflow.changes_asked import decide_change
from kumppani.workflow.meetings import open_meeting, plan_meeting
from tests.builders import NOON, TODAY, commitment_in, programme_of
from tests.workflow.test_changes_asked import ask
from tests.workflow.test_negotiation import Table, lay_table, refused

TITLE = Text(fi="Asia", en="A matter")


@pytest.fixture
def table(db: None, noon: None) -> Table:
    found = lay_table()
    commitment_in(CommitmentState.LATE, Agreement.objects.get(), 1, found.ministry, found.city)
    return found


def body_of(table: Table) -> Body:
    return establish_body(
        by=SYSTEM,
        programme=table.programme,
        key="city-group",
        kind=BodyKind.STEERING_GROUP,
        organisation=table.city,
        name=TITLE,
        quorum_rule=QuorumRule.MORE_THAN_HALF,
    )


def planned(body: Body) -> Meeting:
    return plan_meeting(by=SYSTEM, body=body, starts_at=NOON, ends_at=NOON + timedelta(hours=1))


def waiting(body: Body) -> list[str]:
    return [matter.place for matter in matters_of(body, TODAY)]


def test_an_agenda_is_made_of_what_waits_for_the_body(table: Table) -> None:
    body, promise = body_of(table), Commitment.objects.get()
    asked = ask(table.person("ministry"))
    late, change = f"commitment:{promise.key}", f"changerequest:{asked.key}"
    assert waiting(body) == [late, change]
    meeting = planned(body)
    refused(lambda: take_up(by=SYSTEM, meeting=meeting, places=[]), "nothing-taken-up")
    items = take_up(by=SYSTEM, meeting=meeting, places=[change, late])
    assert [(item.about_kind, item.title) for item in items] == [("commitment", promise.subject), ("changerequest", promise.subject)]
    assert {organisation.key for item in items for organisation in item.organisations.all()} == {table.ministry.key}
    assert not any(item.is_public for item in items)
    assert take_up(by=SYSTEM, meeting=meeting, places=[late]) == []


def test_a_version_waits_for_the_body_of_a_party_until_that_party_has_approved_it(table: Table) -> None:
    body = body_of(table)
    version = table.proposed()
    place = f"version:{version.key}"
    assert place in waiting(body)
    table.approve(version, "city")
    assert place not in waiting(body)


def test_what_waits_no_longer_is_not_taken_up(table: Table) -> None:
    body = body_of(table)
    asked = ask(table.person("ministry"))
    decide_change(by=table.person("city"), request=asked, accept=False, reason="Ei.")
    assert f"changerequest:{asked.key}" not in waiting(body)
    meeting = planned(body)
    refused(lambda: take_up(by=SYSTEM, meeting=meeting, places=[f"changerequest:{asked.key}"]), "matter-gone")


def test_a_promise_not_yet_due_waits_for_nobody_nor_one_of_strangers(table: Table) -> None:
    commitment_in(CommitmentState.OWED, Agreement.objects.get(), 2, table.ministry, table.city)
    body = body_of(table)
    assert waiting(body) == [f"commitment:{Commitment.objects.get(number=1).key}"]
    stranger = establish_body(
        by=SYSTEM,
        programme=table.programme,
        key="stranger-group",
        kind=BodyKind.STEERING_GROUP,
        organisation=table.other,
        name=TITLE,
        quorum_rule=QuorumRule.MORE_THAN_HALF,
    )
    assert waiting(stranger) == []


def test_an_open_action_point_waits_until_it_is_closed(table: Table) -> None:
    body = body_of(table)
    meeting = planned(body)
    item = add_item(by=SYSTEM, meeting=meeting, title=TITLE)
    call_meeting(by=SYSTEM, meeting=meeting)
    open_meeting(by=SYSTEM, meeting=meeting)
    point = state_action_point(by=SYSTEM, item=item, what=TITLE, organisation=table.city, due_on=date(2027, 1, 1))
    assert waiting(body)[-1] == f"actionpoint:{point.key}"
    later = planned(body)
    take_up(by=SYSTEM, meeting=later, places=[f"actionpoint:{point.key}"])
    call_meeting(by=SYSTEM, meeting=later)
    assert later.items.count() == 1
    finish_action_point(by=SYSTEM, point=point, word=TITLE)
    assert f"actionpoint:{point.key}" not in waiting(body)


def test_a_paper_is_a_file_or_an_address(table: Table) -> None:
    meeting = planned(body_of(table))
    item = add_item(by=SYSTEM, meeting=meeting, title=TITLE, about=About("measure", "m-1"))
    refused(lambda: attach_paper(by=SYSTEM, item=item, title=TITLE), "paper-nowhere")
    for bad in ("ftp://example.org/x", "javascript:alert(1)", "https://example.org/" + "x" * 500, "https://example.org/\n"):
        refused(lambda bad=bad: attach_paper(by=SYSTEM, item=item, title=TITLE, address=bad), "paper-address")  # type: ignore[misc] bound in the loop
    assert attach_paper(by=SYSTEM, item=item, title=TITLE, address="https://example.org/plan.pdf").number == 1
    with guard.writing():
        file = File.objects.create(programme=programme_of("other"), digest="0" * 64, size=1, media_type="text/plain", name="a", language="fi")
    refused(lambda: attach_paper(by=SYSTEM, item=item, title=TITLE, file=file), "file-of-another-programme")
    refused(lambda: attach_paper(by=SYSTEM, item=item, title=TITLE, file=file, address="https://example.org/"), "paper-nowhere")
