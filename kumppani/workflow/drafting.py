"""Acts by which the text of an agreement is written: a draft is opened, its clauses edited, commented on, and struck."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kumppani.access.checks import check_can, party_of
from kumppani.access.viewer import Viewer
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Clause, Comment, Signatory
from kumppani.domain.agreements.negotiation import LONGEST_CASE_NUMBER, check_fits, check_no_other_open, check_said, check_terms
from kumppani.domain.agreements.queries import SIGNED, signatories_of, standing_clauses, turn_of
from kumppani.domain.agreements.rules import Side, check_sides
from kumppani.domain.agreements.states import VERSION_ACTS, VersionStatus
from kumppani.domain.agreements.turns import check_turn
from kumppani.domain.agreements.wording import check_clause
from kumppani.domain.parties.models import Municipality, Organisation
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.acts import Step, step
from kumppani.kernel.errors import NotAllowed, RuleBroken
from kumppani.kernel.ids import check_key
from kumppani.kernel.text import Text, _
from kumppani.workflow._record import act, record, row_of
from kumppani.workflow.agreements import found_agreement
from kumppani.workflow.seen import check_seen

COMMENTED = (VersionStatus.DRAFT, VersionStatus.PROPOSED)


@act
def open_draft(
    *,
    by: Viewer,
    programme: Programme,
    key: str,
    position: int,
    name: Text,
    municipalities: Sequence[tuple[Municipality, bool]],
    signatories: Sequence[tuple[Organisation, Side]],
    authentic_language: str,
    decider: Organisation | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    case_number: str = "",
) -> AgreementVersion:
    """Opens the first version of a new agreement, in the name of one of those who are to sign it; that party writes first."""
    keys = [organisation.key for organisation, _side in signatories]
    check_can(by, Permission.OPEN_DRAFT, programme.key, of=keys)
    party = party_of(by, Permission.OPEN_DRAFT, programme.key, keys)
    after = step(VERSION_ACTS, None, "open_draft")
    check_sides(side for _organisation, side in signatories)
    check_terms(valid_from, valid_to, authentic_language)
    check_fits(case_number, LONGEST_CASE_NUMBER)
    agreement = found_agreement(by, after.event, programme, key, position, name, municipalities, decider)
    version = AgreementVersion(
        agreement=agreement, number=1, valid_from=valid_from, valid_to=valid_to, authentic_language=authentic_language, case_number=case_number
    )
    return _begin(by, version, party, after, signatories)


@act
def open_amendment(*, by: Viewer, agreement: Agreement, case_number: str = "") -> AgreementVersion:
    """Opens the next version of a signed agreement, as a copy of its last signed one; its signatories are to sign again."""
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    versions = list(agreement.versions.order_by("number"))
    signed = [version for version in versions if version.status in SIGNED]
    if not signed:
        raise RuleBroken("nothing-to-amend", _("Nothing has been signed yet that could be amended."))
    last = signed[-1]
    keys = signatories_of(last)
    check_can(by, Permission.OPEN_AMENDMENT, agreement.programme.key, of=keys)
    party = party_of(by, Permission.OPEN_AMENDMENT, agreement.programme.key, keys)
    check_no_other_open(any(version.status not in SIGNED for version in versions))
    check_fits(case_number, LONGEST_CASE_NUMBER)
    if last.status == VersionStatus.CLOSED:
        raise RuleBroken("agreement-closed", _("The agreement has ended and been closed: it is not amended any more."))
    version = AgreementVersion(
        agreement=agreement,
        number=versions[-1].number + 1,
        valid_to=last.valid_to,
        authentic_language=last.authentic_language,
        content=last.content,
        case_number=case_number,
    )
    signatories = [(row.organisation, Side(row.side)) for row in last.signatories.select_related("organisation").order_by("position")]
    version = _begin(by, version, party, step(VERSION_ACTS, None, "open_amendment"), signatories)
    for number, old in enumerate(standing_clauses(last), start=1):
        clause = Clause.objects.create(version=version, code=old.code, number=number, heading=old.heading, body=old.body)
        record(by, "open_amendment", clause, programme=agreement.programme, key=clause.key)
    return version


def _begin(by: Viewer, version: AgreementVersion, party: str, after: Step, signatories: Sequence[tuple[Organisation, Side]]) -> AgreementVersion:
    """Writes a new draft and who is to sign it."""
    programme = version.agreement.programme
    version.status = after.next
    version.drafter = next(organisation for organisation, _side in signatories if organisation.key == party)
    version.save()
    record(by, after.event, version, programme=programme, key=version.key)
    for place, (organisation, side) in enumerate(signatories, start=1):
        signatory = Signatory.objects.create(version=version, organisation=organisation, side=side, position=place)
        record(by, after.event, signatory, programme=programme, key=signatory.key)
    return version


def held(by: Viewer, version: AgreementVersion, permission: Permission) -> tuple[AgreementVersion, Step, str]:
    """The version locked, what the act makes of it, and the party in whose name it is done, whose turn it must be."""
    version = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement__programme", "drafter", "text").get(pk=version.pk)
    programme = version.agreement.programme
    parties = signatories_of(version)
    check_can(by, permission, programme.key, of=parties)
    party = party_of(by, permission, programme.key, parties)
    after = step(VERSION_ACTS, VersionStatus(version.status), permission.value)
    return version, after, party


@act
def edit_terms(
    *, by: Viewer, version: AgreementVersion, seen: str, valid_from: date | None, valid_to: date | None, authentic_language: str
) -> AgreementVersion:
    """Changes from when to when a draft is to hold, and which of its languages is authentic."""
    version, after, party = held(by, version, Permission.EDIT_TERMS)
    check_turn(party, turn_of(version))
    check_seen(version, seen)
    check_terms(valid_from, valid_to, authentic_language)
    before = row_of(version)
    version.valid_from, version.valid_to, version.authentic_language = valid_from, valid_to, authentic_language
    version.save()
    record(by, after.event, version, programme=version.agreement.programme, key=version.key, before=before)
    return version


@act
def edit_clause(*, by: Viewer, version: AgreementVersion, code: str, number: int, heading: Text, body: Text, seen: str = "") -> Clause:
    """Writes a clause, or changes the one of this code; `seen` is the digest of the row as the editor saw it, empty for a new one."""
    version, after, party = held(by, version, Permission.EDIT_CLAUSE)
    check_turn(party, turn_of(version))
    check_key(code)
    check_clause(heading, body)
    clause = Clause.objects.filter(version=version, code=code).select_related("version__agreement").first()
    if not 1 <= number <= 999:
        raise RuleBroken("bad-clause-number", _("A clause has a number from 1 to 999."))
    if Clause.objects.filter(version=version, number=number, is_struck=False).exclude(code=code).exists():
        raise RuleBroken("clause-number-taken", _("Another clause has the number {number}.", number=number))
    before = row_of(clause) if clause else None
    if clause is None:
        clause = Clause(version=version, code=code)
    else:
        check_seen(clause, seen)
    clause.number, clause.heading, clause.body, clause.is_struck = number, heading, body, False
    clause.save()
    record(by, after.event, clause, programme=version.agreement.programme, key=clause.key, before=before)
    return clause


@act
def strike_clause(*, by: Viewer, clause: Clause, seen: str) -> Clause:
    """Takes a clause out of the text. Its comments stay, and editing it again brings it back."""
    version, after, party = held(by, clause.version, Permission.STRIKE_CLAUSE)
    check_turn(party, turn_of(version))
    clause = Clause.objects.select_related("version__agreement").get(pk=clause.pk)
    check_seen(clause, seen)
    before = row_of(clause)
    clause.is_struck = True
    clause.save()
    record(by, after.event, clause, programme=version.agreement.programme, key=clause.key, before=before)
    return clause


@act
def pass_draft(*, by: Viewer, version: AgreementVersion, to: Organisation) -> AgreementVersion:
    """Gives the draft to another party, whose turn it then is to write."""
    version, after, party = held(by, version, Permission.PASS_DRAFT)
    check_turn(party, turn_of(version))
    if to.key not in signatories_of(version):
        raise RuleBroken("not-a-party", _("“{organisation}” is not a party to this version.", organisation=to.key))
    before = row_of(version)
    version.drafter = to
    version.save()
    record(by, after.event, version, programme=version.agreement.programme, key=version.key, before=before)
    return version


@act
def comment(*, by: Viewer, clause: Clause, words: str) -> Comment:
    """Says something of a clause in the name of a party, whoever's turn it is; not once the parties have agreed."""
    version = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement__programme").get(pk=clause.version_id)
    programme, parties = version.agreement.programme, signatories_of(version)
    check_can(by, Permission.COMMENT, programme.key, of=parties)
    party = party_of(by, Permission.COMMENT, programme.key, parties)
    if version.status not in COMMENTED:
        raise RuleBroken("not-negotiated-any-more", _("Clauses are commented on only while they are negotiated."))
    check_said(words)
    said = Comment.objects.create(
        clause=clause,
        number=clause.comments.count() + 1,
        organisation=Organisation.objects.get(key=party),
        words=words,
        written_at=clock.now(),
        written_by=by.key,
    )
    record(by, "comment", said, programme=programme, key=said.key)
    return said


@act
def resolve_comment(*, by: Viewer, comment: Comment) -> Comment:
    """Closes a comment: the party that made it, or the one that drafts."""
    comment = (
        Comment.objects.select_for_update(of=("self",)).select_related("clause__version__agreement__programme", "organisation").get(pk=comment.pk)
    )
    version = comment.clause.version
    programme, parties = version.agreement.programme, signatories_of(version)
    check_can(by, Permission.RESOLVE_COMMENT, programme.key, of=parties)
    party = party_of(by, Permission.RESOLVE_COMMENT, programme.key, parties)
    if party not in {comment.organisation.key, version.drafter.key if version.drafter else ""}:
        raise NotAllowed("comment-of-another", _("A comment is closed by the party that made it or the one that drafts."))
    if comment.resolved_at is not None:
        raise RuleBroken("resolved-already", _("The comment is closed already."))
    before = row_of(comment)
    comment.resolved_at, comment.resolved_by, comment.resolved_for = clock.now(), by.key, Organisation.objects.get(key=party)
    comment.save()
    record(by, "resolve_comment", comment, programme=programme, key=comment.key, before=before)
    return comment
