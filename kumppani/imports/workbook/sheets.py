"""What the workbook of an agreement holds: its sheets and columns. Names that machines read never depend on a language; headings do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kumppani.kernel.text import LANGUAGES, Message, _

IN_LANGUAGE = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
MARKER = "kumppani:"
"""How the first cell of every sheet of a workbook begins."""

FORMAT = "1"
"""Changes when a workbook of before can no longer be read."""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    KEY = "key"
    KEYS = "keys"
    """Keys with spaces between."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `fixed`: of a row that is there already it is not changed here. `needed`: never empty."""

    id: str
    heading: Message
    kind: Kind = Kind.TEXT
    needed: bool = False
    fixed: bool = False
    choices: str = ""
    width: int = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. A closed one stands for what the service does not know yet: its note says what brings it."""

    id: str
    title: Message
    note: Message
    columns: tuple[Column, ...]
    closed: bool = False

    @property
    def marker(self) -> str:
        """What its first cell says."""
        return f"{MARKER}{self.id}"

    def column(self, name: str) -> Column:
        """The column by its name."""
        return next(column for column in self.columns if column.id == name)


def _texts(name: str, heading: Message, width: int = 40, *, fixed: bool = False) -> tuple[Column, ...]:
    return tuple(
        Column(f"{name}.{language}", _("{what}, {language}", what=heading, language=IN_LANGUAGE[language]), width=width, fixed=fixed)
        for language in LANGUAGES
    )


def _day(name: str, heading: Message, *, needed: bool = False, fixed: bool = False) -> Column:
    return Column(name, heading, Kind.DAY, needed=needed, fixed=fixed, width=13)


NUMBER = Column("number", _("Number"), Kind.NUMBER, needed=True, fixed=True, width=9)

PARTIES = Sheet(
    "parties",
    _("Parties"),
    _("Who signed, negotiated or cooperates. Names and business IDs can be put right here; nobody is added or removed in this sheet."),
    (
        Column("part", _("Part in the agreement"), Kind.KEY, needed=True, fixed=True, choices="parts", width=20),
        Column("organisation", _("Key of the organisation"), Kind.KEY, needed=True, fixed=True, width=30),
        Column("kind", _("Kind of organisation"), Kind.KEY, fixed=True, choices="kinds", width=20),
        *_texts("name", _("Name"), 34),
        Column("identifier.business_id", _("Business ID"), width=13),
        *_texts("role", _("Role"), 34, fixed=True),
        _day("valid_from", _("From"), fixed=True),
        _day("valid_to", _("Until"), fixed=True),
    ),
)
PRIORITIES = Sheet(
    "priorities",
    _("Strategic priorities"),
    _("What the agreement concentrates on. A new row needs a number nobody has yet, and a title. Several themes: keys with spaces between."),
    (
        NUMBER,
        *_texts("title", _("Title")),
        *_texts("description", _("Description"), 60),
        Column("themes", _("Themes"), Kind.KEYS, width=26),
        _day("valid_from", _("From"), fixed=True),
        _day("valid_to", _("Until"), fixed=True),
    ),
)
COMMITMENTS = Sheet(
    "commitments",
    _("Commitments"),
    _("Who promised what to whom, by when. Leave the days of fulfilment and release empty while the commitment is owed."),
    (
        NUMBER,
        Column("side", _("Side that promises"), Kind.KEY, needed=True, fixed=True, choices="sides", width=12),
        Column("promised_by", _("Promised by"), Kind.KEY, needed=True, fixed=True, choices="organisations", width=26),
        Column("promised_to", _("Promised to"), Kind.KEY, needed=True, fixed=True, choices="organisations", width=26),
        *_texts("subject", _("Subject"), 28),
        *_texts("promise", _("Promise"), 60),
        Column("priority", _("Number of the priority"), Kind.NUMBER, fixed=True, width=12),
        _day("promised_on", _("Promised on"), needed=True),
        _day("due_on", _("Due by")),
        _day("fulfilled_on", _("Fulfilled on")),
        _day("released_on", _("Released on")),
    ),
)
MEASURES = Sheet(
    "measures",
    _("Measures"),
    _("The action plan. Partners: keys of organisations with spaces between. Leave the days of completion and dropping empty while work goes on."),
    (
        NUMBER,
        Column("priority", _("Number of the priority"), Kind.NUMBER, needed=True, fixed=True, width=12),
        Column("action_type", _("Action type"), Kind.KEY, needed=True, fixed=True, choices="action_types", width=22),
        *_texts("title", _("Title")),
        *_texts("description", _("Description"), 60),
        Column("lead", _("Lead"), Kind.KEY, needed=True, fixed=True, choices="organisations", width=26),
        Column("partners", _("Partners"), Kind.KEYS, fixed=True, width=34),
        _day("stated_on", _("Stated on"), needed=True, fixed=True),
        _day("starts_on", _("Starts on"), needed=True),
        _day("ends_on", _("Ends on"), needed=True),
        *_texts("progress", _("Where it stands"), 50),
        _day("reported_on", _("Reported on")),
        _day("completed_on", _("Completed on")),
        _day("dropped_on", _("Dropped on")),
    ),
)
CONTACT_POINTS = Sheet(
    "contact_points",
    _("Contact points"),
    _("Where to write to a party: the address of a role, as a registry or a programme office. No names, no telephones, nobody's own address."),
    (
        Column("organisation", _("Key of the organisation"), Kind.KEY, needed=True, fixed=True, choices="organisations", width=30),
        *_texts("role", _("Role"), 34),
        Column("address", _("E-mail address of the role"), needed=True, width=34),
        _day("valid_from", _("From"), needed=True),
        _day("valid_to", _("Until")),
    ),
)
BODIES = Sheet(
    "bodies",
    _("Bodies"),
    _("Bodies of the parties: councils, boards, steering groups. A new row establishes a body; seats and meetings have pages of their own."),
    (
        Column("key", _("Key"), Kind.KEY, needed=True, fixed=True, width=30),
        Column("kind", _("Kind of body"), Kind.KEY, needed=True, fixed=True, choices="body_kinds", width=22),
        Column("organisation", _("Key of the organisation"), Kind.KEY, needed=True, fixed=True, choices="organisations", width=30),
        *_texts("name", _("Name"), 34, fixed=True),
        Column("quorum_rule", _("What makes it quorate"), Kind.KEY, needed=True, fixed=True, choices="quorum_rules", width=22),
        Column("quorum_number", _("How many seats that takes"), Kind.NUMBER, fixed=True, width=14),
    ),
)
PROJECTS = Sheet(
    "projects",
    _("Projects"),
    _("Nothing can be filled in here yet: projects and their outside codes come with stage 3, when project data is brought in."),
    (
        Column("code", _("Outside code"), Kind.KEY, width=18),
        Column("source", _("Source of the code"), Kind.KEY, width=22),
        *_texts("name", _("Name"), 40),
        Column("priority", _("Number of the priority"), Kind.NUMBER, width=12),
    ),
    closed=True,
)
MONEY = Sheet(
    "money",
    _("Money"),
    _("Nothing can be filled in here yet: money comes with stage 6, from the call to the legal decision."),
    (
        Column("source", _("Source of money"), Kind.KEY, width=22),
        Column("amount", _("Amount, euros and cents"), width=18),
        _day("booked_on", _("Day")),
        *_texts("basis", _("Basis"), 40),
    ),
    closed=True,
)
INDICATORS = Sheet(
    "indicators",
    _("Indicators"),
    _("Nothing can be filled in here yet: indicators come with the stage that brings results."),
    (
        Column("indicator", _("Indicator"), Kind.KEY, width=18),
        Column("value", _("Value"), width=14),
        _day("observed_on", _("Day")),
        *_texts("note", _("Note"), 40),
    ),
    closed=True,
)

SHEETS: dict[str, Sheet] = {
    sheet.id: sheet for sheet in (PARTIES, PRIORITIES, COMMITMENTS, MEASURES, CONTACT_POINTS, BODIES, PROJECTS, MONEY, INDICATORS)
}
"""In the order of the workbook."""

NOT_FILLED_IN = frozenset({"about", "lists", "state"})
"""Sheets of the workbook that are not read as data."""


def reference(row: int, column: int) -> str:
    """A cell as spreadsheets call it, counted from 1: (7, 4) is D7."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
