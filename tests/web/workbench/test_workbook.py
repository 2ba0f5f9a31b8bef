"""The pages of a workbook: downloaded, checked, refused with its places, loaded once, and seen afterwards."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Agreement, WorkbookLoad
from kumppani.domain.parties.models import Membership
from kumppani.imports.workbook.apply import LARGEST_FILE, apply_workbook
from kumppani.imports.workbook.write import write_workbook
from kumppani.jobs.kept import sweep
from kumppani.jobs.queue import JobState, from_data, job
from kumppani.jobs.workbook import needed_files
from kumppani.jobs.worker import work_off
from kumppani.kernel import clock
from kumppani.kernel.text import Text
from kumppani.workflow import guard
from kumppani.workflow.people import end_role
from tests.builders import NOON, priority_of, published_agreement
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


def hand_in(client: Client, content: bytes) -> Any:
    return client.post(WORKBOOK, {"file": SimpleUploadedFile("book.xlsx", content), "act": "check"})


def ticket_of(answer: Any) -> str:
    """What the page of a check sends along to have the file loaded."""
    found = re.search(r'name="ticket" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def load(client: Client, ticket: str) -> Any:
    return client.post(WORKBOOK, {"ticket": ticket, "act": "load"})


@pytest.fixture(autouse=True)
def jobs_folder(tmp_path: Path, settings: Any) -> Path:
    """The folder of jobs, beside the tests."""
    settings.JOBS_FOLDER = tmp_path / "jobs"
    return tmp_path / "jobs"


def test_a_workbook_is_downloaded_checked_loaded_and_seen(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    filling = filling_of(client)
    row = filling.add("priorities", number=2, title__en="New focus", title__fi="Uusi painopiste")
    filling.write("priorities", "harjoitus-01-p1", "title.sv", "Ny rubrik")
    checked = hand_in(client, filling.saved())
    assert checked.status_code == 200
    assert "New rows: 1. Changed rows: 1." in words(checked)
    asked = load(client, ticket_of(checked))
    assert asked.status_code == 303
    waiting = client.get(asked["Location"])
    assert "Stands: waiting for its turn" in words(waiting)
    assert "Look again" in words(waiting)
    assert not WorkbookLoad.objects.exists()
    assert work_off() == 1
    done: Any = client.get(asked["Location"])
    assert (done.status_code, done["Location"]) == (303, f"{WORKBOOK}1/")
    page = words(client.get(done["Location"]))
    assert f"Strategic priorities {row} harjoitus-01-p2: strategic priority added" in page
    assert "harjoitus-01-p1: put right Title, in Swedish" in page
    assert "Load 1, 24 November 2026 at 12.00 2 rows changed something" in words(client.get(WORKBOOK))
    assert "New focus" in words(client.get(f"{PLACE}/agreements/harjoitus-01/"))
    assert "Loading of the workbook harjoitus-01 done" in words(client.get(f"{PLACE}/work/jobs/"))
    again = hand_in(client, filling.saved())
    assert "Nothing changes." in words(again)
    assert b'name="ticket"' not in again.content


def ready(client: Client, title: str = "New focus") -> str:
    """The ticket of a workbook that was checked: it adds a priority."""
    filling = filling_of(client)
    filling.add("priorities", number=2, title__en=title)
    return ticket_of(hand_in(client, filling.saved()))


def test_asked_twice_it_is_one_job(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    ticket = ready(client)
    places = {load(client, ticket)["Location"] for _ in range(2)}
    assert work_off() == 1
    assert {load(client, ticket)["Location"]} == places
    assert (len(places), work_off(), WorkbookLoad.objects.count()) == (1, 0, 1)


def test_a_ticket_is_for_one_person_one_agreement_and_one_hour(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    ticket = ready(client)
    for bad in ("", "guessed", ticket[:-1] + ("a" if ticket[-1] != "a" else "b")):
        answer = load(client, bad)
        assert answer.status_code == 400
        assert "no file that you handed in" in words(answer)
    elsewhere = client.post(WORKBOOK.replace("-01", "-05"), {"ticket": ticket, "act": "load"})
    assert elsewhere.status_code == 400
    sign_in(client, "official")
    assert load(client, ticket).status_code == 400
    sign_in(client, "coordinator")
    with clock.stopped_at(NOON + timedelta(hours=1)):
        late = load(client, ticket)
    assert late.status_code == 409
    assert "Choose it again" in words(late)
    assert load(client, ticket).status_code == 303


def test_a_file_that_nobody_asks_to_load_is_kept_for_an_hour_and_one_at_a_time(client: Client, agreement: Agreement, jobs_folder: Path) -> None:
    sign_in(client, "coordinator")
    old, new = ready(client), ready(client, "Newer focus")
    assert len(list((jobs_folder / "files").iterdir())) == 1
    place = load(client, old)["Location"]
    assert work_off() == 1
    assert "Choose it again" in words(client.get(place))
    with clock.stopped_at(NOON + timedelta(hours=2)):
        assert (sweep(needed_files()), list((jobs_folder / "files").iterdir())) == (1, [])
    assert new
    assert not WorkbookLoad.objects.exists()


def test_a_file_that_a_job_waits_for_is_not_swept(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    load(client, ready(client))
    with clock.stopped_at(NOON + timedelta(hours=30)):
        assert sweep(needed_files()) == 0
    assert (work_off(), WorkbookLoad.objects.count()) == (1, 1)


def test_a_role_that_was_taken_away_meanwhile_refuses_the_job_with_the_sentence(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    place = load(client, ready(client))["Location"]
    member = Membership.objects.get(person__key="coordinator")
    end_role(by=SYSTEM, membership=member, on=(NOON - timedelta(days=1)).date())
    assert work_off() == 1
    assert not WorkbookLoad.objects.exists()
    refused = job(place.rstrip("/").rpartition("/")[2], "coordinator", "harjoitus")
    assert refused.state is JobState.REFUSED
    assert from_data(refused.outcome["reason"]).template.startswith("You are not permitted to do this")


def test_what_somebody_changed_meanwhile_is_told_by_its_cell(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    filling = filling_of(client).write("priorities", "harjoitus-01-p1", "title.sv", "Min")
    theirs = filling_of(client).write("priorities", "harjoitus-01-p1", "title.sv", "Deras")
    place = load(client, ticket_of(hand_in(client, filling.saved())))["Location"]
    apply_workbook(theirs.saved(), SYSTEM)
    assert work_off() == 1
    page = words(client.get(place))
    assert "Changed by somebody else meanwhile. Yours: “Min”. Now: “Deras”." in page
    assert "Stands: refused" in page
    assert agreement.priorities.get().title["sv"] == "Deras"


def test_a_version_that_was_signed_meanwhile_refuses_the_workbook(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    place = load(client, ready(client))["Location"]
    with guard.writing():
        agreement.versions.update(number=2)
    assert work_off() == 1
    assert "The workbook is of version 1; the agreement is now at version 2." in words(client.get(place))
    assert agreement.priorities.count() == 1


def test_a_job_is_seen_by_who_asked_for_it_alone(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    place = load(client, ready(client))["Location"]
    sign_in(client, "official")
    assert client.get(place).status_code == 404
    assert "Loading of the workbook" not in words(client.get(f"{PLACE}/work/jobs/"))
    for guessed in ("guessed", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"{PLACE}/work/jobs/{guessed}/").status_code == 404


def test_a_fault_breaks_the_job_off_and_is_told_without_its_values(client: Client, agreement: Agreement, monkeypatch: Any) -> None:
    sign_in(client, "coordinator")
    place = load(client, ready(client))["Location"]

    def fault(*_: Any, **_more: Any) -> None:
        raise RuntimeError("secret value")

    monkeypatch.setattr("kumppani.jobs.workbook.apply_workbook", fault)
    assert work_off() == 1
    page = words(client.get(place))
    assert "The job broke off through a fault of the service" in page
    row = DBTaskResult.objects.get()
    assert "secret" not in f"{row.traceback}{row.exception_class_path}{row.return_value}{row.args_kwargs}"


def test_what_is_to_be_mended_stands_row_by_row_and_nothing_is_loaded(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    filling = filling_of(client)
    filling.add("priorities", number=2, title__fi="Hyvä")
    row = filling.add("priorities", number=1.5, title__fi="Huono")
    answer = hand_in(client, filling.saved())
    page = words(answer)
    assert answer.status_code == 400
    assert "1 place in the file needs mending" in page
    assert f"Strategic priorities B{row} This is no whole number from 1 to 32767." in page
    assert agreement.priorities.count() == 1


def test_refusals_of_the_whole_file_have_their_status_and_stand_at_the_field(client: Client, agreement: Agreement) -> None:
    sign_in(client, "coordinator")
    other = Agreement.objects.exclude(pk=agreement.pk).get()
    nothing: Any = client.post(WORKBOOK, {"act": "check"})
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
    place = load(client, ticket_of(hand_in(client, filling.saved())))["Location"]
    with django_assert_max_num_queries(15):
        assert client.get(place).status_code == 200
    work_off()
    for path in (WORKBOOK, f"{WORKBOOK}1/", f"{PLACE}/work/workbooks/", f"{PLACE}/work/jobs/"):
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200
