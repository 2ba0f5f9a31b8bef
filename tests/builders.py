"""Things for tests, each made through its act: say what matters to the test, the rest has a plain default.

Objects that have states are named by them: `commitment_in(CommitmentState.LATE, …)` is late on `TODAY`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kumppani.access.viewer import SYSTEM, Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Commitment, Measure, Priority
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.publishing.models import Figure
from kumppani.domain.sources.rules import Cited, Mark, SourceCard, SourceKind, Wording
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import Signing, record_signed_elsewhere, state_commitment, state_measure, state_priority
from kumppani.workflow.organisations import register_organisation
from kumppani.workflow.programmes import create_programme, register_place, state_category
from kumppani.workflow.publishing import publish, publish_figure

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 10, tzinfo=UTC)
"""Midday in Helsinki on TODAY: where tests stop the clock."""

SIGNED = date(2021, 2, 9)
ENDS = date(2027, 12, 31)

COMMITMENT_DAYS: dict[CommitmentState, dict[str, date | None]] = {
    CommitmentState.NOT_YET_MADE: {"promised_on": TODAY + timedelta(days=30), "due_on": ENDS},
    CommitmentState.OWED: {"promised_on": SIGNED, "due_on": TODAY + timedelta(days=30)},
    CommitmentState.LATE: {"promised_on": SIGNED, "due_on": TODAY - timedelta(days=30)},
    CommitmentState.FULFILLED: {"promised_on": SIGNED, "due_on": TODAY, "fulfilled_on": TODAY - timedelta(days=100)},
    CommitmentState.RELEASED: {"promised_on": SIGNED, "due_on": TODAY, "released_on": TODAY - timedelta(days=200)},
}

MEASURE_DAYS: dict[MeasureState, dict[str, date | None]] = {
    MeasureState.NOT_YET_STATED: {"stated_on": TODAY + timedelta(days=10), "starts_on": TODAY + timedelta(days=20), "ends_on": ENDS},
    MeasureState.PLANNED: {"stated_on": SIGNED, "starts_on": TODAY + timedelta(days=20), "ends_on": ENDS},
    MeasureState.UNDER_WAY: {"stated_on": SIGNED, "starts_on": TODAY - timedelta(days=300), "ends_on": ENDS},
    MeasureState.LATE: {"stated_on": SIGNED, "starts_on": date(2022, 1, 1), "ends_on": TODAY - timedelta(days=20)},
    MeasureState.COMPLETED: {"stated_on": SIGNED, "starts_on": date(2022, 1, 1), "ends_on": ENDS, "completed_on": date(2025, 6, 30)},
    MeasureState.DROPPED: {"stated_on": SIGNED, "starts_on": date(2022, 1, 1), "ends_on": ENDS, "dropped_on": date(2023, 3, 1)},
}


def card(key: str = "release", **more: Any) -> SourceCard:
    """A source to cite."""
    given: dict[str, Any] = {
        "kind": SourceKind.PRESS_RELEASE,
        "title": Text(fi=f"Lähde {key}", en=f"Source {key}"),
        "publisher": Text(fi="Ministeriö", en="Ministry"),
        "address": f"https://example.test/{key}",
        "published": SIGNED,
        "language": "fi",
        "read_on": TODAY,
    }
    return SourceCard(key=key, **given | more)


def seen(source: SourceCard | None = None, *, also: Sequence[Wording] = (), as_of: date = SIGNED) -> Cited:
    """Printed by an authority."""
    return Cited(Mark.SEEN, source or card(), as_of=as_of, also=tuple(also))


def marked(mark: Mark, source: SourceCard | None = None) -> Cited:
    """With another mark: inferred, background … take a source; ours and entered need none."""
    needs = mark in {Mark.THIRD_PARTY, Mark.INFERRED, Mark.BACKGROUND}
    found = source or (card() if needs else None)
    return Cited(mark, found, as_of=SIGNED)


def unknown(looked_on: date = TODAY) -> Cited:
    """Looked for and not found."""
    return Cited(Mark.UNKNOWN, looked_on=looked_on)


def programme_of(key: str = "fi-2021", *, is_training: bool = False, country: str = "FI") -> Programme:
    """An agreement programme."""
    return create_programme(
        by=SYSTEM,
        key=key,
        name=Text(fi=f"Ohjelma {key}", sv=f"Program {key}", en=f"Programme {key}"),
        summary=Text(fi="Sopimuksia kaupunkien kanssa.", sv="Avtal med städer.", en="Agreements with cities."),
        country=country,
        currency="EUR",
        time_zone="Europe/Helsinki",
        is_training=is_training,
    )


def place_in(programme: Programme, code: str, name: str, *, by: Viewer = SYSTEM, latitude: str = "63.84", longitude: str = "23.13") -> Municipality:
    """A municipality, in a region and a NUTS 3 area of two code versions."""
    regions = [
        ("region", "2025", "16", Text(fi="Maakunta", sv="Landskap")),
        ("sub_region", "2025", "162", Text(fi="Seutukunta", sv="Ekonomisk region")),
        ("nuts3", "2021", "FI1D5", Text(fi="Alue", sv="Område")),
        ("nuts3", "2024", "FI1D9", Text(fi="Alue", sv="Område")),
    ]
    return register_place(
        by=by,
        programme=programme,
        code=code,
        name=Text(fi=name, sv=f"{name} på svenska"),
        latitude=Decimal(latitude),
        longitude=Decimal(longitude),
        point_kind="town",
        regions=regions,
    )


def organisation_in(
    programme: Programme,
    key: str,
    kind: OrganisationKind = OrganisationKind.MUNICIPALITY,
    name: Text | None = None,
    *,
    by: Viewer = SYSTEM,
    **more: Any,
) -> Organisation:
    """An organisation."""
    return register_organisation(by=by, programme=programme, key=key, kind=kind, name=name or Text(fi=key.title()), **more)


def category_in(programme: Programme, scheme: str, key: str, label: Text, *, by: Viewer = SYSTEM, **more: Any) -> Category:
    """A category of a classification."""
    return state_category(by=by, programme=programme, scheme=scheme, scheme_title=Text(en=scheme), key=key, label=label, **more)


def signed_agreement(
    programme: Programme, key: str, position: int, state: Organisation, city: Organisation, place: Municipality, *, by: Viewer = SYSTEM, **more: Any
) -> AgreementVersion:
    """An agreement recorded as signed elsewhere, not published."""
    given: dict[str, Any] = {
        "name": Text(fi=f"Seutu {position}", sv=f"Region {position}", en=f"City region {position}"),
        "municipalities": [(place, True)],
        "decider": None,
        "signed_on": SIGNED,
        "valid_from": None,
        "valid_to": ENDS,
        "content": Text(fi=f"Sisältö {position}"),
        "signings": [Signing(state, Side.STATE), Signing(city, Side.CITY)],
    }
    return record_signed_elsewhere(by=by, programme=programme, key=key, position=position, **given | more)


def published_agreement(
    programme: Programme, key: str, position: int, state: Organisation, city: Organisation, place: Municipality, *, by: Viewer = SYSTEM, **more: Any
) -> AgreementVersion:
    """Likewise, open to everyone."""
    version = signed_agreement(programme, key, position, state, city, place, by=by, **more)
    publish(by=SYSTEM, version=version)
    return version


def priority_of(agreement: Agreement, number: int = 1, *, by: Viewer = SYSTEM, **more: Any) -> Priority:
    """A strategic priority."""
    given: dict[str, Any] = {"title": Text(fi=f"Painopiste {number}", sv=f"Tyngdpunkt {number}", en=f"Priority {number}")}
    return state_priority(by=by, agreement=agreement, key=f"{agreement.key}-p{number}", number=number, **given | more)


def commitment_in(
    state: CommitmentState,
    agreement: Agreement,
    number: int,
    promised_by: Organisation,
    promised_to: Organisation,
    *,
    by: Viewer = SYSTEM,
    **more: Any,
) -> Commitment:
    """A commitment that is in this state on TODAY."""
    given: dict[str, Any] = {
        "subject": Text(fi=f"Aihe {number}", en=f"Subject {number}"),
        "promise": Text(fi=f"Lupaus {number}", en=f"Promise {number}"),
        "side": Side.STATE if promised_by.kind == OrganisationKind.MINISTRY else Side.CITY,
        **COMMITMENT_DAYS[state],
    }
    key = f"{agreement.key}-c{number}"
    return state_commitment(by=by, agreement=agreement, key=key, number=number, promised_by=promised_by, promised_to=promised_to, **given | more)


def measure_in(
    state: MeasureState, priority: Priority, number: int, action_type: Category, lead: Organisation, *, by: Viewer = SYSTEM, **more: Any
) -> Measure:
    """A measure that is in this state on TODAY."""
    given: dict[str, Any] = {
        "title": Text(fi=f"Toimenpide {number}", en=f"Measure {number}"),
        "description": Text(fi=f"Mitä tehdään {number}", en=f"What is done {number}"),
        "partners": (),
        **MEASURE_DAYS[state],
    }
    return state_measure(
        by=by, priority=priority, key=f"{priority.agreement.key}-m{number}", number=number, action_type=action_type, lead=lead, **given | more
    )


def figure_of(programme: Programme, key: str, position: int, amount: Amount, wording: str, *, by: Viewer = SYSTEM, **more: Any) -> Figure:
    """A published statement about money."""
    given: dict[str, Any] = {
        "measures": "start_money",
        "group": "start",
        "label": Text(fi=f"Raha {key}", en=f"Money {key}"),
        "wording_language": "fi",
        "basis": Text(fi="Valtion raha", en="State money"),
        "cited": seen(),
    }
    return publish_figure(by=by, programme=programme, key=key, position=position, wording=wording, amount=amount, **given | more)
