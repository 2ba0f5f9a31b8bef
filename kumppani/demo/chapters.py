"""What every agreement's story is made of: promises, works and statements about money as rows, and the few lines that tell them through acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kumppani.demo.telling import Episode, World, day, episode
from kumppani.domain.agreements.models import Agreement, Commitment
from kumppani.domain.agreements.rules import Side
from kumppani.domain.documents.models import File
from kumppani.domain.sources.rules import Cited, Mark, SourceCard
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import state_commitment, state_measure, state_priority
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.documents import keep_text
from kumppani.workflow.publishing import publish_figure
from kumppani.workflow.reports import report_commitment

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Focus:
    """A strategic priority."""

    key: str
    title: Text
    description: Text
    themes: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What one party promises another under a heading; the two sides' promises under one heading stand side by side."""

    subject: Text
    promise: Text
    side: Side
    by: str
    to: str
    due_on: date | None
    focus: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A measure of the action plan."""

    focus: str
    action_type: str
    title: Text
    description: Text
    lead: str
    partners: tuple[str, ...]
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says of money. Statements of one group speak of the same thing and need not agree."""

    measures: str
    group: str
    label: Text
    wording: str
    language: str
    amount: Amount
    basis: Text
    source: SourceCard
    as_of: date
    agreement: str | None = None
    year: int | None = None


def focus_on(world: World, by: str, agreement: Agreement, focuses: Sequence[Focus], *, first: int = 1) -> None:
    """States priorities, numbered from `first`."""
    for number, focus in enumerate(focuses, start=first):
        world.priorities[focus.key] = state_priority(
            by=world.cast[by],
            agreement=agreement,
            key=f"{agreement.key}-p{number}",
            number=number,
            title=focus.title,
            description=focus.description,
            themes=[world.themes[key] for key in focus.themes],
            valid_from=focus.valid_from,
            valid_to=focus.valid_to,
        )


def promise(world: World, by: str, agreement: Agreement, promises: Sequence[Promise], promised_on: date, *, first: int = 1) -> None:
    """States commitments, numbered from `first`."""
    for number, given in enumerate(promises, start=first):
        state_commitment(
            by=world.cast[by],
            agreement=agreement,
            key=f"{agreement.key}-c{number}",
            number=number,
            subject=given.subject,
            promise=given.promise,
            side=given.side,
            promised_by=world.organisations[given.by],
            promised_to=world.organisations[given.to],
            promised_on=promised_on,
            due_on=given.due_on,
            priority=world.priorities[given.focus] if given.focus else None,
        )


def plan(world: World, by: str, agreement: Agreement, works: Sequence[Work], stated_on: date, *, first: int = 1) -> None:
    """States measures, numbered from `first`."""
    for number, work in enumerate(works, start=first):
        state_measure(
            by=world.cast[by],
            priority=world.priorities[work.focus],
            key=f"{agreement.key}-m{number}",
            number=number,
            action_type=world.action_types[work.action_type],
            title=work.title,
            description=work.description,
            lead=world.organisations[work.lead],
            partners=[world.organisations[key] for key in work.partners],
            stated_on=stated_on,
            starts_on=work.starts_on,
            ends_on=work.ends_on,
        )


def note(written: str, by: str, key: str, field: str, happened: str) -> Episode:
    """The episode in which somebody writes down that a measure was completed or dropped on a day."""

    def happens(world: World, _today: date) -> None:
        value = day(happened)
        correct_fact(
            by=world.cast[by], programme=world.programme, kind="measure", key=key, field=field, value=value, cited=Cited(Mark.ENTERED, as_of=value)
        )

    return episode(written, happens)


def report(written: str, by: str, key: str, **happened: str) -> Episode:
    """The episode in which a side says that a commitment was fulfilled (`fulfilled_on`) or released (`released_on`) on a day."""

    def happens(world: World, _today: date) -> None:
        days = {name: day(value) for name, value in happened.items()}
        commitment = Commitment.objects.select_related("agreement__programme", "promised_by", "promised_to").get(
            agreement__programme=world.programme, key=key
        )
        report_commitment(by=world.cast[by], commitment=commitment, evidence=Cited(Mark.ENTERED, as_of=next(iter(days.values()))), **days)

    return episode(written, happens)


def put_forward(world: World, by: str, statements: Sequence[Statement], *, first: int) -> None:
    """Publishes statements about money, numbered from `first`."""
    for number, said in enumerate(statements, start=first):
        publish_figure(
            by=world.cast[by],
            programme=world.programme,
            key=f"f-{number:03d}",
            position=number,
            measures=said.measures,
            group=said.group,
            label=said.label,
            wording=said.wording,
            wording_language=said.language,
            amount=said.amount,
            basis=said.basis,
            cited=Cited(Mark.SEEN, source=said.source, as_of=said.as_of),
            agreement=world.agreements[said.agreement] if said.agreement else None,
            period_from=day(f"{said.year}-01-01") if said.year else None,
            period_to=day(f"{said.year}-12-31") if said.year else None,
        )


def text_of(world: World, name: str, language: str) -> File:
    """The text of a version, as plain text, kept before the version that names it is recorded."""
    file = f"{name}.{language}.txt"
    content = (TEXTS / file).read_bytes()
    return keep_text(by=world.cast["official"], programme=world.programme, content=content, media_type="text/plain", name=file, language=language)
