"""What the files want to stand in the database, object by object in the terms of the evidence register: kind, key, field → fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kumppani.domain.sources.rules import Cited, SourceCard, Wording
from kumppani.imports.reference.facts import (
    Agreement,
    Area,
    Category,
    Fact,
    Figure,
    Ground,
    Municipality,
    Organisation,
    Place,
    Priority,
    Programme,
    ReferenceSet,
    Scheme,
    Signatory,
    Version,
    Words,
)

Facts = Mapping[str, Fact[Any]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One object with the facts of its fields; localised ones take one field a language: title.sv."""

    kind: str
    key: str
    facts: Facts
    place: Place


def cited(fact: Fact[Any], sources: Mapping[str, SourceCard]) -> Cited:
    """Why the value stands there, in the words of the domain."""
    also = tuple(Wording(other.wording, other.language, sources[other.source], other.as_of, other.note) for other in fact.also)
    source = sources[fact.source] if fact.source else None
    return Cited(fact.mark, source, fact.as_of, fact.looked_on, fact.note, also)


def evidence(wanted: Wanted, sources: Mapping[str, SourceCard]) -> dict[str, Cited]:
    """The same for every field of an object."""
    return {field: cited(fact, sources) for field, fact in wanted.facts.items()}


def _words(field: str, words: Words) -> dict[str, Fact[Any]]:
    return {f"{field}.{language}": fact for language, fact in words.by_language.items()}


def of_programme(programme: Programme) -> Wanted:
    """The programme."""
    return Wanted("programme", programme.key, _words("name", programme.name) | _words("summary", programme.summary), programme.place)


def of_category(scheme: Scheme, category: Category) -> Wanted:
    """A node of a classification."""
    return Wanted("category", f"{scheme.key}/{category.key}", _words("label", category.label), category.place)


def of_ground(ground: Ground) -> Wanted:
    """A ground of disqualification in a kind of body."""
    return Wanted("disqualification", f"{ground.body_kind}/{ground.key}", {**_words("wording", ground.wording), "law": ground.law}, ground.place)


def area_name(area: Area) -> str:
    """Under which name an area's code and name stand in the register."""
    return f"{area.level}_{area.version}"


def of_municipality(country: str, municipality: Municipality) -> Wanted:
    """A municipality with its areas. Its point is one fact, as it is one thing."""
    facts = {**_words("name", municipality.name), **_words("language_status", municipality.language_status), "point": municipality.latitude}
    for area in municipality.areas:
        facts |= {f"{area_name(area)}.code": area.code, **_words(f"{area_name(area)}.name", area.name)}
    return Wanted("municipality", f"{country}-{municipality.code}", facts, municipality.place)


def of_organisation(organisation: Organisation) -> Wanted:
    """An organisation with its identifiers and relatives."""
    facts = _words("name", organisation.name) | {f"identifier.{one.scheme}": one.fact for one in organisation.identifiers}
    relatives = {
        "parent": organisation.parent,
        "successor": organisation.successor,
        "valid_from": organisation.valid_from,
        "valid_to": organisation.valid_to,
    }
    facts |= {field: fact for field, fact in relatives.items() if fact is not None}
    return Wanted("organisation", organisation.key, facts, organisation.place)


def of_agreement(agreement: Agreement) -> Wanted:
    """The agreement itself, with what of it is not known."""
    facts = {**_words("name", agreement.name), "territory": agreement.members, "decider": agreement.decider, **agreement.gaps}
    return Wanted("agreement", agreement.key, facts, agreement.place)


def of_version(agreement: Agreement, version: Version) -> Wanted:
    """A version, without those who signed it."""
    facts: dict[str, Fact[Any]] = {
        "signed_on": version.signed_on,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "authentic_language": version.authentic_language,
        "text": version.text,
        **_words("content", version.content),
    }
    return Wanted("version", f"{agreement.key}/{version.number}", facts, version.place)


def of_signatory(version: Wanted, signatory: Signatory) -> Wanted:
    """Who signed; where no approval is known, when it was looked for."""
    facts: dict[str, Fact[Any]] = {"organisation": signatory.organisation}
    if signatory.no_approval is not None:
        facts["approval"] = signatory.no_approval
    return Wanted("signatory", f"{version.key}/{signatory.organisation.value}", facts, signatory.organisation.place)


def of_approval(signatory: Wanted, body: str, decided_on: Fact[Any]) -> Wanted:
    """The decision by which a signatory's body approved."""
    return Wanted("approval", f"{signatory.key}/{body}", {"decided_on": decided_on, "body": decided_on}, decided_on.place)


def of_negotiator(version: Wanted, negotiator: Fact[str]) -> Wanted:
    """Who negotiated."""
    return Wanted("negotiator", f"{version.key}/negotiator/{negotiator.value}", {"organisation": negotiator}, negotiator.place)


def of_party(agreement: Agreement, party: Fact[str]) -> Wanted:
    """Who cooperates."""
    return Wanted("cooperation_party", f"{agreement.key}/{party.value}", {"organisation": party}, party.place)


def of_goal(agreement: Agreement, position: int) -> Wanted:
    """A stated goal; positions count from 1."""
    return Wanted("stated_goal", f"{agreement.key}/goal/{position}", _words("wording", agreement.stated_goals[position - 1].wording), agreement.place)


def of_update(agreement: Agreement, position: int) -> Wanted:
    """An update that is known to exist; positions count from 1."""
    update = agreement.known_updates[position - 1]
    return Wanted(
        "known_update", f"{agreement.key}/update/{position}", {**_words("what", update.what), "happened_on": update.happened_on}, agreement.place
    )


def priority_key(agreement: Agreement, priority: Priority) -> str:
    """The key under which a priority is entered."""
    return f"{agreement.key}-p{priority.number}"


def of_priority(agreement: Agreement, priority: Priority) -> Wanted:
    """A priority with its themes."""
    return Wanted("priority", priority_key(agreement, priority), {**_words("title", priority.title), "themes": priority.themes}, priority.place)


def of_figure(figure: Figure) -> Wanted:
    """A published figure: one statement, one fact."""
    return Wanted("figure", figure.key, {"amount": figure.fact}, figure.place)


def parts_of_version(agreement: Agreement, version: Version) -> Iterator[Wanted]:
    """A version and everything that is entered with it."""
    whole = of_version(agreement, version)
    yield whole
    for signatory in version.signatories:
        signed = of_signatory(whole, signatory)
        yield signed
        if signatory.approval is not None:
            yield of_approval(signed, signatory.approval.body_key, signatory.approval.decided_on)
    for negotiator in version.negotiators:
        yield of_negotiator(whole, negotiator)


def parts_of_agreement(agreement: Agreement) -> Iterator[Wanted]:
    """An agreement and what is entered once with it; versions and priorities have acts of their own."""
    yield of_agreement(agreement)
    for party in agreement.cooperation_parties:
        yield of_party(agreement, party)
    for position in range(1, len(agreement.stated_goals) + 1):
        yield of_goal(agreement, position)
    for position in range(1, len(agreement.known_updates) + 1):
        yield of_update(agreement, position)


def everything(reference: ReferenceSet) -> Iterator[Wanted]:
    """Every object the files want."""
    yield of_programme(reference.programme)
    for scheme in reference.schemes:
        for category in scheme.categories:
            yield of_category(scheme, category)
    for ground in reference.grounds:
        yield of_ground(ground)
    for municipality in reference.municipalities:
        yield of_municipality(reference.programme.country, municipality)
    for organisation in reference.organisations:
        yield of_organisation(organisation)
    for agreement in reference.agreements:
        yield from parts_of_agreement(agreement)
        for version in agreement.versions:
            yield from parts_of_version(agreement, version)
        for priority in agreement.priorities:
            yield of_priority(agreement, priority)
    for figure in reference.figures:
        yield of_figure(figure)
