"""The journal read by who audits: every event with old and new values, narrowed, page by page; and by nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.access.auditing import PIECE
from kumppani.access.viewer import SYSTEM, viewer_of
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Person
from kumppani.kernel.text import Text
from kumppani.workflow.drafting import edit_clause
from kumppani.workflow.notices import set_notices
from kumppani.workflow.people import admit_person, grant_role
from tests.working import Office, open_office, sign_in

PAGE = "/en/p/harjoitus/work/journal/"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    office = open_office()
    auditor = admit_person(by=SYSTEM, key="inspector", name="Ines Practising", programme=office.programme)
    grant_role(by=SYSTEM, person=auditor, role="auditor", programme=office.programme)
    return office


def shown(client: Client, **asked: Any) -> list[int]:
    """Numbers of the events on the page."""
    answer = client.get(PAGE, asked)
    assert answer.status_code == 200
    return [int(number) for number in re.findall(r'id="event-(\d+)"', answer.content.decode())]


@pytest.mark.parametrize("persona", ["official", "coordinator", "neighbour"])
def test_who_does_not_audit_is_refused_and_sees_no_way_there(client: Client, office: Office, persona: str) -> None:
    sign_in(client, persona)
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/en/p/harjoitus/work/").content.decode()


def test_an_auditor_of_one_programme_reads_no_other(client: Client, office: Office) -> None:
    sign_in(client, "inspector")
    assert PAGE in client.get("/en/p/harjoitus/work/").content.decode()
    assert set(shown(client)) <= set(Event.objects.filter(chain="harjoitus").values_list("number", flat=True))
    assert client.get("/en/work/journal/").status_code in {302, 403, 404}


def test_all_events_are_reached_page_by_page_each_once(client: Client, office: Office, django_assert_num_queries: Any) -> None:
    for turn in range(PIECE + 3):
        edit_clause(
            by=office.people["official"], version=office.draft, code=f"c{turn}", number=turn + 2, heading=Text(fi="Otsikko"), body=Text(fi="Sanat")
        )
    sign_in(client, "inspector")
    seen, asked = list[int](), dict[str, Any]()
    while True:
        numbers = shown(client, **asked)
        seen += numbers
        more = re.search(r'href="\?before=(\d+)"', client.get(PAGE, asked).content.decode())
        if not more:
            break
        asked = {"before": more[1]}
    assert seen == list(Event.objects.filter(chain="harjoitus").order_by("-number").values_list("number", flat=True))
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)


def test_events_are_narrowed_by_kind_object_whole_act_person_and_day(client: Client, office: Office) -> None:
    sign_in(client, "inspector")
    chain = Event.objects.filter(chain="harjoitus").order_by("-number")
    for asked, slow in (
        ({"kind": "clause"}, [one.number for one in chain if one.kind == "clause"]),
        ({"key": "harjoitus-05"}, [one.number for one in chain if "harjoitus-05" in {one.key, one.root}]),
        ({"act": "grant role"}, [one.number for one in chain if one.act == "grant_role"]),
        ({"act": "grant_role"}, [one.number for one in chain if one.act == "grant_role"]),
        ({"actor": "official"}, [one.number for one in chain if one.actor == "official"]),
        ({"since": "24.11.2026", "until": "2026-11-24"}, [one.number for one in chain]),
        ({"until": "2026-11-23"}, []),
        ({"actor": "nobody"}, []),
    ):
        assert shown(client, **asked) == slow[:PIECE]
        assert slow or asked in ({"until": "2026-11-23"}, {"actor": "nobody"})


def test_an_act_is_told_in_the_readers_language_and_leads_to_its_like(client: Client, office: Office) -> None:
    sign_in(client, "inspector")
    page = client.get(PAGE.replace("/en/", "/sv/")).content.decode()
    assert '<a href="?act=grant_role">ge en roll</a>' in page
    assert "grant role" not in page


def test_a_field_stands_with_what_it_said_before_and_after_and_what_is_personal_does_not(client: Client, office: Office) -> None:
    said = Text(fi="Uudet sanat", en="<b>New</b>")
    edit_clause(by=office.people["official"], version=office.draft, code="new", number=2, heading=Text(fi="Otsikko"), body=said)
    person = Person.objects.get(key="official")
    set_notices(by=viewer_of(person), person=person, email="secret@ministry.example", language="fi", how={})
    sign_in(client, "inspector")
    page = client.get(PAGE).content.decode()
    assert "Uudet sanat" in page
    assert "&lt;b&gt;New&lt;/b&gt;" in page
    assert "secret@" not in page
    assert person.name not in page


@pytest.mark.parametrize(
    "asked", [{"kind": "nothing"}, {"key": "x" * 221}, {"before": "-1"}, {"before": "9" * 16}, {"since": "31.2.2026"}, {"actor": "a\0b"}]
)
def test_what_cannot_be_looked_for_is_refused_with_a_sentence(client: Client, office: Office, asked: dict[str, str]) -> None:
    sign_in(client, "inspector")
    assert client.get(PAGE, asked).status_code == 400
