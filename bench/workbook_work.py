"""The agreement and the workbook that the workbook's bench measures."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.core.management import call_command
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Agreement, Measure
from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.imports.workbook.apply import apply_workbook, check_workbook
from kumppani.imports.workbook.write import write_workbook
from kumppani.imports.workbook.xlsx import open_workbook
from kumppani.kernel.text import Text
from kumppani.workflow import guard
from kumppani.workflow.agreements import Signing, record_signed_elsewhere, state_priority
from kumppani.workflow.organisations import register_organisation
from kumppani.workflow.programmes import create_programme, register_place, state_category

DAY = date(2026, 1, 15)
HEADER = 3


def prepare() -> None:
    """Tables, and a signed agreement with one priority."""
    call_command("migrate", verbosity=0)
    programme = create_programme(
        by=SYSTEM, key="bench", name=Text(en="Bench"), summary=Text(en="B"), country="ZZ", currency="EUR", time_zone="UTC", is_training=True
    )
    state_category(by=SYSTEM, programme=programme, scheme="action_types", scheme_title=Text(en="A"), key="pilot", label=Text(en="Pilot"))
    point = {"latitude": Decimal("61.5"), "longitude": Decimal("23.8")}
    place = register_place(by=SYSTEM, programme=programme, code="901", name=Text(fi="Paikka"), point_kind="town", regions=[], **point)
    parties = [
        register_organisation(by=SYSTEM, programme=programme, key=key, kind=kind, name=Text(fi=key))
        for key, kind in (("ministry", OrganisationKind.MINISTRY), ("city", OrganisationKind.MUNICIPALITY))
    ]
    version = record_signed_elsewhere(
        by=SYSTEM,
        programme=programme,
        key="bench-01",
        position=1,
        name=Text(fi="Sopimus"),
        municipalities=[(place, True)],
        decider=None,
        signed_on=DAY,
        valid_from=DAY,
        valid_to=None,
        content=Text(fi="Sisältö"),
        signings=[Signing(parties[0], Side.STATE), Signing(parties[1], Side.CITY)],
    )
    state_priority(by=SYSTEM, agreement=version.agreement, key="bench-01-p1", number=1, title=Text(fi="Painopiste"))


def filled(rows: int) -> bytes:
    """The agreement's workbook with this many measures filled in, as another program saves it."""
    sheets = open_workbook(write_workbook(SYSTEM, Agreement.objects.select_related("programme").get(), "en"))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "d.m.yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for (row, column), value in sheet.cells.items():
                if isinstance(value, date):
                    page.write_datetime(row - 1, column - 1, value, day)
                else:
                    page.write(row - 1, column - 1, value)
            if sheet.cells.get((1, 1)) == "kumppani:measures":
                places = {str(name): column - 1 for (row, column), name in sheet.cells.items() if row == 1}
                for number in range(1, rows + 1):
                    _fill(page, day, HEADER + number - 1, places, number)
    return file.getvalue()


def _fill(page: xlsxwriter.worksheet.Worksheet, day: xlsxwriter.format.Format, row: int, places: dict[str, int], number: int) -> None:
    words = {"title.fi": f"Toimenpide {number}", "description.fi": "Mitä tehdään ja miksi. " * 8, "lead": "city", "partners": "ministry"}
    for name, value in {**words, "action_type": "pilot", "number": number, "priority": 1}.items():
        page.write(row, places[name], value)
    for name in ("stated_on", "starts_on", "ends_on"):
        page.write_datetime(row, places[name], DAY, day)


def only_read(content: bytes) -> None:
    """The floor of a check: every sheet read by a library in Rust, nothing understood."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def check(content: bytes) -> None:
    """A dry run."""
    plan = check_workbook(content, SYSTEM)
    if plan.refused or not plan.stated:
        raise AssertionError("the bench's own workbook is not right")


def only_insert(rows: int) -> None:
    """The floor of a load: the same rows inserted one by one in a transaction, then taken back; no rules, evidence or journal."""
    agreement = Agreement.objects.get()
    priority = agreement.priorities.get()
    parties = list(agreement.versions.get().signatories.select_related("organisation"))
    category = agreement.programme.schemes.get(key="action_types").categories.get()
    with guard.writing(), transaction.atomic():
        for number in range(1, rows + 1):
            Measure.objects.create(
                agreement=agreement,
                key=f"bench-01-x{number}",
                number=number,
                priority=priority,
                action_type=category,
                title=Text(fi=f"Toimenpide {number}"),
                description=Text(fi="Mitä tehdään ja miksi. " * 8),
                lead=parties[1].organisation,
                stated_on=DAY,
                starts_on=DAY,
                ends_on=DAY,
            )
        transaction.set_rollback(True)


def load(content: bytes) -> None:
    """All rows through their acts, in one."""
    apply_workbook(content, SYSTEM)


def database() -> str:
    """Which database is measured."""
    return connection.vendor
