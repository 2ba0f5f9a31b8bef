"""The interface described: for programs in OpenAPI, for people on a page in their language."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kumppani.api.description import schema
from kumppani.api.listings import LISTINGS
from tests.api.asking import ASKED, PREFIX, ask

pytestmark = pytest.mark.usefixtures("world")


def test_every_list_is_described_with_its_parameters_and_formats() -> None:
    described = ask("openapi.json")
    assert described["openapi"].startswith("3.1")
    for listing in LISTINGS:
        get = described["paths"][f"{PREFIX}{listing.name}"]["get"]
        assert {parameter["name"] for parameter in get["parameters"]} == set(ASKED[listing.name].model_fields)
        assert set(get["responses"]["200"]["content"]) == {
            "application/json",
            "text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        assert {"400", "404"} <= set(get["responses"])


def test_limits_days_and_defaults_are_described() -> None:
    get = schema()["paths"][f"{PREFIX}agreements"]["get"]
    described = {parameter["name"]: parameter["schema"] for parameter in get["parameters"]}
    assert (described["limit"]["minimum"], described["limit"]["maximum"], described["limit"]["default"]) == (1, 1000, 100)
    assert "date" in str(described["on"])
    assert "csv" in str(described["format"])


def test_only_reading_is_described() -> None:
    assert {method for operations in schema()["paths"].values() for method in operations} == {"get"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_names_every_list_and_column(language: str) -> None:
    response = Client().get(f"{PREFIX}?lang={language}")
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    assert response["Vary"] == "Accept-Language"
    for listing in LISTINGS:
        assert f'href="{PREFIX}{listing.name}?format=csv"' in page
        for column in listing.columns:
            assert f"<code>{column.name}</code>" in page
    assert not re.search(r"<script|<style|style=|onclick", page)


def test_the_page_follows_the_reader_and_offers_the_other_languages() -> None:
    page = Client().get(PREFIX, headers={"Accept-Language": "sv"}).content.decode()
    assert '<html lang="sv">' in page
    for language in ("fi", "sv", "en"):
        assert f'href="{PREFIX}?lang={language}"' in page
    assert '<html lang="fi">' in Client().get(PREFIX).content.decode()
