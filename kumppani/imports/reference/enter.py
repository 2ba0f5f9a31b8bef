"""Enters what is not there yet: each object by the act that states it, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement as AgreementRow
from kumppani.domain.agreements.models import AgreementVersion
from kumppani.domain.parties.models import Municipality as MunicipalityRow
from kumppani.domain.parties.models import Organisation as OrganisationRow
from kumppani.domain.programmes.models import Category as CategoryRow
from kumppani.domain.programmes.models import Programme as ProgrammeRow
from kumppani.domain.sources.rules import Cited
from kumppani.imports.reference import wanted
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
)
from kumppani.imports.reference.read import Problem, ReferenceRefused
from kumppani.imports.reference.wanted import Wanted, evidence
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import ApprovalGiven, Said, Signing, TakingPart, record_signed_elsewhere, state_priority
from kumppani.workflow.bodies import state_disqualification
from kumppani.workflow.organisations import register_organisation
from kumppani.workflow.programmes import create_programme, register_place, state_category
from kumppani.workflow.publishing import publish, publish_figure

Value = TypeVar("Value")


@contextmanager
def at(place: Place) -> Iterator[None]:
    """A rule that an act keeps, and that the checks of the files do not know, is told with file and line like theirs."""
    try:
        yield
    except ReferenceRefused:
        raise
    except RuleBroken as error:
        raise ReferenceRefused((Problem(place, str(error)),)) from error


def enter_programme(by: Viewer, reference: ReferenceSet) -> ProgrammeRow:
    """Creates the programme."""
    programme: Programme = reference.programme
    with at(programme.place):
        return create_programme(
            by=by,
            key=programme.key,
            name=programme.name.text,
            summary=programme.summary.text,
            country=programme.country,
            currency=programme.currency,
            time_zone=programme.time_zone,
            evidence=evidence(wanted.of_programme(programme), reference.sources),
        )


@dataclass(frozen=True, slots=True)
class Entering:
    """Enters objects of one programme, as one account."""

    by: Viewer
    programme: ProgrammeRow
    reference: ReferenceSet

    def _evidence(self, what: Wanted) -> dict[str, Cited]:
        return evidence(what, self.reference.sources)

    def category(self, scheme: Scheme, category: Category) -> None:
        """States a category; its parent stands before it in the file, so it is there."""
        parent = CategoryRow.objects.get(scheme__programme=self.programme, scheme__key=scheme.key, key=category.parent) if category.parent else None
        with at(category.place):
            state_category(
                by=self.by,
                programme=self.programme,
                scheme=scheme.key,
                scheme_title=scheme.title.text,
                key=category.key,
                label=category.label.text,
                position=scheme.categories.index(category) + 1,
                parent=parent,
                valid_from=category.period.start,
                valid_to=category.period.end,
                evidence=self._evidence(wanted.of_category(scheme, category)),
            )

    def ground(self, ground: Ground) -> None:
        """States a ground of disqualification. Whether it follows from a member's organisation alone, no source says: so none does."""
        with at(ground.place):
            state_disqualification(
                by=self.by,
                programme=self.programme,
                body_kind=ground.body_kind,
                key=ground.key,
                wording=ground.wording.text,
                law=ground.law.value or "",
                evidence=self._evidence(wanted.of_ground(ground)),
            )

    def municipality(self, municipality: Municipality) -> None:
        """Registers a municipality in its areas."""
        with at(municipality.place):
            register_place(
                by=self.by,
                programme=self.programme,
                code=municipality.code,
                name=municipality.name.text,
                latitude=municipality.latitude.value,
                longitude=municipality.longitude.value,
                point_kind=municipality.point_kind.value or "",
                language_status=municipality.language_status.text,
                regions=[_area(area) for area in municipality.areas],
                evidence=self._evidence(wanted.of_municipality(self.programme.country, municipality)),
            )

    def organisation(self, organisation: Organisation) -> None:
        """Registers an organisation; those it is part of or followed by are there."""
        with at(organisation.place):
            register_organisation(
                by=self.by,
                programme=self.programme,
                key=organisation.key,
                kind=organisation.kind,
                name=organisation.name.text,
                identifiers=[(one.scheme, one.fact.value) for one in organisation.identifiers if one.fact.value],
                municipality=self._place(organisation.municipality) if organisation.municipality else None,
                parent=_party(organisation.parent),
                successor=_party(organisation.successor),
                valid_from=organisation.period.start,
                valid_to=organisation.period.end,
                evidence=self._evidence(wanted.of_organisation(organisation)),
            )

    def agreement(self, agreement: Agreement) -> AgreementVersion:
        """Records an agreement with its first version and all that is told of it once."""
        goals = [self._goal(agreement, position) for position in range(1, len(agreement.stated_goals) + 1)]
        updates = [self._update(agreement, position) for position in range(1, len(agreement.known_updates) + 1)]
        parties = [
            TakingPart(_organisation(party), evidence=self._evidence(wanted.of_party(agreement, party))) for party in agreement.cooperation_parties
        ]
        return self.version(agreement, agreement.versions[0], cooperation_parties=parties, stated_goals=goals, known_updates=updates)

    def version(
        self,
        agreement: Agreement,
        version: Version,
        *,
        cooperation_parties: list[TakingPart] | None = None,
        stated_goals: list[Said] | None = None,
        known_updates: list[Said] | None = None,
    ) -> AgreementVersion:
        """Records a version: the first one with the agreement, a later one of an agreement that is there."""
        whole = wanted.of_version(agreement, version)
        negotiators = [TakingPart(_organisation(one), evidence=self._evidence(wanted.of_negotiator(whole, one))) for one in version.negotiators]
        with at(version.place):
            return record_signed_elsewhere(
                by=self.by,
                programme=self.programme,
                key=agreement.key,
                position=self.reference.agreements.index(agreement) + 1,
                name=agreement.name.text,
                municipalities=[(self._place(member.code), member.is_core) for member in agreement.members.value or ()],
                decider=_party(agreement.decider),
                signed_on=_known(version.signed_on),
                valid_from=version.valid_from.value,
                valid_to=version.valid_to.value,
                content=version.content.text,
                signings=[self._signing(whole, signatory) for signatory in version.signatories],
                negotiators=negotiators,
                cooperation_parties=cooperation_parties or (),
                stated_goals=stated_goals or (),
                known_updates=known_updates or (),
                authentic_language=version.authentic_language.value or "",
                evidence=self._evidence(wanted.of_agreement(agreement)),
                version_evidence=self._evidence(whole),
            )

    def _signing(self, version: Wanted, signatory: Signatory) -> Signing:
        signed = wanted.of_signatory(version, signatory)
        given = []
        if (approval := signatory.approval) is not None:
            cited = self._evidence(wanted.of_approval(signed, approval.body_key, approval.decided_on))
            day = _known(approval.decided_on)
            given = [ApprovalGiven(approval.body_key, approval.body_kind, approval.body_name, day, approval.case_number, cited)]
        return Signing(_organisation(signatory.organisation), signatory.side, given, self._evidence(signed))

    def _goal(self, agreement: Agreement, position: int) -> Said:
        words: Text = agreement.stated_goals[position - 1].wording.text
        return Said(words, evidence=self._evidence(wanted.of_goal(agreement, position)))

    def _update(self, agreement: Agreement, position: int) -> Said:
        update = agreement.known_updates[position - 1]
        return Said(update.what.text, update.happened_on.value, self._evidence(wanted.of_update(agreement, position)))

    def priority(self, agreement: Agreement, priority: Priority) -> None:
        """States a priority of an agreement that is there."""
        keys = (priority.themes.value or "").split()
        themes = list(CategoryRow.objects.filter(scheme__programme=self.programme, scheme__key="themes", key__in=keys))
        what = wanted.of_priority(agreement, priority)
        with at(priority.place):
            state_priority(
                by=self.by,
                agreement=AgreementRow.objects.get(programme=self.programme, key=agreement.key),
                key=what.key,
                number=priority.number,
                title=priority.title.text,
                themes=themes,
                evidence=self._evidence(what),
            )

    def publish(self, version: AgreementVersion) -> None:
        """Opens a version to everyone."""
        publish(by=self.by, version=version)

    def figure(self, figure: Figure) -> None:
        """Publishes a figure."""
        labels = {one.key: one.label for one in self.reference.measures}
        with at(figure.place):
            publish_figure(
                by=self.by,
                programme=self.programme,
                key=figure.key,
                position=self.reference.figures.index(figure) + 1,
                measures=figure.measures,
                group=figure.group or figure.key,
                label=labels[figure.measures],
                wording=figure.wording,
                wording_language=figure.language,
                amount=figure.amount,
                basis=figure.basis,
                cited=wanted.cited(figure.fact, self.reference.sources),
                agreement=AgreementRow.objects.get(programme=self.programme, key=figure.agreement) if figure.agreement else None,
                wording_is_ours=figure.wording_is_ours,
                period_from=figure.period.start,
                period_to=figure.period.end,
                note=figure.fact.note,
            )

    def _place(self, code: str) -> MunicipalityRow:
        return MunicipalityRow.objects.get(country=self.programme.country, code=code)


def _area(area: Area) -> tuple[str, str, str, Text]:
    return area.level, area.version, _known(area.code), area.name.text


def _organisation(fact: Fact[str]) -> OrganisationRow:
    return OrganisationRow.objects.get(key=fact.value)


def _party(fact: Fact[str] | None) -> OrganisationRow | None:
    return _organisation(fact) if fact is not None and fact.known else None


def _known(fact: Fact[Value]) -> Value:
    """The value of a fact that the checks have found known."""
    if fact.value is None:
        raise ReferenceRefused((Problem(fact.place, "this must be known"),))
    return fact.value
