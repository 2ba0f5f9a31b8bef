"""Acts of a round: its common text, drafts opened from it, and what a draft takes over from the agreement it succeeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from kumppani.access.checks import check_can, party_of
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Clause, Commitment, Priority, PriorityTheme
from kumppani.domain.agreements.negotiation import check_terms
from kumppani.domain.agreements.queries import SIGNED, signatories_of, turn_of
from kumppani.domain.agreements.rules import Side, check_commitment, commitment_state_on
from kumppani.domain.agreements.states import VersionStatus
from kumppani.domain.agreements.turns import check_turn
from kumppani.domain.agreements.wording import check_clause
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_name
from kumppani.domain.programmes.models import Programme
from kumppani.domain.rounds.models import CarriedCommitment, CarriedPriority, Round, RoundDraft, TemplateClause
from kumppani.domain.rounds.rules import check_carried_from, check_carried_once, check_unfinished
from kumppani.kernel import clock
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import cite
from kumppani.workflow._record import act, record, row_of
from kumppani.workflow.drafting import open_draft
from kumppani.workflow.seen import check_seen


@act
def define_round(
    *,
    by: Viewer,
    programme: Programme,
    key: str,
    title: Text,
    authentic_language: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Round:
    """Defines a round: its name, the term of the agreements to come, and the language whose text is to be authentic."""
    check_can(by, Permission.DEFINE_ROUND, programme.key)
    check_key(key)
    check_name(title)
    check_terms(valid_from, valid_to, authentic_language)
    if Round.objects.filter(key=key).exists():
        raise RuleBroken("round-exists", _("There is already a round “{key}”.", key=key))
    terms = {"authentic_language": authentic_language, "valid_from": valid_from, "valid_to": valid_to}
    defined = Round.objects.create(programme=programme, key=key, title=title, **terms)
    record(by, "define_round", defined, programme=programme)
    return defined


@act
def edit_template_clause(*, by: Viewer, round_: Round, code: str, number: int, heading: Text, body: Text, seen: str = "") -> TemplateClause:
    """Writes a clause of the common text, or changes the one of this code. Drafts that were opened before stay as they are, and then differ."""
    round_ = Round.objects.select_for_update(of=("self",)).select_related("programme").get(pk=round_.pk)
    check_can(by, Permission.EDIT_TEMPLATE_CLAUSE, round_.programme.key)
    check_key(code)
    check_clause(heading, body)
    if not 1 <= number <= 999:
        raise RuleBroken("bad-clause-number", _("A clause has a number from 1 to 999."))
    if TemplateClause.objects.filter(round=round_, number=number).exclude(code=code).exists():
        raise RuleBroken("clause-number-taken", _("Another clause has the number {number}.", number=number))
    clause = TemplateClause.objects.filter(round=round_, code=code).select_related("round__programme").first()
    before = row_of(clause) if clause else None
    if clause is None:
        clause = TemplateClause(round=round_, code=code)
    else:
        check_seen(clause, seen)
    clause.number, clause.heading, clause.body = number, heading, body
    clause.save()
    record(by, "edit_template_clause", clause, programme=round_.programme, key=clause.key, before=before)
    return clause


@act
def open_round_draft(*, by: Viewer, round_: Round, succeeds: Agreement, key: str, case_number: str = "") -> RoundDraft:
    """Opens the draft of the agreement that is to succeed an earlier one: same parties and municipalities, the round's term and common text.

    Several people open drafts at the same time: the programme's row keeps them from taking one place in its list.
    """
    programme = Programme.objects.select_for_update().get(pk=round_.programme_id)
    earlier = Agreement.objects.select_related("programme", "decider").get(pk=succeeds.pk)
    last = _last_signed(earlier)
    check_can(by, Permission.OPEN_ROUND_DRAFT, programme.key, of=signatories_of(last))
    if earlier.programme != programme:
        raise RuleBroken("agreement-of-another-programme", _("The agreement belongs to another programme."))
    if RoundDraft.objects.filter(round=round_, succeeds=earlier).exists():
        raise RuleBroken("succeeded-already", _("The successor of “{key}” is being negotiated in this round already.", key=earlier.key))
    version = open_draft(
        by=by,
        programme=programme,
        key=key,
        position=(Agreement.objects.filter(programme=programme).aggregate(last=Max("position"))["last"] or 0) + 1,
        name=earlier.name,
        municipalities=[(part.municipality, part.is_core) for part in earlier.territory.select_related("municipality").order_by("position")],
        signatories=[(row.organisation, Side(row.side)) for row in last.signatories.select_related("organisation").order_by("position")],
        authentic_language=round_.authentic_language,
        decider=earlier.decider,
        valid_from=round_.valid_from,
        valid_to=round_.valid_to,
        case_number=case_number,
    )
    for template in TemplateClause.objects.filter(round=round_).order_by("number"):
        clause = Clause.objects.create(version=version, code=template.code, number=template.number, heading=template.heading, body=template.body)
        record(by, "open_round_draft", clause, programme=programme, key=clause.key)
    draft = RoundDraft.objects.create(round=round_, agreement=version.agreement, succeeds=earlier)
    record(by, "open_round_draft", draft, programme=programme, key=draft.key)
    return draft


def _last_signed(agreement: Agreement) -> AgreementVersion:
    """What an agreement's parties signed last."""
    found = agreement.versions.filter(status__in=SIGNED).order_by("number").last()
    if found is None:
        raise RuleBroken("nothing-to-succeed", _("Nothing has been signed yet that could be succeeded."))
    return found


def _held(by: Viewer, draft: RoundDraft, permission: Permission) -> RoundDraft:
    """The draft with its version locked, while it is one, for the party whose turn it is to write."""
    draft = RoundDraft.objects.select_related("round__programme", "agreement", "succeeds").get(pk=draft.pk)
    version = AgreementVersion.objects.select_for_update(of=("self",)).select_related("drafter").get(agreement=draft.agreement, number=1)
    programme, parties = draft.round.programme, signatories_of(version)
    check_can(by, permission, programme.key, of=parties)
    party = party_of(by, permission, programme.key, parties)
    if version.status != VersionStatus.DRAFT:
        raise RuleBroken("not-a-draft", _("Only a draft takes over what the earlier agreement left: this one has been proposed."))
    check_turn(party, turn_of(version))
    return draft


def _next(numbers: Iterable[int]) -> int:
    return max(numbers, default=0) + 1


@act
def carry_over_priority(*, by: Viewer, draft: RoundDraft, origin: Priority) -> CarriedPriority:
    """Takes over a priority of the earlier agreement, with its words and themes."""
    draft = _held(by, draft, Permission.CARRY_OVER_PRIORITY)
    origin = Priority.objects.select_related("agreement").get(pk=origin.pk)
    check_carried_from(origin.agreement.key, draft.succeeds.key)
    check_carried_once(origin.key, set(draft.carried_priorities.values_list("origin__key", flat=True)))
    agreement, programme = draft.agreement, draft.round.programme
    number = _next(agreement.priorities.values_list("number", flat=True))
    priority = Priority.objects.create(
        agreement=agreement, key=f"{agreement.key}-p{number}", number=number, title=origin.title, description=origin.description
    )
    themes = list(origin.themes.order_by("position", "key"))
    PriorityTheme.objects.bulk_create(PriorityTheme(priority=priority, category=theme) for theme in themes)
    values: dict[str, object] = {"title": origin.title, "themes": " ".join(theme.key for theme in themes)}
    cite(by, programme, root=agreement.key, kind="priority", key=priority.key, values=values, evidence=None)
    record(by, "carry_over_priority", priority, programme=programme)
    carried = CarriedPriority.objects.create(draft=draft, origin=origin, priority=priority)
    record(by, "carry_over_priority", carried, programme=programme, key=carried.key)
    return carried


@act
def carry_over_commitment(*, by: Viewer, draft: RoundDraft, origin: Commitment, due_on: date | None) -> CarriedCommitment:
    """Takes over a promise that was neither fulfilled nor released, with a new day by which it is due; under its priority where that came too."""
    draft = _held(by, draft, Permission.CARRY_OVER_COMMITMENT)
    origin = Commitment.objects.select_related("agreement", "promised_by", "promised_to", "priority").get(pk=origin.pk)
    agreement, programme = draft.agreement, draft.round.programme
    check_carried_from(origin.agreement.key, draft.succeeds.key)
    check_carried_once(origin.key, set(draft.carried_commitments.values_list("origin__key", flat=True)))
    check_unfinished(commitment_state_on(origin, clock.today(programme.time_zone)))
    number = _next(agreement.commitments.values_list("number", flat=True))
    came = draft.carried_priorities.filter(origin=origin.priority).select_related("priority").first() if origin.priority else None
    commitment = Commitment(
        agreement=agreement,
        key=f"{agreement.key}-c{number}",
        number=number,
        subject=origin.subject,
        promise=origin.promise,
        side=origin.side,
        promised_by=origin.promised_by,
        promised_to=origin.promised_to,
        priority=came.priority if came else None,
        promised_on=origin.promised_on,
        due_on=due_on,
    )
    check_commitment(commitment)
    commitment.save()
    values = {"promise": origin.promise, "promised_on": origin.promised_on, "due_on": due_on}
    cite(by, programme, root=agreement.key, kind="commitment", key=commitment.key, values=values, evidence=None)
    record(by, "carry_over_commitment", commitment, programme=programme)
    carried = CarriedCommitment.objects.create(draft=draft, origin=origin, commitment=commitment)
    record(by, "carry_over_commitment", carried, programme=programme, key=carried.key)
    return carried
