"""Loading enters through acts what is missing, corrects what it entered itself, and never overwrites a person."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kumppani.access.viewer import SYSTEM, Viewer
from kumppani.domain.agreements.models import (
    Agreement,
    AgreementVersion,
    Approval,
    CooperationParty,
    KnownUpdate,
    Negotiator,
    Priority,
    Signatory,
    StatedGoal,
)
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.models import Identifier, Municipality, Organisation, Person, Region
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure, Publication
from kumppani.domain.sources.models import Evidence, Source
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.imports.reference.apply import MAY, Outcome, account, apply
from kumppani.imports.reference.facts import ReferenceSet, every_fact
from kumppani.imports.reference.load import load
from kumppani.imports.reference.read import ReferenceRefused
from kumppani.kernel.text import Text
from kumppani.ops import cli
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.organisations import rename_organisation
from kumppani.workflow.programmes import create_programme, register_place
from kumppani.workflow.publishing import withdraw
from tests.imports.reference.files import REFERENCE, change, copy_to

KEPT = ("fi-2021-01", "fi-2021-05", "fi-2021-15")
"""Agreements of the small set: one with an approval, one with an update, one with cooperation parties and goals."""

PLACES_AND_PARTIES = (Municipality, Organisation, Category)
AGREED = (Agreement, AgreementVersion, Priority, Figure, Approval, CooperationParty, StatedGoal, KnownUpdate, Negotiator)

Small = Callable[..., ReferenceSet]


def reduced(whole: ReferenceSet) -> ReferenceSet:
    """The set with three agreements and what they need: entered in a moment."""
    agreements = tuple(one for one in whole.agreements if one.key in KEPT)
    codes = {member.code for one in agreements for member in one.members.value or ()}
    named = {fact.value for one in agreements for fact in every_fact(one)} | {
        fact.value for organisation in whole.organisations for fact in (organisation.parent, organisation.successor) if fact
    }
    return replace(
        whole,
        agreements=agreements,
        municipalities=tuple(one for one in whole.municipalities if one.code in codes),
        organisations=tuple(one for one in whole.organisations if one.key in named),
        figures=tuple(one for one in whole.figures if one.agreement in {None, *KEPT}),
    )


@cache
def as_it_stands() -> ReferenceSet:
    """The small set of the files as they are."""
    return reduced(load(REFERENCE))


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """The small set after changes to the files: (file, what stands there, what it becomes) …"""

    def loaded(*changes: tuple[str, str, str]) -> ReferenceSet:
        if not changes:
            return as_it_stands()
        folder = copy_to(tmp_path / "reference", monkeypatch)
        for one in changes:
            change(folder, *one)
        return reduced(load(folder))

    return loaded


def version_one() -> AgreementVersion:
    return AgreementVersion.objects.get(agreement__key="fi-2021-01", number=1)


def corrected_by_a_person(field: str, value: object, *, kind: str = "version", key: str = "fi-2021-01/1") -> None:
    cited = Cited(Mark.ENTERED, as_of=date(2026, 11, 24)) if value is not None else Cited(Mark.UNKNOWN, looked_on=date(2026, 11, 24))
    person = Viewer("keeper", SYSTEM.grants)
    correct_fact(by=person, programme=Programme.objects.get(key="fi-2021"), kind=kind, key=key, field=field, value=value, cited=cited)


VALID_TO = "valid_to: {value: 2027-12-31"


@pytest.mark.django_db
def test_the_whole_folder_is_entered_and_opened_to_everyone() -> None:
    outcome = apply(load(REFERENCE))
    assert outcome.clean
    counts = {model: model.objects.count() for model in (*PLACES_AND_PARTIES, *AGREED)}
    assert counts == {
        Agreement: 16,
        AgreementVersion: 16,
        Priority: 32,
        Municipality: 20,
        Organisation: 58,
        Category: 8,
        Figure: 36,
        Approval: 1,
        CooperationParty: 22,
        StatedGoal: 4,
        KnownUpdate: 2,
        Negotiator: 64,
    }
    assert Publication.objects.filter(status="open", version__isnull=False).count() == 16
    assert Publication.objects.filter(status="open", figure__isnull=False).count() == 36
    assert Signatory.objects.filter(side="state").count() == 16
    assert Region.objects.filter(level="nuts3", version="2024").count() == len(
        {one.code for one in Region.objects.filter(level="nuts3", version="2024")}
    )
    assert set(Evidence.objects.values_list("entered_by", flat=True)) == {"reference"}
    assert set(Event.objects.filter(chain="fi-2021").values_list("actor", flat=True)) == {"reference"}


@pytest.mark.django_db
def test_every_fact_of_the_files_stands_with_its_evidence(small: Small) -> None:
    reference = small()
    apply(reference)
    helsinki = version_one()
    assert helsinki.content["en"].startswith("Smart and sustainable urban solutions · Wellbeing and health technology · ")
    assert (helsinki.signed_on, helsinki.valid_from, helsinki.valid_to) == (date(2021, 2, 9), None, date(2027, 12, 31))
    unknown = Evidence.objects.get(kind="version", key="fi-2021-01/1", field="valid_from")
    assert (unknown.mark, unknown.looked_on) == ("unknown", date(2026, 11, 24))
    also = Evidence.objects.filter(kind="version", key="fi-2021-01/1", field="content.fi", chosen=False)
    assert {row.wording_language for row in also} == {"fi"}
    assert also.count() == 2
    assert Evidence.objects.get(kind="agreement", key="fi-2021-15", field="commitments").mark == "unknown"
    assert Identifier.objects.filter(scheme="business_id", value="0201256-6").exists()
    for fact in every_fact(reference.agreements):
        assert fact.source is None or Source.objects.filter(key=fact.source).exists(), fact.place


@pytest.mark.django_db
def test_loading_again_changes_nothing(small: Small) -> None:
    apply(small())
    before = (Event.objects.count(), list(Evidence.objects.order_by("id").values()))
    outcome = apply(small())
    assert outcome == Outcome()
    assert (Event.objects.count(), list(Evidence.objects.order_by("id").values())) == before


@pytest.mark.django_db
def test_the_account_may_do_only_what_loading_takes() -> None:
    by = account()
    assert Person.objects.get(key="reference").is_system
    assert {permission for permission in Permission if by.may(permission, "fi-2021")} == MAY
    assert not MAY & {Permission.ADMIT_PERSON, Permission.WITHDRAW, Permission.RESET_TRAINING}


@pytest.mark.django_db
def test_a_value_changed_in_the_files_is_corrected_with_its_new_evidence(small: Small) -> None:
    apply(small())
    outcome = apply(
        small(
            (
                "agreements.yaml",
                VALID_TO + ", source: tem-release-2021-02-09, as_of: 2021-02-09",
                "valid_to: {value: 2028-06-30, source: tem-agreements-fi, as_of: 2026-11-24",
            )
        )
    )
    assert outcome.clean
    assert outcome.corrected == 1
    assert version_one().valid_to == date(2028, 6, 30)
    evidence = Evidence.objects.select_related("source").get(kind="version", key="fi-2021-01/1", field="valid_to")
    assert evidence.source is not None
    assert evidence.source.key == "tem-agreements-fi"
    assert Event.objects.filter(actor="reference", act="correct_fact").count() == 1


@pytest.mark.django_db
def test_values_of_every_kind_are_corrected(small: Small) -> None:
    apply(small())
    outcome = apply(
        small(
            ("agreements.yaml", 'value: "Valtion ja kaupunkien ekosysteemisopimukset"', 'value: "Ekosysteemisopimukset"'),
            ("agreements.yaml", "deciding_council: {value: org-041", "deciding_council: {value: org-053"),
            ("agreements.yaml", "value: [low-carbon]", "value: [digital]"),
            ("classifications.yaml", 'value: "vähähiilisyys"', 'value: "hiilineutraalius"'),
            ("municipalities.csv", "091,name,sv,Helsingfors", "091,name,sv,Helsingfors stad"),
            ("organisations.yaml", 'value: "Helsingin kaupunki"', 'value: "Helsinki"'),
            ("organisations.yaml", '"0201256-6"', '"0116510-6"'),
            ("organisations.yaml", "valid_to:\n    value: 2025-12-31", "valid_to:\n    value: 2026-12-31"),
        )
    )
    assert outcome == Outcome(corrected=8)
    helsinki = Organisation.objects.get(key="org-011")
    assert Programme.objects.get(key="fi-2021").name["fi"] == "Ekosysteemisopimukset"
    assert Agreement.objects.filter(key="fi-2021-01", decider__key="org-053").exists()
    assert [theme.key for theme in Priority.objects.get(key="fi-2021-01-p1").themes.all()] == ["digital"]
    assert Category.objects.get(key="low-carbon").label["fi"] == "hiilineutraalius"
    assert Municipality.objects.get(code="091").name["sv"] == "Helsingfors stad"
    assert helsinki.names.get().name["fi"] == "Helsinki"
    assert helsinki.identifiers.get(scheme="business_id").value == "0116510-6"
    assert Organisation.objects.get(key="org-069").valid_to == date(2026, 12, 31)


@pytest.mark.django_db
def test_what_a_person_corrected_is_left_and_told_while_the_rest_is_loaded(small: Small) -> None:
    apply(small())
    corrected_by_a_person("valid_to", date(2029, 1, 1))
    outcome = apply(small(("agreements.yaml", 'value: "Helsinki, Espoo ja Vantaa"', 'value: "Pääkaupunkiseutu"')))
    assert version_one().valid_to == date(2029, 1, 1)
    assert version_one().agreement.name["fi"] == "Pääkaupunkiseutu"
    (conflict,) = outcome.conflicts
    told = "version fi-2021-01/1 valid_to: the file says “2027-12-31”; “2029-01-01” stands, entered by keeper"
    assert str(conflict) == f"agreements.yaml:{conflict.place.line}: {told}"
    assert "valid_to" in (REFERENCE / "agreements.yaml").read_text(encoding="utf-8").splitlines()[conflict.place.line - 1]
    assert not outcome.clean


@pytest.mark.django_db
def test_a_value_a_person_declared_unknown_stays_so(small: Small) -> None:
    apply(small())
    corrected_by_a_person("valid_to", None)
    assert [conflict.standing for conflict in apply(small()).conflicts] == ["“not known”"]
    assert version_one().valid_to is None


@pytest.mark.django_db
def test_a_person_who_says_what_the_files_say_is_no_conflict_and_keeps_the_evidence(small: Small) -> None:
    apply(small())
    corrected_by_a_person("valid_to", date(2027, 12, 31))
    assert apply(small()) == Outcome()
    assert Evidence.objects.get(kind="version", key="fi-2021-01/1", field="valid_to").entered_by == "keeper"


@pytest.mark.django_db
def test_what_was_looked_for_again_says_the_new_day(small: Small) -> None:
    apply(small())
    outcome = apply(
        small(("agreements.yaml", "commitments: {unknown: true, looked_on: 2026-11-24}", "commitments: {unknown: true, looked_on: 2026-12-01}"))
    )
    assert outcome == Outcome(corrected=1)
    assert Evidence.objects.get(kind="agreement", key="fi-2021-01", field="commitments").looked_on == date(2026, 12, 1)


@pytest.mark.django_db
def test_other_evidence_for_the_same_signatory_is_taken(small: Small) -> None:
    apply(small())
    old = "- organisation: org-011\n            side: city\n            source: vantaa-ecosystem-project\n            as_of: 2026-11-24"
    outcome = apply(small(("agreements.yaml", old, old.replace("vantaa-ecosystem-project", "helsinki-decision-2022-03-16"))))
    assert outcome == Outcome(corrected=1)
    evidence = Evidence.objects.select_related("source").get(kind="signatory", key="fi-2021-01/1/org-011", field="organisation")
    assert evidence.source is not None
    assert evidence.source.key == "helsinki-decision-2022-03-16"


@pytest.mark.django_db
def test_a_source_put_right_is_right_wherever_it_is_cited(small: Small) -> None:
    apply(small())
    outcome = apply(small(("sources.yaml", "published: 2021-02-09", "published: 2021-02-08")))
    assert outcome.clean
    assert Source.objects.get(key="tem-release-2021-02-09").published == date(2021, 2, 8)
    assert apply(small(("sources.yaml", "published: 2021-02-09", "published: 2021-02-08"))) == Outcome()


@pytest.mark.django_db
def test_a_later_version_is_recorded_and_opened(small: Small) -> None:
    apply(small())
    text = (REFERENCE / "agreements.yaml").read_text(encoding="utf-8")
    start, end = text.index("      - number: 1\n        signed_on"), text.index("    cooperation_parties:")
    second = (
        text[start:end]
        .replace("number: 1", "number: 2", 1)
        .replace("{value: 2021-02-09", "{value: 2028-01-10", 1)
        .replace("{value: 2027-12-31", "{value: 2034-12-31", 1)
    )
    outcome = apply(small(("agreements.yaml", "    cooperation_parties:", second + "    cooperation_parties:")))
    assert outcome == Outcome(entered=outcome.entered)
    assert dict(outcome.entered) == {"version": 1}
    assert AgreementVersion.objects.get(agreement__key="fi-2021-01", number=2).publication.status == "open"


@pytest.mark.django_db
def test_a_priority_added_to_the_files_is_stated(small: Small) -> None:
    whole = small()
    shorter = tuple(replace(one, priorities=one.priorities[:1]) for one in whole.agreements)
    apply(replace(whole, agreements=shorter))
    assert dict(apply(whole).entered) == {"priority": sum(len(one.priorities) - 1 for one in whole.agreements)}


@pytest.mark.django_db
def test_what_no_act_adds_is_told_and_left(small: Small) -> None:
    whole = small()
    kajaani = next(one for one in whole.agreements if one.key == "fi-2021-15")
    fewer = tuple(replace(one, cooperation_parties=kajaani.cooperation_parties[:-1]) if one is kajaani else one for one in whole.agreements)
    apply(replace(whole, agreements=fewer))
    outcome = apply(whole)
    assert [(difference.kind, difference.key) for difference in outcome.unapplied] == [("cooperation_party", "fi-2021-15/org-069")]
    assert not outcome.clean


@pytest.mark.django_db
def test_a_published_figure_is_never_altered(small: Small) -> None:
    apply(small())
    outcome = apply(small(("figures.yaml", "exact_cents: 500000000", "exact_cents: 400000000")))
    assert Figure.objects.get(key="f-001").exact == 500_000_000
    assert [(difference.key, "never altered" in difference.entered_by) for difference in outcome.unapplied] == [("f-001", True)]


@pytest.mark.django_db
def test_what_was_withdrawn_is_not_opened_again(small: Small) -> None:
    apply(small())
    withdraw(by=SYSTEM, publication=version_one().publication, reason=Text(fi="Syy"))
    assert apply(small()) == Outcome()
    assert Publication.objects.get(version=version_one()).status == "withdrawn"


@pytest.mark.django_db
def test_an_act_that_refuses_is_told_with_file_and_line_and_nothing_has_happened(small: Small) -> None:
    other = create_programme(by=SYSTEM, key="other", name=Text(fi="Muu"), summary=Text(fi="Muu"), country="FI", currency="EUR", time_zone="UTC")
    register_place(by=SYSTEM, programme=other, code="205", name=Text(fi="Kajaani"), latitude=None, longitude=None)
    events = Event.objects.count()
    with pytest.raises(ReferenceRefused) as refused:
        apply(small())
    assert str(refused.value).startswith("municipalities.csv:")
    assert "FI-205 is registered already" in str(refused.value)
    assert not Programme.objects.filter(key="fi-2021").exists()
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_the_command_loads_says_what_it_did_and_says_so_when_there_is_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load-reference"]) == 0
    assert "16 agreements" in capsys.readouterr().out
    assert cli.main(["load-reference"]) == 0
    assert capsys.readouterr().out == "The facts are there already.\n"
    corrected_by_a_person("valid_to", date(2029, 1, 1))
    assert cli.main(["load-reference"]) == 1
    told = capsys.readouterr().err
    assert "1 left as it stands:\nagreements.yaml:" in told
    assert "entered by keeper" in told


@pytest.mark.django_db
def test_the_command_changes_nothing_when_anything_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    path = folder / "figures.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("language: sv", "language: se", 1), encoding="utf-8")
    assert cli.main(["load-reference", "--folder", str(folder)]) == 1
    assert "figures.yaml:" in capsys.readouterr().err
    assert not Programme.objects.exists()
    assert not Event.objects.exists()


def test_the_command_can_only_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load-reference", "--check"]) == 0
    assert capsys.readouterr().out.startswith("Nothing is wrong: 16 agreements")


@pytest.mark.django_db
def test_a_name_an_organisation_took_later_stays_when_the_facts_are_read_again(small: Small) -> None:
    apply(small())
    city = Organisation.objects.get(key="org-028")
    rename_organisation(by=SYSTEM, organisation=city, name=Text(fi="Uusi nimi"), valid_from=date(2026, 1, 1))
    assert apply(small()) == Outcome()
    assert [name.name["fi"] for name in city.names.all()] == ["Kajaanin kaupunki", "Uusi nimi"]
    outcome = apply(small(("organisations.yaml", 'fi: {value: "Kajaanin kaupunki"', 'fi: {value: "Kajaani"')))
    assert [(difference.key, difference.field) for difference in outcome.unapplied] == [("org-028", "name.fi")]
    assert [name.name["fi"] for name in city.names.all()] == ["Kajaanin kaupunki", "Uusi nimi"]
