"""The interface described: for machines (OpenAPI), and for people on a page without scripts."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from kumppani.access.column import Kind
from kumppani.access.kept import answer
from kumppani.api.listings import LISTINGS
from kumppani.api.v1 import api
from kumppani.kernel.text import LANGUAGES, Message, _

PREFIX = "/api/v1/"

KIND_WORDS: dict[Kind, Message] = {
    Kind.TEXT: _("words"),
    Kind.DAY: _("a day, such as 2021-02-09"),
    Kind.MOMENT: _("a moment in universal time"),
    Kind.WHOLE: _("a whole number"),
    Kind.NUMBER: _("a number"),
    Kind.FLAG: _("true or false"),
}
"""What a column holds, in words."""


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    return answer(request, lambda: HttpResponse(json.dumps(schema(), ensure_ascii=False), content_type="application/json"))


def schema() -> dict[str, Any]:
    """The description as data. Every address also answers 405 to anything that would change something."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


def page(request: HttpRequest) -> HttpResponse:
    """The page for people, in the reader's language."""
    return answer(request, lambda: _page(request))


def _page(request: HttpRequest) -> HttpResponse:
    described = schema()["paths"]
    lists = [_described(listing, described) for listing in LISTINGS]
    response = render(request, "api/description.html", {"lists": lists, "languages": LANGUAGES, "language": get_language(), "prefix": PREFIX})
    response["Vary"] = "Accept-Language"
    return response


def _described(listing: Any, paths: dict[str, Any]) -> dict[str, Any]:
    path = f"{PREFIX}{listing.name}"
    own = [parameter for parameter in paths[path]["get"]["parameters"] if parameter["name"] not in {"lang", "limit", "page", "format", "programme"}]
    return {
        "name": listing.name,
        "title": str(listing.title),
        "path": path,
        "singles": [other for other in paths if other.startswith(f"{path}/")],
        "parameters": [parameter["name"] for parameter in own],
        "columns": [(column.name, str(column.label), str(KIND_WORDS[column.kind])) for column in listing.columns],
    }
