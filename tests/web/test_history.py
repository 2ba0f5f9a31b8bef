"""What became of a thing, and what was known of it at a moment: only open fields of open things, in the reader's language, at a fixed price."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kumppani.access import history
from kumppani.access.fields import FIELDS, Kind
from kumppani.access.journalled import JOURNALLED, Recorded
from kumppani.access.kept import PAGES
from kumppani.access.told import LEFT_OUT, LEFT_OUT_OF, TOLD
from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.journal.models import Event
from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.workflow.agendas import add_item, call_meeting
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.drafting import edit_clause, edit_terms
from kumppani.workflow.negotiation import agree, bring_into_force, propose, send_back
from kumppani.workflow.organisations import rename_organisation
from kumppani.workflow.publishing import publish, withdraw
from kumppani.workflow.reports import report_commitment, report_measure
from kumppani.workflow.seen import seen_of
from tests.builders import ENDS, NOON, TODAY, marked, priority_of
from tests.steering import body_in, planned_in
from tests.universe import Universe
from tests.web.reading import get, words
from tests.workflow.test_negotiation import lay_table

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
"""14:30 in the programme's own time."""


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.forget()


def correct(universe: Universe, field: str, value: object) -> None:
    late = universe.commitments[CommitmentState.LATE]
    with clock.stopped_at(LATER):
        correct_fact(
            by=universe.cast.corrector,
            programme=universe.programme,
            kind="commitment",
            key=late.key,
            field=field,
            value=value,
            cited=marked(Mark.ENTERED),
        )


def told(client: Client, path: str) -> str:
    return words(get(client, path))


def test_every_open_field_is_told_or_left_out_on_purpose() -> None:
    for kind, one in TOLD.items():
        open_fields = {name for name, field in FIELDS[one.label].items() if field is Kind.OPEN}
        columns = set(one.fields) & open_fields
        how = JOURNALLED[one.label]
        parts = {part.name for part in how.parts} if isinstance(how, Recorded) else set()
        assert set(one.fields) - columns <= parts, kind
        assert open_fields - columns <= LEFT_OUT | LEFT_OUT_OF.get(kind, frozenset()), kind
        assert apps.get_model(one.label)._meta.model_name == kind


def test_a_correction_is_told_with_its_old_and_its_new_value(universe: Universe, client: Client) -> None:
    late = universe.commitments[CommitmentState.LATE]
    before = late.due_on
    assert before is not None
    correct(universe, "due_on", TODAY)
    for path in (f"/fi/history/commitment/{late.key}/", f"/fi/history/agreement/{universe.north.key}/"):
        text = told(client, path)
        assert "24.11.2026 14:30" in text
        assert f"{before.day}.{before.month}.{before.year}" in text
        assert "24.11.2026" in text
    assert "24 November 2026 14:30" in told(client, f"/en/history/commitment/{late.key}/")


def test_words_are_told_language_by_language(universe: Universe, client: Client) -> None:
    late = universe.commitments[CommitmentState.LATE]
    correct(universe, "promise.sv", "Ett nytt löfte")
    html = get(client, f"/en/history/commitment/{late.key}/").content.decode()
    assert "Promise, in Swedish" in html
    assert '<span lang="sv">Ett nytt löfte</span>' in html
    assert "Promise, in Finnish" not in html.partition("24 November 2026 14:30")[2].partition("</article>")[0]


def test_what_a_person_did_before_the_publication_is_told_without_values(universe: Universe, client: Client) -> None:
    correct_fact(
        by=universe.cast.corrector,
        programme=universe.programme,
        kind="agreement",
        key=universe.unpublished.key,
        field="name.fi",
        value="Salainen vaihe",
        cited=marked(Mark.ENTERED),
    )
    correct_fact(
        by=universe.cast.corrector,
        programme=universe.programme,
        kind="agreement",
        key=universe.unpublished.key,
        field="name.fi",
        value="Julkinen nimi",
        cited=marked(Mark.ENTERED),
    )
    path = f"/fi/history/agreement/{universe.unpublished.key}/"
    assert client.get(path).status_code == 404

    publish(by=SYSTEM, version=universe.unpublished.versions.get())
    text = told(client, path)
    assert "Julkinen nimi" in text
    assert "Salainen vaihe" not in text


def test_nobody_who_acted_is_named(universe: Universe, client: Client) -> None:
    correct(universe, "due_on", TODAY)
    for path in (f"history/agreement/{universe.north.key}/", f"agreements/{universe.north.key}/?known=2026-11-24T12:00"):
        with clock.stopped_at(LATER):
            html = get(client, f"/fi/{path}").content.decode()
        for person in ("keeper", "publisher", "corrector", "for-city"):
            assert person not in html


def test_what_was_negotiated_and_sent_back_stays_between_the_parties(db: None, client: Client) -> None:
    with clock.stopped_at(NOON):
        table = lay_table()
        city, ministry = table.people["city"], table.people["ministry"]
        version = table.draft(valid_to=date(2031, 3, 3))
        edit_clause(by=city, version=version, code="term", number=1, heading=Text(fi="Voimassaolo"), body=Text(fi="Salainen muotoilu"))
        version = propose(by=city, version=version)
        table.approve(version, "city")
        version = send_back(by=ministry, version=version, reason="Salainen syy")
        terms = {"valid_from": None, "valid_to": ENDS, "authentic_language": "fi"}
        version = edit_terms(by=city, version=version, seen=seen_of(version), **terms)
        version = propose(by=city, version=version)
        table.approve(version)
        version = bring_into_force(by=city, version=agree(by=city, version=version), signed_on=TODAY, valid_from=TODAY)
        publish(by=SYSTEM, version=version)
        pages = [get(client, f"/fi/{path}") for path in ("history/agreement/fi-2021-09/", "agreements/fi-2021-09/?known=2026-11-24T12:00")]
    for page in pages:
        text = words(page)
        assert f"{ENDS.day}.{ENDS.month}.{ENDS.year}" in text
        assert "3.3.2031" not in text
        assert "Salainen" not in text


def test_what_is_not_open_or_not_there_has_no_history(universe: Universe, client: Client) -> None:
    for path in (
        f"agreement/{universe.unpublished.key}",
        f"agreement/{universe.withdrawn.key}",
        "agreement/no-such",
        "clause/fi-2021-01",
        "person/keeper-fi-2021",
        f"agreement/{universe.training_agreement.key}",
    ):
        assert client.get(f"/en/history/{path}/").status_code == 404, path
        kind, _slash, key = path.partition("/")
        if kind == "agreement" and key != universe.withdrawn.key:
            assert client.get(f"/en/agreements/{key}/?known=2026-11-24T11:00").status_code == 404, path


def test_a_record_is_shown_as_it_was_known(universe: Universe, client: Client) -> None:
    late = universe.commitments[CommitmentState.LATE]
    before = late.due_on
    assert before is not None
    correct(universe, "due_on", TODAY)
    with clock.stopped_at(LATER):
        then = told(client, f"/fi/commitments/{late.key}/?known=2026-11-24T14:29")
        now = told(client, f"/fi/commitments/{late.key}/?known=2026-11-24T14:30")
        never = told(client, f"/en/commitments/{late.key}/?known=2020-01-01T00:00")
    old = f"{before.day}.{before.month}.{before.year}"
    assert old in then
    assert old not in now
    assert "24.11.2026 14:29" in then
    assert "At that moment this service knew nothing of it" in never


def test_an_organisation_is_known_by_the_names_it_had(universe: Universe, client: Client) -> None:
    university = universe.organisations.university
    with clock.stopped_at(LATER):
        rename_organisation(by=SYSTEM, organisation=university, name=Text(fi="Uusi yliopisto"), valid_from=TODAY)
        before = told(client, f"/fi/organisations/{university.key}/?known=2026-11-24T14:29")
        after = told(client, f"/fi/organisations/{university.key}/?known=2026-11-24T14:30")
    # The heading is the name of today.
    assert before.count("Uusi yliopisto") < after.count("Uusi yliopisto")


def test_a_withdrawn_agreement_is_not_known_again_by_asking_for_an_earlier_moment(universe: Universe, client: Client) -> None:
    with clock.stopped_at(LATER):
        withdraw(by=SYSTEM, publication=universe.south.versions.get().publication, reason=Text(fi="Syy"))
        assert client.get(f"/fi/agreements/{universe.south.key}/?known=2026-11-24T12:00").status_code == 404


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("known=", 400),
        ("known=yesterday", 400),
        ("known=2026-11-24", 400),
        ("known=2026-13-01T00:00", 400),
        ("known=2026-02-30T00:00", 400),
        ("known=2026-11-24T25:00", 400),
        ("known=0001-01-01T00:00", 400),
        ("known=٢٠٢٦-11-24T09:30", 400),
        ("known=2026-11-24T12:01", 400),
        ("known=2026-11-24T11:00&on=2022-01-01", 400),
        ("known=2026-11-24T12:00", 200),
    ],
)
def test_a_moment_that_is_none_or_has_not_come_is_refused_with_a_sentence(universe: Universe, client: Client, asked: str, code: int) -> None:
    things = (
        f"agreements/{universe.north.key}",
        f"priorities/{universe.priorities[0].key}",
        f"commitments/{universe.commitments[CommitmentState.LATE].key}",
        f"measures/{next(iter(universe.measures.values())).key}",
        f"organisations/{universe.organisations.city_north.key}",
    )
    with clock.stopped_at(NOON):
        for thing in things:
            assert client.get(f"/en/{thing}/?{asked}").status_code == code, thing


def test_every_page_of_one_thing_leads_to_its_history(universe: Universe, client: Client) -> None:
    for kind, path in (("agreement", f"agreements/{universe.north.key}"), ("organisation", f"organisations/{universe.organisations.city_north.key}")):
        key = path.rpartition("/")[2]
        assert f'href="/sv/history/{kind}/{key}/"' in get(client, f"/sv/{path}/").content.decode()


def test_an_ecosystem_is_told_with_its_members_and_what_it_serves(universe: Universe, client: Client) -> None:
    for path in (f"history/ecosystem/{universe.ecosystem.key}/", f"ecosystems/{universe.ecosystem.key}/?known=2026-11-24T12:00"):
        with clock.stopped_at(NOON):
            text = told(client, f"/en/{path}")
        assert "Member" in text
        assert "Served priority" in text
    assert f'href="/en/history/ecosystem/{universe.ecosystem.key}/"' in get(client, f"/en/ecosystems/{universe.ecosystem.key}/").content.decode()


def test_a_body_is_told_with_its_seats_and_terms_and_never_who_sits(universe: Universe, client: Client) -> None:
    with clock.stopped_at(NOON):
        body = body_in(universe)
        meeting = planned_in(body)
        add_item(by=SYSTEM, meeting=meeting, title=Text(en="A matter"))
        call_meeting(by=SYSTEM, meeting=meeting)
    for path in (f"history/body/{body.key}/", f"bodies/{body.key}/?known=2026-11-24T12:00"):
        with clock.stopped_at(NOON):
            text = told(client, f"/en/{path}")
        assert "Seat" in text
        assert "Term of a seat" in text
        assert "sitting-a" not in text
        assert "Nimi" not in text
    assert f'href="/en/history/body/{body.key}/"' in get(client, f"/en/bodies/{body.key}/").content.decode()


def test_the_feed_tells_the_same_with_old_and_new_values(universe: Universe, client: Client) -> None:
    late = universe.commitments[CommitmentState.LATE]
    before = late.due_on
    assert before is not None
    correct(universe, "due_on", TODAY)
    answer = get(client, f"/fi/history/agreement/{universe.north.key}/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 our own, made a moment ago
    assert f": {before.day}.{before.month}.{before.year} → 24.11.2026" in str(entries[0].findtext(f"{ATOM}summary"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) > 1
    assert client.get(f"/fi/history/agreement/{universe.unpublished.key}/feed.atom").status_code == 404


def test_a_history_has_pages_and_no_page_after_the_last(universe: Universe, client: Client) -> None:
    for number in range(20, 55):
        priority_of(universe.north, number)
    first = get(client, f"/en/history/agreement/{universe.north.key}/").content.decode()
    assert 'rel="next"' in first
    assert client.get(f"/en/history/agreement/{universe.north.key}/?page=99").status_code == 404
    assert client.get(f"/en/history/agreement/{universe.north.key}/?page=x").status_code == 400


def test_the_number_of_queries_is_pinned_however_much_happened(universe: Universe, client: Client) -> None:
    paths = [f"history/agreement/{universe.north.key}/", f"agreements/{universe.north.key}/?known=2026-11-24T12:00"]
    paths += [f"history/organisation/{universe.organisations.city_north.key}/"]

    def counts() -> list[int]:
        found = []
        for path in paths:
            client.get(f"/en/{path}")
            PAGES.forget()
            with clock.stopped_at(NOON), CaptureQueriesContext(connection) as queries:
                assert client.get(f"/en/{path}").status_code == 200
            found.append(len(queries))
        return found

    few = counts()
    for number in range(20, 30):
        priority_of(universe.north, number)
    assert all(later <= before for later, before in zip(counts(), few, strict=True))
    assert max(few) <= 15


def test_what_is_told_can_be_read_from_every_event(universe: Universe) -> None:
    for kind, thing in (("agreement", universe.north), ("organisation", universe.organisations.city_north)):
        past = history.past_of(STRANGER, universe.programme, kind, thing.key)
        events = list(past.events)
        assert len(history.tell(past, events)) == len(events) > 0
        assert all(json.loads(event.text)["key"] == event.key for event in Event.objects.filter(pk__in=[one.pk for one in events]))


def test_reports_and_contact_points_are_told_in_the_history_of_their_agreement(universe: Universe, client: Client) -> None:
    late = universe.commitments[CommitmentState.LATE]
    report_commitment(by=SYSTEM, commitment=late, fulfilled_on=TODAY)
    report_measure(by=SYSTEM, measure=universe.measures[MeasureState.LATE], reported_on=TODAY, progress=Text(fi="Etenee", en="It goes on"))
    state_contact_point(
        by=SYSTEM,
        agreement=universe.north,
        organisation=universe.organisations.city_north,
        role=Text(fi="Kirjaamo", en="Registry"),
        address="registry@city.example",
        valid_from=TODAY,
    )
    text = told(client, f"/en/history/agreement/{universe.north.key}/")
    for expected in (
        "it was reported how the commitment",
        "Fulfilled on",
        "It goes on",
        "Contact point was recorded: Registry.",
        "registry@city.example",
    ):
        assert expected in text
