"""What a page says to machines in its own head: schema.org as JSON-LD. Only what the page shows; what is unknown is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings

from kumppani.access.whole import WholeAgreement
from kumppani.web.components.share import Download
from kumppani.web.place import Place
from kumppani.web.templatetags.kumppani import plain

ORGANISATION_TYPES: dict[str, str] = {
    "ministry": "GovernmentOrganization",
    "state_agency": "GovernmentOrganization",
    "municipality": "GovernmentOrganization",
    "regional_council": "GovernmentOrganization",
    "university": "CollegeOrUniversity",
    "university_of_applied_sciences": "CollegeOrUniversity",
    "research_institute": "ResearchOrganization",
    "company": "Corporation",
    "development_company": "Corporation",
}
"""Kind of organisation → its type in schema.org; any other is an Organization."""


class CitedFigure(NamedTuple):
    """A figure as something that cites its source."""

    figure: Any
    kind: str = "figure"

    @property
    def source(self) -> Any:
        """Who states it."""
        return self.figure.source


def _given(pairs: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the pairs."""
    return {name: value for name, value in pairs.items() if value not in (None, "", [], {})}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _node(place: Place, kind: str, path: str, name: Mapping[str, str], more: Mapping[str, Any]) -> dict[str, Any]:
    address = place.absolute(path)
    about = {"@context": "https://schema.org", "@type": kind, "@id": address, "url": address, "name": plain(name), "inLanguage": place.language}
    return _given({**about, **more})


def _organisation_ref(place: Place, organisation: Any, day: date) -> dict[str, Any]:
    return {"@type": "Organization", "@id": place.absolute(place.to("organisation", key=organisation.key)), "name": plain(organisation.name_on(day))}


def site(place: Place) -> dict[str, Any]:
    """The front page: a site about a programme, and how it is searched."""
    search = {"@type": "EntryPoint", "urlTemplate": f"{place.absolute(place.to('search'))}?q={{words}}"}
    more = {
        "description": plain(place.programme.summary),
        "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=words"},
    }
    return _node(place, "WebSite", place.to("home"), place.programme.name, more)


def dataset(place: Place, files: Sequence[Download]) -> dict[str, Any]:
    """The list of agreements: a data set that can be taken along."""
    more = {
        "description": plain(place.programme.summary),
        "license": f"https://spdx.org/licenses/{settings.DATA_LICENCE}" if settings.DATA_LICENCE else None,
        "distribution": [{"@type": "DataDownload", "encodingFormat": file.format, "contentUrl": place.absolute(file.address)} for file in files],
    }
    return _node(place, "Dataset", place.to("agreements"), place.programme.name, more)


def _agreement_ref(place: Place, agreement: Any) -> dict[str, Any]:
    return {"@type": "CreativeWork", "@id": place.absolute(place.to("agreement", key=agreement.key)), "name": plain(agreement.name)}


def agreement(place: Place, found: WholeAgreement, version: Any, day: date) -> dict[str, Any]:
    """An agreement: a work its parties made, about its content, covering its municipalities."""
    signed = [one for one in found.signatories if version is not None and one.version == version.number]
    more = {
        "identifier": found.agreement.key,
        "datePublished": _day(version.signed_on) if version else None,
        "expires": _day(version.valid_to) if version else None,
        "version": version.number if version else None,
        "about": plain(version.content) if version else None,
        "author": [_organisation_ref(place, one.organisation, day) for one in signed],
        "spatialCoverage": [_municipality(one) for one in found.territory],
        "hasPart": [{"@type": "CreativeWork", "@id": place.absolute(place.to("priority", key=one.priority.key))} for one in found.priorities],
        "license": f"https://spdx.org/licenses/{settings.DATA_LICENCE}" if settings.DATA_LICENCE else None,
    }
    return _node(place, "CreativeWork", place.to("agreement", key=found.agreement.key), found.agreement.name, more)


def _municipality(one: Any) -> dict[str, Any]:
    point = one.municipality.latitude is not None
    geo = {"@type": "GeoCoordinates", "latitude": float(one.municipality.latitude), "longitude": float(one.municipality.longitude)} if point else None
    return _given({"@type": "AdministrativeArea", "name": plain(one.municipality.name), "identifier": one.municipality.key, "geo": geo})


def priority(place: Place, found: Any) -> dict[str, Any]:
    """A priority: a part of its agreement."""
    more = {
        "identifier": found.key,
        "isPartOf": _agreement_ref(place, found.agreement),
        "position": found.number,
        "description": plain(found.description),
        "keywords": [plain(theme.label) for theme in found.themes.all()],
    }
    return _node(place, "CreativeWork", place.to("priority", key=found.key), found.title, more)


def commitment(place: Place, found: Any, day: date) -> dict[str, Any]:
    """A commitment: what its maker is to do for somebody, by when."""
    more = {
        "identifier": found.key,
        "agent": _organisation_ref(place, found.promised_by, day),
        "participant": _organisation_ref(place, found.promised_to, day),
        "startTime": _day(found.promised_on),
        "endTime": _day(found.fulfilled_on or found.released_on or found.due_on),
        "object": _agreement_ref(place, found.agreement),
    }
    return _node(place, "Action", place.to("commitment", key=found.key), found.promise, more)


def measure(place: Place, found: Any, day: date) -> dict[str, Any]:
    """A measure: what its lead does with its partners, from when to when."""
    more = {
        "identifier": found.key,
        "description": plain(found.description),
        "agent": _organisation_ref(place, found.lead, day),
        "participant": [_organisation_ref(place, partner, day) for partner in found.partners.all()],
        "startTime": _day(found.starts_on),
        "endTime": _day(found.completed_on or found.dropped_on or found.ends_on),
        "object": _agreement_ref(place, found.agreement),
    }
    return _node(place, "Action", place.to("measure", key=found.key), found.title, more)


def theme(place: Place, found: Any) -> dict[str, Any]:
    """A theme: a term of the programme's classification."""
    more = {"termCode": found.key, "inDefinedTermSet": plain(found.scheme.title)}
    return _node(place, "DefinedTerm", place.to("theme", key=found.key), found.label, more)


def organisation(place: Place, found: Any, day: date) -> dict[str, Any]:
    """An organisation with what other registers call it."""
    names = [plain(name.name) for name in found.names.all()]
    current = found.name_on(day)
    more = {
        "alternateName": sorted({*current.values(), *names} - {plain(current)}),
        "identifier": [{"@type": "PropertyValue", "propertyID": one.scheme, "value": one.value} for one in found.identifiers.all()],
        "sameAs": [f"https://ror.org/{one.value}" for one in found.identifiers.all() if one.scheme == "ror"],
        "parentOrganization": _organisation_ref(place, found.parent, day) if found.parent else None,
        "foundingDate": _day(found.valid_from),
        "dissolutionDate": _day(found.valid_to),
    }
    return _node(place, ORGANISATION_TYPES.get(found.kind, "Organization"), place.to("organisation", key=found.key), current, more)
