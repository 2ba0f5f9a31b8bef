"""The calendar feed of due dates: whoever has its secret address reads it, nobody else, and a new address makes the old one useless."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import viewer_of
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.journal.models import Event
from kumppani.domain.notices.models import Recipient
from kumppani.domain.parties.models import Person
from kumppani.kernel.errors import NotAllowed
from kumppani.workflow.agendas import call_meeting
from kumppani.workflow.notices import renew_feed
from tests.builders import commitment_in, published_agreement
from tests.steering import lay_group
from tests.working import PLACE, Office, open_office, sign_in

PAGE = f"{PLACE}/work/preferences/"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    found = open_office()
    version = published_agreement(found.programme, "harjoitus-01", 1, found.ministry, found.city, found.draft.agreement.municipalities.get())
    commitment_in(CommitmentState.LATE, version.agreement, 1, found.ministry, found.city)
    return found


def renewed(client: Client) -> str:
    """The address of the feed as the page shows it, once."""
    attempt = re.search(r'value="renew_feed"><input type="hidden" name="attempt" value="([0-9a-f]+)"', client.get(PAGE).content.decode())
    assert attempt
    assert client.post(PAGE, {"act": "renew_feed", "attempt": attempt[1]}).status_code == 303
    shown = re.search(r"<code>http://127.0.0.1:8000([^<]+)</code>", client.get(PAGE).content.decode())
    assert shown
    assert shown[1] not in client.get(PAGE).content.decode()
    return shown[1]


def events(answer: Any) -> list[dict[str, str]]:
    """Read as RFC 5545 says: folded lines joined, each event its properties without their parameters."""
    text = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name.partition(";")[0]] = value
    return found


def test_what_is_due_stands_in_it_with_its_day_and_where_it_is_dealt_with(client: Client, office: Office) -> None:
    sign_in(client, "official")
    path = renewed(client)
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "text/calendar; charset=utf-8", "no-store")
    (due,) = events(answer)
    day = office.programme.agreements.get(key="harjoitus-01").commitments.get().due_on
    assert (due["DTSTART"], due["SUMMARY"]) == (f"{day:%Y%m%d}", "Subject 1: Promise of your organisation")
    assert due["URL"] == f"http://127.0.0.1:8000{PLACE}/work/agreements/harjoitus-01/commitments/1/"
    again = events(Client().get(path))
    assert again[0]["UID"] == due["UID"]


def test_a_meeting_stands_in_it_with_its_hours(client: Client, db: None, noon: None) -> None:
    group = lay_group()
    meeting, _item = group.planned()
    call_meeting(by=group.secretary, meeting=meeting)
    secret = renew_feed(by=group.chair, person=group.people["chair"])
    (held,) = events(client.get(f"/en/p/fi-2021/calendar/{secret}/dates.ics", follow=True))
    assert (held["DTSTART"], held["DTEND"]) == (f"{meeting.starts_at:%Y%m%dT%H%M%SZ}", f"{meeting.ends_at:%Y%m%dT%H%M%SZ}")


def test_a_new_address_makes_the_old_one_useless_and_a_guessed_one_leads_nowhere(client: Client, office: Office) -> None:
    sign_in(client, "official")
    old, new = renewed(client), renewed(client)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    for guessed in ("x", Recipient.objects.get().feed):
        assert Client().get(f"{PLACE}/calendar/{guessed}/dates.ics").status_code == 404


def test_the_secret_is_kept_nowhere_and_nobody_renews_anothers(client: Client, office: Office) -> None:
    official = Person.objects.get(key="official")
    secret = renew_feed(by=viewer_of(official), person=official)
    assert secret not in str(Recipient.objects.values())
    assert not any(secret in text or Recipient.objects.get().feed in text for text in Event.objects.values_list("text", flat=True))
    with pytest.raises(NotAllowed):
        renew_feed(by=office.people["coordinator"], person=official)
