"""What is downloaded and handed back changes nothing; what is filled in is there, and is downloaded again as it was filled in."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kumppani.access.viewer import SYSTEM, Grant, Viewer
from kumppani.domain.agreements.models import ContactPoint, Measure, WorkbookLoad
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.imports.workbook.apply import apply_workbook, check_workbook
from kumppani.imports.workbook.write import write_workbook
from kumppani.kernel.text import LANGUAGES
from tests.builders import TODAY
from tests.imports.workbook.filling import Filling
from tests.universe import Universe

NEW_MEASURE = {
    "number": 77,
    "priority": 1,
    "action_type": "pilot",
    "title__fi": "Uusi toimenpide",
    "title__sv": "Ny åtgärd",
    "lead": "city-north",
    "partners": "university ministry",
    "stated_on": TODAY,
    "starts_on": TODAY,
    "ends_on": date(2027, 6, 30),
}


def download(universe: Universe, language: str = "en") -> bytes:
    with translation.override(language):
        return write_workbook(SYSTEM, universe.north, language)


def cells_of(content: bytes) -> dict[str, Any]:
    """All cells that are filled in, by sheet; what says when it was downloaded left out."""
    return {sheet.name: sheet.cells for sheet in Filling(content).sheets[1:-1]}


@pytest.fixture
def measure(universe: Universe) -> dict[str, Any]:
    return {**NEW_MEASURE, "action_type": min(universe.action_types)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_handed_back_as_it_was_downloaded_changes_nothing(universe: Universe, language: str) -> None:
    before = Event.objects.count()
    for content in (download(universe, language), Filling(download(universe, language)).saved()):
        plan = apply_workbook(content, SYSTEM)
        assert (plan.nothing_to_do, plan.unchanged) == (True, sum(map(len, _rows(universe).values())))
    assert (Event.objects.count(), WorkbookLoad.objects.count()) == (before, 0)


def _rows(universe: Universe) -> dict[str, Any]:
    from_file = Filling(download(universe))
    names = ("parties", "priorities", "commitments", "measures", "contact_points", "bodies")
    return {name: [place for place in from_file.sheet(name).cells if place[0] > 3 and place[1] == 1] for name in names}


def test_what_was_filled_in_is_there_and_comes_out_again_as_it_went_in(universe: Universe, measure: dict[str, Any]) -> None:
    filling = Filling(download(universe))
    late = universe.commitments[CommitmentState.LATE].key
    filling.add("measures", **measure)
    filling.add("contact_points", organisation="city-north", role__fi="Kirjaamo", address="kirjaamo@kaupunki.example", valid_from=TODAY)
    filling.add("bodies", key="pohjola-board", kind="board", organisation="city-north", name__fi="Hallitus", quorum_rule="at_least", quorum_number=3)
    filling.write("commitments", late, "promise.sv", "Ett löfte på svenska")
    filling.write("commitments", late, "fulfilled_on", TODAY)
    content = filling.saved()
    plan = check_workbook(content, SYSTEM)
    assert (len(plan.stated), len(plan.changed), plan.refused, WorkbookLoad.objects.count()) == (3, 2, [], 0)
    apply_workbook(content, SYSTEM)
    fulfilled = type(universe.commitments[CommitmentState.LATE]).objects.get(key=late)
    assert (fulfilled.fulfilled_on, fulfilled.promise["sv"]) == (TODAY, "Ett löfte på svenska")
    added = Measure.objects.get(agreement=universe.north, number=77)
    assert (added.lead.key, {one.key for one in added.partners.all()}) == ("city-north", {"university", "ministry"})
    assert ContactPoint.objects.get(position=2).address == "kirjaamo@kaupunki.example"
    again = Filling(download(universe))
    for name in ("priorities", "commitments", "measures", "contact_points", "bodies"):
        assert _without_keys(again, name) == _without_keys(filling, name)
    assert apply_workbook(again.saved(), SYSTEM).nothing_to_do


def _without_keys(filling: Filling, name: str) -> list[list[str]]:
    """A sheet's rows without what only the service gives: the key of a new row, the order of partners."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), value in filling.sheet(name).cells.items():
        if row > 3 and column > 1:
            rows.setdefault(row, {})[column] = " ".join(sorted(str(value).split()))
    return sorted([f"{column}:{value}" for column, value in sorted(cells.items())] for cells in rows.values())


def test_one_run_is_one_event_with_its_rows_and_every_row_has_the_event_of_its_act(universe: Universe, measure: dict[str, Any]) -> None:
    filling = Filling(download(universe))
    row = filling.add("measures", **measure)
    filling.write("measures", universe.measures[MeasureState.LATE].key, "progress.fi", "Kesken")
    filling.write("measures", universe.measures[MeasureState.LATE].key, "reported_on", TODAY)
    last = Event.objects.filter(chain="fi-2021").count()
    apply_workbook(filling.saved(), SYSTEM)
    acts = list(Event.objects.filter(chain="fi-2021", number__gt=last, kind__in=["measure", "workbookload"]).values_list("act", flat=True))
    assert sorted(acts) == ["load_workbook", "report_measure", "state_measure"]
    load = WorkbookLoad.objects.get()
    assert (load.rows[0]["act"], load.rows[0]["row"]) == ("state_measure", row)
    assert load.rows[1]["columns"] == ["progress.fi", "reported_on"]
    assert (load.number, load.loaded_by) == (1, "system")


def test_a_text_that_looks_like_a_formula_goes_out_and_comes_in_as_a_text(universe: Universe) -> None:
    for text in ("=1+1", "+358", "-5", "@SUM(A1)", '=HYPERLINK("http://x.example")'):
        filling = Filling(download(universe)).write("priorities", universe.priorities[0].key, "description.fi", text)
        apply_workbook(filling.saved(), SYSTEM)
        out = Filling(download(universe))
        assert not out.sheet("priorities").formulas
        assert out.look("priorities", universe.priorities[0].key, "description.fi") == text


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=WORDS, said=WORDS, promised=st.dates(date(2000, 1, 1), TODAY), wait=st.integers(0, 4000))
def test_whatever_is_filled_in_comes_out_as_it_went_in(universe: Universe, title: str, said: str, promised: date, wait: int) -> None:
    filling = Filling(download(universe))
    key = universe.commitments[CommitmentState.OWED].key
    due = date.fromordinal(promised.toordinal() + wait)
    for column, value in {"subject.fi": title, "promise.en": said, "promised_on": promised, "due_on": due}.items():
        filling.write("commitments", key, column, value)
    apply_workbook(filling.saved(), SYSTEM)
    again = Filling(download(universe))
    found = [again.look("commitments", key, column) for column in ("subject.fi", "promise.en", "promised_on", "due_on")]
    assert found == [title.strip(), said.strip(), promised, due]
    assert apply_workbook(again.saved(), SYSTEM).nothing_to_do


def test_a_person_loads_what_their_organisation_may_change_and_nothing_else(universe: Universe) -> None:
    some = frozenset({Permission.LOAD_WORKBOOK, Permission.CORRECT_FACT, Permission.REPORT_COMMITMENT})
    person = Viewer("city-person", (Grant("fi-2021", some, "city-north", Reach.ORGANISATION),))
    states = universe.commitments[CommitmentState.LATE]
    filling = Filling(download(universe)).write("commitments", states.key, "fulfilled_on", TODAY)
    own = states.promised_by.key == "city-north"
    plan = check_workbook(filling.saved(), person)
    assert bool(plan.refused) is not own
    filling = Filling(download(universe))
    filling.add("priorities", number=9, title__fi="Uusi painopiste")
    assert "state_priority" in str(check_workbook(filling.saved(), person).refused[0])
