"""The chooser knows every programme; invented ones say that they are."""

from __future__ import annotations

from django.test import Client

from tests.universe import Universe
from tests.web.reading import get, links, words


def test_it_lists_every_programme_and_leads_to_each(universe: Universe, client: Client) -> None:
    page = get(client, "/sv/programmes/")

    assert {"/sv/", "/sv/p/harjoitus/"} <= links(page)
    assert "Program fi-2021" in words(page)
    assert "Program harjoitus" in words(page)


def test_only_the_invented_one_is_marked(universe: Universe, client: Client) -> None:
    found = words(get(client, "/en/programmes/"))

    assert found.count("Invented, for training") == 1
    assert found.index("Programme fi-2021") < found.index("Programme harjoitus") < found.index("Invented, for training")
