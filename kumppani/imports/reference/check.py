"""Checks the reference set as a whole: keys, references between files, check digits, periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from kumppani.domain.agreements.rules import check_sides, check_signed_period, check_versions
from kumppani.imports.reference.facts import Agreement, Fact, Organisation, Place, ReferenceSet, Scheme, Version
from kumppani.imports.reference.read import Problems
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_identifier


def check(reference: ReferenceSet, problems: Problems) -> None:
    """Notes everything that is wrong between the files and within one thing."""
    checker = _Checker(reference, problems)
    checker.keys()
    checker.municipalities()
    for organisation in reference.organisations:
        checker.organisation(organisation)
    checker.identifiers()
    for scheme in reference.schemes:
        checker.scheme(scheme)
    for agreement in reference.agreements:
        checker.agreement(agreement)
    checker.figures()


@dataclass(slots=True)
class _Checker:
    reference: ReferenceSet
    problems: Problems

    def holds(self, place: Place, rule: Callable[[], None]) -> None:
        """Notes the sentence of a rule that is broken."""
        try:
            rule()
        except RuleBroken as error:
            self.problems.add(place, str(error))

    def refers(self, fact: Fact[str] | None, known: Iterable[str], meaning: str) -> None:
        """Notes a reference to a key that does not exist."""
        if fact is not None and fact.value and fact.value not in known:
            self.problems.add(fact.place, f"unknown {meaning} “{fact.value}”")

    def once(self, keyed: Iterable[tuple[str, Place]], meaning: str) -> None:
        """Notes keys that stand twice."""
        seen: set[str] = set()
        for key, place in keyed:
            if key in seen:
                self.problems.add(place, f"the {meaning} “{key}” stands twice")
            seen.add(key)

    def keys(self) -> None:
        """One key, one thing."""
        reference = self.reference
        self.once(((one.key, one.place) for one in reference.organisations), "organisation")
        self.once(((one.key, one.place) for one in reference.schemes), "classification")
        self.once(((f"{one.body_kind}/{one.key}", one.place) for one in reference.grounds), "ground of disqualification")
        self.once(((one.key, one.place) for one in reference.agreements), "agreement")
        self.once(((one.key, one.place) for one in reference.measures), "kind of figure")
        self.once(((one.key, one.place) for one in reference.figures), "figure")
        self.once(((one.key, one.place) for one in reference.completeness), "item")

    def municipalities(self) -> None:
        """One area, one name."""
        names: dict[tuple[str, str, str | None], object] = {}
        for municipality in self.reference.municipalities:
            for area in municipality.areas:
                place = area.code.place
                if names.setdefault((area.level, area.version, area.code.value), area.name.text) != area.name.text:
                    self.problems.add(place, f"{area.level} {area.code.value} ({area.version}) has another name elsewhere in this file")

    def organisation(self, organisation: Organisation) -> None:
        """References, check digits and days of an organisation."""
        keys = {other.key for other in self.reference.organisations}
        municipalities = {municipality.code for municipality in self.reference.municipalities}
        regions = {area.code.value for municipality in self.reference.municipalities for area in municipality.areas if area.level == "region"}
        self.refers(organisation.parent, keys - {organisation.key}, "organisation (or itself)")
        self.refers(organisation.successor, keys - {organisation.key}, "organisation (or itself)")
        if organisation.municipality and organisation.municipality not in municipalities:
            self.problems.add(organisation.place, f"unknown municipality “{organisation.municipality}”")
        if organisation.region and organisation.region not in regions:
            self.problems.add(organisation.place, f"unknown region “{organisation.region}”")
        self.holds(organisation.place, organisation.period.check_order)
        self.acyclic(organisation)

    def acyclic(self, organisation: Organisation) -> None:
        """Nobody is part of a part of itself, and nobody follows a follower of itself."""
        by_key = {other.key: other for other in self.reference.organisations}
        for relation in ("parent", "successor"):
            seen: set[str] = set()
            at: Organisation | None = organisation
            while at is not None and at.key not in seen:
                seen.add(at.key)
                fact: Fact[str] | None = getattr(at, relation)
                at = by_key.get(fact.value or "") if fact else None
            if at is organisation and len(seen) > 1:
                self.problems.add(organisation.place, f"{' → '.join(sorted(seen))}: {relation}s in a circle")

    def identifiers(self) -> None:
        """Right check digits, and one identifier for one organisation."""
        found = [(identifier, organisation) for organisation in self.reference.organisations for identifier in organisation.identifiers]
        for identifier, _organisation in found:
            if identifier.scheme and identifier.fact.value:
                self.holds(identifier.fact.place, partial(check_identifier, identifier.scheme, identifier.fact.value))
        self.once(((f"{one.scheme} {one.fact.value}", one.fact.place) for one, _organisation in found if one.fact.value), "identifier")
        self.once(((f"{owner.key} {one.scheme}", one.fact.place) for one, owner in found), "kind of identifier of one organisation")

    def scheme(self, scheme: Scheme) -> None:
        """A tree: a parent stands before its children."""
        self.once(((category.key, category.place) for category in scheme.categories), f"category of {scheme.key}")
        before: set[str] = set()
        for category in scheme.categories:
            if category.parent is not None and category.parent not in before:
                self.problems.add(category.place, f"unknown parent “{category.parent}”: a parent stands before its children, in their classification")
            before.add(category.key)
            self.holds(category.place, category.period.check_order)

    def agreement(self, agreement: Agreement) -> None:
        """References and days of an agreement."""
        organisations = {organisation.key for organisation in self.reference.organisations}
        codes = {municipality.code for municipality in self.reference.municipalities}
        for member in agreement.members.value or ():
            if member.code not in codes:
                self.problems.add(agreement.members.place, f"unknown municipality “{member.code}”")
        self.once(((member.code, agreement.members.place) for member in agreement.members.value or ()), "municipality")
        self.refers(agreement.decider, organisations, "organisation")
        for party in agreement.cooperation_parties:
            self.refers(party, organisations, "organisation")
        self.once(((party.value or "", party.place) for party in agreement.cooperation_parties), "cooperation party")
        self.numbered(((version.number, version.place) for version in agreement.versions), agreement.place, "versions")
        for version in agreement.versions:
            self.version(version, organisations)
        periods = [version.period for version in agreement.versions]
        if agreement.versions:
            self.holds(agreement.versions[-1].place, lambda: check_versions(periods))
        self.priorities(agreement)

    def priorities(self, agreement: Agreement) -> None:
        """Numbers from one, themes that exist."""
        self.numbered(((priority.number, priority.place) for priority in agreement.priorities), agreement.place, "priorities")
        themes = {category.key for scheme in self.reference.schemes if scheme.key == "themes" for category in scheme.categories}
        for priority in agreement.priorities:
            for theme in (priority.themes.value or "").split():
                if theme not in themes:
                    self.problems.add(priority.themes.place, f"unknown theme “{theme}”")

    def numbered(self, numbers: Iterable[tuple[int, Place]], place: Place, meaning: str) -> None:
        """Parts are numbered 1, 2, 3 … in their order; at least one."""
        found = list(numbers)
        if not found:
            self.problems.add(place, f"an agreement has {meaning}")
        for expected, (number, where) in enumerate(found, start=1):
            if number != expected:
                self.problems.add(where, f"{meaning} are numbered in their order: {expected} is expected here, not {number}")

    def version(self, version: Version, organisations: set[str]) -> None:
        """References and days of a version."""
        for organisation in (*(signatory.organisation for signatory in version.signatories), *version.negotiators):
            self.refers(organisation, organisations, "organisation")
        self.once(((signatory.organisation.value or "", signatory.organisation.place) for signatory in version.signatories), "signatory")
        self.once(((negotiator.value or "", negotiator.place) for negotiator in version.negotiators), "negotiator")
        signed_at = version.signatories[0].organisation.place if version.signatories else version.place
        self.holds(signed_at, lambda: check_sides(signatory.side for signatory in version.signatories))
        if version.signed_on.value:
            self.holds(version.place, lambda: check_signed_period(_Days(version)))

    def figures(self) -> None:
        """Codes and agreements that exist; periods in order."""
        measures = {one.key for one in self.reference.measures}
        groups = Counter(one.group for one in self.reference.figures)
        agreements = {one.key for one in self.reference.agreements}
        for figure in self.reference.figures:
            codes = ((figure.measures, measures, "kind of figure"), (figure.agreement, agreements, "agreement"))
            for code, known, meaning in codes:
                if code and code not in known:
                    self.problems.add(figure.place, f"unknown {meaning} “{code}”")
            if figure.group and groups[figure.group] == 1:
                self.problems.add(figure.place, f"“{figure.group}” groups one figure only: is it a typing error?")
            self.holds(figure.place, figure.period.check_order)


class _Days:
    """A version's days in the shape the agreements' rules ask for."""

    def __init__(self, version: Version) -> None:
        self.signed_on, self.valid_from, self.valid_to = version.signed_on.value, version.valid_from.value, version.valid_to.value
