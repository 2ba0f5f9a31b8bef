"""Pages of docs/reference, written from the code so that they cannot say anything else than the code does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import translation

from kumppani.access.fields import FIELDS
from kumppani.domain.agreements.states import CHANGE_ACTS, CHANGE_NAMES, VERSION_ACTS, VERSION_NAMES
from kumppani.domain.dialogue.states import FEEDBACK_ACTS, FEEDBACK_NAMES
from kumppani.domain.parties.permissions import FOR_EVERYONE, Permission
from kumppani.domain.publishing.states import PUBLICATION_ACTS, PUBLICATION_NAMES
from kumppani.kernel.acts import Names, Step

Table = Mapping[Any, Step]

ACT_TABLES: dict[str, tuple[Table, Mapping[Any, Names]]] = {
    "Version of an agreement": (VERSION_ACTS, VERSION_NAMES),
    "Requested change": (CHANGE_ACTS, CHANGE_NAMES),
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
    head = ["| status | act | next | whose turn | permission | event | notice |", "|---|---|---|---|---|---|---|"]
    rows = [
        f"| {status or '–'} | {act} | {step.next} | {step.turn} | {step.permission} | {step.event} | {step.notice or '–'} |"
        for (status, act), step in table.items()
    ]
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
    "fields.md": fields_page,
    "environment.md": environment_page,
}


def written() -> dict[str, str]:
    """File name → content, in English."""
    with translation.override("en"):
        return {name: page() for name, page in PAGES.items()}
