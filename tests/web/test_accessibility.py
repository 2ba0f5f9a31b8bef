"""The accessibility statement says what the law asks for, and “not set” where only the operator can say."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, override_settings

from kumppani.access.kept import PAGES
from kumppani.web.portal.accessibility import DRAWN_UP
from tests.builders import programme_of


@pytest.fixture
def client(db: None) -> Client:
    programme_of(settings.DEFAULT_PROGRAMME)
    PAGES.forget()
    return Client()


def test_level_deficiencies_feedback_and_supervision_are_told(client: Client) -> None:
    html = client.get("/en/accessibility/").content.decode()
    assert "meets most of the requirements of WCAG 2.2" in html
    assert "What is known to fall short" in html
    assert "have not been listened to with screen readers" in html
    assert f"{DRAWN_UP.day} November {DRAWN_UP.year}" in html
    assert 'href="/en/feedback/?topic=accessibility"' in html
    assert "Traficom" in html
    assert "306/2019" in html


def test_what_only_the_operator_knows_is_not_set(client: Client) -> None:
    with override_settings(OPERATOR=""):
        html = client.get("/en/accessibility/").content.decode()
    assert html.count("the operator must fill this in") == 2


def test_an_operator_is_named(client: Client) -> None:
    with override_settings(OPERATOR="City of <Test>"):
        html = client.get("/en/accessibility/").content.decode()
    assert "City of &lt;Test&gt;" in html
    assert "fill this in" not in html


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_is_there_in_every_language_and_tells_its_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/accessibility/")
    assert response.status_code == 200
    assert settings.PUBLIC_URL in response.content.decode()
    assert response.has_header("ETag")
