"""Who stands behind an agreement on the day it is read: signatories, negotiators, cooperation parties, who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kumppani.access import meetings
from kumppani.access.whole import Approved, Signed
from kumppani.domain.agreements.rules import Side
from kumppani.web.portal.present import Backed, Party, backed, party
from kumppani.web.portal.reading import Reading
from kumppani.web.templatetags.kumppani import plain


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, with the approvals that are known; where none is, the row that says when they were looked for."""

    party: Party
    side: str
    approvals: Sequence[tuple[Approved, Backed]]
    approvals_gap: Any


def parties(reading: Reading) -> dict[str, Any]:
    """All of them. Nobody cooperates in what is not signed; who negotiated did so before."""
    number = reading.version.number
    signed = [_signature(reading, one) for one in reading.found.signatories if one.version == number]
    signatories = [one.organisation.pk for one in reading.found.signatories if one.version == number] if reading.is_signed else []
    decider, decided = reading.found.agreement.decider, backed(reading.book, "agreement", reading.key, "decider")
    return {
        "signatures": signed if reading.is_signed else [],
        "sides": {side.value: " · ".join(plain(one.party.name) for one in signed if one.side == side) for side in Side},
        "negotiators": _taking_part(reading, "negotiator", f"{reading.version.key}/negotiator/", number),
        "cooperation": _taking_part(reading, "cooperation_party", f"{reading.key}/", 0) if reading.is_signed else [],
        "contacts": _contacts(reading) if reading.is_signed else [],
        "bodies": list(meetings.bodies(reading.place.viewer, reading.place.programme, of=signatories)),
        "decider": party(decider, reading.day, decided) if decider else None,
        "decider_evidence": decided,
    }


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to write to a party: the address of a role there."""

    party: Party
    address: str


def _contacts(reading: Reading) -> list[Contact]:
    """The addresses in use that day."""
    return [
        Contact(
            party(
                part.organisation,
                reading.day,
                backed(reading.book, "contact_point", f"{reading.key}/contact/{part.position}", "address"),
                part.words,
                part.period,
            ),
            part.address,
        )
        for part in reading.found.parts_of("contact_point")
        if part.organisation is not None and reading.day in part.period
    ]


def _taking_part(reading: Reading, kind: str, place: str, version: int) -> list[Party]:
    """Who has this kind of part that day, with the evidence that stands at `place`."""
    return [
        party(part.organisation, reading.day, backed(reading.book, kind, f"{place}{part.organisation.key}", "organisation"), part.words, part.period)
        for part in reading.found.parts_of(kind)
        if part.organisation is not None and part.version == version and reading.day in part.period
    ]


def _signature(reading: Reading, one: Signed) -> Signature:
    key = f"{reading.key}/{one.version}/{one.organisation.key}"
    approvals = [(approved, backed(reading.book, "approval", f"{key}/{approved.body_key}", "decided_on")) for approved in one.approvals]
    signing = backed(reading.book, "signatory", key, "organisation")
    return Signature(party(one.organisation, reading.day, signing), one.side, approvals, reading.book.chosen("signatory", key, "approval"))
