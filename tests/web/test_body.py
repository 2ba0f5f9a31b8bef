"""The public part of a body's meetings: public items, what was resolved once it is final, nobody's name, and a calendar."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.bodies.models import Body, Item, Meeting, Seat
from kumppani.domain.bodies.rules import Outcome
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.workflow.action_points import state_action_point
from kumppani.workflow.agendas import About, add_item, attach_paper, call_meeting
from kumppani.workflow.bodies import state_disqualification
from kumppani.workflow.meetings import (
    approve_minutes,
    cancel_meeting,
    close_meeting,
    note_discussion,
    note_presence,
    note_recusal,
    open_meeting,
    resolve_item,
)
from kumppani.workflow.publishing import withdraw
from tests.builders import NOON, TODAY
from tests.steering import body_in, called_in, planned_in
from tests.universe import Universe, build_universe

PAGE = "/fi/bodies/north-group/"
NOTHING = About()


@pytest.fixture
def universe(db: None) -> Iterator[Universe]:
    with clock.stopped_at(NOON):
        yield build_universe()


@pytest.fixture
def body(universe: Universe) -> Body:
    return body_in(universe)


def held(body: Body, title: str, about: About = NOTHING, *, is_public: bool = True) -> tuple[Meeting, Item]:
    """A meeting that is under way, with one resolved item and much that is nobody else's business."""
    meeting = planned_in(body)
    item = add_item(by=SYSTEM, meeting=meeting, title=Text(fi=title), about=about, is_public=is_public)
    attach_paper(by=SYSTEM, item=item, title=Text(fi="Salainen liite"), address="https://example.org/")
    call_meeting(by=SYSTEM, meeting=meeting)
    open_meeting(by=SYSTEM, meeting=meeting)
    first, second = Seat.objects.filter(body=body).order_by("number")
    note_presence(by=SYSTEM, meeting=meeting, seat=first)
    ground = state_disqualification(
        by=SYSTEM, programme=body.programme, body_kind=body.kind, key="interest", wording=Text(fi="intressijäävi"), law=""
    )
    note_recusal(by=SYSTEM, item=item, seat=second, ground=ground)
    note_discussion(by=SYSTEM, item=item, words=Text(fi="Keskustelu suljetuin ovin"))
    resolve_item(by=SYSTEM, item=item, outcome=Outcome.DECIDED, wording=Text(fi="Hyväksyttiin hanke"), reasons=Text(fi="Hyvä hanke"))
    state_action_point(by=SYSTEM, item=item, what=Text(fi="Tehtävä sisäpiirille"), organisation=body.organisation, due_on=TODAY)
    return meeting, item


def finished(meeting: Meeting) -> None:
    close_meeting(by=SYSTEM, meeting=meeting)
    approve_minutes(by=Viewer("sitting-a", (Grant(None, frozenset({Permission.APPROVE_MINUTES})),)), meeting=meeting)


def read(client: Client, path: str = PAGE) -> str:
    # Within the one transaction of a test, PostgreSQL cannot tell that something was written.
    PAGES.forget()
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_body_without_a_called_meeting_has_no_page(body: Body, client: Client) -> None:
    planned_in(body)
    assert client.get(PAGE).status_code == 404
    assert "north-group" not in read(client, "/fi/agreements/fi-2021-01/")


def test_what_is_resolved_is_told_when_the_minutes_are_approved(body: Body, client: Client) -> None:
    meeting, _item = held(body, "Hankesuunnitelma")
    before = read(client)
    assert "Hankesuunnitelma" in before
    assert "Hyväksyttiin hanke" not in before
    finished(meeting)
    after = read(client)
    assert "Hyväksyttiin hanke" in after
    assert "Hyvä hanke" in after


def test_nothing_else_of_a_meeting_is_told_and_nobodys_name(body: Body, client: Client) -> None:
    meeting, _item = held(body, "Hankesuunnitelma")
    finished(meeting)
    told = read(client) + read(client, f"{PAGE}meetings.ics")
    for kept in ("Salainen liite", "suljetuin ovin", "sisäpiirille", "intressijäävi", "Nimi sitting", "sitting-a"):
        assert kept not in told
    assert "Pohjolan yliopisto" in told


def test_an_item_that_is_not_public_leaves_only_its_number(body: Body, client: Client) -> None:
    meeting, _item = held(body, "Luottamuksellinen asia", is_public=False)
    finished(meeting)
    told = read(client)
    assert "Luottamuksellinen" not in told
    assert "Hyväksyttiin hanke" not in told


def test_an_item_about_what_is_withdrawn_goes_with_it(universe: Universe, body: Body, client: Client) -> None:
    held(body, "Eteläinen asia", About("agreement", universe.south.key))
    assert "Eteläinen asia" in read(client)
    withdraw(by=SYSTEM, publication=universe.south.versions.get().publication, reason=Text(fi="Virhe"))
    assert "Eteläinen asia" not in read(client)


def test_the_agreement_leads_to_its_bodies_and_the_page_to_what_an_item_is_about(universe: Universe, body: Body, client: Client) -> None:
    held(body, "Lupaus", About("commitment", "fi-2021-01-c1"))
    assert PAGE in read(client, "/fi/agreements/fi-2021-01/")
    assert PAGE not in read(client, "/fi/agreements/fi-2021-02/")
    assert "/fi/commitments/fi-2021-01-c1/" in read(client)
    for language in ("sv", "en"):
        assert read(client, f"/{language}/bodies/north-group/")


def test_a_calendar_has_the_called_and_the_cancelled(body: Body, client: Client) -> None:
    held(body, "Asia")
    second = planned_in(body)
    add_item(by=SYSTEM, meeting=second, title=Text(fi="Toinen"))
    call_meeting(by=SYSTEM, meeting=second)
    cancel_meeting(by=SYSTEM, meeting=second, reason=Text(fi="Ei asioita"))
    planned_in(body)
    response = client.get(f"{PAGE}meetings.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("STATUS")] == ["STATUS:CANCELLED", "STATUS:CONFIRMED"]
    assert "DTSTART:20261208T080000Z" in lines
    assert "Ei asioita" in read(client)


def test_its_price_is_pinned_however_many_meetings(body: Body, client: Client, django_assert_num_queries: object) -> None:
    meeting, _item = held(body, "Asia", About("commitment", "fi-2021-01-c1"))
    finished(meeting)
    for _more in range(3):
        called_in(body)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator] pytest-django's fixture has no public type
        client.get(PAGE)


QUERIES = 9
