"""Pages of docs/reference, written from the code so that they cannot say anything else than the code does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import translation

from kumppani.access.fields import FIELDS
from kumppani.domain.agreements.states import CHANGE_ACTS, CHANGE_NAMES, VERSION_ACTS, VERSION_NAMES
from kumppani.domain.bodies.states import ACTION_POINT_ACTS, ACTION_POINT_NAMES, MEETING_ACTS, MEETING_NAMES
from kumppani.domain.dialogue.states import FEEDBACK_ACTS, FEEDBACK_NAMES
from kumppani.domain.parties.matrix import Held, refusal
from kumppani.domain.parties.permissions import FOR_EVERYONE, Permission, Reach
from kumppani.domain.parties.roles import STANDARD_ROLES, StandardRole
from kumppani.domain.publishing.states import PUBLICATION_ACTS, PUBLICATION_NAMES
from kumppani.kernel.acts import Names, Step

Table = Mapping[Any, Step]

ACT_TABLES: dict[str, tuple[Table, Mapping[Any, Names]]] = {
    "Version of an agreement": (VERSION_ACTS, VERSION_NAMES),
    "Requested change": (CHANGE_ACTS, CHANGE_NAMES),
    "Meeting": (MEETING_ACTS, MEETING_NAMES),
    "Action point": (ACTION_POINT_ACTS, ACTION_POINT_NAMES),
    "Publication": (PUBLICATION_ACTS, PUBLICATION_NAMES),
    "Feedback": (FEEDBACK_ACTS, FEEDBACK_NAMES),
}
HEAD = "<!-- Written by `make reference` from the code: change the code, not this page. -->\n\n"


def acts_page() -> str:
    """Statuses and acts, each table with its diagram."""
    parts = [HEAD + "# Statuses and acts\n"]
    for title, (table, names) in ACT_TABLES.items():
        parts += [f"\n## {title}\n", _diagram(table), _rows(table), _statuses(names)]
    return "\n".join(parts)


def _diagram(table: Table) -> str:
    lines = [f"    {status or '[*]'} --> {step.next}: {act}" for (status, act), step in table.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```", ""])


def _rows(table: Table) -> str:
    head = ["| status | act | next | whose turn | permission | event |", "|---|---|---|---|---|---|"]
    rows = [f"| {status or '–'} | {act} | {step.next} | {step.turn} | {step.permission} | {step.event} |" for (status, act), step in table.items()]
    return "\n".join([*head, *rows, ""])


def _statuses(names: Mapping[Any, Names]) -> str:
    head = ["| status | owner | staff see | the public sees | before it is reached |", "|---|---|---|---|---|"]
    rows = [f"| {status} | {name.owner} | {name.staff} | {name.public} | {name.before} |" for status, name in names.items()]
    return "\n".join([*head, *rows, ""])


def permissions_page() -> str:
    """Every act that can be permitted."""
    rows = [f"| {permission} | {'everyone' if permission in FOR_EVERYONE else 'by role'} |" for permission in Permission]
    head = ["# Permissions", "", "One permission an act; roles are rows that list them.", "", "| act | who |", "|---|---|"]
    return HEAD + "\n".join([*head, *rows, ""])


def matrix_page() -> str:
    """Role × act × status: who may do what, and where."""
    parts = [HEAD + MATRIX_HEAD]
    tabled: set[str] = set()
    for title, (table, _names) in ACT_TABLES.items():
        tabled |= {row.permission for row in table.values()}
        parts += [f"\n## {title}\n", _matrix(table)]
    loose = [permission for permission in Permission if permission not in tabled]
    return "\n".join([*parts, "\n## Acts on things without statuses\n", _loose(loose)])


MATRIX_HEAD = """# Who may do what

Each row is an act in a status in which it can be done; in every other status it is refused (`act-not-in-status`). Each column is a standard role.

- **all**: on everything in the programme.
- **own**: only on what is the organisation's for which the role is held; otherwise refused (`not-permitted`, or `for-no-party` where the role
  reaches further but the act is done in the name of a party). Where it is another party's turn, the act is refused too (`not-your-turn`).
- **–**: refused (`not-permitted`).

Roles with no column, and a stranger, may do none of the acts of a table. `tests/access/test_matrix.py` does every cell.
"""


def _matrix(table: Table) -> str:
    wanted = {row.permission for row in table.values()}
    if wanted <= FOR_EVERYONE:
        return "Everyone, also a stranger, may do every act of this table.\n"
    roles = {key: role for key, role in STANDARD_ROLES.items() if wanted & role.permissions}
    head = [f"| act | status | {' | '.join(roles)} |", "|---|---|" + "---|" * len(roles)]
    rows = [f"| {act} | {status or 'new'} | {' | '.join(_cell(role, row) for role in roles.values())} |" for (status, act), row in table.items()]
    return "\n".join([*head, *rows, ""])


def _cell(role: StandardRole, row: Step) -> str:
    done = [held for held in Held if refusal(role, held, row) is None]
    return {0: "–", 1: "own"}.get(len(done), "all")


def _loose(permissions: list[Permission]) -> str:
    words = {Reach.PROGRAMME: "all", Reach.ORGANISATION: "own"}
    roles = {key: role for key, role in STANDARD_ROLES.items() if role.permissions & set(permissions)}
    head = [f"| act | {' | '.join(roles)} |", "|---|" + "---|" * len(roles)]
    rows = [
        f"| {one} | {' | '.join(words[role.reach] if one in role.permissions else '–' for role in roles.values())} |"
        for one in permissions
        if one not in FOR_EVERYONE
    ]
    return "\n".join([*head, *rows, ""])


def fields_page() -> str:
    """Who may see which field, and by which path a row's programme is found."""
    parts = [HEAD + "# Fields\n"]
    for label in sorted(FIELDS):
        model: Any = apps.get_model(label)
        rows = [f"| {field.name} | {FIELDS[label][field.name]} | {type(field).__name__} |" for field in model._meta.concrete_fields]
        head = [f"## {label}", "", f"Programme: `{model.programme_path}`", "", "| field | who may see it | type |", "|---|---|---|"]
        parts.append("\n".join([*head, *rows, ""]))
    return "\n".join(parts)


def environment_page() -> str:
    """Every setting an operator can give."""
    rows = [f"| `{name}` | {f'`{default}`' if default else '–'} | {meaning} |" for name, (default, meaning) in settings.ENVIRONMENT_SETTINGS.items()]
    return HEAD + "\n".join(["# Environment", "", "| setting | default | meaning |", "|---|---|---|", *rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "acts.md": acts_page,
    "permissions.md": permissions_page,
    "matrix.md": matrix_page,
    "fields.md": fields_page,
    "environment.md": environment_page,
}


def written() -> dict[str, str]:
    """File name → content, in English."""
    with translation.override("en"):
        return {name: page() for name, page in PAGES.items()}
