"""The pages of a workbook: downloaded, checked, refused with its places, loaded once, and seen afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Agreement, WorkbookLoad
from kumppani.imports.workbook.apply import LARGEST_FILE
from kumppani.imports.workbook.write import write_workbook
from kumppani.kernel.text import Text
from tests.builders import priority_of, published_agreement
from tests.imports.workbook.filling import Filling
from tests.web.reading import words
from tests.working import PLACE, Office, open_office, sign_in

WORKBOOK = f"{PLACE}/work/agreements/harjoitus-01/workbook/"


@pytest.fixture
def agreement(db: None, noon: None) -> Agreement:
    """One in force between the office's ministry and city, with one priority."""
    office: Office = open_office()
    municipality = office.draft.agreement.municipalities.get()
    found = published_agreement(office.programme, "harjoitus-01", 1, office.ministry, office.city, municipality).agreement
    priority_of(found, 1)
    return found


def filling_of(client: Client) -> Filling:
    """The workbook, downloaded."""
    answer: Any = client.get(f"{WORKBOOK}file/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="harjoitus-01.xlsx"'
    return Filling(answer.content)


def hand_in(client: Client, content: bytes, act: str = "load") -> Any:
    return client.post(WORKBOOK, {"file": SimpleUploadedFile("book.xlsx", content), "act": act})


def test_a_workbook_is_downloaded_checked_loaded_and_seen(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    filling = filling_of(client)
    row = filling.add("priorities", number=2, title__en="New focus", title__fi="Uusi painopiste")
    filling.write("priorities", "harjoitus-01-p1", "title.sv", "Ny rubrik")
    checked = hand_in(client, filling.saved(), "check")
    assert checked.status_code == 200
    assert "New rows: 1. Changed rows: 1." in words(checked)
    assert not WorkbookLoad.objects.exists()
    loaded = hand_in(client, filling.saved())
    assert (loaded.status_code, loaded["Location"]) == (303, f"{WORKBOOK}1/")
    page = words(client.get(loaded["Location"]))
    assert f"Strategic priorities {row} harjoitus-01-p2: strategic priority added" in page
    assert "harjoitus-01-p1: put right Title, in Swedish" in page
    assert "Load 1, 24 November 2026 at 12.00 2 rows changed something" in words(client.get(WORKBOOK))
    assert "New focus" in words(client.get(f"{PLACE}/agreements/harjoitus-01/"))
    again = hand_in(client, filling.saved())
    assert (again.status_code, WorkbookLoad.objects.count()) == (200, 1)
    assert "Nothing changes." in words(again)


@pytest.mark.parametrize("act", ["check", "load"])
def test_what_is_to_be_mended_stands_row_by_row_and_nothing_is_loaded(client: Client, agreement: Agreement, act: str) -> None:
    sign_in(client, "coordinator")
    filling = filling_of(client)
    filling.add("priorities", number=2, title__fi="Hyvä")
    row = filling.add("priorities", number=1.5, title__fi="Huono")
    answer = hand_in(client, filling.saved(), act)
    page = words(answer)
    assert answer.status_code == 400
    assert "1 place in the file needs mending" in page
    assert f"Strategic priorities B{row} This is no whole number from 1 to 32767." in page
    assert agreement.priorities.count() == 1


def test_refusals_of_the_whole_file_have_their_status_and_stand_at_the_field(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    other = Agreement.objects.exclude(pk=agreement.pk).get()
    nothing: Any = client.post(WORKBOOK, {"act": "load"})
    tried = {
        400: (nothing, "Choose the file first."),
        409: (hand_in(client, write_workbook(SYSTEM, other, "en")), "another agreement"),
        413: (hand_in(client, b"PK" + bytes(LARGEST_FILE)), "larger than the 10 MB"),
    }
    for status, (answer, said) in tried.items():
        assert answer.status_code == status
        assert said in words(answer)
        assert 'aria-describedby="file-hint file-error"' in answer.content.decode()
    assert "not an XLSX workbook" in words(hand_in(client, b"name;title"))


def test_what_is_far_too_large_is_refused_before_it_is_read(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    answer = client.post(WORKBOOK, data=b"x", content_type="multipart/form-data; boundary=b", headers={"content-length": str(2_000_000_000)})
    assert answer.status_code == 413
    assert "larger than the 10 MB that are taken at once" in words(answer)


def test_another_city_finds_no_workbook_here(client: Client, agreement: Agreement) -> None:
    sign_in(client, "neighbour")
    for path in (WORKBOOK, f"{WORKBOOK}file/", f"{WORKBOOK}1/"):
        assert client.get(path).status_code == 404
    assert hand_in(client, b"").status_code == 404
    assert "None: your roles in this programme do not include it." in words(client.get(f"{PLACE}/work/workbooks/"))


def test_my_workbooks_are_those_of_my_agreements(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    page = words(client.get(f"{PLACE}/work/workbooks/"))
    assert "City region 1" in page
    assert "Archipelago agreement" in page


def test_what_a_role_does_not_permit_is_told_at_the_row(client: Client, agreement: Agreement) -> None:
    sign_in(client, "official")
    filling = filling_of(client)
    row = filling.add("priorities", number=2, title__fi="Uusi")
    answer = hand_in(client, filling.saved())
    assert answer.status_code == 400
    assert f"Strategic priorities {row} You are not permitted to do this" in words(answer)


def test_the_pages_take_a_fixed_number_of_queries(client: Client, agreement: Agreement, django_assert_max_num_queries: Any) -> None:
    sign_in(client, "coordinator")
    filling = filling_of(client)
    for number in range(2, 40):
        filling.add("priorities", number=number, title__fi=str(Text(fi=f"Painopiste {number}")["fi"]))
    hand_in(client, filling.saved())
    for path in (WORKBOOK, f"{WORKBOOK}1/", f"{PLACE}/work/workbooks/"):
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200
