"""Whatever is wrong with a file is told with its place, and nothing is changed."""

import io
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.agreements.models import WorkbookLoad
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.journal.models import Event
from kumppani.imports.workbook.apply import LARGEST_FILE, apply_workbook, check_workbook
from kumppani.imports.workbook.read import WorkbookRefused
from kumppani.imports.workbook.write import write_workbook
from kumppani.kernel.errors import Conflict, Missing, NotAllowed, Refusal, RuleBroken, TooLarge
from kumppani.workflow.workbooks import load_workbook
from tests.builders import TODAY
from tests.imports.workbook.filling import Filling
from tests.universe import Universe


@pytest.fixture
def filling(universe: Universe) -> Filling:
    return Filling(write_workbook(SYSTEM, universe.north, "en"))


def refused(content: bytes, code: str, kind: type[Refusal] = RuleBroken) -> Refusal:
    """The file is refused when it is checked and when it is loaded, and leaves nothing behind."""
    before = Event.objects.count()
    with pytest.raises(kind) as refusal:
        check_workbook(content, SYSTEM)
    with pytest.raises(kind) as again:
        apply_workbook(content, SYSTEM)
    assert refusal.value.code == again.value.code == code
    assert (Event.objects.count(), WorkbookLoad.objects.count()) == (before, 0)
    return refusal.value


def problems(content: bytes) -> list[str]:
    """What is told of the file's places; loading says the same and changes nothing."""
    before = (Event.objects.count(), WorkbookLoad.objects.count())
    found = [str(problem) for problem in check_workbook(content, SYSTEM).refused]
    with pytest.raises(WorkbookRefused) as refusal:
        apply_workbook(content, SYSTEM)
    assert [str(problem) for problem in refusal.value.problems] == found
    assert (Event.objects.count(), WorkbookLoad.objects.count()) == before
    return found


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same file with its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def test_the_workbook_of_another_agreement_or_version_is_refused(universe: Universe, filling: Filling) -> None:
    content = filling.saved()
    with pytest.raises(Conflict, match="another agreement"):
        check_workbook(content, SYSTEM, universe.south)
    with pytest.raises(Conflict, match="another agreement"):
        apply_workbook(content, SYSTEM, universe.training_agreement)
    state = filling.sheet("state")
    row = next(row for (row, column), value in state.cells.items() if value == "version")
    state.cells[row, 2] = "7"
    refused(filling.saved(), "workbook-of-older-version", Conflict)


def test_a_file_that_is_no_workbook_is_refused(universe: Universe) -> None:
    for content in (b"", b"PK\x03\x04", b"name;title\n1;2\n", "\ud800".encode("utf-16", "surrogatepass"), b"%PDF-1.7 text"):
        refused(content, "not-a-workbook")


def test_a_workbook_of_something_else_is_refused(universe: Universe, filling: Filling) -> None:
    refused(filling.without("state").saved(), "workbook-without-state")


def test_an_altered_hidden_sheet_is_refused(universe: Universe, filling: Filling) -> None:
    state = filling.sheet("state")
    place = next(place for place, value in state.cells.items() if str(value).startswith("number:"))
    state.cells[place] = "number:-"
    refused(filling.saved(), "workbook-state-altered")


def test_a_formula_is_an_error_at_its_cell_even_with_a_value_beside_it(universe: Universe, filling: Filling) -> None:
    column = filling.column("measures", "title.fi")
    filling.also("measures", lambda page: page.write_formula(3, column - 1, '=HYPERLINK("http://evil.example")', None, "Toimenpide"))
    assert any("Measures E4: Formulas are not read" in problem for problem in problems(filling.saved()))


def test_merged_cells_are_an_error_with_their_area(universe: Universe, filling: Filling) -> None:
    filling.also("commitments", lambda page: page.merge_range("F60:G61", "together"))
    assert "Commitments F60:G61: These cells are merged: every cell stands alone." in problems(filling.saved())


def test_a_number_a_time_an_impossible_day_and_an_error_are_no_days(universe: Universe, filling: Filling) -> None:
    key = universe.commitments[CommitmentState.OWED].key
    row, column = filling.row("commitments", key), filling.column("commitments", "due_on")
    place = f"{chr(64 + column)}{row}"
    wrong: dict[Any, str] = {45000: "is a number and no day", "31.2.2024": "", "tomorrow": "", True: "", 45000.5: "no day"}
    for value, said in wrong.items():
        found = problems(filling.write("commitments", key, "due_on", value).saved())
        assert len(found) == 1
        assert place in found[0]
        assert said in found[0]
    filling.write("commitments", key, "due_on", datetime(2027, 1, 1, 12, 30))  # noqa: DTZ001 a cell has no time zone
    assert "a day with a time" in problems(filling.saved())[0]


def test_every_mistake_is_told_at_its_cell_and_no_row_is_loaded_beside_them(universe: Universe, filling: Filling) -> None:
    good = filling.add("priorities", number=55, title__fi="Hyvä painopiste")
    bad = filling.add("measures", number=61, priority=99, action_type="nonsense", title__fi="X", lead="nobody", stated_on=TODAY, starts_on=TODAY)
    filling.write("commitments", universe.commitments[CommitmentState.OWED].key, "promised_by", "university")
    filling.write("commitments", universe.commitments[CommitmentState.LATE].key, "promised_on", None)
    said = "\n".join(problems(filling.saved()))
    for expected in (
        f"Measures C{bad}: There is no priority with the number 99.",
        f"Measures D{bad}: “nonsense” is none of the known keys.",
        "“nobody” is none of the known keys.",
        "This cannot be changed in the workbook",
        "This must not be empty.",
    ):
        assert expected in said
    assert f"B{good}:" not in said
    assert not universe.north.priorities.filter(number=55).exists()


def test_a_row_left_out_a_row_twice_and_a_number_twice_are_told(universe: Universe, filling: Filling) -> None:
    owed, late = universe.commitments[CommitmentState.OWED].key, universe.commitments[CommitmentState.LATE].key
    row = filling.row("commitments", late)
    filling.sheet("commitments").cells[row, 1] = owed
    filling.add("priorities", number=1, title__fi="Sama numero")
    said = "\n".join(problems(filling.saved()))
    assert f"The row “{owed}” stands twice." in said
    assert f"The row “{late}” is missing: nothing is deleted by leaving it out." in said
    assert "“1” is taken by another row." in said


def test_what_breaks_a_rule_is_told_before_anything_is_done(universe: Universe, filling: Filling) -> None:
    owed, under_way = universe.commitments[CommitmentState.OWED], universe.measures[MeasureState.UNDER_WAY]
    filling.write("commitments", owed.key, "fulfilled_on", TODAY + timedelta(days=1))
    filling.write("measures", under_way.key, "progress.fi", "Etenee")
    filling.add("contact_points", organisation="city-north", role__fi="Puhelin", address="+358 40 123 4567", valid_from=TODAY)
    filling.add("commitments", number=88, side="city", promised_by="city-north", promised_to="city-north", promise__fi="X", promised_on=TODAY)
    said = "\n".join(problems(filling.saved()))
    for expected in ("still to come", "fill in “Reported on”", "not an e-mail address of a role", "A commitment is made to another party."):
        assert expected in said


def test_sheets_of_later_stages_take_nothing_and_say_what_brings_them(universe: Universe, filling: Filling) -> None:
    for name, said in {"projects": "stage 3", "money": "stage 6", "indicators": "results"}.items():
        column = filling.sheet(name).cells[1, 2]
        found = problems(Filling(filling.saved()).write(name, 4, str(column), "X").saved())
        assert said in found[0]


def test_who_may_not_load_may_not_download_either(universe: Universe, filling: Filling) -> None:
    for take in (lambda: check_workbook(filling.saved(), STRANGER, universe.north), lambda: write_workbook(STRANGER, universe.north, "en")):
        with pytest.raises(NotAllowed):
            take()
    with pytest.raises(Missing):
        check_workbook(filling.saved(), STRANGER)


def test_what_somebody_else_changed_meanwhile_is_refused_at_the_cell(universe: Universe, filling: Filling) -> None:
    key = universe.priorities[0].key
    theirs = Filling(filling.saved()).write("priorities", key, "title.sv", "Deras")
    apply_workbook(theirs.saved(), SYSTEM)
    found = check_workbook(filling.write("priorities", key, "title.sv", "Vår").saved(), SYSTEM).refused
    assert [str(problem).partition(": ")[2] for problem in found] == ["Changed by somebody else meanwhile. Yours: “Vår”. Now: “Deras”."]


def test_what_changes_between_the_look_and_the_lock_is_a_conflict(universe: Universe, filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    key = universe.priorities[0].key
    mine = filling.write("priorities", key, "title.sv", "Vår").saved()
    theirs = Filling(write_workbook(SYSTEM, universe.north, "en")).write("priorities", universe.priorities[1].key, "title.sv", "Deras").saved()

    def overtaken(**given: Any) -> Any:
        monkeypatch.setattr(f"{apply_workbook.__module__}.load_workbook", load_workbook)
        apply_workbook(theirs, SYSTEM)
        return load_workbook(**given)

    monkeypatch.setattr(f"{apply_workbook.__module__}.load_workbook", overtaken)
    with pytest.raises(Conflict) as refusal:
        apply_workbook(mine, SYSTEM)
    assert refusal.value.code == "workbook-overtaken"
    assert WorkbookLoad.objects.count() == 1


def test_a_hundred_thousand_empty_rows_cost_nothing_and_change_nothing(universe: Universe, filling: Filling) -> None:
    rows = "".join(f'<row r="{row}"><c r="B{row}" s="1"/></row>' for row in range(5000, 105_000)).encode()

    def padded(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", rows + b"</sheetData>") if name.startswith("xl/worksheets/") else part

    started = time.monotonic()
    assert check_workbook(repacked(filling.saved(), padded), SYSTEM).nothing_to_do
    assert time.monotonic() - started < 20


def test_more_cells_than_any_workbook_has_are_refused_before_they_fill_the_memory(universe: Universe, filling: Filling) -> None:
    row = "".join(f"<c><v>{column}</v></c>" for column in range(500))
    rows = "".join(f'<row r="{number}">{row}</row>' for number in range(5000, 6000)).encode()

    def stuffed(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", rows + b"</sheetData>") if name == "xl/worksheets/sheet3.xml" else part

    content = repacked(filling.saved(), stuffed)
    assert len(content) < LARGEST_FILE / 2
    refused(content, "workbook-too-many-cells", TooLarge)


def test_a_cell_at_the_far_corner_costs_one_cell(universe: Universe, filling: Filling) -> None:
    filling.sheet("priorities").cells[1_048_576, 16_384] = "far away"
    assert "There is no column of the workbook here: this would be lost." in problems(filling.saved())[0]


def test_ten_megabytes_of_text_are_refused_at_the_cell(universe: Universe, filling: Filling) -> None:
    letters = b"a" * 10_000_000

    def swollen(name: str, part: bytes) -> bytes:
        return part.replace(b"Batterikemi", letters) if name == "xl/sharedStrings.xml" else part

    found = problems(repacked(filling.saved(), swollen))
    assert "The text has 10000000 characters; a cell holds 32767." in found[0]


def test_a_file_too_large_packed_or_unpacked_is_refused_by_size(universe: Universe, filling: Filling) -> None:
    refused(b"PK" + bytes(LARGEST_FILE), "workbook-too-large", TooLarge)
    bomb = repacked(filling.saved(), lambda name, part: part + b" " * 70_000_000 if name == "xl/styles.xml" else part)
    assert len(bomb) < LARGEST_FILE
    assert "unpacks to more" in str(refused(bomb, "workbook-unpacks-too-large", TooLarge))


def test_a_bomb_that_lies_about_its_size_is_refused_too(universe: Universe, filling: Filling) -> None:
    content = bytearray(repacked(filling.saved(), lambda name, part: b" " * 50_000_000 if name == "xl/styles.xml" else part))
    size = (50_000_000).to_bytes(4, "little")
    for _time in range(content.count(size)):
        place = content.find(size)
        content[place : place + 4] = (1000).to_bytes(4, "little")
    refused(bytes(content), "not-a-workbook")


def test_an_exploding_document_type_and_broken_letters_are_refused(universe: Universe, filling: Filling) -> None:
    def typed(name: str, part: bytes) -> bytes:
        return part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>', 1) if name == "xl/sharedStrings.xml" else part

    refused(
        repacked(filling.saved(), lambda name, part: part.replace(b"Batterikemi", b"\xff\xfe\x80") if "shared" in name else part), "workbook-broken"
    )
    refused(repacked(filling.saved(), lambda name, part: part[:200] if name == "xl/workbook.xml" else part), "workbook-broken")


def test_damage_anywhere_is_a_sentence_and_never_a_crash(universe: Universe, filling: Filling) -> None:
    content = filling.saved()
    for place in range(0, len(content), max(1, len(content) // 150)):
        broken = bytearray(content)
        broken[place] ^= zlib.crc32(bytes([place % 256])) % 255 + 1
        try:
            check_workbook(bytes(broken), SYSTEM)
        except Refusal:
            continue


def test_what_is_wrong_is_said_in_the_language_of_the_reader(universe: Universe, filling: Filling) -> None:
    content = filling.write("commitments", universe.commitments[CommitmentState.OWED].key, "due_on", 45000).saved()
    with translation.override("fi"):
        assert "on luku eikä päivä" in str(check_workbook(content, SYSTEM).refused[0])


def test_the_same_file_loaded_twice_changes_nothing_the_second_time(universe: Universe, filling: Filling) -> None:
    filling.add("priorities", number=55, title__fi="Uusi painopiste")
    filling.add("contact_points", organisation="city-north", role__fi="Kirjaamo", address="kirjaamo@kaupunki.example", valid_from=TODAY)
    content = filling.saved()
    assert len(apply_workbook(content, SYSTEM).stated) == 2
    assert apply_workbook(content, SYSTEM).nothing_to_do
    filling.write("priorities", filling.first_empty("priorities") - 1, "title.fi", "Toinen nimi")
    assert "“55” is taken by another row." in problems(filling.saved())[0]


def test_macros_are_refused(universe: Universe, filling: Filling) -> None:
    file = io.BytesIO(filling.saved())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    refused(file.getvalue(), "workbook-with-macros")


def test_a_new_row_with_a_cell_that_cannot_be_read_says_that_and_nothing_more(universe: Universe, filling: Filling) -> None:
    row = filling.add("commitments", number=90, side="city", promised_by="city-north", promised_to="ministry", promise__fi="X", promised_on=45000)
    assert [problem.partition(":")[0] for problem in problems(filling.saved())] == [f"Commitments M{row}"]


def test_a_body_needs_a_party_a_free_key_and_its_quorum(universe: Universe, filling: Filling) -> None:
    given = {"kind": "board", "organisation": "city-north", "name__fi": "Hallitus", "quorum_rule": "more_than_half"}
    filling.add("bodies", key="board-a", **given)
    filling.add("bodies", key="board-a", **given)
    filling.add("bodies", key="board-b", **given | {"organisation": "city-south"})
    filling.add("bodies", key="board-c", **given | {"quorum_rule": "at_least"})
    filling.add("bodies", key="Board D", **given)
    said = "\n".join(problems(filling.saved()))
    for expected in (
        "“board-a” is taken by another row.",
        "“city-south” has no part in this agreement.",
        "“At least” takes a number",
        "is not a key",
    ):
        assert expected in said
