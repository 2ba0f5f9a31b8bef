"""Asks the interface as any program would."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client

from kumppani.api import asked
from kumppani.api.listings import Listing

PREFIX = "/api/v1/"

ASKED: dict[str, type[asked.Paged]] = {
    "programmes": asked.Paged,
    "agreements": asked.AskedManyOn,
    "versions": asked.AskedOfAgreement,
    "parties": asked.AskedParties,
    "priorities": asked.AskedPriorities,
    "commitments": asked.AskedOfAgreement,
    "measures": asked.AskedOfAgreement,
    "figures": asked.AskedFigures,
    "ecosystems": asked.AskedOfAgreement,
    "contact-points": asked.AskedOfAgreement,
    "organisations": asked.AskedManyOn,
    "municipalities": asked.AskedMany,
    "categories": asked.AskedCategories,
    "sources": asked.AskedMany,
    "changes": asked.AskedMany,
    "heads": asked.AskedMany,
}


def given_for(listing: Listing) -> asked.Paged:
    """What is asked of a list when nothing is."""
    return ASKED[listing.name].model_validate({})


def ask(path: str, **query: object) -> Any:
    """The JSON at an address, which must be there."""
    response = Client().get(f"{PREFIX}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def ask_csv(path: str, **query: object) -> list[dict[str, str]]:
    """The rows of a list as CSV."""
    response = Client().get(f"{PREFIX}{path}", {**query, "format": "csv"})
    assert response.status_code == 200, response.content
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def keys(path: str, **query: object) -> list[str]:
    """The keys of a list's items."""
    return [item["key"] for item in ask(path, **query)["items"]]
