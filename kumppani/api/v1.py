"""The addresses of version 1: open data, read only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from kumppani.access import load
from kumppani.access.viewer import STRANGER
from kumppani.api import asked, listings
from kumppani.api.answers import flat_many_model, many, many_model, one, single_model
from kumppani.api.exports import CSV, XLSX
from kumppani.api.listings import Listing
from kumppani.api.schemas import Refused

DESCRIPTION = """The agreements between the state and the cities as open data, read only.

Every list answers `{"total", "items", "next"}`: `next` is the address of the next page, so that nothing is ever cut silently. `?format=csv`, `xlsx`
and `json` give all rows at once, flat, with the same columns; a text in CSV that begins with = + - @, a line end or an apostrophe has one apostrophe
before it. `?on=` shows what was valid on a day, by what is known now. `?programme=` names another agreement programme than the default one.
What is not known is null, and `evidence` says when it was last looked for; money is in whole cents, as its sources state it, and never summed.
Every answer has an ETag. Errors are `{"code", "message"}`; the code never changes, the message is in the reader's language."""

api = NinjaAPI(title="Kumppani: open data", version="1", description=DESCRIPTION, openapi_url=None, docs_url=None, urls_namespace="api-1")
api.add_exception_handler(ValidationError, asked.refuse)

View = TypeVar("View", bound=Callable[..., HttpResponse])

REFUSALS = {400: Refused, 404: Refused}


def listed(path: str, listing: Listing) -> Callable[[View], View]:
    """The address of a list: pages of objects, or all rows as a file."""
    files = {CSV.partition(";")[0]: {"schema": {"type": "string"}}, XLSX: {"schema": {"type": "string", "format": "binary"}}}
    return api.get(
        path,
        response={200: many_model(listing) | flat_many_model(listing), **REFUSALS},
        summary=listing.title.template,
        operation_id=listing.name,
        tags=[listing.name],
        openapi_extra={"responses": {200: {"content": files}}},
    )


def single(path: str, listing: Listing) -> Callable[[View], View]:
    """The address of one thing of a list."""
    doc = str(listing.item.__doc__)
    return api.get(path, response={200: single_model(listing), **REFUSALS}, summary=doc, operation_id=f"{listing.name}_one", tags=[listing.name])


@listed("/programmes", listings.PROGRAMMES)
def programmes(request: HttpRequest, query: Query[asked.Paged]) -> HttpResponse:
    return many(request, listings.PROGRAMMES, query)


@listed("/agreements", listings.AGREEMENTS)
def agreements(request: HttpRequest, query: Query[asked.AskedManyOn]) -> HttpResponse:
    return many(request, listings.AGREEMENTS, query)


@listed("/versions", listings.VERSIONS)
def versions(request: HttpRequest, query: Query[asked.AskedOfAgreement]) -> HttpResponse:
    return many(request, listings.VERSIONS, query)


@listed("/parties", listings.PARTIES)
def parties(request: HttpRequest, query: Query[asked.AskedParties]) -> HttpResponse:
    return many(request, listings.PARTIES, query)


@listed("/priorities", listings.PRIORITIES)
def priorities(request: HttpRequest, query: Query[asked.AskedPriorities]) -> HttpResponse:
    return many(request, listings.PRIORITIES, query)


@listed("/commitments", listings.COMMITMENTS)
def commitments(request: HttpRequest, query: Query[asked.AskedOfAgreement]) -> HttpResponse:
    return many(request, listings.COMMITMENTS, query)


@listed("/measures", listings.MEASURES)
def measures(request: HttpRequest, query: Query[asked.AskedOfAgreement]) -> HttpResponse:
    return many(request, listings.MEASURES, query)


@listed("/figures", listings.FIGURES)
def figures(request: HttpRequest, query: Query[asked.AskedFigures]) -> HttpResponse:
    return many(request, listings.FIGURES, query)


@listed("/ecosystems", listings.ECOSYSTEMS)
def ecosystems(request: HttpRequest, query: Query[asked.AskedOfAgreement]) -> HttpResponse:
    return many(request, listings.ECOSYSTEMS, query)


@listed("/contact-points", listings.CONTACT_POINTS)
def contact_points(request: HttpRequest, query: Query[asked.AskedOfAgreement]) -> HttpResponse:
    return many(request, listings.CONTACT_POINTS, query)


@listed("/organisations", listings.ORGANISATIONS)
def organisations(request: HttpRequest, query: Query[asked.AskedManyOn]) -> HttpResponse:
    return many(request, listings.ORGANISATIONS, query)


@listed("/municipalities", listings.MUNICIPALITIES)
def municipalities(request: HttpRequest, query: Query[asked.AskedMany]) -> HttpResponse:
    return many(request, listings.MUNICIPALITIES, query)


@listed("/categories", listings.CATEGORIES)
def categories(request: HttpRequest, query: Query[asked.AskedCategories]) -> HttpResponse:
    return many(request, listings.CATEGORIES, query)


@listed("/sources", listings.SOURCES)
def sources(request: HttpRequest, query: Query[asked.AskedMany]) -> HttpResponse:
    return many(request, listings.SOURCES, query)


@listed("/changes", listings.CHANGES)
def changes(request: HttpRequest, query: Query[asked.AskedMany]) -> HttpResponse:
    return many(request, listings.CHANGES, query)


@listed("/heads", listings.HEADS)
def heads(request: HttpRequest, query: Query[asked.AskedMany]) -> HttpResponse:
    return many(request, listings.HEADS, query)


@single("/programmes/{key}", listings.PROGRAMMES)
def programme(request: HttpRequest, key: asked.Key, query: Query[asked.Asked]) -> HttpResponse:
    return one(request, listings.PROGRAMMES, query, lambda _all: load.programme(STRANGER, key))


@single("/agreements/{key}", listings.AGREEMENTS)
def agreement(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.AGREEMENTS, query, lambda found: load.agreement(STRANGER, found, key))


@single("/priorities/{key}", listings.PRIORITIES)
def priority(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.PRIORITIES, query, lambda found: load.priority(STRANGER, found, key))


@single("/commitments/{key}", listings.COMMITMENTS)
def commitment(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.COMMITMENTS, query, lambda found: load.commitment(STRANGER, found, key))


@single("/measures/{key}", listings.MEASURES)
def measure(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.MEASURES, query, lambda found: load.measure(STRANGER, found, key))


@single("/figures/{key}", listings.FIGURES)
def figure(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOne]) -> HttpResponse:
    return one(request, listings.FIGURES, query, lambda found: load.figure(STRANGER, found, key))


@single("/ecosystems/{key}", listings.ECOSYSTEMS)
def ecosystem(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.ECOSYSTEMS, query, lambda found: load.ecosystem(STRANGER, found, key))


@single("/organisations/{key}", listings.ORGANISATIONS)
def organisation(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.ORGANISATIONS, query, lambda found: load.organisation(STRANGER, found, key))


@single("/municipalities/{key}", listings.MUNICIPALITIES)
def municipality(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOne]) -> HttpResponse:
    return one(request, listings.MUNICIPALITIES, query, lambda found: load.municipality(STRANGER, found, key))


@single("/sources/{key}", listings.SOURCES)
def source(request: HttpRequest, key: asked.Key, query: Query[asked.AskedOne]) -> HttpResponse:
    return one(request, listings.SOURCES, query, lambda found: load.source(STRANGER, found, key))


@single("/versions/{agreement_key}/{number}", listings.VERSIONS)
def version(request: HttpRequest, agreement_key: asked.Key, number: asked.Number, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.VERSIONS, query, lambda found: load.version(STRANGER, found, agreement_key, number))


@single("/categories/{scheme}/{key}", listings.CATEGORIES)
def category(request: HttpRequest, scheme: asked.Key, key: asked.Key, query: Query[asked.AskedOneOn]) -> HttpResponse:
    return one(request, listings.CATEGORIES, query, lambda found: load.category(STRANGER, found, scheme, key))
