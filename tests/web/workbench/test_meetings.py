"""Bodies and meetings on the workbench: a meeting from its plan to a closed action point, who sees it, and what is refused where."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.bodies.models import ActionPoint, Meeting, Presence, Recusal
from kumppani.domain.bodies.states import ActionPointStatus, MeetingStatus
from kumppani.domain.journal.models import Event
from kumppani.workflow.action_points import state_action_point
from kumppani.workflow.meetings import close_meeting
from kumppani.workflow.people import admit_person, grant_role
from tests.builders import TODAY, organisation_in, programme_of
from tests.steering import SAID, Group, lay_group
from tests.working import PLACE, sign_in

BODY = f"{PLACE}/work/bodies/city-group/"
MEETING = f"{BODY}meetings/1/"
ITEM = f"{MEETING}items/1/"
PLAN = {"day": "2026-12-08", "starts": "10:00", "ends": "12:00", "place_en": "City hall"}


@pytest.fixture
def group(db: None, noon: None) -> Group:
    return lay_group(programme_of("harjoitus", is_training=True, country="ZZ"))


def send(client: Client, path: str, act: str, **given: Any) -> Any:
    """What is answered to an act's form, opened and sent."""
    page = str(client.get(path).content.decode())
    form = re.search(rf'<input type="hidden" name="act" value="{act}"><input type="hidden" name="attempt" value="([0-9a-f]+)">', page)
    assert form, f"{act} is not offered on {path}"
    return client.post(path, {"act": act, "attempt": form[1], **given})


def done(client: Client, path: str, act: str, **given: Any) -> None:
    answer = send(client, path, act, **given)
    assert answer.status_code == 303, answer.content.decode()


def refused(client: Client, path: str, act: str, sentence: str, **given: Any) -> None:
    before = Event.objects.count()
    answer = send(client, path, act, **given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Event.objects.count() == before


def called(client: Client, concerned: str = "university") -> None:
    sign_in(client, "secretary")
    done(client, BODY, "plan_meeting", **PLAN)
    done(client, f"{MEETING}agenda/", "add_item", title_en="A project", concerned=[concerned])
    done(client, MEETING, "call_meeting")


def test_a_meeting_goes_from_its_plan_to_a_closed_action_point_with_a_recusal(client: Client, group: Group) -> None:
    called(client)
    sign_in(client, "member")
    done(client, ITEM, "declare_recusal", seat="city-group/2", ground="community")
    sign_in(client, "secretary")
    done(client, MEETING, "open_meeting")
    for seat in ("city-group/1", "city-group/2"):
        done(client, MEETING, "note_presence", seat=seat)
    refused(client, ITEM, "resolve_item", "There is no quorum for this item: 1 may decide, 2 are needed.", outcome="decided", wording_en="Yes")
    done(client, MEETING, "note_presence", seat="city-group/3")
    done(client, ITEM, "note_discussion", words_en="Talk")
    done(client, ITEM, "resolve_item", outcome="decided", wording_en="Yes", reasons_en="Good")
    done(client, ITEM, "state_action_point", organisation="university", what_en="Report", due_on="2026-12-31")
    done(client, MEETING, "close_meeting")
    sign_in(client, "chair")
    assert "The holder of seat 2 was out" in client.get(f"{MEETING}minutes/").content.decode()
    done(client, f"{MEETING}minutes/", "approve_minutes")
    sign_in(client, "member")
    done(client, ITEM, "finish-1", word_en="Reported")
    assert Meeting.objects.get().status == MeetingStatus.MINUTES_APPROVED
    assert Recusal.objects.get().is_declared
    assert ActionPoint.objects.get().status == ActionPointStatus.DONE
    page = client.get(ITEM).content.decode()
    assert "Reported" in page
    assert "act" not in re.findall(r'name="(act)"', page)


def test_who_must_leave_and_whom_to_call_stands_there_before_the_meeting(client: Client, group: Group) -> None:
    called(client)
    page = client.get(MEETING).content.decode()
    assert "1 seat must leave" in page
    assert re.search(r"Must leave:.{0,80}University|Must leave:.{0,80}university", page, re.DOTALL)
    assert re.search(r"Call:.{0,40}3\.", page, re.DOTALL)
    assert "Quorum holds" in page


def test_without_enough_members_it_says_for_which_items_there_is_no_quorum(client: Client, group: Group) -> None:
    called(client, "firm")
    page = client.get(MEETING).content.decode()
    assert "Quorum holds" in page
    done(client, MEETING, "open_meeting")
    assert "No quorum" in client.get(MEETING).content.decode()


def test_what_waits_is_put_on_the_agenda(client: Client, group: Group) -> None:
    _first, item = group.opened("chair")
    point = state_action_point(by=SYSTEM, item=item, what=SAID, organisation=group.organisations["university"], due_on=TODAY)
    sign_in(client, "secretary")
    done(client, BODY, "plan_meeting", **PLAN)
    path = f"{BODY}meetings/2/agenda/"
    refused(client, path, "take_up", "Choose what is taken up.")
    done(client, path, "take_up", places=[f"actionpoint:{point.key}"])
    assert "0 matters wait" in client.get(path).content.decode()


def test_a_refusal_stands_at_its_field_and_nothing_has_changed(client: Client, group: Group) -> None:
    sign_in(client, "secretary")
    refused(client, BODY, "plan_meeting", "A meeting ends after it starts.", **PLAN | {"ends": "09:00"})
    refused(client, BODY, "plan_meeting", "at most 20000 fit", **PLAN | {"place_en": "x" * 20_001})
    refused(client, BODY, "plan_meeting", "is not a day", **PLAN | {"day": "2026-02-30"})
    refused(client, BODY, "fill_seat", "Somebody sits in this seat already in that time.", seat="city-group/2", valid_from="2026-06-01")
    page = send(client, BODY, "fill_seat", seat="city-group/2", person="", valid_from="2026-06-01").content.decode()
    assert 'href="#fill_seat-valid_from"' in page
    refused(client, BODY, "establish_seat", "A name is needed in at least one language.", organisation="firm")


def test_a_form_sent_twice_is_taken_once(client: Client, group: Group) -> None:
    called(client)
    done(client, MEETING, "open_meeting")
    sent = {"act": "note_presence", "attempt": "a" * 32, "seat": "city-group/1"}
    assert client.post(MEETING, sent).status_code == 303
    again = client.post(MEETING, {**sent, "seat": "city-group/2"})
    assert again.status_code == 409
    assert Presence.objects.count() == 1


def test_strangers_sign_in_and_others_see_no_such_body(client: Client, group: Group) -> None:
    called(client)
    person = admit_person(by=SYSTEM, key="outsider", name="Outsider Practising", programme=group.body.programme)
    other = organisation_in(group.body.programme, "other-city")
    grant_role(by=SYSTEM, person=person, role="steering-secretary", programme=group.body.programme, organisation=other)
    sign_in(client, "outsider")
    for path in (
        BODY,
        MEETING,
        f"{MEETING}agenda/",
        ITEM,
        f"{MEETING}meeting.ics",
        f"{BODY}meetings/9/",
        f"{BODY}meetings/{10**30}/",
        f"{MEETING}items/{10**30}/",
        f"{MEETING}items/9/",
    ):
        assert client.get(path).status_code == 404
        assert Client().get(path).status_code in {302, 303}
    assert "city-group" not in client.get(f"{PLACE}/work/bodies/").content.decode()


def test_a_member_sees_the_meeting_and_may_do_only_what_is_theirs(client: Client, group: Group) -> None:
    called(client)
    sign_in(client, "member")
    assert not re.findall(r'name="act" value="(\w+)"', client.get(MEETING).content.decode())
    assert re.findall(r'name="act" value="(\w+)"', client.get(ITEM).content.decode()) == ["declare_recusal"]
    answer = client.post(MEETING, {"act": "open_meeting", "attempt": "a" * 32})
    assert answer.status_code == 400
    assert Meeting.objects.get().status == MeetingStatus.CALLED


def test_a_coordinator_reads_the_meetings_of_their_own_organisations_bodies_and_closes_its_action_points(client: Client, group: Group) -> None:
    _meeting, item = group.opened("chair")
    for owner in ("city", "firm"):
        state_action_point(by=SYSTEM, item=item, what=SAID, organisation=group.organisations[owner], due_on=TODAY)
    person = admit_person(by=SYSTEM, key="coordinator", name="Coordinator Practising", programme=group.body.programme)
    grant_role(by=SYSTEM, person=person, role="city-coordinator", programme=group.body.programme, organisation=group.organisations["university"])
    sign_in(client, "coordinator")
    assert re.findall(r'name="act" value="([-\w]+)"', client.get(ITEM).content.decode()) == []
    university = state_action_point(by=SYSTEM, item=item, what=SAID, organisation=group.organisations["university"], due_on=TODAY)
    done(client, ITEM, f"finish-{university.number}", word_en="Done")


def test_a_secretary_establishes_a_body_with_a_seat_and_its_holder(client: Client, group: Group) -> None:
    sign_in(client, "secretary")
    given = {"organisation": "city", "kind": "steering_group", "key": "second", "quorum_rule": "at_least", "name_en": "Second group"}
    refused(client, f"{PLACE}/work/bodies/", "establish_body", "takes a number of seats", **given)
    done(client, f"{PLACE}/work/bodies/", "establish_body", **given, quorum_number=1)
    path = f"{PLACE}/work/bodies/second/"
    done(client, path, "establish_seat", organisation="city", title_en="Chair", is_chair="on", deputy_of="")
    done(client, path, "fill_seat", seat="second/1", person="chair", valid_from="2026-01-01", valid_to="")
    done(client, path, "end_term", term="second/1/2026-01-01", on="2026-12-31")
    assert "Name of chair" in client.get(path).content.decode()


def test_a_meeting_can_be_taken_into_a_calendar(client: Client, group: Group) -> None:
    called(client)
    answer = client.get(f"{MEETING}meeting.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20261208T080000Z" in answer.content


def test_minutes_are_there_once_the_meeting_is_held_and_offered_for_approval_to_its_members_alone(
    client: Client, group: Group, django_assert_num_queries: Any
) -> None:
    meeting, _item = group.opened("chair", "member")
    sign_in(client, "secretary")
    path = f"{MEETING}minutes/"
    assert client.get(path).status_code == 404
    close_meeting(by=group.secretary, meeting=meeting)
    assert 'value="approve_minutes"' not in client.get(path).content.decode()
    assert "minutes/" in client.get(MEETING).content.decode()
    sign_in(client, "chair")
    with django_assert_num_queries(12):
        page = client.get(path).content.decode()
    assert "Nothing was resolved." in page
    done(client, path, "approve_minutes")
    assert Meeting.objects.get().minutes_digest in client.get(path).content.decode()


@pytest.mark.parametrize(("path", "queries"), [(f"{PLACE}/work/bodies/", 8), (BODY, 15), (MEETING, 15), (f"{MEETING}agenda/", 12), (ITEM, 15)])
def test_prices_are_pinned(client: Client, group: Group, django_assert_num_queries: Any, path: str, queries: int) -> None:
    sign_in(client, "secretary")
    done(client, BODY, "plan_meeting", **PLAN)
    for number in range(3):
        done(client, f"{MEETING}agenda/", "add_item", title_en=f"A project {number}", concerned=["university", "firm"])
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)
