"""Rules of organisations and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

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
