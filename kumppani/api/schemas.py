"""What the interface answers, field by field. Days are ISO days; unknown is null, and the evidence says when it was last looked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item", bound=Schema)


class Refused(Schema):
    """Why there is no answer: a code that never changes, and a sentence for people."""

    code: str
    message: str


class Localised(Schema):
    """The same words in each language; null where there are none in it."""

    fi: str | None = None
    sv: str | None = None
    en: str | None = None


class Differing(Schema):
    """What another source prints for the same."""

    wording: str
    language: str
    source: str
    source_address: str | None
    as_of: date
    note: Localised


class Evidence(Schema):
    """What stands behind a value: how it is known, from which source, as of which day; for an unknown one the day it was last looked for."""

    mark: str
    source: str | None
    as_of: date | None
    looked_on: date | None


class FullEvidence(Evidence):
    """Likewise, with the address of the source, a note, and what differing sources print. On the addresses of single things."""

    source_address: str | None
    note: Localised
    also: list[Differing]


Proofs = dict[str, FullEvidence | Evidence]
"""Field → what stands behind it. Parts of a field are named with a dot: version.signed_on, name.fi."""


class About(Schema):
    """Of which programme and day an answer speaks. `notice` says of training data that all of it is invented."""

    programme: str | None
    training: bool
    notice: Localised | None
    on: date | None


class Many(About, Generic[Item]):
    """A list: how many there are in all, one page of them, and the address of the next page."""

    licence: str | None = Field(description="Licence of the data (SPDX); null: not set.")
    operator: str | None = Field(description="Who runs this service; null: not set.")
    total: int
    items: list[Item]
    next: str | None


class Named(Schema):
    """Something by its key and its name that day."""

    key: str
    name: Localised


class ProgrammeOut(Schema):
    """An agreement programme. `training`: all of it is invented."""

    key: str
    name: Localised
    summary: Localised
    training: bool
    default: bool
    country: str
    currency: str
    time_zone: str
    evidence: Proofs


class Place(Named):
    """A municipality of a city region."""

    is_core: bool


class PriorityName(Schema):
    """A priority by name."""

    key: str
    title: Localised
    themes: list[str]


class VersionFields(Schema):
    """What a version of an agreement says."""

    number: int
    status: str
    signed_on: date | None
    valid_from: date | None
    valid_to: date | None
    authentic_language: str | None
    content: Localised


class AgreementOut(Schema):
    """An agreement, with the version that counts that day."""

    key: str
    position: int
    name: Localised
    municipalities: list[Place]
    decider: Named | None
    validity: str
    version: VersionFields | None
    versions: list[int]
    priorities: list[PriorityName]
    evidence: Proofs


class TextFile(Schema):
    """The file that holds the text of a version."""

    digest: str
    size: int
    media_type: str
    name: str
    language: str


class VersionOut(VersionFields):
    """A version of an agreement. `text` is null where the text is not available here."""

    agreement: str
    validity: str
    text: TextFile | None
    published_at: datetime
    evidence: Proofs


class ApprovalOut(Schema):
    """The decision by which a signatory's own body approved the version."""

    body: Named
    decided_on: date
    case_number: str | None


class PartyOut(Schema):
    """An organisation and its part in an agreement. Cooperation parties belong to no version, and only they have a part and a period."""

    agreement: str
    version: int | None
    role: str
    organisation: Named
    organisation_kind: str
    side: str | None
    part: Localised
    valid_from: date | None
    valid_to: date | None
    approvals: list[ApprovalOut]
    evidence: Proofs


class PriorityOut(Schema):
    """A strategic priority of an agreement."""

    agreement: str
    key: str
    number: int
    title: Localised
    description: Localised
    themes: list[str]
    valid_from: date | None
    valid_to: date | None
    valid: bool
    agreement_validity: str
    evidence: Proofs


class CommitmentOut(Schema):
    """What one party promised another."""

    agreement: str
    key: str
    number: int
    subject: Localised
    promise: Localised
    side: str
    promised_by: Named
    promised_to: Named
    priority: str | None
    promised_on: date
    due_on: date | None
    fulfilled_on: date | None
    released_on: date | None
    state: str
    evidence: Proofs


class MeasureOut(Schema):
    """A line of the action plan."""

    agreement: str
    key: str
    number: int
    priority: str
    action_type: str
    title: Localised
    description: Localised
    lead: Named
    partners: list[Named]
    stated_on: date
    starts_on: date
    ends_on: date
    completed_on: date | None
    dropped_on: date | None
    progress: Localised
    reported_on: date | None
    state: str
    stale: bool
    evidence: Proofs


class Amount(Schema):
    """A sum in whole cents, as its source states it: exact, or bounds with the word it uses."""

    exact: int | None
    lower: int | None
    upper: int | None
    qualifier: str | None
    currency: str


class Cited(Schema):
    """A source, enough to find it."""

    key: str
    title: Localised
    publisher: Localised
    address: str | None
    published: date | None


class FigureOut(Schema):
    """A published statement about money. Figures are never summed; `group` ties together what sources state about the same thing."""

    key: str
    position: int
    agreement: str | None
    measures: str
    group: str
    label: Localised
    wording: str
    wording_language: str
    wording_is_ours: bool
    amount: Amount
    basis: Localised
    period_from: date | None
    period_to: date | None
    source: Cited
    as_of: date
    note: Localised
    evidence: Proofs


class NameOut(Schema):
    """What an organisation was called, from–to."""

    name: Localised
    valid_from: date | None
    valid_to: date | None


class IdentifierOut(Schema):
    """What somebody else's register calls an organisation."""

    scheme: str
    value: str


class TieOut(Schema):
    """What ties a member to an ecosystem, from–to; its evidence stands under `members.NUMBER.`."""

    number: int
    organisation: Named
    tie: str
    valid_from: date
    valid_to: date | None
    valid: bool


class EcosystemOut(Schema):
    """An ecosystem of an agreement, with every tie of its members."""

    agreement: str
    key: str
    number: int
    name: Localised
    description: Localised
    orchestrator: Named
    priorities: list[str]
    members: list[TieOut]
    evidence: Proofs


class ContactPointOut(Schema):
    """Where a party is reached about an agreement: the address of a role, never a person's."""

    agreement: str
    position: int
    organisation: Named
    role: Localised
    address: str
    valid_from: date
    valid_to: date | None
    valid: bool
    evidence: Proofs


class OrganisationOut(Schema):
    """An organisation; `name` is the one of the day."""

    key: str
    kind: str
    name: Localised
    names: list[NameOut]
    identifiers: list[IdentifierOut]
    municipality: str | None
    parent: Named | None
    successor: Named | None
    valid_from: date | None
    valid_to: date | None
    valid: bool
    evidence: Proofs


class RegionOut(Schema):
    """An area in one version of one classification."""

    level: str
    version: str
    code: str
    name: Localised


class MunicipalityOut(Schema):
    """A municipality of the programme's territories, by country and official code."""

    key: str
    country: str
    code: str
    name: Localised
    latitude: float | None
    longitude: float | None
    point_kind: str | None
    language_status: Localised
    regions: list[RegionOut]
    agreements: list[str]
    evidence: Proofs


class CategoryOut(Schema):
    """A node of a classification: themes, action types and others."""

    scheme: str
    key: str
    parent: str | None
    position: int
    label: Localised
    valid_from: date | None
    valid_to: date | None
    valid: bool
    evidence: Proofs


class SourceOut(Schema):
    """Something published that facts are taken from."""

    key: str
    kind: str
    title: Localised
    publisher: Localised
    address: str | None
    published: date | None
    language: str
    read_on: date
    licence: str | None


class ChangeOut(Schema):
    """One thing that happened, in plain words."""

    number: int
    at: datetime
    act: str
    kind: str
    key: str
    what: Localised


class HeadOut(Schema):
    """The last event of a chain of the journal at a moment, signed. An empty chain name is that of what programmes share."""

    chain: str
    number: int
    digest: str
    at: str
    public_key: str
    signature: str
    key_id: str
