"""What a role may permit. One permission per act; roles are rows that list them."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """The acts somebody can be permitted."""

    CREATE_PROGRAMME = "create_programme"
    REGISTER_PLACE = "register_place"
    STATE_CATEGORY = "state_category"
    REGISTER_ORGANISATION = "register_organisation"
    RENAME_ORGANISATION = "rename_organisation"
    RECORD_SIGNED_ELSEWHERE = "record_signed_elsewhere"
    STATE_PRIORITY = "state_priority"
    STATE_COMMITMENT = "state_commitment"
    STATE_MEASURE = "state_measure"
    PUBLISH_FIGURE = "publish_figure"
    CORRECT_FACT = "correct_fact"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ADMIT_PERSON = "admit_person"
    GIVE_FEEDBACK = "give_feedback"
    RESET_TRAINING = "reset_training"


FOR_EVERYONE = frozenset({Permission.GIVE_FEEDBACK})
"""What a stranger may do."""
