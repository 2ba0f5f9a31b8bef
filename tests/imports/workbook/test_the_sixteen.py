"""The workbooks of the real agreements: each comes back unchanged, and one is filled, refused, mended and loaded."""

from datetime import date

import pytest
from django.conf import settings

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Agreement, Commitment, Measure
from kumppani.domain.journal.models import Event
from kumppani.imports.reference.apply import apply
from kumppani.imports.reference.load import load
from kumppani.imports.workbook.apply import apply_workbook, check_workbook
from kumppani.imports.workbook.write import write_workbook
from kumppani.kernel.text import LANGUAGES
from tests.builders import SIGNED, TODAY
from tests.imports.workbook.filling import Filling


@pytest.fixture
def agreements(db: None, noon: None) -> list[Agreement]:
    apply(load(settings.REFERENCE_FOLDER))
    return list(Agreement.objects.select_related("programme"))


def test_each_real_agreement_comes_back_as_it_went_out(agreements: list[Agreement]) -> None:
    before = Event.objects.count()
    for number, agreement in enumerate(agreements):
        plan = apply_workbook(write_workbook(SYSTEM, agreement, LANGUAGES[number % 3]), SYSTEM)
        assert (plan.agreement, plan.nothing_to_do, plan.unchanged > 2) == (agreement, True, True)
    assert (len(agreements), Event.objects.count()) == (16, before)


def test_a_real_agreement_is_filled_refused_mended_and_loaded(agreements: list[Agreement]) -> None:
    filling = Filling(write_workbook(SYSTEM, agreements[0], "en"))
    parts = filling.sheet("parties").cells
    place = filling.column("parties", "part")
    state, city = (_organisation(filling, row) for part in ("signatory_state", "signatory_city") for row in _rows(parts, place, part))
    promise = {"side": "state", "promised_by": state, "promised_to": city, "promise__fi": "Rahoitus haetaan.", "promised_on": SIGNED}
    row = filling.add("commitments", number=1, **promise, due_on=45000)
    focus = {"priority": 1, "action_type": min(_action_types(filling)), "lead": city}
    days = {"stated_on": SIGNED, "starts_on": SIGNED, "ends_on": date(2027, 12, 31), "reported_on": TODAY}
    filling.add("measures", number=1, title__fi="Kokeilu", progress__fi="Käynnissä", **focus, **days)
    refused = check_workbook(filling.saved(), SYSTEM).refused
    assert [one.row for one in refused] == [row]
    filling.write("commitments", row, "due_on", date(2027, 6, 30))
    apply_workbook(filling.saved(), SYSTEM)
    promised, measure = Commitment.objects.get(agreement=agreements[0]), Measure.objects.get(agreement=agreements[0])
    assert (promised.due_on, measure.progress["fi"], measure.reported_on) == (date(2027, 6, 30), "Käynnissä", TODAY)


def _rows(cells: dict[tuple[int, int], object], column: int, wanted: str) -> list[int]:
    return [row for (row, place), value in sorted(cells.items(), key=str) if place == column and value == wanted][:1]


def _organisation(filling: Filling, row: int) -> str:
    return str(filling.sheet("parties").cells[row, filling.column("parties", "organisation")])


def _action_types(filling: Filling) -> list[str]:
    cells = filling.sheet("lists").cells
    column = next(column for (row, column), value in cells.items() if row == 3 and value == "Action types")
    return [str(value) for (row, place), value in cells.items() if place == column and row > 3]
