"""What one programme shows is byte for byte the same whatever other programmes are there."""

from __future__ import annotations

from typing import Any

from django.test import Client

from kumppani.access.kept import PAGES
from kumppani.api.description import schema
from kumppani.domain.agreements.rules import CommitmentState
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from tests.api.asking import PREFIX, ask
from tests.builders import card, commitment_in, figure_of, organisation_in, place_in, priority_of, programme_of, published_agreement, seen
from tests.universe import Universe


def _addresses(programme: str) -> list[str]:
    """Every list in every format, and every single thing of a programme."""
    found = []
    for path in schema()["paths"]:
        name = path.removeprefix(PREFIX)
        if name.startswith("programmes"):
            continue
        if "{" not in name:
            found += [f"{path}?programme={programme}{format_}" for format_ in ("", "&format=csv", "&format=xlsx", "&format=json")]
        elif name.endswith("/{key}") and "{scheme}" not in name:
            listed = ask(name.removesuffix("/{key}"), programme=programme, limit=1000)
            found += [f"{path.format(key=item['key'])}?programme={programme}" for item in listed["items"]]
    return [*found, f"/sitemap-{programme}.xml" if programme != "fi-2021" else "/sitemap.xml", "/robots.txt"]


def _answers(programme: str) -> dict[str, Any]:
    PAGES.forget()
    client = Client()
    found = {}
    for address in _addresses(programme):
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = (response.content, response["ETag"], response["Content-Type"])
    return found


def _another(key: str, country: str, *, is_training: bool) -> None:
    """A programme that uses the same codes, keys of sources and of themes."""
    programme = programme_of(key, is_training=is_training, country=country)
    state = organisation_in(programme, f"{key}-ministry", OrganisationKind.MINISTRY)
    city = organisation_in(programme, f"{key}-city")
    version = published_agreement(programme, f"{key}-01", 1, state, city, place_in(programme, "901", "Muualla"), evidence={"name.fi": seen(card())})
    priority_of(version.agreement)
    commitment_in(CommitmentState.LATE, version.agreement, 1, city, state)
    figure_of(programme, "start-release", 1, Amount(exact=1), "yksi sentti", label=Text(fi="Muu raha"))


def test_other_programmes_change_no_byte(universe: Universe) -> None:
    before = {key: _answers(key) for key in ("fi-2021", "harjoitus")}
    _another("muu-2030", "SE", is_training=False)
    _another("kurssi", "ZY", is_training=True)
    for key, answers in before.items():
        assert _answers(key) == answers
    assert ask("programmes")["total"] == 4
