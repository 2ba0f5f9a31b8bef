"""What a correction may not do: reach into another programme, undo somebody else's change, take away a name, or end in an error of ours."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import KnownUpdate, Priority, StatedGoal
from kumppani.domain.programmes.models import Programme
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel.errors import Missing, Refusal, RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow import corrections
from kumppani.workflow.agreements import Said, Signing, TakingPart, record_signed_elsewhere
from kumppani.workflow.corrections import correct_fact
from tests.builders import TODAY, organisation_in, unknown
from tests.universe import Universe


def correct(programme: Programme, kind: str, key: str, field: str, value: object) -> Any:
    cited = Cited(Mark.ENTERED, as_of=TODAY) if value is not None else unknown()
    return correct_fact(by=SYSTEM, programme=programme, kind=kind, key=key, field=field, value=value, cited=cited)


def refused(kind: type[Refusal], code: str, *what: Any) -> None:
    with pytest.raises(kind) as refusal:
        correct(*what)
    assert refusal.value.code == code


def test_a_programme_corrects_only_what_it_registered(universe: Universe) -> None:
    university, town = universe.organisations.university, universe.places["Pohjola"]
    refused(Missing, "no-such-fact", universe.training, "organisation", university.key, "name.fi", "Vieras nimi")
    refused(Missing, "no-such-fact", universe.training, "municipality", town.key, "name.fi", "Vieras nimi")


def test_who_decides_is_an_organisation_that_is_there_and_is_not_invented(universe: Universe) -> None:
    invented = organisation_in(universe.training, "invented-council")
    for key in ("nobody", invented.key):
        refused(RuleBroken, "unknown-organisation", universe.programme, "agreement", universe.south.key, "decider", key)


def test_an_organisation_does_not_end_before_it_starts(universe: Universe) -> None:
    refused(RuleBroken, "end-before-start", universe.programme, "organisation", universe.organisations.county.key, "valid_to", date(2000, 1, 1))


def test_nothing_is_left_without_a_name(universe: Universe) -> None:
    laboratory = universe.organisations.laboratory.key
    correct(universe.programme, "organisation", laboratory, "name.en", None)
    refused(RuleBroken, "name-missing", universe.programme, "organisation", laboratory, "name.fi", None)
    correct(universe.programme, "priority", universe.priorities[0].key, "title.sv", None)
    correct(universe.programme, "priority", universe.priorities[0].key, "title.en", None)
    refused(RuleBroken, "name-missing", universe.programme, "priority", universe.priorities[0].key, "title.fi", None)


def test_what_somebody_else_changed_meanwhile_stays(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    original = corrections.find_fact

    def found_and_then_changed(programme: Programme, kind: str, key: str) -> Any:
        found = original(programme, kind, key)
        Priority.objects.filter(key=key).update(description=Text(fi="Toisen kirjoittama"))
        return found

    monkeypatch.setattr(corrections, "find_fact", found_and_then_changed)
    correct(universe.programme, "priority", universe.priorities[0].key, "title.sv", "Ny tyngdpunkt")
    priority = Priority.objects.get(key=universe.priorities[0].key)
    assert (priority.title["sv"], priority.description) == ("Ny tyngdpunkt", {"fi": "Toisen kirjoittama"})


def test_a_next_version_adds_to_what_is_said_of_the_agreement(universe: Universe) -> None:
    organisations = universe.organisations
    for number, day in ((2, date(2028, 1, 1)), (3, date(2029, 1, 1))):
        version = record_signed_elsewhere(
            by=SYSTEM,
            programme=universe.programme,
            key=universe.south.key,
            position=2,
            name=Text(fi="Seutu"),
            municipalities=[],
            decider=None,
            signed_on=day,
            valid_from=day,
            valid_to=date(day.year, 12, 31),
            content=Text(fi="Sisältö"),
            signings=[Signing(organisations.ministry, "state"), Signing(organisations.city_south, "city")],  # type: ignore[arg-type]  # a side by its key
            cooperation_parties=[TakingPart((organisations.university, organisations.hospital)[number - 2])],
            stated_goals=[Said(Text(fi=f"Tavoite {number}"))],
            known_updates=[Said(Text(fi=f"Päivitys {number}"), happened_on=day)],
        )
        assert version.number == number
    assert list(StatedGoal.objects.filter(agreement=universe.south).values_list("position", flat=True)) == [1, 2]
    assert list(KnownUpdate.objects.filter(agreement=universe.south).values_list("position", flat=True)) == [1, 2]
    assert [party.position for party in universe.south.cooperation_parties.all()] == [1, 2]
