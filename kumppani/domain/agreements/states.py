"""Statuses people give, and the acts that lead from one to the next. What the calendar makes of a day is computed in `rules`."""

from __future__ import annotations

from enum import StrEnum

from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.acts import ActTable, Names, Step, Whose
from kumppani.kernel.text import _


class VersionStatus(StrEnum):
    """How far a version of an agreement has come. Whether a signed one is in force, the calendar says."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SIGNED = "signed"
    CLOSED = "closed"


def _step(after: VersionStatus, turn: str, act: Permission, whose: Whose = Whose.PARTY) -> Step:
    return Step(next=after, turn=turn, permission=act, event=act.value, whose=whose)


def _change(after: ChangeStatus, turn: str, permission: Permission, event: str) -> Step:
    return Step(next=after, turn=turn, permission=permission, event=event, whose=Whose.PARTY)


DRAFT, PROPOSED, AGREED, SIGNED, CLOSED = VersionStatus

VERSION_ACTS: ActTable[VersionStatus] = {
    (None, "record_signed_elsewhere"): _step(SIGNED, "nobody", Permission.RECORD_SIGNED_ELSEWHERE, Whose.PROGRAMME),
    (None, "open_draft"): _step(DRAFT, "drafter", Permission.OPEN_DRAFT),
    (None, "open_amendment"): _step(DRAFT, "drafter", Permission.OPEN_AMENDMENT),
    (DRAFT, "edit_terms"): _step(DRAFT, "drafter", Permission.EDIT_TERMS),
    (DRAFT, "edit_clause"): _step(DRAFT, "drafter", Permission.EDIT_CLAUSE),
    (DRAFT, "strike_clause"): _step(DRAFT, "drafter", Permission.STRIKE_CLAUSE),
    (DRAFT, "pass_draft"): _step(DRAFT, "drafter", Permission.PASS_DRAFT),
    (DRAFT, "propose"): _step(PROPOSED, "parties", Permission.PROPOSE),
    (PROPOSED, "record_approval"): _step(PROPOSED, "parties", Permission.RECORD_APPROVAL),
    (PROPOSED, "send_back"): _step(DRAFT, "drafter", Permission.SEND_BACK),
    (PROPOSED, "agree"): _step(AGREED, "drafter", Permission.AGREE),
    (AGREED, "send_back"): _step(DRAFT, "drafter", Permission.SEND_BACK),
    (AGREED, "bring_into_force"): _step(SIGNED, "nobody", Permission.BRING_INTO_FORCE),
    (SIGNED, "close_agreement"): _step(CLOSED, "nobody", Permission.CLOSE_AGREEMENT),
}

VERSION_NAMES: dict[VersionStatus, Names] = {
    DRAFT: Names(owner="drafter", staff=_("Draft"), public=_("In preparation"), before=_("To be drafted")),
    PROPOSED: Names(owner="parties", staff=_("Proposed to the parties"), public=_("In preparation"), before=_("To be proposed")),
    AGREED: Names(owner="drafter", staff=_("Approved by all parties"), public=_("In preparation"), before=_("To be approved")),
    SIGNED: Names(owner="nobody", staff=_("Signed by all parties"), public=_("Signed"), before=_("To be signed")),
    CLOSED: Names(owner="nobody", staff=_("Ended with a closing report"), public=_("Ended"), before=_("To be closed")),
}


class ChangeStatus(StrEnum):
    """What became of a change somebody asked for."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


CHANGE_ACTS: ActTable[ChangeStatus] = {
    (None, "request_change"): _change(ChangeStatus.ASKED, "other party", Permission.REQUEST_CHANGE, "request_change"),
    (ChangeStatus.ASKED, "accept_change"): _change(ChangeStatus.ACCEPTED, "nobody", Permission.DECIDE_CHANGE, "accept_change"),
    (ChangeStatus.ASKED, "refuse_change"): _change(ChangeStatus.REFUSED, "nobody", Permission.DECIDE_CHANGE, "refuse_change"),
}

CHANGE_NAMES: dict[ChangeStatus, Names] = {
    ChangeStatus.ASKED: Names(owner="other party", staff=_("Waits for the other party"), public=_("Asked for"), before=_("May be asked for")),
    ChangeStatus.ACCEPTED: Names(owner="nobody", staff=_("Accepted"), public=_("Accepted"), before=_("May be accepted")),
    ChangeStatus.REFUSED: Names(owner="nobody", staff=_("Refused"), public=_("Refused"), before=_("May be refused")),
}
