"""What a role may permit, and what no one person may be permitted together. Roles are rows that list permissions; the separation is not data."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Permission(StrEnum):
    """The acts somebody can be permitted, and what they can be permitted to read."""

    CREATE_PROGRAMME = "create_programme"
    REGISTER_PLACE = "register_place"
    STATE_CATEGORY = "state_category"
    REGISTER_ORGANISATION = "register_organisation"
    RENAME_ORGANISATION = "rename_organisation"
    STATE_IDENTIFIER = "state_identifier"
    END_IDENTIFIER = "end_identifier"
    STATE_KIND = "state_kind"
    STATE_PARENT = "state_parent"
    STATE_SUCCESSOR = "state_successor"
    END_ORGANISATION = "end_organisation"
    GIVE_MANDATE = "give_mandate"
    WITHDRAW_MANDATE = "withdraw_mandate"
    RECORD_SIGNED_ELSEWHERE = "record_signed_elsewhere"
    STATE_PRIORITY = "state_priority"
    STATE_COMMITMENT = "state_commitment"
    STATE_MEASURE = "state_measure"
    OPEN_DRAFT = "open_draft"
    DEFINE_ROUND = "define_round"
    EDIT_TEMPLATE_CLAUSE = "edit_template_clause"
    OPEN_ROUND_DRAFT = "open_round_draft"
    CARRY_OVER_PRIORITY = "carry_over_priority"
    CARRY_OVER_COMMITMENT = "carry_over_commitment"
    OPEN_AMENDMENT = "open_amendment"
    EDIT_TERMS = "edit_terms"
    EDIT_CLAUSE = "edit_clause"
    STRIKE_CLAUSE = "strike_clause"
    PASS_DRAFT = "pass_draft"  # noqa: S105 an act, not a password
    COMMENT = "comment"
    RESOLVE_COMMENT = "resolve_comment"
    PROPOSE = "propose"
    RECORD_APPROVAL = "record_approval"
    SEND_BACK = "send_back"
    AGREE = "agree"
    BRING_INTO_FORCE = "bring_into_force"
    CLOSE_AGREEMENT = "close_agreement"
    REQUEST_CHANGE = "request_change"
    DECIDE_CHANGE = "decide_change"
    REPORT_COMMITMENT = "report_commitment"
    REPORT_MEASURE = "report_measure"
    STATE_CONTACT_POINT = "state_contact_point"
    LOAD_WORKBOOK = "load_workbook"
    ESTABLISH_ECOSYSTEM = "establish_ecosystem"
    JOIN_ECOSYSTEM = "join_ecosystem"
    LEAVE_ECOSYSTEM = "leave_ecosystem"
    STATE_ECOSYSTEM_PRIORITY = "state_ecosystem_priority"
    PUBLISH_FIGURE = "publish_figure"
    CORRECT_FACT = "correct_fact"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ADMIT_PERSON = "admit_person"
    INVITE_PERSON = "invite_person"
    FORGET_AUTHENTICATOR = "forget_authenticator"
    DEFINE_ROLE = "define_role"
    GRANT_ROLE = "grant_role"
    END_ROLE = "end_role"
    GIVE_FEEDBACK = "give_feedback"
    ANSWER_FEEDBACK = "answer_feedback"
    RESET_TRAINING = "reset_training"
    ESTABLISH_BODY = "establish_body"
    ESTABLISH_SEAT = "establish_seat"
    FILL_SEAT = "fill_seat"
    END_TERM = "end_term"
    STATE_DISQUALIFICATION = "state_disqualification"
    PLAN_MEETING = "plan_meeting"
    ADD_ITEM = "add_item"
    TAKE_UP = "take_up"
    ATTACH_PAPER = "attach_paper"
    CALL_MEETING = "call_meeting"
    CANCEL_MEETING = "cancel_meeting"
    OPEN_MEETING = "open_meeting"
    NOTE_PRESENCE = "note_presence"
    NOTE_LEAVING = "note_leaving"
    DECLARE_RECUSAL = "declare_recusal"
    NOTE_RECUSAL = "note_recusal"
    NOTE_DISCUSSION = "note_discussion"
    RESOLVE_ITEM = "resolve_item"
    CLOSE_MEETING = "close_meeting"
    APPROVE_MINUTES = "approve_minutes"
    STATE_ACTION_POINT = "state_action_point"
    FINISH_ACTION_POINT = "finish_action_point"
    DROP_ACTION_POINT = "drop_action_point"
    PUBLISH_HEADS = "publish_heads"
    USE_BREAK_GLASS = "use_break_glass"
    NOTE_IDENTITY = "note_identity"
    LINK_IDENTITY = "link_identity"
    UNLINK_IDENTITY = "unlink_identity"
    WRITE_LETTERS = "write_letters"
    READ_JOURNAL = "read_journal"


class Reach(StrEnum):
    """On what a role's permissions hold."""

    PROGRAMME = "programme"
    ORGANISATION = "organisation"


READINGS = frozenset({Permission.READ_JOURNAL})
"""What permits no act, only to read what is not for everybody."""

FOR_EVERYONE = frozenset({Permission.GIVE_FEEDBACK})
"""What a stranger may do."""

SEPARATED: frozenset[tuple[Permission, Permission]] = frozenset(
    {
        (giving, deciding)
        for giving in (
            *(Permission.GRANT_ROLE, Permission.DEFINE_ROLE),
            *(Permission.INVITE_PERSON, Permission.FORGET_AUTHENTICATOR, Permission.LINK_IDENTITY),
        )
        for deciding in (
            Permission.PUBLISH,
            Permission.PUBLISH_FIGURE,
            Permission.RECORD_APPROVAL,
            Permission.AGREE,
            Permission.BRING_INTO_FORCE,
            Permission.DECIDE_CHANGE,
        )
    }
    | {(Permission.RESOLVE_ITEM, Permission.APPROVE_MINUTES)}
)
"""Pairs no person holds in one programme: who hands out powers or lets people in uses none of those that decide,
who records a meeting does not approve its minutes.

No administrator can change this.
"""


def separated(held: Collection[str]) -> tuple[Permission, Permission] | None:
    """The first pair (in the order of their names) that these permissions together would break."""
    return next((pair for pair in sorted(SEPARATED) if set(pair) <= set(held)), None)
