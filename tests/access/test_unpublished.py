"""What only something unpublished names is told nowhere: its sources and its organisations."""

from __future__ import annotations

from datetime import date

from django.test import Client

from kumppani.access import load, visible, whole
from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.agreements.models import AgreementVersion
from kumppani.domain.agreements.rules import Side
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import Signing, record_signed_elsewhere
from kumppani.workflow.publishing import publish, withdraw
from tests.builders import card, organisation_in, seen, signed_agreement
from tests.universe import Universe
from tests.web.reading import get

SECRET = card("secret-draft")


def _next_version(universe: Universe) -> AgreementVersion:
    organisations = universe.organisations
    return record_signed_elsewhere(
        by=SYSTEM,
        programme=universe.programme,
        key=universe.south.key,
        position=2,
        name=Text(fi="Seutu"),
        municipalities=[],
        decider=None,
        signed_on=date(2028, 1, 1),
        valid_from=date(2028, 1, 1),
        valid_to=None,
        content=Text(fi="Uusi sisältö"),
        signings=[Signing(organisations.ministry, Side.STATE, evidence={"organisation": seen(SECRET)}), Signing(organisations.city_south, Side.CITY)],
        version_evidence={"content.fi": seen(SECRET)},
    )


def _told(universe: Universe, client: Client) -> list[bool]:
    """Whether the list, the page as read, and the page as printed tell of the source."""
    listed = visible.sources(STRANGER, universe.programme).filter(key=SECRET.key).exists()
    rows = whole.agreement(STRANGER, universe.programme, universe.south.key).evidence
    page = get(client, f"/fi/agreements/{universe.south.key}/").content.decode()
    asked = get(client, f"/api/v1/sources/{SECRET.key}").status_code == 200
    return [listed, any(row.source and row.source.key == SECRET.key for row in rows), "Lähde secret-draft" in page, asked]


def test_a_source_of_an_unpublished_version_is_told_when_it_is_published_and_not_before(universe: Universe, client: Client) -> None:
    version = _next_version(universe)
    assert _told(universe, client) == [False] * 4
    publication = publish(by=SYSTEM, version=version)
    assert _told(universe, client) == [True] * 4
    withdraw(by=SYSTEM, publication=publication, reason=Text(fi="Virhe"))
    assert _told(universe, client) == [False] * 4


def test_an_organisation_is_listed_by_what_is_open(universe: Universe, client: Client) -> None:
    programme = universe.programme
    partless, hidden = organisation_in(programme, "partless"), organisation_in(programme, "hidden-city")
    draft = signed_agreement(programme, "fi-2021-09", 9, universe.organisations.ministry, hidden, universe.places["Etelä"])
    assert load.organisation(STRANGER, programme, partless.key) == partless
    assert get(client, "/fi/organisations/hidden-city/").status_code == get(client, "/api/v1/organisations/hidden-city").status_code == 404
    publish(by=SYSTEM, version=draft)
    assert get(client, "/fi/organisations/hidden-city/").status_code == 200
