"""The interface keeps its own description: schemathesis asks a live server everything it describes, and much that it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, given
from pytest_django.live_server_helper import LiveServer
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kumppani.api.description import schema
from tests.api.asking import PREFIX
from tests.universe import Universe

CHECKS = [
    negative_data_rejection,
    positive_data_acceptance,
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

EXAMPLES = 10
"""Of each address and of each kind: such as the description allows, and such as it forbids."""

FILLED = {
    "programmes": {"key": "harjoitus"},
    "agreements": {"key": "fi-2021-01"},
    "versions": {"agreement_key": "fi-2021-01", "number": 1},
    "priorities": {"key": "fi-2021-01-p1"},
    "commitments": {"key": "fi-2021-01-c1"},
    "measures": {"key": "fi-2021-01-m1"},
    "figures": {"key": "north-year"},
    "ecosystems": {"key": "north-batteries"},
    "organisations": {"key": "city-north"},
    "municipalities": {"key": "FI-901"},
    "categories": {"scheme": "themes", "key": "digital"},
    "sources": {"key": "release"},
}


def _operations(live_server: LiveServer) -> Iterator[Any]:
    described = schemathesis.openapi.from_url(f"{live_server.url}{PREFIX}openapi.json")
    for result in described.get_all_operations():
        yield result.ok()


def _try(operation: Any, mode: GenerationMode) -> None:
    settings = hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[hypothesis.Phase.generate],
    )

    @settings
    @given(case=operation.as_strategy(generation_mode=mode))
    def kept(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    kept()


def test_whatever_is_asked_is_answered_as_described(live_server: LiveServer, universe: Universe) -> None:
    for operation in _operations(live_server):
        for mode in GenerationMode:
            _try(operation, mode)


def test_what_is_there_is_answered_as_described(live_server: LiveServer, universe: Universe) -> None:
    asked = 0
    for operation in _operations(live_server):
        path = operation.path.removeprefix(PREFIX)
        # There is one ecosystem and one contact point: their lists have no second page.
        paged = {"limit": 1, "page": 1 if path in {"ecosystems", "contact-points"} else 2}
        queries = [{}, {"format": "csv"}, {"format": "xlsx"}, {"format": "json"}, paged] if "{" not in path else [{}]
        for query in queries:
            case = operation.Case(path_parameters=FILLED[path.partition("/")[0]] if "{" in path else {}, query=query)
            response = case.call()
            assert response.status_code == 200, response.text
            case.validate_response(response, checks=CHECKS)
            asked += 1
    assert asked == 16 * 5 + 12
    _a_lie_is_found(live_server)


def _a_lie_is_found(live_server: LiveServer) -> None:
    """The same check, against a description that says a currency is a number: it must fail."""
    lying = schema()
    lying["components"]["schemas"]["Amount"]["properties"]["currency"] = {"type": "integer"}
    described = schemathesis.openapi.from_dict(json.loads(json.dumps(lying)))
    case = described[f"{PREFIX}figures/{{key}}"]["GET"].Case(path_parameters=FILLED["figures"])
    response = case.call(base_url=live_server.url)
    with pytest.raises(FailureGroup, match="Response violates schema"):
        case.validate_response(response, checks=CHECKS)
