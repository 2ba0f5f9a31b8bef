"""Rules of organisations and places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from kumppani.domain.parties.permissions import Permission, Reach, separated
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.periods import Period, first_overlap
from kumppani.kernel.text import Text, _


class OrganisationKind(StrEnum):
    """What sort of organisation it is."""

    MINISTRY = "ministry"
    STATE_AGENCY = "state_agency"
    MUNICIPALITY = "municipality"
    REGIONAL_COUNCIL = "regional_council"
    UNIVERSITY = "university"
    UNIVERSITY_OF_APPLIED_SCIENCES = "university_of_applied_sciences"
    RESEARCH_INSTITUTE = "research_institute"
    HOSPITAL_DISTRICT = "hospital_district"
    DEVELOPMENT_COMPANY = "development_company"
    COMPANY = "company"
    COOPERATIVE = "cooperative"
    OTHER = "other"


def check_no_circle(key: str, above: Iterable[str]) -> None:
    """Refuses an organisation that would be above (or after) itself. `above`: keys of the one stated and of all above it."""
    if key in set(above):
        raise RuleBroken("organisation-in-circle", _("“{key}” would come to be a part or a successor of itself.", key=key))


def check_identifier_free(scheme: str, held: str | None) -> None:
    """An organisation carries one identifier of a kind."""
    if held is not None:
        raise RuleBroken("identifier-held", _("The organisation has the {scheme} {value} already: end it first.", scheme=scheme, value=held))


def check_not_ended(valid_to: date | None) -> None:
    """An organisation ends once."""
    if valid_to is not None:
        raise RuleBroken("organisation-ended", _("The organisation ended on {day} already.", day=valid_to.isoformat()))


REGION_LEVELS = frozenset({"region", "sub_region", "nuts3"})


def check_kind(kind: str) -> None:
    """Refuses a kind of organisation nobody knows."""
    if kind not in set(OrganisationKind):
        raise RuleBroken("unknown-organisation-kind", _("“{kind}” is not a known kind of organisation.", kind=kind))


def check_name(name: Text) -> None:
    """Refuses an organisation, place or priority without a name in any language."""
    if not name:
        raise RuleBroken("name-missing", _("A name is needed in at least one language."))


def check_names(periods: Iterable[Period]) -> None:
    """Refuses two names for one day."""
    if clash := first_overlap(periods):
        raise RuleBroken("names-overlap", _("Two names would be in use from {start}.", start=str(clash[1].start)))


def check_rename(current_from: date | None, new_from: date) -> None:
    """A new name starts after the one it replaces."""
    if current_from is not None and new_from <= current_from:
        raise RuleBroken(
            "rename-not-later", _("The new name must start after {start}, when the present one started.", start=current_from.isoformat())
        )


def check_point(latitude: object, longitude: object) -> None:
    """Degrees of WGS 84: both or neither, within their ranges."""
    if (latitude is None) != (longitude is None):
        raise RuleBroken("point-half", _("A point needs both latitude and longitude."))
    if latitude is not None and longitude is not None and not (-90 <= float(str(latitude)) <= 90 and -180 <= float(str(longitude)) <= 180):
        raise RuleBroken("point-outside", _("{latitude}, {longitude} is not a point on Earth.", latitude=latitude, longitude=longitude))


def check_known_reach(reach: str) -> None:
    """Refuses a reach nobody knows."""
    if reach not in set(Reach):
        raise RuleBroken("unknown-reach", _("“{reach}” is not how far a role can reach.", reach=reach))


def check_reach(reach: str, organisation: str | None) -> None:
    """A role that reaches only what is an organisation's is given for an organisation."""
    if reach == Reach.ORGANISATION and organisation is None:
        raise RuleBroken("role-without-organisation", _("This role is held for an organisation: name it."))


def check_separation(held: Collection[str]) -> None:
    """Refuses permissions that no one person holds together."""
    if pair := separated(held):
        reason = _("One person may not hold “{one}” and “{other}” together.", one=pair[0].value, other=pair[1].value)
        raise RuleBroken("powers-not-separate", reason)


def check_permissions(permissions: Collection[str]) -> None:
    """Refuses a permission nobody knows, and a role that would break the separation all by itself."""
    if unknown := set(permissions) - set(Permission):
        raise RuleBroken("unknown-permission", _("“{permission}” is not a permission.", permission=min(unknown)))
    check_separation(permissions)


def check_not_oneself(actor: str, person: str) -> None:
    """Nobody hands powers to themselves."""
    if actor == person:
        raise RuleBroken("powers-to-oneself", _("Nobody gives a role to themselves: another administrator has to do it."))


BREAK_GLASS = "break-glass"
"""Key of the account for emergencies: it has no password, and a role only on a day on which it is used."""


def check_is_break_glass(person: str) -> None:
    """Refuses to treat anybody else as the account for emergencies."""
    if person != BREAK_GLASS:
        raise RuleBroken("not-break-glass", _("“{person}” is not the account for emergencies.", person=person))


LONGEST_REASON = 500


def check_can_be_invited(actor: str, person: str, *, is_system: bool) -> None:
    """Nobody lets themselves in anew, and what is no person signs in by no link."""
    if actor == person:
        raise RuleBroken("invites-oneself", _("Nobody does this for themselves: another administrator has to do it."))
    if is_system or person == BREAK_GLASS:
        raise RuleBroken("not-to-be-invited", _("“{person}” is no person who signs in.", person=person))


def check_has_address(email: str) -> None:
    """An invitation by mail needs somewhere to go."""
    if not email:
        raise RuleBroken("no-address-known", _("No e-mail address of this person is known: write it here."))


def check_reason(reason: str) -> None:
    """Whoever is made to begin again is told why."""
    if not reason.strip():
        raise RuleBroken("reason-missing", _("Give the reason: it stands in the journal."))
    if len(reason) > LONGEST_REASON:
        raise RuleBroken("reason-too-long", _("A reason has at most {count} characters.", count=LONGEST_REASON))


LINKS_OF_ONE = 3
LINKS_FROM_ONE = 30
"""How many links can be asked for in a quarter of an hour: to one account, and from one address of the network."""
