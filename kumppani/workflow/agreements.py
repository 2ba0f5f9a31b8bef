"""Acts on agreements: what was signed, what it concentrates on, who promised what, what is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import (
    Agreement,
    AgreementVersion,
    Approval,
    Commitment,
    CooperationParty,
    KnownUpdate,
    Measure,
    MeasurePartner,
    Negotiator,
    Priority,
    PriorityTheme,
    Signatory,
    StatedGoal,
    Territory,
)
from kumppani.domain.agreements.queries import parties_of, signed_periods
from kumppani.domain.agreements.rules import (
    Side,
    check_commitment,
    check_measure,
    check_of_agreement,
    check_parties_of_commitment,
    check_sides,
    check_signed_period,
    check_versions,
)
from kumppani.domain.agreements.states import VERSION_ACTS
from kumppani.domain.bodies.models import Body
from kumppani.domain.bodies.rules import check_body_kind
from kumppani.domain.documents.models import File
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.domain.programmes.models import Category, Programme
from kumppani.kernel.acts import step
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Message, Text, _
from kumppani.workflow._cite import Evidences, cite
from kumppani.workflow._record import act, record
from kumppani.workflow.promises import check_states


@dataclass(frozen=True, slots=True)
class ApprovalGiven:
    """A decision of a signatory's own body: `body_key` names the body, which is made when it is named for the first time."""

    body_key: str
    body_kind: str
    body_name: Text
    decided_on: date
    case_number: str = ""
    evidence: Evidences | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """One party's signature to a version."""

    organisation: Organisation
    side: Side
    approvals: Sequence[ApprovalGiven] = ()
    evidence: Evidences | None = None


@dataclass(frozen=True, slots=True)
class TakingPart:
    """An organisation that negotiates or cooperates without signing."""

    organisation: Organisation
    role: Text = field(default_factory=Text)
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: Evidences | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about an agreement in the words of its source: a stated goal, or an update known to exist."""

    wording: Text
    happened_on: date | None = None
    evidence: Evidences | None = None


@act
def record_signed_elsewhere(
    *,
    by: Viewer,
    programme: Programme,
    key: str,
    position: int,
    name: Text,
    municipalities: Sequence[tuple[Municipality, bool]],
    decider: Organisation | None,
    signed_on: date,
    valid_from: date | None,
    valid_to: date | None,
    content: Text,
    signings: Sequence[Signing],
    negotiators: Sequence[TakingPart] = (),
    cooperation_parties: Sequence[TakingPart] = (),
    stated_goals: Sequence[Said] = (),
    known_updates: Sequence[Said] = (),
    authentic_language: str = "",
    text: File | None = None,
    evidence: Evidences | None = None,
    version_evidence: Evidences | None = None,
) -> AgreementVersion:
    """Records an agreement that was signed outside this system as version 1, or as the next version of one that is known.

    `municipalities`: (municipality, whether it is the core of the city region). `content` is the strategic content as printed.
    """
    check_can(by, Permission.RECORD_SIGNED_ELSEWHERE, programme.key)
    after = step(VERSION_ACTS, None, "record_signed_elsewhere")
    check_sides(signing.side for signing in signings)
    agreement = Agreement.objects.select_for_update().filter(programme=programme, key=key).first()
    if agreement is None:
        agreement = found_agreement(by, "record_signed_elsewhere", programme, key, position, name, municipalities, decider, evidence)
    version = AgreementVersion(
        agreement=agreement,
        number=agreement.versions.count() + 1,
        status=after.next,
        signed_on=signed_on,
        valid_from=valid_from,
        valid_to=valid_to,
        authentic_language=authentic_language,
        content=content,
        text=text,
    )
    check_signed_period(version)
    check_versions([*signed_periods(agreement), version.period])
    version.save()
    values = {
        "signed_on": signed_on,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "authentic_language": authentic_language,
        "text": text,
        "content": content,
    }
    cite(by, programme, root=key, kind="version", key=_version_key(version), values=values, evidence=version_evidence)
    record(by, after.event, version, programme=programme, key=_version_key(version))
    for place, signing in enumerate(signings, start=1):
        _sign(by, version, place, signing)
    _take_part(by, version, negotiators, cooperation_parties)
    _say(by, agreement, stated_goals, known_updates)
    return version


def _version_key(version: AgreementVersion) -> str:
    return f"{version.agreement.key}/{version.number}"


def found_agreement(
    by: Viewer,
    event: str,
    programme: Programme,
    key: str,
    position: int,
    name: Text,
    municipalities: Sequence[tuple[Municipality, bool]],
    decider: Organisation | None,
    evidence: Evidences | None = None,
) -> Agreement:
    """The row of a new agreement with its territory: a part of the acts that record one or open its first draft."""
    check_key(key)
    check_name(name)
    if not municipalities:
        raise RuleBroken("agreement-without-territory", _("An agreement covers at least one municipality."))
    if Agreement.objects.filter(key=key).exists():
        raise RuleBroken("agreement-exists", _("There is already an agreement “{key}”.", key=key))
    agreement = Agreement.objects.create(programme=programme, key=key, position=position, name=name, decider=decider)
    Territory.objects.bulk_create(
        Territory(agreement=agreement, municipality=municipality, position=place, is_core=is_core)
        for place, (municipality, is_core) in enumerate(municipalities, start=1)
    )
    codes = " ".join(municipality.code for municipality, _is_core in municipalities)
    cite(by, programme, root=key, kind="agreement", key=key, values={"name": name, "territory": codes, "decider": decider}, evidence=evidence)
    record(by, event, agreement, programme=programme)
    return agreement


def _sign(by: Viewer, version: AgreementVersion, position: int, signing: Signing) -> None:
    programme = version.agreement.programme
    signatory = Signatory.objects.create(version=version, organisation=signing.organisation, side=signing.side, position=position)
    key = f"{_version_key(version)}/{signing.organisation.key}"
    cite(
        by,
        programme,
        root=version.agreement.key,
        kind="signatory",
        key=key,
        values={"organisation": signing.organisation.key},
        evidence=signing.evidence,
    )
    record(by, "record_signed_elsewhere", signatory, programme=programme, key=key)
    for given in signing.approvals:
        _approve(by, signatory, key, given)


def _approve(by: Viewer, signatory: Signatory, key: str, given: ApprovalGiven) -> None:
    programme = signatory.version.agreement.programme
    check_body_kind(given.body_kind)
    defaults = {"kind": given.body_kind, "organisation": signatory.organisation, "name": given.body_name}
    body, created = Body.objects.get_or_create(programme=programme, key=given.body_key, defaults=defaults)
    if created:
        record(by, "record_signed_elsewhere", body, programme=programme)
    approval = Approval.objects.create(signatory=signatory, body=body, decided_on=given.decided_on, case_number=given.case_number)
    values = {"decided_on": given.decided_on, "body": body.key}
    cite(by, programme, root=signatory.version.agreement.key, kind="approval", key=f"{key}/{body.key}", values=values, evidence=given.evidence)
    record(by, "record_signed_elsewhere", approval, programme=programme, key=f"{key}/{body.key}")


def _take_part(by: Viewer, version: AgreementVersion, negotiators: Sequence[TakingPart], cooperation_parties: Sequence[TakingPart]) -> None:
    agreement = version.agreement
    for position, part in enumerate(negotiators, start=1):
        row = Negotiator.objects.create(version=version, organisation=part.organisation, position=position)
        key = f"{_version_key(version)}/negotiator/{part.organisation.key}"
        cite(
            by,
            agreement.programme,
            root=agreement.key,
            kind="negotiator",
            key=key,
            values={"organisation": part.organisation.key},
            evidence=part.evidence,
        )
        record(by, "record_signed_elsewhere", row, programme=agreement.programme, key=key)
    for position, part in enumerate(cooperation_parties, start=agreement.cooperation_parties.count() + 1):
        Period(part.valid_from, part.valid_to).check_order()
        party = CooperationParty.objects.create(
            agreement=agreement, organisation=part.organisation, position=position, role=part.role, valid_from=part.valid_from, valid_to=part.valid_to
        )
        key = f"{agreement.key}/{part.organisation.key}"
        cite(
            by,
            agreement.programme,
            root=agreement.key,
            kind="cooperation_party",
            key=key,
            values={"organisation": part.organisation.key},
            evidence=part.evidence,
        )
        record(by, "record_signed_elsewhere", party, programme=agreement.programme, key=key)


def _say(by: Viewer, agreement: Agreement, stated_goals: Sequence[Said], known_updates: Sequence[Said]) -> None:
    for position, said in enumerate(stated_goals, start=agreement.stated_goals.count() + 1):
        goal = StatedGoal.objects.create(agreement=agreement, position=position, wording=said.wording)
        key = f"{agreement.key}/goal/{position}"
        cite(by, agreement.programme, root=agreement.key, kind="stated_goal", key=key, values={"wording": said.wording}, evidence=said.evidence)
        record(by, "record_signed_elsewhere", goal, programme=agreement.programme, key=key)
    for position, said in enumerate(known_updates, start=agreement.known_updates.count() + 1):
        update = KnownUpdate.objects.create(agreement=agreement, position=position, what=said.wording, happened_on=said.happened_on)
        key = f"{agreement.key}/update/{position}"
        values = {"what": said.wording, "happened_on": said.happened_on}
        cite(by, agreement.programme, root=agreement.key, kind="known_update", key=key, values=values, evidence=said.evidence)
        record(by, "record_signed_elsewhere", update, programme=agreement.programme, key=key)


_TAKEN = {
    Priority: ("priority-exists", _("There is already a priority “{key}”.")),
    Commitment: ("commitment-exists", _("There is already a commitment “{key}”.")),
    Measure: ("measure-exists", _("There is already a measure “{key}”.")),
}
"""Model → what is said of a key that is taken."""


def _check_unused(model: type[Priority | Commitment | Measure], agreement: Agreement, key: str, number: int) -> None:
    code, sentence = _TAKEN[model]
    if model._default_manager.filter(key=key).exists():
        raise RuleBroken(code, Message(sentence.template, key=key))
    if model._default_manager.filter(agreement=agreement, number=number).exists():
        raise RuleBroken("number-taken", _("Another one has the number {number} in this agreement.", number=number))


@act
def state_priority(
    *,
    by: Viewer,
    agreement: Agreement,
    key: str,
    number: int,
    title: Text,
    description: Text = Text(),
    themes: Sequence[Category] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    evidence: Evidences | None = None,
) -> Priority:
    """States a strategic priority of an agreement. Themes are categories of the programme's classification `themes`."""
    check_can(by, Permission.STATE_PRIORITY, agreement.programme.key, of=parties_of(agreement))
    check_key(key)
    check_name(title)
    Period(valid_from, valid_to).check_order()
    _check_unused(Priority, agreement, key, number)
    priority = Priority.objects.create(
        agreement=agreement, key=key, number=number, title=title, description=description, valid_from=valid_from, valid_to=valid_to
    )
    PriorityTheme.objects.bulk_create(PriorityTheme(priority=priority, category=theme) for theme in themes)
    values: dict[str, object] = {"title": title, "themes": " ".join(theme.key for theme in themes)}
    if description:
        values["description"] = description
    cite(by, agreement.programme, root=agreement.key, kind="priority", key=key, values=values, evidence=evidence)
    record(by, "state_priority", priority, programme=agreement.programme)
    return priority


@act
def state_commitment(
    *,
    by: Viewer,
    agreement: Agreement,
    key: str,
    number: int,
    subject: Text,
    promise: Text,
    side: Side,
    promised_by: Organisation,
    promised_to: Organisation,
    promised_on: date,
    due_on: date | None,
    priority: Priority | None = None,
    fulfilled_on: date | None = None,
    released_on: date | None = None,
    evidence: Evidences | None = None,
) -> Commitment:
    """States what one party promised another. `subject` is a short heading under which both sides' promises stand side by side."""
    check_can(by, Permission.STATE_COMMITMENT, agreement.programme.key, of=parties_of(agreement))
    check_key(key)
    check_name(promise)
    _check_unused(Commitment, agreement, key, number)
    check_parties_of_commitment(promised_by.key, promised_to.key)
    if priority is not None:
        check_of_agreement(priority.agreement.key, agreement.key)
    commitment = Commitment(
        agreement=agreement,
        key=key,
        number=number,
        subject=subject,
        promise=promise,
        side=side,
        promised_by=promised_by,
        promised_to=promised_to,
        priority=priority,
        promised_on=promised_on,
        due_on=due_on,
    )
    check_states(by, commitment, fulfilled_on, released_on)
    commitment.fulfilled_on, commitment.released_on = fulfilled_on, released_on
    check_commitment(commitment)
    commitment.save()
    values = {"promise": promise, "promised_on": promised_on, "due_on": due_on}
    cite(by, agreement.programme, root=agreement.key, kind="commitment", key=key, values=values, evidence=evidence)
    record(by, "state_commitment", commitment, programme=agreement.programme)
    return commitment


@act
def state_measure(
    *,
    by: Viewer,
    priority: Priority,
    key: str,
    number: int,
    action_type: Category,
    title: Text,
    description: Text,
    lead: Organisation,
    partners: Sequence[Organisation],
    stated_on: date,
    starts_on: date,
    ends_on: date,
    completed_on: date | None = None,
    dropped_on: date | None = None,
    evidence: Evidences | None = None,
) -> Measure:
    """States a measure of the action plan under a priority."""
    agreement = priority.agreement
    check_can(by, Permission.STATE_MEASURE, agreement.programme.key, of=parties_of(agreement))
    check_key(key)
    check_name(title)
    _check_unused(Measure, agreement, key, number)
    if action_type.scheme.key != "action_types" or stated_on not in action_type.period:
        raise RuleBroken("not-an-action-type", _("“{key}” is not an action type in use on that day.", key=action_type.key))
    measure = Measure(
        agreement=agreement,
        key=key,
        number=number,
        priority=priority,
        action_type=action_type,
        title=title,
        description=description,
        lead=lead,
        stated_on=stated_on,
        starts_on=starts_on,
        ends_on=ends_on,
        completed_on=completed_on,
        dropped_on=dropped_on,
    )
    check_measure(measure)
    measure.save()
    MeasurePartner.objects.bulk_create(MeasurePartner(measure=measure, organisation=partner) for partner in partners)
    values = {"title": title, "lead": lead, "starts_on": starts_on, "ends_on": ends_on}
    cite(by, agreement.programme, root=agreement.key, kind="measure", key=key, values=values, evidence=evidence)
    record(by, "state_measure", measure, programme=agreement.programme)
    return measure
