"""The workbook at the command line: written, checked, refused with places, loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import WorkbookLoad
from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.text import Text
from kumppani.ops import cli
from kumppani.workflow.people import define_role
from tests.imports.workbook.filling import Filling
from tests.universe import Universe


@pytest.fixture
def file(universe: Universe, tmp_path: Path) -> Path:
    path = tmp_path / "north.xlsx"
    assert cli.main(["workbook", universe.north.key, "--out", str(path)]) == 0
    return path


def test_a_workbook_is_written_checked_and_loaded(universe: Universe, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filling = Filling(file.read_bytes())
    row = filling.add("priorities", number=55, title__fi="Uusi painopiste")
    filling.write("priorities", universe.priorities[0].key, "title.sv", "Ny rubrik")
    file.write_bytes(filling.saved())
    assert cli.main(["load-workbook", str(file), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "1 new, 1 changed" in said
    assert f"priorities row {row}: new" in said
    assert "this was a dry run" in said
    assert not WorkbookLoad.objects.exists()
    assert cli.main(["load-workbook", str(file)]) == 0
    assert universe.north.priorities.get(number=55).title["fi"] == "Uusi painopiste"
    assert [load.key for load in WorkbookLoad.objects.all()] == [f"{universe.north.key}/workbook/1"]


def test_what_is_to_be_mended_is_told_row_by_row_in_the_language_asked_for(
    universe: Universe, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filling = Filling(file.read_bytes()).write("priorities", universe.priorities[0].key, "number", 1.5)
    row = filling.row("priorities", universe.priorities[0].key)
    file.write_bytes(filling.saved())
    assert cli.main(["load-workbook", str(file), "--language", "fi"]) == 1
    said = capsys.readouterr().err
    assert "Nothing was loaded. To mend (1):" in said
    assert f"Strategiset painopisteet B{row}: Tämä ei ole kokonaisluku" in said
    assert not WorkbookLoad.objects.exists()


def test_a_file_that_is_not_there_and_an_agreement_that_is_not_known_are_sentences(
    universe: Universe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["load-workbook", str(tmp_path / "gone.xlsx")]) == 1
    assert cli.main(["workbook", "nowhere", "--out", str(tmp_path / "x.xlsx")]) == 1
    said = capsys.readouterr().err
    assert "No such file or directory" in said
    assert "There is no agreement “nowhere” here." in said


def test_who_hands_it_in_needs_the_powers_and_is_named(universe: Universe, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filling = Filling(file.read_bytes())
    filling.add("priorities", number=55, title__fi="Uusi painopiste")
    file.write_bytes(filling.saved())
    for person in ("bystander-fi-2021", "nobody"):
        assert cli.main(["load-workbook", str(file), "--by", person]) == 1
    said = capsys.readouterr().err
    assert f"There is no agreement “{universe.north.key}” here." in said
    assert "There is no person “nobody” here." in said
    role = {Permission.LOAD_WORKBOOK, Permission.STATE_PRIORITY}
    define_role(by=SYSTEM, key="bystander", title=Text(en="Filler"), permissions=frozenset(role))
    assert cli.main(["load-workbook", str(file), "--by", "bystander-fi-2021"]) == 0
    assert WorkbookLoad.objects.get().loaded_by == "bystander-fi-2021"
