"""How a thing becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from kumppani.access.changes import Change
from kumppani.access.column import Row
from kumppani.access.evidence import Proof
from kumppani.api import schemas
from kumppani.domain.agreements.rules import commitment_state_on, is_stale_on, measure_state_on, validity_on, version_on
from kumppani.domain.journal.signing import key_id
from kumppani.kernel.text import LANGUAGES

Shape = Callable[[Row, bool], Any]
"""Row, and whether it stands alone (with full evidence) → the answer."""


def localised(words: Mapping[str, str] | None) -> schemas.Localised:
    """Words in each language."""
    return schemas.Localised(**{language: (words or {}).get(language) for language in LANGUAGES})


def named(organisation: Any, day: date) -> schemas.Named:
    """An organisation by its name that day."""
    return schemas.Named(key=organisation.key, name=localised(organisation.name_on(day)))


def named_or_none(organisation: Any, day: date) -> schemas.Named | None:
    """Likewise, where there is one."""
    return named(organisation, day) if organisation is not None else None


def evidence(row: Row, alone: bool) -> dict[str, schemas.FullEvidence | schemas.Evidence]:
    """The evidence of each field, in full for a thing that stands alone."""
    return {name: (_full(proof) if alone else _brief(proof)) for name, proof in sorted(row.proofs.items(), key=lambda entry: entry[0])}


def _brief(proof: Proof) -> schemas.Evidence:
    chosen = proof.chosen
    return schemas.Evidence(mark=chosen.mark, source=chosen.source.key if chosen.source else None, as_of=chosen.as_of, looked_on=chosen.looked_on)


def _full(proof: Proof) -> schemas.FullEvidence:
    source = proof.chosen.source
    return schemas.FullEvidence(
        **_brief(proof).dict(),
        source_address=(source.address or None) if source else None,
        note=localised(proof.chosen.note),
        also=[_differing(other) for other in proof.others],
    )


def _differing(other: Any) -> schemas.Differing:
    return schemas.Differing(
        wording=other.wording,
        language=other.wording_language,
        source=other.source.key,
        source_address=other.source.address or None,
        as_of=other.as_of,
        note=localised(other.note),
    )


def programme(row: Row, alone: bool) -> schemas.ProgrammeOut:
    """A programme."""
    thing = row.thing
    return schemas.ProgrammeOut(
        key=thing.key,
        name=localised(thing.name),
        summary=localised(thing.summary),
        training=thing.is_training,
        default=thing.key == settings.DEFAULT_PROGRAMME,
        country=thing.country,
        currency=thing.currency,
        time_zone=thing.time_zone,
        evidence=evidence(row, alone),
    )


def agreement(row: Row, alone: bool) -> schemas.AgreementOut:
    """An agreement with the version that counts that day."""
    thing = row.thing
    versions = list(thing.versions.all())
    version = version_on(versions, row.day)
    return schemas.AgreementOut(
        key=thing.key,
        position=thing.position,
        name=localised(thing.name),
        municipalities=[
            schemas.Place(key=part.municipality.key, name=localised(part.municipality.name), is_core=part.is_core) for part in thing.territory.all()
        ],
        decider=named_or_none(thing.decider, row.day),
        validity=validity_on(version, row.day),
        version=schemas.VersionFields(**_version_fields(version)) if version else None,
        versions=[one.number for one in versions],
        priorities=[
            schemas.PriorityName(key=one.key, title=localised(one.title), themes=[theme.key for theme in one.themes.all()])
            for one in thing.priorities.all()
        ],
        evidence=evidence(row, alone),
    )


def _version_fields(version: Any) -> dict[str, Any]:
    return {
        "number": version.number,
        "status": version.status,
        "signed_on": version.signed_on,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "authentic_language": version.authentic_language or None,
        "content": localised(version.content),
    }


def version(row: Row, alone: bool) -> schemas.VersionOut:
    """A version."""
    thing = row.thing
    text = thing.text
    return schemas.VersionOut(
        **_version_fields(thing),
        agreement=thing.agreement.key,
        validity=validity_on(thing, row.day),
        text=schemas.TextFile(digest=text.digest, size=text.size, media_type=text.media_type, name=text.name, language=text.language)
        if text
        else None,
        published_at=thing.publication.opened_at,
        evidence=evidence(row, alone),
    )


def party(row: Row, alone: bool) -> schemas.PartyOut:
    """A party."""
    thing = row.thing
    return schemas.PartyOut(
        agreement=thing.agreement.key,
        version=thing.version_number,
        role=thing.role,
        organisation=named(thing.organisation, row.day),
        organisation_kind=thing.organisation.kind,
        side=thing.side,
        part=localised(thing.part),
        valid_from=thing.valid_from,
        valid_to=thing.valid_to,
        approvals=[
            schemas.ApprovalOut(
                body=schemas.Named(key=given.body.key, name=localised(given.body.name)),
                decided_on=given.decided_on,
                case_number=given.case_number or None,
            )
            for given in thing.approvals
        ],
        evidence=evidence(row, alone),
    )


def priority(row: Row, alone: bool) -> schemas.PriorityOut:
    """A priority."""
    thing = row.thing
    return schemas.PriorityOut(
        agreement=thing.agreement.key,
        key=thing.key,
        number=thing.number,
        title=localised(thing.title),
        description=localised(thing.description),
        themes=[theme.key for theme in thing.themes.all()],
        valid_from=thing.valid_from,
        valid_to=thing.valid_to,
        valid=row.day in thing.period,
        agreement_validity=validity_on(version_on(thing.agreement.versions.all(), row.day), row.day),
        evidence=evidence(row, alone),
    )


def commitment(row: Row, alone: bool) -> schemas.CommitmentOut:
    """A commitment and its state that day."""
    thing = row.thing
    return schemas.CommitmentOut(
        agreement=thing.agreement.key,
        key=thing.key,
        number=thing.number,
        subject=localised(thing.subject),
        promise=localised(thing.promise),
        side=thing.side,
        promised_by=named(thing.promised_by, row.day),
        promised_to=named(thing.promised_to, row.day),
        priority=thing.priority.key if thing.priority else None,
        promised_on=thing.promised_on,
        due_on=thing.due_on,
        fulfilled_on=thing.fulfilled_on,
        released_on=thing.released_on,
        state=commitment_state_on(thing, row.day),
        evidence=evidence(row, alone),
    )


def measure(row: Row, alone: bool) -> schemas.MeasureOut:
    """A measure and its state that day."""
    thing = row.thing
    return schemas.MeasureOut(
        agreement=thing.agreement.key,
        key=thing.key,
        number=thing.number,
        priority=thing.priority.key,
        action_type=thing.action_type.key,
        title=localised(thing.title),
        description=localised(thing.description),
        lead=named(thing.lead, row.day),
        partners=[named(partner, row.day) for partner in thing.partners.all()],
        stated_on=thing.stated_on,
        starts_on=thing.starts_on,
        ends_on=thing.ends_on,
        completed_on=thing.completed_on,
        dropped_on=thing.dropped_on,
        progress=localised(thing.progress),
        reported_on=thing.reported_on,
        state=measure_state_on(thing, row.day),
        stale=is_stale_on(thing, row.day),
        evidence=evidence(row, alone),
    )


def figure(row: Row, alone: bool) -> schemas.FigureOut:
    """A figure, as its source states it."""
    thing = row.thing
    source = thing.source
    return schemas.FigureOut(
        key=thing.key,
        position=thing.position,
        agreement=thing.agreement.key if thing.agreement else None,
        measures=thing.measures,
        group=thing.group,
        label=localised(thing.label),
        wording=thing.wording,
        wording_language=thing.wording_language,
        wording_is_ours=thing.wording_is_ours,
        amount=schemas.Amount(exact=thing.exact, lower=thing.lower, upper=thing.upper, qualifier=thing.qualifier or None, currency=thing.currency),
        basis=localised(thing.basis),
        period_from=thing.period_from,
        period_to=thing.period_to,
        source=schemas.Cited(
            key=source.key,
            title=localised(source.title),
            publisher=localised(source.publisher),
            address=source.address or None,
            published=source.published,
        ),
        as_of=thing.as_of,
        note=localised(thing.note),
        evidence=evidence(row, alone),
    )


def ecosystem(row: Row, alone: bool) -> schemas.EcosystemOut:
    """An ecosystem and its ties."""
    thing = row.thing
    return schemas.EcosystemOut(
        agreement=thing.agreement.key,
        key=thing.key,
        number=thing.number,
        name=localised(thing.name),
        description=localised(thing.description),
        orchestrator=named(thing.orchestrator, row.day),
        priorities=[priority.key for priority in thing.priorities.all()],
        members=[
            schemas.TieOut(
                number=tie.number,
                organisation=named(tie.organisation, row.day),
                tie=tie.tie,
                valid_from=tie.valid_from,
                valid_to=tie.valid_to,
                valid=row.day in tie.period,
            )
            for tie in thing.members.all()
        ],
        evidence=evidence(row, alone),
    )


def contact_point(row: Row, alone: bool) -> schemas.ContactPointOut:
    """A contact point."""
    thing = row.thing
    return schemas.ContactPointOut(
        agreement=thing.agreement.key,
        position=thing.position,
        organisation=named(thing.organisation, row.day),
        role=localised(thing.role),
        address=thing.address,
        valid_from=thing.valid_from,
        valid_to=thing.valid_to,
        valid=row.day in thing.period,
        evidence=evidence(row, alone),
    )


def organisation(row: Row, alone: bool) -> schemas.OrganisationOut:
    """An organisation under its name of that day."""
    thing = row.thing
    return schemas.OrganisationOut(
        key=thing.key,
        kind=thing.kind,
        name=localised(thing.name_on(row.day)),
        names=[schemas.NameOut(name=localised(one.name), valid_from=one.valid_from, valid_to=one.valid_to) for one in thing.names.all()],
        identifiers=[schemas.IdentifierOut(scheme=one.scheme, value=one.value) for one in thing.identifiers.all()],
        municipality=thing.municipality.key if thing.municipality else None,
        parent=named_or_none(thing.parent, row.day),
        successor=named_or_none(thing.successor, row.day),
        valid_from=thing.valid_from,
        valid_to=thing.valid_to,
        valid=row.day in thing.period,
        evidence=evidence(row, alone),
    )


def municipality(row: Row, alone: bool) -> schemas.MunicipalityOut:
    """A municipality."""
    thing = row.thing
    return schemas.MunicipalityOut(
        key=thing.key,
        country=thing.country,
        code=thing.code,
        name=localised(thing.name),
        latitude=None if thing.latitude is None else float(thing.latitude),
        longitude=None if thing.longitude is None else float(thing.longitude),
        point_kind=thing.point_kind or None,
        language_status=localised(thing.language_status),
        regions=[schemas.RegionOut(level=one.level, version=one.version, code=one.code, name=localised(one.name)) for one in thing.regions.all()],
        agreements=[part.agreement.key for part in thing.territories.all()],
        evidence=evidence(row, alone),
    )


def category(row: Row, alone: bool) -> schemas.CategoryOut:
    """A category."""
    thing = row.thing
    return schemas.CategoryOut(
        scheme=thing.scheme.key,
        key=thing.key,
        parent=thing.parent.key if thing.parent else None,
        position=thing.position,
        label=localised(thing.label),
        valid_from=thing.valid_from,
        valid_to=thing.valid_to,
        valid=row.day in thing.period,
        evidence=evidence(row, alone),
    )


def source(row: Row, _alone: bool) -> schemas.SourceOut:
    """A source."""
    thing = row.thing
    return schemas.SourceOut(
        key=thing.key,
        kind=thing.kind,
        title=localised(thing.title),
        publisher=localised(thing.publisher),
        address=thing.address or None,
        published=thing.published,
        language=thing.language,
        read_on=thing.read_on,
        licence=thing.licence or None,
    )


def change(row: Row, _alone: bool) -> schemas.ChangeOut:
    """A change in plain words."""
    thing: Change = row.thing
    what = localised(thing.in_every_language())
    return schemas.ChangeOut(number=thing.number, at=thing.at, act=thing.act, kind=thing.kind, key=thing.key, what=what)


def head(row: Row, _alone: bool) -> schemas.HeadOut:
    """A signed head of the journal."""
    thing = row.thing
    return schemas.HeadOut(
        chain=thing.chain,
        number=thing.number,
        digest=thing.digest,
        at=thing.at,
        public_key=thing.public_key,
        signature=thing.signature,
        key_id=key_id(thing.public_key),
    )
