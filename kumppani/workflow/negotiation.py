"""Acts by which a draft becomes an agreement: proposed, approved by each party's own body, agreed, signed; and by which an agreement is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kumppani.access.checks import check_can, party_of
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Approval, ClosingReport, Commitment, Signatory
from kumppani.domain.agreements.negotiation import (
    LONGEST_CASE_NUMBER,
    LONGEST_SECTION,
    check_body_of_party,
    check_ended,
    check_fits,
    check_no_other_open,
    check_not_ahead,
    check_said,
    check_same_content,
    check_start,
    day_before,
)
from kumppani.domain.agreements.queries import SIGNED, approved_by, digest_of, signatories_of, signed_periods, standing_clauses, turn_of
from kumppani.domain.agreements.rules import check_signed_period, check_versions, commitment_state_on
from kumppani.domain.agreements.states import VERSION_ACTS, VersionStatus
from kumppani.domain.agreements.turns import check_all_approved, check_still_asked, check_turn
from kumppani.domain.agreements.wording import LONGEST_CLAUSE, check_complete
from kumppani.domain.bodies.models import Body
from kumppani.domain.documents.models import File
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.sources.models import Evidence
from kumppani.domain.sources.rules import Cited, Mark
from kumppani.kernel import clock
from kumppani.kernel.acts import step
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text, _
from kumppani.workflow._cite import cite, evidence_rows
from kumppani.workflow._record import act, record, record_evidence, record_removal, row_of
from kumppani.workflow.drafting import held


@act
def propose(*, by: Viewer, version: AgreementVersion, case_number: str = "") -> AgreementVersion:
    """Puts a draft before the parties. From now on its content stands still: its digest is what they approve."""
    version, after, party = held(by, version, Permission.PROPOSE)
    check_turn(party, turn_of(version))
    check_complete(standing_clauses(version), version.authentic_language)
    before = row_of(version)
    version.status, version.proposed_digest = after.next, digest_of(version)
    version.sent_back_by, version.sent_back_reason = None, ""
    return _keep(by, version, after.event, before, case_number)


@act
def record_approval(
    *,
    by: Viewer,
    version: AgreementVersion,
    digest: str,
    body: Body,
    decided_on: date,
    section: str = "",
    case_number: str = "",
    document: File | None = None,
) -> Approval:
    """Records that a party's own body approved exactly what was proposed (`digest`), in the name of that party, once."""
    version, after, party = held(by, version, Permission.RECORD_APPROVAL)
    programme = version.agreement.programme
    check_still_asked(party, signatories_of(version), approved_by(version))
    check_same_content(digest, version.proposed_digest, digest_of(version))
    check_body_of_party(body.organisation.key, party)
    check_not_ahead(decided_on, clock.today(programme.time_zone))
    check_fits(section, LONGEST_SECTION)
    check_fits(case_number, LONGEST_CASE_NUMBER)
    approval = Approval.objects.create(
        signatory=Signatory.objects.select_related("organisation", "version__agreement").get(version=version, organisation__key=party),
        body=body,
        decided_on=decided_on,
        section=section,
        case_number=case_number,
        document=document,
        content_digest=digest,
    )
    record(by, after.event, approval, programme=programme, key=f"{approval.signatory.key}/{body.key}")
    return approval


@act
def send_back(*, by: Viewer, version: AgreementVersion, reason: str, case_number: str = "") -> AgreementVersion:
    """Makes a proposal a draft again: a party that has not approved refuses it, or its drafter takes it back. Approvals given are void."""
    version, after, party = held(by, version, Permission.SEND_BACK)
    check_turn(party, turn_of(version) | {version.drafter.key if version.drafter else ""})
    check_said(reason)
    for approval in Approval.objects.filter(signatory__version=version).select_related(
        "signatory__organisation", "signatory__version__agreement", "body"
    ):
        # What was approved is not what will be signed: the row goes, the journal keeps it.
        key = f"{approval.signatory.key}/{approval.body.key}"
        record_removal(by, after.event, approval, programme=version.agreement.programme, key=key, before=row_of(approval))
        approval.delete()
    before = row_of(version)
    version.status, version.proposed_digest = after.next, ""
    version.sent_back_by, version.sent_back_reason = Organisation.objects.get(key=party), reason
    return _keep(by, version, after.event, before, case_number)


@act
def agree(*, by: Viewer, version: AgreementVersion, case_number: str = "") -> AgreementVersion:
    """Notes that every party has approved what was proposed."""
    version, after, party = held(by, version, Permission.AGREE)
    check_all_approved(signatories_of(version), approved_by(version))
    check_turn(party, turn_of(version))
    check_same_content(version.proposed_digest, digest_of(version))
    before = row_of(version)
    version.status = after.next
    return _keep(by, version, after.event, before, case_number)


@act
def bring_into_force(
    *, by: Viewer, version: AgreementVersion, signed_on: date, valid_from: date, case_number: str = "", text: File | None = None
) -> AgreementVersion:
    """Records the signing and from when the version holds. The version before it ends the day before."""
    version, after, party = held(by, version, Permission.BRING_INTO_FORCE)
    check_turn(party, turn_of(version))
    programme = version.agreement.programme
    check_same_content(version.proposed_digest, digest_of(version))
    check_not_ahead(signed_on, clock.today(programme.time_zone))
    check_start(version.valid_from, valid_from)
    before = row_of(version)
    version.status, version.signed_on, version.valid_from, version.text = after.next, signed_on, valid_from, text
    check_signed_period(version)
    _end_before(by, version, valid_from)
    check_versions([*signed_periods(version.agreement, but=version), version.period])
    version = _keep(by, version, after.event, before, case_number)
    values: dict[str, object] = {
        "signed_on": signed_on,
        "valid_from": valid_from,
        "valid_to": version.valid_to,
        "authentic_language": version.authentic_language,
    }
    values |= {"text": text, "content": version.content}
    root = version.agreement.key
    cite(by, programme, root=root, kind="version", key=version.key, values=values, evidence=None)
    for signatory in version.signatories.select_related("organisation", "version__agreement").prefetch_related("approvals__body"):
        organisation = {"organisation": signatory.organisation.key}
        cite(by, programme, root=root, kind="signatory", key=signatory.key, values=organisation, evidence=None)
        for given in signatory.approvals.all():
            decision = {"decided_on": given.decided_on, "body": given.body.key}
            cite(by, programme, root=root, kind="approval", key=f"{signatory.key}/{given.body.key}", values=decision, evidence=None)
    return version


def _end_before(by: Viewer, version: AgreementVersion, start: date) -> None:
    """Ends the version that would still hold on the day another begins."""
    programme = version.agreement.programme
    former = version.agreement.versions.filter(status__in=SIGNED, number__lt=version.number).order_by("number").last()
    if former is None or start not in former.period:
        return
    before = row_of(former)
    former.valid_to = day_before(start)
    check_signed_period(former)
    former.save()
    Evidence.objects.filter(programme=programme, kind="version", key=former.key, field="valid_to").delete()
    cited = Cited(Mark.ENTERED, as_of=clock.today(programme.time_zone))
    root = version.agreement.key
    Evidence.objects.bulk_create(evidence_rows(by, programme, root=root, kind="version", key=former.key, field="valid_to", cited=cited))
    record_evidence(by, programme, "version", former.key)
    record(by, "bring_into_force", former, programme=programme, key=former.key, before=before)


@act
def close_agreement(*, by: Viewer, agreement: Agreement, words: Text, case_number: str = "") -> ClosingReport:
    """Closes an agreement whose term is over, with closing words and its promises as they stand today."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    programme = agreement.programme
    versions = list(agreement.versions.order_by("number"))
    version = versions[-1]
    parties = signatories_of(version)
    check_can(by, Permission.CLOSE_AGREEMENT, programme.key, of=parties)
    party_of(by, Permission.CLOSE_AGREEMENT, programme.key, parties)
    check_no_other_open(any(one.status not in SIGNED for one in versions))
    after = step(VERSION_ACTS, VersionStatus(version.status), "close_agreement")
    today = clock.today(programme.time_zone)
    check_ended(version.valid_to, today)
    check_fits(case_number, LONGEST_CASE_NUMBER)
    if not words:
        raise RuleBroken("words-missing", _("Say it in words: nothing was written."))
    for said in words.values():
        check_fits(said, LONGEST_CLAUSE)
    promises = [*_promises(Commitment.objects.filter(agreement=agreement).select_related("promised_by", "promised_to").order_by("number"), today)]
    before = row_of(version)
    version.status = after.next
    version.save()
    record(by, after.event, version, programme=programme, key=version.key, before=before)
    report = ClosingReport.objects.create(version=version, closed_on=today, words=words, promises=promises, case_number=case_number)
    record(by, after.event, report, programme=programme, key=report.key)
    return report


def _promises(commitments: Iterable[Commitment], today: date) -> Iterable[dict[str, object]]:
    """Promises as they stand on a day, as plain values."""
    for one in commitments:
        yield {
            "key": one.key,
            "side": one.side,
            "promised_by": one.promised_by.key,
            "promised_to": one.promised_to.key,
            "promise": dict(one.promise),
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "state": commitment_state_on(one, today).value,
        }


def _keep(by: Viewer, version: AgreementVersion, event: str, before: dict[str, object], case_number: str) -> AgreementVersion:
    check_fits(case_number, LONGEST_CASE_NUMBER)
    version.case_number = case_number or version.case_number
    version.save()
    record(by, event, version, programme=version.agreement.programme, key=version.key, before=before)
    return version
