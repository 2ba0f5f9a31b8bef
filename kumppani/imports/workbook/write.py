"""The workbook of an agreement, to be downloaded: what stands now, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement
from kumppani.domain.agreements.queries import parties_of
from kumppani.domain.agreements.rules import Side
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.imports.workbook.sheets import FORMAT, SHEETS, Kind, Sheet
from kumppani.imports.workbook.standing import PARTS, Standing, standing_of, token
from kumppani.kernel import clock
from kumppani.kernel.text import Message, Text, _
from kumppani.rendering.workbook import Book, Heading, KnownKeys, Page, workbook_bytes

TRAINING = _("TRAINING: everything in this programme is fictional.")
HOW = (
    _("Fill in the cells, save the file as .xlsx and hand it back: first it is checked, and only a file without mistakes is loaded, as a whole."),
    _("A new row takes the first empty line of its sheet. Grey cells are not changed here. Nothing is deleted by deleting a row."),
    _("Days are written 9.2.2021. Keys are chosen from the sheet of known keys. Formulas and merged cells are not read."),
    _("If somebody changes the same agreement meanwhile, the file is refused with the cells concerned: download the workbook again."),
)


def write_workbook(by: Viewer, agreement: Agreement, language: str) -> bytes:
    """The workbook as an XLSX file. Call it while `language` is the active one: headings follow it, names of machines do not."""
    check_can(by, Permission.LOAD_WORKBOOK, agreement.programme.key, of=parties_of(agreement))
    standing = standing_of(agreement)
    training = agreement.programme.is_training
    pages = [_page(sheet, standing, training=training) for sheet in SHEETS.values()]
    book = Book(
        str(_("Read first")),
        list(_about(standing, language, training=training)),
        pages,
        str(_("Known keys")),
        _lists(standing, language),
        _state(standing),
    )
    return workbook_bytes(book, created=clock.now())


def _page(sheet: Sheet, standing: Standing, *, training: bool) -> Page:
    note = f"{TRAINING} {sheet.note}" if training else str(sheet.note)
    columns = [
        Heading(
            column.id,
            f"{column.heading} *" if column.needed else str(column.heading),
            column.width,
            is_day=column.kind is Kind.DAY,
            choices=column.choices,
            fixed=column.fixed,
        )
        for column in sheet.columns
    ]
    return Page(sheet.marker, str(sheet.title), note, columns, list(standing.rows[sheet.id].items()))


def _about(standing: Standing, language: str, *, training: bool) -> Iterable[tuple[str, str]]:
    agreement = standing.agreement
    if training:
        yield str(_("Note")), str(TRAINING)
    yield str(_("Agreement")), f"{agreement.name.pick(language).value} ({agreement.key})"
    yield str(_("Programme")), f"{agreement.programme.name.pick(language).value} ({agreement.programme.key})"
    yield str(_("Version")), str(standing.version)
    yield str(_("Downloaded")), f"{clock.now().isoformat(timespec='seconds')}"
    yield str(_("Digest of what was downloaded")), token(standing.state())
    for number, sentence in enumerate(HOW, start=1):
        yield str(number), str(sentence)


def _lists(standing: Standing, language: str) -> list[KnownKeys]:
    def named(title: Message, id_: str, rows: Iterable[tuple[str, Text]]) -> KnownKeys:
        return KnownKeys(id_, str(title), [(key, text.pick(language).value) for key, text in rows])

    today = clock.today(standing.agreement.programme.time_zone)
    organisations = sorted(standing.organisations.items())
    plain = {
        "sides": (_("Sides"), list(Side)),
        "parts": (_("Parts in an agreement"), PARTS),
        "kinds": (_("Kinds of organisation"), list(OrganisationKind)),
    }
    return [
        named(_("Organisations"), "organisations", ((key, one.name_on(today)) for key, one in organisations)),
        named(_("Themes"), "themes", ((key, one.label) for key, one in standing.themes.items())),
        named(_("Action types"), "action_types", ((key, one.label) for key, one in standing.action_types.items())),
        *(KnownKeys(id_, str(title), [(str(key), "") for key in keys]) for id_, (title, keys) in plain.items()),
    ]


def _state(standing: Standing) -> list[list[str]]:
    state = standing.state()
    agreement = standing.agreement
    facts = {
        "format": FORMAT,
        "programme": agreement.programme.key,
        "agreement": agreement.key,
        "version": str(standing.version),
        "token": token(state),
    }
    rows = [["row", sheet, key, " ".join(f"{name}:{value}" for name, value in cells.items())] for sheet, key, cells in state]
    return [*([name, value] for name, value in facts.items()), *rows]
