"""The cockpit: promises of both sides, the plan, changes asked for and decided by the other party; and all agreements at a glance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kumppani.access import cockpit
from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Agreement, ChangeRequest, Commitment, Measure
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side, commitment_state_on, is_stale_on, measure_state_on
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.errors import NotAllowed
from kumppani.kernel.text import Text
from kumppani.workflow.corrections import correct_fact
from tests.builders import TODAY, category_in, commitment_in, marked, measure_in, place_in, priority_of, published_agreement
from tests.web.workbench.test_drafting import as_, send, words
from tests.working import PLACE, Office, open_office

KEY = "harjoitus-01"
COCKPIT = f"{PLACE}/work/agreements/{KEY}/"


@pytest.fixture
def office(db: None, noon: None) -> Office:
    office = open_office()
    place = place_in(office.programme, "T02", "Toinen")
    version = published_agreement(office.programme, KEY, 1, office.ministry, office.city, place, name=Text(fi="Seutu", en="Region"))
    commitment_in(CommitmentState.LATE, version.agreement, 1, office.ministry, office.city)
    commitment_in(CommitmentState.OWED, version.agreement, 2, office.city, office.ministry)
    return office


def test_both_sides_promises_stand_with_their_state(office: Office) -> None:
    page = words(as_("coordinator").get(COCKPIT))
    state, city = page.split("What the city region promised")
    assert "Late" in state.split("What the state promised")[1]
    assert "To be fulfilled" in city


def test_who_is_no_party_reads_what_is_published_and_does_nothing(office: Office) -> None:
    neighbour = as_("neighbour")
    assert "What can be done now" not in words(neighbour.get(COCKPIT))
    assert neighbour.get(f"{PLACE}/work/agreements/harjoitus-05/").status_code == 404
    promise = f"{COCKPIT}commitments/1/"
    assert neighbour.post(promise, {"act": "request_change", "attempt": "0" * 32, "due_on": "2030-01-01"}).status_code in {400, 404}
    assert not ChangeRequest.objects.exists()


def test_a_change_is_asked_for_by_one_party_and_decided_by_the_other(office: Office) -> None:
    city, ministry = as_("coordinator"), as_("official")
    later = TODAY + timedelta(days=400)
    asked = send(city, f"{COCKPIT}commitments/2/", "request_change", due_on=later.isoformat(), reason="Delayed")
    assert asked["Location"] == COCKPIT
    assert 'id="decide-1"' not in words(city.get(COCKPIT))
    assert send(ministry, COCKPIT, "decide-1", accept="yes", reason="").status_code == 400
    assert send(ministry, COCKPIT, "decide-1", accept="yes", reason="Agreed").status_code == 303
    assert Commitment.objects.get(number=2, agreement__key=KEY).due_on == later
    assert ChangeRequest.objects.get().status == "accepted"
    assert "Agreed" in words(city.get(COCKPIT))


def test_a_change_of_a_measure_is_asked_for_with_only_what_differs(office: Office) -> None:
    agreement = Agreement.objects.get(key=KEY)
    priority = priority_of(agreement, 1)
    kind = category_in(office.programme, "action_types", "trials", Text(fi="Kokeilut", en="Trials"))
    measure = measure_in(MeasureState.UNDER_WAY, priority, 1, kind, office.city)
    city, ministry = as_("coordinator"), as_("official")
    page, later = f"{COCKPIT}measures/1/", measure.ends_on + timedelta(days=90)
    stands = {f"{name}_{language}": getattr(measure, name).get(language, "") for name in ("title", "description") for language in ("fi", "sv", "en")}
    given = stands | {"starts_on": measure.starts_on.isoformat(), "ends_on": measure.ends_on.isoformat(), "reason": "The winter was long"}
    assert send(city, page, "request_change", **given).status_code == 400
    assert send(city, page, "request_change", **given | {"ends_on": later.isoformat(), "title_en": "Longer"}).status_code == 303
    assert ChangeRequest.objects.get().wanted == {"ends_on": later.isoformat(), "title.en": "Longer"}
    assert "Longer" in words(ministry.get(COCKPIT))
    assert send(ministry, COCKPIT, "decide-1", accept="yes", reason="Agreed").status_code == 303
    measure.refresh_from_db()
    assert (measure.ends_on, measure.title["en"]) == (later, "Longer")
    assert as_("neighbour").get(page).status_code == 404


def test_what_is_asked_for_and_negotiated_is_the_parties_own(office: Office) -> None:
    city, neighbour = as_("coordinator"), as_("neighbour")
    send(city, f"{COCKPIT}commitments/2/", "request_change", due_on="2030-01-01", reason="A reason of our own")
    send(city, COCKPIT, "open_amendment")
    assert "A reason of our own" in words(city.get(COCKPIT))
    page = words(neighbour.get(COCKPIT))
    assert "A reason of our own" not in page
    assert "is on the table" not in page


def test_a_party_does_not_correct_what_another_promised(office: Office) -> None:
    agreement = Agreement.objects.get(key=KEY)
    promise = Commitment.objects.get(agreement=agreement, number=1)
    given: dict[str, Any] = {"programme": office.programme, "kind": "commitment", "key": promise.key, "field": "promise.en"}
    with pytest.raises(NotAllowed) as refused:
        correct_fact(by=office.people["coordinator"], value="Less", cited=marked(Mark.ENTERED), **given)
    assert refused.value.code == "promise-of-another"
    promise.refresh_from_db()
    assert promise.promise["en"] == "Promise 1"


def test_a_change_of_what_has_changed_meanwhile_is_refused(office: Office) -> None:
    city, ministry = as_("coordinator"), as_("official")
    promise = f"{COCKPIT}commitments/2/"
    send(city, promise, "request_change", due_on="2030-01-01", reason="Delayed")
    send(city, promise, "fulfilled", day=TODAY.isoformat())
    assert send(ministry, COCKPIT, "decide-1", accept="yes", reason="Agreed").status_code == 409
    assert ChangeRequest.objects.get().status == "asked"


def test_an_amendment_is_opened_from_the_cockpit(office: Office) -> None:
    opened = send(as_("coordinator"), COCKPIT, "open_amendment", case_number="K/9/2026")
    assert opened["Location"] == f"{COCKPIT}2/"
    assert "is on the table" in words(as_("official").get(COCKPIT))


NEW = f"{PLACE}/work/agreements/new/"
GIVEN = {"key": "harjoitus-09", "name_en": "Coast", "state": "ministry", "city": "city", "municipalities": "ZZ-T02", "authentic_language": "fi"}


def test_a_draft_of_a_new_agreement_is_opened_in_the_name_of_a_party(office: Office) -> None:
    opened = send(as_("coordinator"), NEW, "open_draft", **GIVEN)
    assert opened["Location"] == f"{PLACE}/work/agreements/harjoitus-09/1/"
    assert "Coast" in words(as_("official").get(opened["Location"]))
    assert as_("neighbour").get(opened["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"key": "Ä"}, 400), ({"key": KEY}, 400), ({"name_en": ""}, 400), ({"municipalities": "ZZ-404"}, 400), ({"city": "other-city"}, 403)],
)
def test_what_cannot_be_opened_is_said_and_nothing_is_there(office: Office, wrong: dict[str, str], status: int) -> None:
    refused = send(as_("coordinator"), NEW, "open_draft", **GIVEN | wrong)
    assert refused.status_code == status
    assert "Not done: Open the draft" in words(refused)
    assert not Agreement.objects.filter(key="harjoitus-09").exists()


def test_the_matrix_counts_what_is_promised_kept_late_and_known(office: Office) -> None:
    page = words(as_("official").get(f"{PLACE}/work/agreements/"))
    assert "1 promise is late" in page
    assert "The state’s: 1. The city regions’: 0." in page


def test_the_matrix_gives_the_numbers_that_counting_by_hand_gives(office: Office) -> None:
    agreement = Agreement.objects.get(key=KEY)
    priority = priority_of(agreement)
    kind = category_in(office.programme, "action_types", "investment", Text(en="Investment"), position=1)
    for number, state in enumerate(MeasureState, start=1):
        measure_in(state, priority, number, kind, office.city)
    for number, state in enumerate(CommitmentState, start=3):
        commitment_in(state, agreement, number, office.city, office.ministry)
    (line,) = cockpit.national(SYSTEM, office.programme, TODAY)
    promises = list(Commitment.objects.filter(agreement=agreement))
    for side, counted in ((Side.STATE, line.state), (Side.CITY, line.city)):
        states = [commitment_state_on(one, TODAY) for one in promises if one.side == side]
        assert counted.late == states.count(CommitmentState.LATE)
        assert counted.kept == states.count(CommitmentState.FULFILLED)
        assert counted.made == len([state for state in states if state is not CommitmentState.NOT_YET_MADE])
    measures = list(Measure.objects.filter(agreement=agreement))
    assert line.late_measures == sum(measure_state_on(one, TODAY) is MeasureState.LATE for one in measures)
    assert line.stale == sum(is_stale_on(one, TODAY) for one in measures)


@pytest.mark.parametrize(("path", "queries"), [(COCKPIT, 12), (f"{PLACE}/work/agreements/", 9)])
def test_they_take_a_fixed_number_of_queries(office: Office, path: str, queries: int, django_assert_num_queries: Any) -> None:
    client: Client = as_("official")
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)
