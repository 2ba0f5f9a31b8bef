"""What of a thing's events is told to everybody: the kinds of object, their fields in words, and how a value of the journal is read.

Only open fields are here (tests/access/test_history.py); a field that is neither told nor left out on purpose fails the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kumppani.domain.agreements.rules import Side
from kumppani.domain.agreements.states import VERSION_NAMES
from kumppani.domain.bodies.rules import QuorumRule
from kumppani.domain.ecosystems.rules import Tie
from kumppani.domain.publishing.states import PUBLICATION_NAMES
from kumppani.kernel.text import Message, _


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of object: its model, what one is called, the field that names it (none: its key does), and the words for its fields and rows."""

    label: str
    word: Message
    named_by: str
    fields: Mapping[str, Message]


_PERIOD = {"valid_from": _("Valid from"), "valid_to": _("Valid to")}

TOLD: dict[str, Told] = {
    "agreement": Told(
        "agreements.Agreement",
        _("Agreement"),
        "name",
        {"name": _("Name"), "decider": _("Regional council that decides"), "territory": _("Municipalities")},
    ),
    "agreementversion": Told(
        "agreements.AgreementVersion",
        _("Version"),
        "number",
        {
            "status": _("Status"),
            "signed_on": _("Signed on"),
            **_PERIOD,
            "authentic_language": _("Authentic language"),
            "content": _("Strategic content"),
            "text": _("SHA-256 of the text"),
            "case_number": _("Case number"),
        },
    ),
    "publication": Told("publishing.Publication", _("Publication"), "", {"status": _("Status"), "reason": _("Reason")}),
    "signatory": Told("agreements.Signatory", _("Party"), "organisation", {"organisation": _("Organisation"), "side": _("Side")}),
    "approval": Told(
        "agreements.Approval",
        _("Approval"),
        "body",
        {"body": _("Body"), "decided_on": _("Decided on"), "case_number": _("Case number"), "section": _("Section"), "document": _("Document")},
    ),
    "negotiator": Told("agreements.Negotiator", _("Negotiator"), "organisation", {"organisation": _("Organisation")}),
    "contactpoint": Told(
        "agreements.ContactPoint",
        _("Contact point"),
        "role",
        {"organisation": _("Organisation"), "role": _("Role"), "address": _("E-mail address of the role"), **_PERIOD},
    ),
    "cooperationparty": Told(
        "agreements.CooperationParty", _("Cooperation party"), "organisation", {"organisation": _("Organisation"), "role": _("Role"), **_PERIOD}
    ),
    "priority": Told(
        "agreements.Priority",
        _("Strategic priority"),
        "title",
        {"title": _("Title"), "description": _("Description"), "themes": _("Themes"), **_PERIOD},
    ),
    "statedgoal": Told("agreements.StatedGoal", _("Stated goal"), "wording", {"wording": _("Wording of the source")}),
    "knownupdate": Told("agreements.KnownUpdate", _("Known update"), "what", {"happened_on": _("Day"), "what": _("What happened")}),
    "commitment": Told(
        "agreements.Commitment",
        _("Commitment"),
        "promise",
        {
            "subject": _("Subject"),
            "promise": _("Promise"),
            "side": _("Side"),
            "promised_by": _("Promised by"),
            "promised_to": _("Promised to"),
            "priority": _("Strategic priority"),
            "promised_on": _("Promised on"),
            "due_on": _("Due on"),
            "fulfilled_on": _("Fulfilled on"),
            "released_on": _("Released on"),
        },
    ),
    "measure": Told(
        "agreements.Measure",
        _("Measure"),
        "title",
        {
            "title": _("Title"),
            "description": _("Description"),
            "priority": _("Strategic priority"),
            "action_type": _("Action type"),
            "lead": _("Lead organisation"),
            "partners": _("Partners"),
            "stated_on": _("Stated on"),
            "starts_on": _("Starts on"),
            "ends_on": _("Ends on"),
            "completed_on": _("Completed on"),
            "dropped_on": _("Dropped on"),
            "progress": _("Where it stands"),
            "reported_on": _("Reported on"),
        },
    ),
    "ecosystem": Told(
        "ecosystems.Ecosystem",
        _("Ecosystem"),
        "name",
        {"name": _("Name"), "description": _("Description"), "orchestrator": _("Orchestrated by")},
    ),
    "ecosystemmember": Told(
        "ecosystems.EcosystemMember", _("Member"), "organisation", {"organisation": _("Organisation"), "tie": _("Kind of tie"), **_PERIOD}
    ),
    "ecosystempriority": Told("ecosystems.EcosystemPriority", _("Served priority"), "priority", {"priority": _("Strategic priority")}),
    "body": Told(
        "bodies.Body",
        _("Body"),
        "name",
        {"name": _("Name"), "organisation": _("Organisation"), "quorum_rule": _("Quorum"), "quorum_number": _("Members needed for a quorum")},
    ),
    "seat": Told(
        "bodies.Seat",
        _("Seat"),
        "title",
        {"title": _("Role"), "organisation": _("Organisation"), "is_chair": _("Chair"), "deputy_of": _("Deputy of seat")},
    ),
    "term": Told("bodies.Term", _("Term of a seat"), "", {**_PERIOD}),
    "organisation": Told(
        "parties.Organisation",
        _("Organisation"),
        "names",
        {
            "names": _("Names"),
            "identifiers": _("Identifiers"),
            "municipality": _("Municipality"),
            "parent": _("Part of"),
            "successor": _("Continued by"),
            **_PERIOD,
        },
    ),
}
"""Kind of object, as the journal names it → what is told of it."""

LEFT_OUT = frozenset(
    {"id", "key", "programme", "agreement", "version", "signatory", "figure", "ecosystem", "body", "seat", "number", "position", "kind"}
)
"""Open fields that are not told: what an object belongs to and where it stands in a list. They do not change."""

LEFT_OUT_OF = {"publication": frozenset({"opened_at", "withdrawn_at"})}
"""Likewise of one kind alone: the moment is that of the event."""

SHOWN_OF_ROWS = {
    "territory": "municipality",
    "themes": "category",
    "partners": "organisation",
    "names": "name",
    "identifiers": "value",
}
"""Rows that an object carries → the field of each that is shown."""

OF_VERSIONS = ("agreementversion", "publication", "signatory", "approval", "negotiator")
"""Kinds whose keys begin with that of a version."""

TOLD_OF_VERSIONS = ("record_signed_elsewhere", "bring_into_force", "close_agreement", "correct_fact", "accept_change", "publish", "withdraw")
"""Acts that are told of a version and its parts. What was done while it was negotiated stays between the parties."""

CODES: Mapping[tuple[str, str], Mapping[str | bool, Message]] = {
    ("agreementversion", "status"): {status.value: names.public for status, names in VERSION_NAMES.items()},
    ("publication", "status"): {status.value: names.public for status, names in PUBLICATION_NAMES.items()},
    ("signatory", "side"): {Side.STATE.value: _("The state"), Side.CITY.value: _("The city")},
    ("commitment", "side"): {Side.STATE.value: _("The state"), Side.CITY.value: _("The city")},
    ("agreementversion", "authentic_language"): {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")},
    ("body", "quorum_rule"): {QuorumRule.MORE_THAN_HALF.value: _("More than half"), QuorumRule.AT_LEAST.value: _("At least")},
    ("seat", "is_chair"): {True: _("Yes"), False: _("No")},
    ("ecosystemmember", "tie"): {
        Tie.PROJECT.value: _("Joint project"),
        Tie.MEMBERSHIP.value: _("Membership"),
        Tie.CONTRACT.value: _("Contract"),
        Tie.EVENT.value: _("Joint events"),
    },
}
"""(Kind, field) → the words for its codes."""
