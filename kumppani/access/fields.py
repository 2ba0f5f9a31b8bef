"""The register of fields: every field of every domain model is open, internal or personal. A field that is missing here fails the build.

Open fields may be shown to anybody once their object is published; internal ones only to people with a task; personal ones only where the
task needs them, never in exports, logs or the journal, which writes of them only that they changed.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Who may see a field."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"


def _register(*, open_: str = "", internal: str = "", personal: str = "") -> dict[str, Kind]:
    kinds = {Kind.OPEN: open_, Kind.INTERNAL: internal, Kind.PERSONAL: personal}
    return {name: kind for kind, names in kinds.items() for name in names.split()}


FIELDS: dict[str, dict[str, Kind]] = {
    "journal.Event": _register(open_="id chain number at act kind key root previous digest", internal="actor text"),
    "journal.Head": _register(open_="chain number digest"),
    "journal.PublishedHead": _register(open_="id chain number digest at public_key signature"),
    "journal.SentForm": _register(internal="id attempt sent_at"),
    "programmes.Programme": _register(open_="id key name summary is_training country currency time_zone"),
    "programmes.Scheme": _register(open_="id programme key title"),
    "programmes.Category": _register(open_="id scheme key parent position label valid_from valid_to"),
    "sources.Source": _register(open_="id programme key kind title publisher address published language read_on licence"),
    "sources.Evidence": _register(
        open_="id programme root kind key field position chosen mark source as_of looked_on wording wording_language note", internal="entered_by"
    ),
    "parties.Region": _register(open_="id programme country level version code name"),
    "parties.Municipality": _register(open_="id programme country code name latitude longitude point_kind language_status"),
    "parties.Placement": _register(open_="id municipality region"),
    "parties.Organisation": _register(open_="id programme key kind municipality parent successor valid_from valid_to"),
    "parties.OrganisationName": _register(open_="id organisation name valid_from valid_to"),
    "parties.Identifier": _register(open_="id organisation scheme value"),
    "parties.Person": _register(internal="id programme key is_system", personal="name"),
    "parties.Role": _register(open_="id key title permissions reach"),
    "parties.Membership": _register(internal="id person role programme organisation valid_from valid_to"),
    "parties.Mandate": _register(internal="id programme organisation number person level valid_from valid_to withdrawn_at"),
    "parties.Identity": _register(internal="id person provider issuer linked_at", personal="subject"),
    "parties.UnlinkedIdentity": _register(internal="id code provider issuer seen_at", personal="subject"),
    "parties.User": _register(internal="id person password last_login", personal="login"),
    "parties.Invitation": _register(internal="id person number made_at forgets reason"),
    "parties.AskedLink": _register(internal="id account asked_at used_at", personal="browser client"),
    "notices.Recipient": _register(internal="id person language how", personal="email feed"),
    "notices.Told": _register(internal="id programme person kind thing told_at"),
    "notices.Letter": _register(
        internal="id programme person language things is_daily written_at good_until tries try_at taken_at sent_at", personal="email"
    ),
    "documents.File": _register(open_="id programme digest size media_type name language"),
    "bodies.Body": _register(open_="id programme key kind organisation name quorum_rule quorum_number"),
    "bodies.Seat": _register(open_="id body number organisation title is_chair deputy_of"),
    "bodies.Term": _register(open_="id seat valid_from valid_to", internal="person"),
    "bodies.Disqualification": _register(open_="id programme body_kind key position wording law by_organisation spares_own_body"),
    "bodies.Meeting": _register(
        open_="id body number status starts_at ends_at place is_remote reason minutes_digest", internal="recorded_by approved_by minutes"
    ),
    "bodies.Item": _register(open_="id meeting number title about_kind about_key is_public", internal="discussion"),
    "bodies.ItemOrganisation": _register(open_="id item organisation"),
    "bodies.Paper": _register(internal="id item number title file address"),
    "bodies.Presence": _register(internal="id meeting seat left_at"),
    "bodies.Recusal": _register(internal="id item seat ground is_declared"),
    "bodies.Resolution": _register(open_="id item outcome wording reasons"),
    "bodies.ActionPoint": _register(internal="id item number what organisation seat due_on status closed_on word"),
    "agreements.Agreement": _register(open_="id programme key position name decider"),
    "agreements.Territory": _register(open_="id agreement municipality position is_core"),
    "agreements.AgreementVersion": _register(
        open_="id agreement number status signed_on valid_from valid_to authentic_language content text case_number",
        internal="drafter proposed_digest sent_back_by sent_back_reason",
    ),
    "agreements.Clause": _register(open_="id version code number heading body is_struck"),
    "agreements.Comment": _register(internal="id clause number organisation words written_at written_by resolved_at resolved_by resolved_for"),
    "agreements.ClosingReport": _register(open_="id version closed_on words promises case_number"),
    "agreements.Signatory": _register(open_="id version organisation side position"),
    "agreements.Approval": _register(open_="id signatory body decided_on case_number section document", internal="content_digest"),
    "agreements.Negotiator": _register(open_="id version organisation position"),
    "agreements.CooperationParty": _register(open_="id agreement organisation position role valid_from valid_to"),
    "agreements.Priority": _register(open_="id agreement key number title description valid_from valid_to"),
    "agreements.PriorityTheme": _register(open_="id priority category"),
    "agreements.StatedGoal": _register(open_="id agreement position wording"),
    "agreements.KnownUpdate": _register(open_="id agreement position happened_on what"),
    "agreements.Commitment": _register(
        open_="id agreement key number subject promise side promised_by promised_to priority promised_on due_on fulfilled_on released_on"
    ),
    "agreements.Measure": _register(
        open_="id agreement key number priority action_type title description lead stated_on starts_on ends_on completed_on dropped_on"
        " progress reported_on"
    ),
    "agreements.ChangeRequest": _register(
        internal="id agreement number kind thing seen wanted reason status asked_at asked_by asked_for decided_at decided_by decided_for"
        " decision_reason"
    ),
    "agreements.ContactPoint": _register(open_="id agreement position organisation role address valid_from valid_to"),
    "agreements.WorkbookLoad": _register(internal="id agreement number digest rows unchanged loaded_at loaded_by"),
    "agreements.MeasurePartner": _register(open_="id measure organisation"),
    "ecosystems.Ecosystem": _register(open_="id agreement key number name description orchestrator"),
    "ecosystems.EcosystemMember": _register(open_="id ecosystem number organisation tie valid_from valid_to"),
    "ecosystems.EcosystemPriority": _register(open_="id ecosystem priority"),
    "rounds.Round": _register(internal="id programme key title authentic_language valid_from valid_to"),
    "rounds.TemplateClause": _register(internal="id round code number heading body"),
    "rounds.RoundDraft": _register(internal="id round agreement succeeds"),
    "rounds.CarriedPriority": _register(internal="id draft origin priority"),
    "rounds.CarriedCommitment": _register(internal="id draft origin commitment"),
    "publishing.Figure": _register(
        open_="id programme key position agreement measures group label wording wording_language wording_is_ours exact lower upper qualifier currency"
        " basis period_from period_to source as_of note"
    ),
    "publishing.Publication": _register(open_="id programme version figure status opened_at withdrawn_at reason", internal="opened_by withdrawn_by"),
    "dialogue.Feedback": _register(
        open_="id programme number topic status received_at language answer answered_at", internal="page fingerprint", personal="message email"
    ),
}
"""Model label → field → who may see it."""
