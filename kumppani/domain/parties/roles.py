"""The roles every installation starts with. An administrator adds permissions to them and roles beside them; nothing here is taken away by hand."""

from __future__ import annotations

from dataclasses import dataclass

from kumppani.domain.parties.permissions import Permission, Reach
from kumppani.kernel.text import Text


@dataclass(frozen=True, slots=True)
class StandardRole:
    """What it is called, what it permits, and whether it is held for an organisation. A role whose acts come later permits none yet."""

    title: Text
    permissions: frozenset[Permission] = frozenset()
    reach: Reach = Reach.PROGRAMME


_NEGOTIATES = frozenset(
    {
        Permission.OPEN_DRAFT,
        Permission.OPEN_AMENDMENT,
        Permission.OPEN_ROUND_DRAFT,
        Permission.CARRY_OVER_PRIORITY,
        Permission.CARRY_OVER_COMMITMENT,
        Permission.EDIT_TERMS,
        Permission.EDIT_CLAUSE,
        Permission.STRIKE_CLAUSE,
        Permission.PASS_DRAFT,
        Permission.COMMENT,
        Permission.RESOLVE_COMMENT,
        Permission.PROPOSE,
        Permission.RECORD_APPROVAL,
        Permission.SEND_BACK,
        Permission.AGREE,
        Permission.BRING_INTO_FORCE,
        Permission.CLOSE_AGREEMENT,
        Permission.REQUEST_CHANGE,
        Permission.DECIDE_CHANGE,
        Permission.REPORT_COMMITMENT,
        Permission.REPORT_MEASURE,
        Permission.STATE_CONTACT_POINT,
        Permission.LOAD_WORKBOOK,
        Permission.GIVE_MANDATE,
        Permission.WITHDRAW_MANDATE,
    }
)
"""What a party's own people do, always in the name of the organisation for which they hold the role."""

_LAYS_ROUNDS = frozenset({Permission.DEFINE_ROUND, Permission.EDIT_TEMPLATE_CLAUSE})

_TENDS_ECOSYSTEMS = frozenset(
    {Permission.ESTABLISH_ECOSYSTEM, Permission.JOIN_ECOSYSTEM, Permission.LEAVE_ECOSYSTEM, Permission.STATE_ECOSYSTEM_PRIORITY}
)

STANDARD_ROLES: dict[str, StandardRole] = {
    "administrator": StandardRole(
        Text(fi="pääkäyttäjä", sv="huvudanvändare", en="administrator"),
        frozenset(
            {
                Permission.ADMIT_PERSON,
                Permission.READ_JOURNAL,
                Permission.INVITE_PERSON,
                Permission.FORGET_AUTHENTICATOR,
                Permission.DEFINE_ROLE,
                Permission.GRANT_ROLE,
                Permission.END_ROLE,
                Permission.LINK_IDENTITY,
                Permission.UNLINK_IDENTITY,
                Permission.REGISTER_PLACE,
                Permission.STATE_CATEGORY,
                Permission.STATE_DISQUALIFICATION,
                Permission.ESTABLISH_BODY,
            }
        ),
    ),
    "ministry-official": StandardRole(
        Text(fi="ministeriön virkamies", sv="ministerietjänsteman", en="ministry official"),
        frozenset({Permission.RECORD_SIGNED_ELSEWHERE, Permission.PUBLISH, Permission.WITHDRAW, Permission.STATE_COMMITMENT, Permission.CORRECT_FACT})
        | _NEGOTIATES
        | _LAYS_ROUNDS,
    ),
    "national-coordinator": StandardRole(
        Text(fi="valtakunnallinen koordinaattori", sv="nationell koordinator", en="national coordinator"),
        frozenset(
            {
                Permission.REGISTER_ORGANISATION,
                Permission.RENAME_ORGANISATION,
                Permission.STATE_IDENTIFIER,
                Permission.END_IDENTIFIER,
                Permission.STATE_KIND,
                Permission.STATE_PARENT,
                Permission.STATE_SUCCESSOR,
                Permission.END_ORGANISATION,
                Permission.PUBLISH,
                Permission.PUBLISH_FIGURE,
                Permission.WITHDRAW,
                Permission.CORRECT_FACT,
                Permission.STATE_CONTACT_POINT,
                Permission.LOAD_WORKBOOK,
            }
        )
        | _TENDS_ECOSYSTEMS
        | _LAYS_ROUNDS,
    ),
    "city-coordinator": StandardRole(
        Text(fi="kaupungin koordinaattori", sv="stadens koordinator", en="city coordinator"),
        frozenset(
            {
                Permission.STATE_PRIORITY,
                Permission.STATE_COMMITMENT,
                Permission.STATE_MEASURE,
                Permission.CORRECT_FACT,
                Permission.FINISH_ACTION_POINT,
            }
        )
        | _NEGOTIATES
        | _TENDS_ECOSYSTEMS,
        Reach.ORGANISATION,
    ),
    "organisation-representative": StandardRole(
        Text(fi="organisaation edustaja", sv="organisationens företrädare", en="representative of an organisation"),
        frozenset({Permission.GIVE_MANDATE, Permission.WITHDRAW_MANDATE, Permission.REPORT_COMMITMENT, Permission.REPORT_MEASURE}),
        Reach.ORGANISATION,
    ),
    "steering-member": StandardRole(
        Text(fi="johtoryhmän jäsen", sv="medlem i ledningsgruppen", en="steering-group member"),
        frozenset({Permission.DECLARE_RECUSAL, Permission.APPROVE_MINUTES, Permission.FINISH_ACTION_POINT}),
        Reach.ORGANISATION,
    ),
    "steering-secretary": StandardRole(
        Text(fi="johtoryhmän sihteeri", sv="ledningsgruppens sekreterare", en="steering-group secretary"),
        frozenset(
            {
                Permission.ESTABLISH_BODY,
                Permission.ESTABLISH_SEAT,
                Permission.FILL_SEAT,
                Permission.END_TERM,
                Permission.PLAN_MEETING,
                Permission.ADD_ITEM,
                Permission.TAKE_UP,
                Permission.ATTACH_PAPER,
                Permission.CALL_MEETING,
                Permission.CANCEL_MEETING,
                Permission.OPEN_MEETING,
                Permission.NOTE_PRESENCE,
                Permission.NOTE_LEAVING,
                Permission.NOTE_RECUSAL,
                Permission.NOTE_DISCUSSION,
                Permission.RESOLVE_ITEM,
                Permission.CLOSE_MEETING,
                Permission.STATE_ACTION_POINT,
                Permission.FINISH_ACTION_POINT,
                Permission.DROP_ACTION_POINT,
            }
        ),
        Reach.ORGANISATION,
    ),
    "council-preparer": StandardRole(
        Text(fi="liiton valmistelija", sv="förbundets beredare", en="preparer at the regional council"),
        frozenset({Permission.PUBLISH_FIGURE}),
    ),
    "council-decider": StandardRole(
        Text(fi="liiton päätöksentekijä", sv="förbundets beslutsfattare", en="decision-maker at the regional council"), reach=Reach.ORGANISATION
    ),
    "payer": StandardRole(Text(fi="maksaja", sv="utbetalare", en="payer"), reach=Reach.ORGANISATION),
    "assessor": StandardRole(Text(fi="arvioija", sv="bedömare", en="assessor")),
    "applicant": StandardRole(Text(fi="hakija", sv="sökande", en="applicant"), reach=Reach.ORGANISATION),
    "evaluator": StandardRole(Text(fi="vaikuttavuuden arvioija", sv="utvärderare", en="evaluator")),
    "auditor": StandardRole(Text(fi="tarkastaja", sv="revisor", en="auditor"), frozenset({Permission.READ_JOURNAL})),
    "operator": StandardRole(Text(fi="ylläpitäjä", sv="driftansvarig", en="operator"), frozenset({Permission.ANSWER_FEEDBACK})),
}
"""Role key → the role. Permissions grow with the acts that the service knows."""
