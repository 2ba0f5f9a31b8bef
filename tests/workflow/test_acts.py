"""Every act: what it changes, what it refuses, and that a refusal changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model

from kumppani.access import load, visible
from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import AgreementVersion, ContactPoint
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side
from kumppani.domain.dialogue.models import Feedback
from kumppani.domain.dialogue.rules import LONGEST_MESSAGE
from kumppani.domain.journal.models import Event
from kumppani.domain.notices.models import Letter
from kumppani.domain.parties.permissions import READINGS, Permission
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.rounds.models import Round
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel.errors import Missing, NotAllowed, Refusal, RuleBroken
from kumppani.kernel.money import Amount, Qualifier
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import Signing, record_signed_elsewhere, state_priority
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.ecosystems import establish_ecosystem, join_ecosystem, leave_ecosystem, state_ecosystem_priority
from kumppani.workflow.feedback import answer_feedback, give_feedback
from kumppani.workflow.notices import settle_letter, take_letter
from kumppani.workflow.organisations import rename_organisation
from kumppani.workflow.programmes import create_programme
from kumppani.workflow.publishing import publish, withdraw
from kumppani.workflow.reports import report_commitment, report_measure
from kumppani.workflow.rounds import define_round, edit_template_clause
from kumppani.workflow.workbooks import load_workbook
from tests.builders import (
    ENDS,
    SIGNED,
    TODAY,
    category_in,
    commitment_in,
    figure_of,
    marked,
    measure_in,
    organisation_in,
    place_in,
    priority_of,
    seen,
    unknown,
)
from tests.universe import RENAMED_ON, Universe


def refused(act: Callable[[], Any], code: str, kind: type[Refusal] = RuleBroken) -> None:
    """The act is refused with this code, and neither event nor evidence is left."""
    before = (Event.objects.count(), Evidence.objects.count())
    with pytest.raises(kind) as refusal:
        act()
    assert refusal.value.code == code
    assert (Event.objects.count(), Evidence.objects.count()) == before


def next_version(universe: Universe, **more: Any) -> AgreementVersion:
    organisations = universe.organisations
    given: dict[str, Any] = {
        "by": SYSTEM,
        "programme": universe.programme,
        "key": universe.south.key,
        "position": 2,
        "name": Text(fi="x"),
        "municipalities": [],
        "decider": None,
        "signed_on": date(2028, 1, 1),
        "valid_from": date(2028, 1, 1),
        "valid_to": None,
        "content": Text(fi="Uusi"),
        "signings": [Signing(organisations.ministry, Side.STATE), Signing(organisations.city_south, Side.CITY)],
    }
    return record_signed_elsewhere(**given | more)


# Who may


def acts_of(universe: Universe, by: Viewer) -> dict[str, Callable[[], object]]:
    """Every act that takes a permission, ready to be tried by somebody."""
    u, o = universe, universe.organisations
    version, given = u.south.versions.get(), feedback(u)
    laid = a_round(u, "2028")
    return {
        "create_programme": lambda: programme_by(by),
        "register_place": lambda: place_in(u.programme, "999", "Uusi", by=by),
        "state_category": lambda: category_in(u.programme, "themes", "new", Text(fi="Uusi"), by=by),
        "register_organisation": lambda: organisation_in(u.programme, "new", by=by),
        "rename_organisation": lambda: rename_organisation(by=by, organisation=o.university, name=Text(fi="Uusi"), valid_from=TODAY),
        "record_signed_elsewhere": lambda: next_version(u, by=by),
        "state_priority": lambda: priority_of(u.south, 9, by=by),
        "state_commitment": lambda: commitment_in(CommitmentState.OWED, u.south, 9, o.ministry, o.city_south, by=by),
        "state_measure": lambda: measure_in(next(iter(u.measures)), u.priorities[0], 99, next(iter(u.action_types.values())), o.university, by=by),
        "report_commitment": lambda: report_commitment(by=by, commitment=u.commitments[CommitmentState.LATE], fulfilled_on=TODAY),
        "report_measure": lambda: report_measure(by=by, measure=u.measures[MeasureState.LATE], reported_on=TODAY, progress=Text(fi="Kesken")),
        "state_contact_point": lambda: contact_point_of(u, by=by),
        "load_workbook": lambda: load_workbook(by=by, agreement=u.south, digest="a" * 64, unchanged=1, rows=lambda _agreement: []),
        "define_round": lambda: a_round(u, "2035", by=by),
        "edit_template_clause": lambda: edit_template_clause(by=by, round_=laid, code="term", number=1, heading=Text(fi="a"), body=Text(fi="b")),
        "establish_ecosystem": lambda: establish_ecosystem(by=by, agreement=u.south, key="new", name=Text(fi="Uusi"), orchestrator=o.university),
        "join_ecosystem": lambda: join_ecosystem(by=by, ecosystem=u.ecosystem, organisation=o.city_south, tie="event", valid_from=TODAY),
        "leave_ecosystem": lambda: leave_ecosystem(by=by, member=u.ecosystem.members.get(number=1), on=TODAY),
        "state_ecosystem_priority": lambda: state_ecosystem_priority(by=by, ecosystem=u.ecosystem, priority=u.priorities[1]),
        "answer_feedback": lambda: answer_feedback(by=by, feedback=given, answer="Korjattu."),
        "publish_figure": lambda: figure_of(u.programme, "new", 99, Amount(exact=1), "1 sentti", by=by),
        "correct_fact": lambda: correct(u, "version", f"{u.south.key}/1", "valid_to", ENDS, by=by),
        "publish": lambda: publish(by=by, version=u.unpublished.versions.get()),
        "withdraw": lambda: withdraw(by=by, publication=version.publication, reason=Text(fi="Syy")),
    }


def programme_by(by: Viewer) -> object:
    return create_programme(by=by, key="new", name=Text(en="N"), summary=Text(en="S"), country="FI", currency="EUR", time_zone="UTC")


def correct(universe: Universe, kind: str, key: str, field: str, value: object, *, cited: Cited | None = None, by: Viewer = SYSTEM) -> Model:
    found = cited or (Cited(Mark.ENTERED, as_of=TODAY) if value is not None else unknown())
    return correct_fact(by=by, programme=universe.programme, kind=kind, key=key, field=field, value=value, cited=found)  # type: ignore[no-any-return] one of many kinds


def a_round(universe: Universe, key: str, by: Viewer = SYSTEM) -> Round:
    return define_round(by=by, programme=universe.programme, key=key, title=Text(fi="Kierros"), authentic_language="fi")


def contact_point_of(universe: Universe, by: Viewer = SYSTEM, **more: Any) -> ContactPoint:
    given = {"role": Text(fi="Kirjaamo"), "address": "kirjaamo@kaupunki.example", "valid_from": TODAY}
    return state_contact_point(by=by, agreement=universe.north, organisation=universe.organisations.city_north, **given | more)


OF_PEOPLE = {
    *("admit_person", "define_role", "grant_role", "end_role", "use_break_glass", "invite_person", "forget_authenticator"),
    *("note_identity", "link_identity", "unlink_identity"),
}
"""Tried in tests/workflow/test_people.py, test_invitations.py and test_identities.py."""

OF_ORGANISATIONS = {
    *("state_identifier", "end_identifier", "state_kind", "state_parent", "state_successor", "end_organisation"),
    *("give_mandate", "withdraw_mandate"),
}
"""Tried in tests/workflow/test_organisations.py and test_mandates.py."""

OF_PARTIES = {
    *("open_draft", "open_amendment", "edit_terms", "edit_clause", "strike_clause", "pass_draft", "comment", "resolve_comment"),
    *("propose", "record_approval", "send_back", "agree", "bring_into_force", "close_agreement"),
    *("request_change", "decide_change"),
    *("open_round_draft", "carry_over_priority", "carry_over_commitment"),
}
"""Done only in the name of a party, so that a permission alone is never enough. Tried in tests/workflow/test_negotiation.py
and test_rounds.py."""

OF_BODIES = {
    *("establish_body", "establish_seat", "fill_seat", "end_term", "state_disqualification"),
    *("plan_meeting", "add_item", "take_up", "attach_paper", "call_meeting", "cancel_meeting", "open_meeting", "close_meeting", "approve_minutes"),
    *("note_presence", "note_leaving", "declare_recusal", "note_recusal", "note_discussion", "resolve_item"),
    *("state_action_point", "finish_action_point", "drop_action_point"),
}
"""Tried in tests/workflow/test_powers_in_bodies.py, where there is a body."""

SILENT = {"give_feedback", "reset_training", "publish_heads", "write_letters"}
"""Everybody may give feedback; forgetting a training programme and signing the journal leave no event (tests/demo/test_reset.py,
tests/access/test_journal_export.py), nor does writing letters (tests/workflow/test_notices.py)."""

ACTS = sorted({permission.value for permission in Permission} - OF_PEOPLE - OF_ORGANISATIONS - OF_PARTIES - OF_BODIES - SILENT - READINGS)


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_may_do_no_act_that_takes_a_permission(universe: Universe, act: str) -> None:
    refused(acts_of(universe, STRANGER)[act], "not-permitted", NotAllowed)


@pytest.mark.parametrize("act", ACTS)
def test_all_other_permissions_together_do_not_permit_an_act(universe: Universe, act: str) -> None:
    others = Viewer("others", (Grant(None, frozenset(Permission) - {Permission(act)}),))
    refused(acts_of(universe, others)[act], "not-permitted", NotAllowed)


@pytest.mark.parametrize("act", [act for act in ACTS if act != "create_programme"])
def test_the_permission_in_another_programme_does_not_permit_an_act(universe: Universe, act: str) -> None:
    elsewhere = Viewer("elsewhere", (Grant("harjoitus", frozenset(Permission)),))
    refused(acts_of(universe, elsewhere)[act], "not-permitted", NotAllowed)


@pytest.mark.parametrize("act", ACTS)
def test_the_permission_alone_is_enough_and_the_event_names_who_acted(universe: Universe, act: str) -> None:
    one = Viewer("somebody", (Grant(None, frozenset({Permission(act)})),))
    acts_of(universe, one)[act]()
    assert Event.objects.filter(actor="somebody", act=act).exists()


# Agreements


def test_a_next_version_may_follow_the_end_of_the_first(universe: Universe) -> None:
    assert next_version(universe).number == 2


def test_two_versions_in_force_on_one_day_are_refused(universe: Universe) -> None:
    refused(lambda: next_version(universe, valid_from=ENDS, signed_on=ENDS), "versions-overlap")


def test_an_end_before_the_start_is_refused(universe: Universe) -> None:
    refused(lambda: next_version(universe, valid_to=date(2027, 1, 1)), "end-before-start")


def test_an_agreement_signed_by_one_side_is_refused(universe: Universe) -> None:
    refused(lambda: next_version(universe, signings=[Signing(universe.organisations.ministry, Side.STATE)]), "one-sided-agreement")


def test_an_agreement_without_territory_is_refused(universe: Universe) -> None:
    refused(lambda: next_version(universe, key="fi-2021-77", position=77), "agreement-without-territory")


def test_a_value_with_neither_source_nor_mark_is_refused(universe: Universe) -> None:
    evidence = {"signed_on": Cited(Mark.SEEN, source=None)}
    refused(lambda: next_version(universe, version_evidence=evidence), "value-without-source")


def test_an_unknown_mark_beside_a_value_is_refused(universe: Universe) -> None:
    refused(lambda: next_version(universe, version_evidence={"signed_on": unknown()}), "evidence-contradicts-value")


def test_a_value_nobody_gave_is_recorded_as_unknown_with_the_day_it_was_looked_for(universe: Universe) -> None:
    version = next_version(universe, valid_to=None)
    evidence = Evidence.objects.get(kind="version", key=f"{universe.south.key}/{version.number}", field="valid_to")
    assert (evidence.mark, evidence.looked_on is not None) == (Mark.UNKNOWN, True)


def test_a_promise_to_oneself_is_refused(universe: Universe) -> None:
    city = universe.organisations.city_south
    refused(lambda: commitment_in(CommitmentState.OWED, universe.south, 9, city, city), "promise-to-oneself")


def test_a_promise_due_before_it_was_made_is_refused(universe: Universe) -> None:
    o = universe.organisations
    act = lambda: commitment_in(CommitmentState.OWED, universe.south, 9, o.ministry, o.city_south, due_on=SIGNED - timedelta(days=1))  # noqa: E731 one line says it
    refused(act, "end-before-start")


def test_a_commitment_under_another_agreements_priority_is_refused(universe: Universe) -> None:
    o = universe.organisations
    act = lambda: commitment_in(CommitmentState.OWED, universe.south, 9, o.ministry, o.city_south, priority=universe.priorities[0])  # noqa: E731 one line says it
    refused(act, "priority-of-another-agreement")


@pytest.mark.parametrize("kind", ["priority", "commitment", "measure"])
def test_a_key_that_is_taken_is_refused(universe: Universe, kind: str) -> None:
    u, o = universe, universe.organisations
    state, action = next(iter(u.measures)), next(iter(u.action_types.values()))
    stated: dict[str, Callable[[], Model]] = {
        "priority": lambda: priority_of(u.north, 40),
        "commitment": lambda: commitment_in(CommitmentState.OWED, u.north, 40, o.ministry, o.city_north),
        "measure": lambda: measure_in(state, u.priorities[0], 40, action, o.university),
    }
    stated[kind]()
    refused(stated[kind], f"{kind}-exists")


def test_a_number_that_is_taken_in_the_agreement_is_refused(universe: Universe) -> None:
    refused(lambda: state_priority(by=SYSTEM, agreement=universe.north, key="other", number=1, title=Text(fi="Toinen")), "number-taken")


def test_a_measure_of_something_that_is_no_action_type_is_refused(universe: Universe) -> None:
    theme = next(iter(universe.themes.values()))
    state = next(iter(universe.measures))
    refused(lambda: measure_in(state, universe.priorities[0], 99, theme, universe.organisations.university), "not-an-action-type")


# Organisations


def test_a_new_name_ends_the_old_one_the_day_before(universe: Universe) -> None:
    university = universe.organisations.university
    rename_organisation(by=SYSTEM, organisation=university, name=Text(fi="Uusi yliopisto"), valid_from=TODAY)
    fetched = load.organisation(STRANGER, universe.programme, university.key)
    assert fetched.name_on(TODAY)["fi"] == "Uusi yliopisto"
    assert fetched.name_on(TODAY - timedelta(days=1))["fi"] == "Pohjolan yliopisto"


def test_a_name_from_before_the_present_one_is_refused(universe: Universe) -> None:
    university = universe.organisations.university
    rename_organisation(by=SYSTEM, organisation=university, name=Text(fi="Uusi"), valid_from=TODAY)
    refused(lambda: rename_organisation(by=SYSTEM, organisation=university, name=Text(fi="Toinen"), valid_from=TODAY), "rename-not-later")


def test_an_identifier_names_one_organisation(universe: Universe) -> None:
    refused(lambda: organisation_in(universe.programme, "copy", identifiers=[("training", "TRAINING-0001")]), "identifier-taken")


def test_a_wrong_check_digit_is_refused(universe: Universe) -> None:
    refused(lambda: organisation_in(universe.programme, "wrong", identifiers=[("business_id", "0179377-9")]), "bad-identifier")


# Publishing


def test_what_is_withdrawn_is_gone_for_strangers_and_back_when_published_again(universe: Universe) -> None:
    version = universe.south.versions.get()
    withdraw(by=SYSTEM, publication=version.publication, reason=Text(fi="Virhe"))
    with pytest.raises(Missing):
        load.agreement(STRANGER, universe.programme, universe.south.key)
    publish(by=SYSTEM, version=version)
    assert load.agreement(STRANGER, universe.programme, universe.south.key) == universe.south


def test_withdrawing_without_a_reason_is_refused(universe: Universe) -> None:
    publication = universe.south.versions.get().publication
    refused(lambda: withdraw(by=SYSTEM, publication=publication, reason=Text()), "withdrawal-needs-reason")


def test_publishing_what_is_open_is_refused(universe: Universe) -> None:
    refused(lambda: publish(by=SYSTEM, version=universe.south.versions.get()), "act-not-in-status")


def test_withdrawing_what_is_withdrawn_is_refused(universe: Universe) -> None:
    publication = universe.withdrawn.versions.get().publication
    refused(lambda: withdraw(by=SYSTEM, publication=publication, reason=Text(fi="Uudelleen")), "act-not-in-status")


def test_a_figure_without_source_is_refused(universe: Universe) -> None:
    refused(lambda: figure_of(universe.programme, "new", 99, Amount(exact=1), "1", cited=marked(Mark.OURS)), "figure-without-source")


def test_a_figure_both_exact_and_bounded_is_refused(universe: Universe) -> None:
    amount = Amount(exact=1, upper=2, qualifier=Qualifier.ABOUT)
    refused(lambda: figure_of(universe.programme, "new", 99, amount, "noin 1"), "amount-exact-or-bounds")


def test_figures_of_an_agreement_close_with_it(universe: Universe) -> None:
    figure_of(universe.programme, "south-money", 98, Amount(exact=1), "1", agreement=universe.south)
    assert visible.figures(STRANGER, universe.programme).filter(key="south-money").exists()
    withdraw(by=SYSTEM, publication=universe.south.versions.get().publication, reason=Text(fi="Virhe"))
    assert not visible.figures(STRANGER, universe.programme).filter(key="south-money").exists()


# Corrections


def chosen(universe: Universe, kind: str, key: str, field: str) -> Evidence:
    return Evidence.objects.get(programme=universe.programme, kind=kind, key=key, field=field, chosen=True)


def test_a_corrected_day_shows_with_its_new_evidence(universe: Universe) -> None:
    key = f"{universe.south.key}/1"
    correct(universe, "version", key, "valid_from", SIGNED, cited=seen(as_of=TODAY))
    assert universe.south.versions.get().valid_from == SIGNED
    assert (chosen(universe, "version", key, "valid_from").mark, chosen(universe, "version", key, "valid_from").as_of) == (Mark.SEEN, TODAY)


def test_a_corrected_language_leaves_the_others_alone(universe: Universe) -> None:
    priority = universe.priorities[0]
    correct(universe, "priority", priority.key, "title.sv", "Ny tyngdpunkt")
    assert load.priority(STRANGER, universe.programme, priority.key).title == {**priority.title, "sv": "Ny tyngdpunkt"}


def test_a_correction_that_breaks_a_rule_changes_nothing(universe: Universe) -> None:
    refused(lambda: correct(universe, "version", f"{universe.south.key}/1", "valid_to", date(2020, 1, 1)), "end-before-start")
    assert universe.south.versions.get().valid_to == ENDS


@pytest.mark.parametrize(
    ("kind", "field", "value", "code", "error"),
    [
        ("agreement", "position", 5, "no-such-field", RuleBroken),
        ("agreement", "name.xx", "Nimi", "no-such-field", RuleBroken),
        ("version", "valid_to", "2027-12-31", "no-such-field", RuleBroken),
        ("person", "name", "x", "not-correctable", RuleBroken),
    ],
)
def test_what_cannot_be_corrected_is_refused(universe: Universe, kind: str, field: str, value: object, code: str, error: type[Refusal]) -> None:
    key = f"{universe.south.key}/1" if kind == "version" else universe.south.key
    refused(lambda: correct(universe, kind, key, field, value), code, error)


@pytest.mark.parametrize(
    ("kind", "key"),
    [("agreement", "nowhere"), ("version", "nowhere"), ("version", "fi-2021-02/x"), ("municipality", "FI-000"), ("known_update", "a")],
)
def test_a_fact_of_nothing_is_missing(universe: Universe, kind: str, key: str) -> None:
    refused(lambda: correct(universe, kind, key, "name.fi", "Nimi"), "no-such-fact", Missing)


def test_another_programmes_fact_cannot_be_reached(universe: Universe) -> None:
    refused(lambda: correct(universe, "agreement", universe.training_agreement.key, "name.fi", "Nimi"), "no-such-fact", Missing)


def test_a_fact_of_another_programme_is_not_corrected_from_here(universe: Universe) -> None:
    theirs = organisation_in(universe.training, "invented", OrganisationKind.COMPANY, Text(fi="Keksitty Oy"))
    place = place_in(universe.training, "999", "Keksitty")
    for kind, key, field, value in [("organisation", theirs.key, "name.fi", "Oikea Oy"), ("municipality", place.key, "name.fi", "Oikea")]:
        refused(lambda kind=kind, key=key, field=field, value=value: correct(universe, kind, key, field, value), "no-such-fact", Missing)
    refused(lambda: correct(universe, "agreement", "fi-2021-01", "decider", theirs.key), "unknown-organisation")


def test_a_correction_names_what_is_unknown_empty_or_the_wrong_way_round(universe: Universe) -> None:
    refused(lambda: correct(universe, "agreement", "fi-2021-01", "decider", "nobody"), "unknown-organisation")
    refused(lambda: correct(universe, "organisation", "hospital", "valid_from", date(2023, 5, 1)), "end-before-start")
    correct(universe, "organisation", "other-ministry", "name.en", None)
    refused(lambda: correct(universe, "organisation", "other-ministry", "name.fi", None), "name-missing")
    priority = universe.south.priorities.get()
    for language in list(priority.title)[1:]:
        correct(universe, "priority", priority.key, f"title.{language}", None)
    refused(lambda: correct(universe, "priority", priority.key, f"title.{next(iter(priority.title))}", None), "name-missing")


def test_a_later_name_is_corrected_with_evidence_of_its_own(universe: Universe) -> None:
    first = Evidence.objects.filter(kind="organisation", key="city-north", field="name.sv")
    before = list(first.values())
    correct(universe, "organisation", "city-north", "name.sv", "Storstaden Norden")
    assert Evidence.objects.get(key=f"city-north/name/{RENAMED_ON}", field="name.sv").mark == Mark.ENTERED
    assert list(first.values()) == before


def test_relations_are_corrected_by_key(universe: Universe) -> None:
    correct(universe, "agreement", universe.south.key, "decider", universe.organisations.council.key)
    themes = " ".join(sorted(universe.themes))
    correct(universe, "priority", universe.priorities[0].key, "themes", themes)
    correct(universe, "organisation", universe.organisations.university.key, "identifier.training", "TRAINING-0777")
    universe.south.refresh_from_db()
    assert universe.south.decider == universe.organisations.council
    assert sorted(theme.key for theme in universe.priorities[0].themes.all()) == sorted(universe.themes)
    assert [row.value for row in universe.organisations.university.identifiers.all()] == ["TRAINING-0777"]


def test_an_unknown_theme_is_refused(universe: Universe) -> None:
    refused(lambda: correct(universe, "priority", universe.priorities[0].key, "themes", "weather"), "unknown-theme")


# Feedback


def feedback(universe: Universe, **more: Any) -> Feedback:
    given: dict[str, Any] = {
        "by": STRANGER,
        "programme": universe.programme,
        "topic": "mistake",
        "message": "Päivä on väärin.",
        "email": "",
        "language": "fi",
        "page": "/fi/",
        "attempt": "1",
    }
    return give_feedback(**given | more)


def test_feedback_is_numbered_in_its_programme(universe: Universe) -> None:
    numbers = [feedback(universe, attempt=str(turn)).number for turn in range(3)]
    assert numbers == [1, 2, 3]
    assert feedback(universe, programme=universe.training).number == 1


def test_the_same_form_sent_twice_is_one_feedback(universe: Universe) -> None:
    assert feedback(universe).number == feedback(universe).number == 1


def test_what_was_written_and_by_whom_stays_out_of_the_journal(universe: Universe) -> None:
    feedback(universe, message="Salainen asia", email="joku@example.test")
    assert not Event.objects.filter(text__contains="Salainen").exists()
    assert not Event.objects.filter(text__contains="joku@example.test").exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"topic": "praise"}, "unknown-topic"),
        ({"message": "  "}, "message-missing"),
        ({"message": "x" * (LONGEST_MESSAGE + 1)}, "message-too-long"),
        ({"message": "a\x00b"}, "message-unreadable"),
    ],
)
def test_feedback_that_cannot_be_taken_is_refused(universe: Universe, more: dict[str, str], code: str) -> None:
    refused(lambda: feedback(universe, **more), code)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (" ", "message-missing"),
        ("x" * (LONGEST_MESSAGE + 1), "message-too-long"),
        ("a\x00b", "message-unreadable"),
        ("Kysy: joku@example.test", "answer-personal"),
        ("Tunnus 131052-308T", "answer-personal"),
    ],
)
def test_an_answer_that_cannot_be_public_is_refused(universe: Universe, answer: str, code: str) -> None:
    found = feedback(universe)
    refused(lambda: answer_feedback(by=SYSTEM, feedback=found, answer=answer), code)


def test_feedback_is_answered_once_and_the_address_leaves_it_for_the_letter_alone(universe: Universe) -> None:
    found = feedback(universe, email="joku@example.test")
    answered = answer_feedback(by=SYSTEM, feedback=found, answer="Korjattu.")
    assert (answered.status, answered.answer, answered.email) == ("answered", "Korjattu.", "")
    refused(lambda: answer_feedback(by=SYSTEM, feedback=found, answer="Uudestaan."), "act-not-in-status")
    taken = take_letter(by=SYSTEM)
    assert taken is not None
    assert (taken.email, Letter.objects.get().email) == ("joku@example.test", "")
    settle_letter(by=SYSTEM, taken=taken, is_sent=False)
    assert Letter.objects.get().email == "joku@example.test"
    answer_feedback(by=SYSTEM, feedback=feedback(universe, attempt="2"), answer="Kiitos.")
    assert Letter.objects.count() == 1
    assert not Event.objects.filter(text__contains="joku@example.test").exists()


def test_a_training_organisation_never_shows_in_another_programme(universe: Universe) -> None:
    keys = set(visible.organisations(STRANGER, universe.programme).values_list("programme__key", flat=True))
    assert keys == {universe.programme.key}
