"""A round at work: the matrix of its drafts, opening a draft, and one draft against the common text with what it takes over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import rounds as at_work
from kumppani.access.checks import can
from kumppani.access.rounds import DraftSeen, Table
from kumppani.domain.agreements.redline import redline_of_clauses
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.rounds.rules import Cell, Progress
from kumppani.kernel.errors import Missing, RuleBroken
from kumppani.kernel.text import LANGUAGES, _
from kumppani.rendering.spreadsheets import csv_chunks
from kumppani.web.components.lattice import lattice
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.templatetags.kumppani import plain
from kumppani.web.workbench.acting import ActForm, Choices, DayField, Offer, Shown, respond
from kumppani.web.workbench.draft import LANGUAGE_WORDS, case_number_field
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.round_text import defining
from kumppani.workflow.rounds import carry_over_commitment, carry_over_priority, open_round_draft

COLUMNS = (
    *("clause", "heading_fi", "heading_sv", "heading_en", "agreement", "agreement_name", "succeeds"),
    *("state", "same_words", "open_comments", "proposed"),
)
"""Of the matrix as a file: one row for each clause in each draft."""


class Line(NamedTuple):
    """A clause in the table: its place, its code and heading, whether the common text has it, and its cell in each draft."""

    number: int
    code: str
    heading: Mapping[str, str]
    is_common: bool
    cells: list[tuple[DraftSeen, Cell | None]]


class OpenForm(ActForm):
    """Which agreement is to be succeeded."""

    succeeds = forms.ChoiceField(label=gettext_lazy("Agreement to be succeeded"))
    case_number = case_number_field()


class PriorityForm(ActForm):
    """Which priority is carried over."""

    origin = forms.ChoiceField(label=gettext_lazy("Priority of the earlier agreement"))


class CommitmentForm(ActForm):
    """Which promise is carried over, and until when it is to be fulfilled now."""

    origin = forms.ChoiceField(label=gettext_lazy("Unfinished promise of the earlier agreement"))
    due_on = DayField(label=gettext_lazy("New due day (not required)"), required=False)
    at = {"end-before-start": "due_on"}


@work_page
def rounds(request: HttpRequest, place: Place) -> HttpResponse:
    """The rounds of the programme, with how far their drafts have come."""
    tables = at_work.rounds(place.viewer, place.programme)

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        context = {"tables": tables, "progresses": list(Progress), "acts": acts}
        return show(request, place, "workbench/rounds.html", context, status=status)

    return respond(request, defining(place), shown)


@work_page
def round_(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The matrix of a round; of those clauses that are in one state somewhere where ?state= asks for it."""
    table, state = at_work.round_(place.viewer, place.programme, key), request.GET.get("state", "")
    if state and state not in set(Progress):
        raise RuleBroken("unknown-progress", _("“{state}” is no state of a clause.", state=state[:40]))
    every = list(_lines(table))
    lines = [line for line in every if not state or any(cell is not None and cell.progress == state for _seen, cell in line.cells)]

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        context = {
            "table": table,
            "lines": lines,
            "clauses_count": len(every),
            "state": state,
            "progresses": list(Progress),
            "picture": lattice(list(table.cells.values()), [seen.negotiated.key for seen in table.drafts]),
            "may_write": can(place.viewer, Permission.EDIT_TEMPLATE_CLAUSE, place.programme.key),
            "authentic": LANGUAGE_WORDS.get(table.round.authentic_language, ""),
            "acts": acts,
        }
        return show(request, place, "workbench/round.html", context, status=status)

    return respond(request, [_opening(place, table)], shown)


def _lines(table: Table) -> Iterator[Line]:
    headings: dict[str, Mapping[str, str]] = {}
    for clauses in ([*seen.negotiated.clauses] for seen in table.drafts):
        headings |= {clause.code: clause.heading for clause in clauses}
    common = {clause.code: clause.heading for clause in table.template}
    headings |= common
    for number, (code, row) in enumerate(table.cells.items(), start=1):
        yield Line(number, code, headings[code], code in common, [(seen, row.get(seen.negotiated.key)) for seen in table.drafts])


def _opening(place: Place, table: Table) -> Offer:
    """The offer to open the draft of a successor."""
    agreements = {one.key: one for one in at_work.not_opened(place.viewer, table)}

    def opens(*, succeeds: str, case_number: str) -> str:
        key = f"{table.round.key}-{succeeds.rpartition('-')[2]}"
        draft = open_round_draft(by=place.viewer, round_=table.round, succeeds=agreements[succeeds], key=key, case_number=case_number)
        return place.to("work-round-draft", key=table.round.key, agreement=draft.agreement.key)

    choices = [Choices("succeeds", [(key, plain(one.name)) for key, one in agreements.items()])]
    why_not = "" if agreements else str(_("Every agreement that you may open a successor for has one in this round."))
    return Offer("open_round_draft", _("Open a draft"), opens, OpenForm, choices=choices, why_not=why_not, is_primary=True)


@work_page
def matrix_file(_request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The matrix as CSV."""
    table = at_work.round_(place.viewer, place.programme, key)
    rows = (
        [
            line.code,
            *(line.heading.get(language) for language in LANGUAGES),
            seen.negotiated.key,
            plain(seen.version.agreement.name),
            seen.draft.succeeds.key,
            cell.progress.value,
            cell.is_same,
            cell.open_comments,
            cell.is_proposed,
        ]
        for line in _lines(table)
        for seen, cell in line.cells
        if cell is not None
    )
    response = HttpResponse(b"".join(csv_chunks(COLUMNS, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.round.key}.csv"'
    return response


@work_page
def round_draft(request: HttpRequest, place: Place, key: str, agreement: str) -> HttpResponse:
    """One draft against the common text, word by word in one language (?language=sv; the reader's), and what it takes over."""
    table = at_work.round_(place.viewer, place.programme, key)
    seen = next((one for one in table.drafts if one.negotiated.key == agreement), None)
    if seen is None:
        raise Missing("not-found", _("There is no draft “{key}” in this round.", key=agreement[:60]))
    language = request.GET.get("language", place.language)
    if language not in LANGUAGES:
        raise RuleBroken("unknown-language", _("An agreement is not written in “{language}” here.", language=language[:20]))
    changes = redline_of_clauses(table.template, seen.negotiated.clauses, language)

    def shown(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        context = {
            "table": table,
            "seen": seen,
            "draft": seen.draft,
            "language_asked": language,
            "written_in": LANGUAGES,
            "changes": [change for change in changes if change.is_changed],
            "same": sum(not change.is_changed for change in changes),
            "carried": at_work.carried(seen.draft),
            "acts": acts,
        }
        return show(request, place, "workbench/round_draft.html", context, status=status)

    return respond(request, list(_carrying(place, table, seen)), shown)


def _carrying(place: Place, table: Table, seen: DraftSeen) -> Iterator[Offer]:
    """Offers to carry over what the earlier agreement left."""
    left, here = at_work.left_over(seen.draft, place.programme), place.to("work-round-draft", key=table.round.key, agreement=seen.negotiated.key)
    priorities, promises = {one.key: one for one in left.priorities}, {one.key: one for one in left.commitments}

    def priority(*, origin: str) -> str:
        carry_over_priority(by=place.viewer, draft=seen.draft, origin=priorities[origin])
        return here

    def promise(*, origin: str, due_on: Any) -> str:
        carry_over_commitment(by=place.viewer, draft=seen.draft, origin=promises[origin], due_on=due_on)
        return here

    nothing = str(_("The earlier agreement has left nothing more to carry over."))
    named = [Choices("origin", [(key, plain(one.title)) for key, one in priorities.items()])]
    said = [Choices("origin", [(key, plain(one.promise)) for key, one in promises.items()])]
    yield Offer("carry_priority", _("Carry the priority over"), priority, PriorityForm, choices=named, why_not="" if priorities else nothing)
    yield Offer("carry_commitment", _("Carry the promise over"), promise, CommitmentForm, choices=said, why_not="" if promises else nothing)
