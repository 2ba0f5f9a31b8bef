"""What one programme shows is byte-equal whatever other programmes are present, and whichever of them was there first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kumppani.access import load
from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.demo import story
from kumppani.domain.agreements.rules import CommitmentState, MeasureState
from kumppani.domain.parties.models import Organisation
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.money import Amount
from kumppani.kernel.text import LANGUAGES, Text
from kumppani.web.portal.data import LISTS
from kumppani.workflow.agreements import TakingPart
from kumppani.workflow.feedback import give_feedback
from kumppani.workflow.training import reset_training
from tests.builders import (
    NOON,
    category_in,
    commitment_in,
    figure_of,
    measure_in,
    organisation_in,
    place_in,
    priority_of,
    programme_of,
    published_agreement,
)
from tests.crawl import Answer, crawl

NEIGHBOUR, BORROWER = "toinen", "kolmas"


@pytest.fixture(autouse=True)
def world(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[None]:
    """Noon, files and snapshots of its own, and rows really committed: searches know of changes as they do for readers."""
    settings.FILES_FOLDER, settings.SNAPSHOT_FOLDER = tmp_path / "files", tmp_path / "snapshots"
    with clock.stopped_at(NOON):
        yield


def neighbour() -> Programme:
    """A real programme whose words, classifications, sources and figures have the keys that the story's have."""
    programme = programme_of(NEIGHBOUR)
    place = place_in(programme, "901", "Pohjola")
    ministry = organisation_in(programme, "toinen-ministerio", OrganisationKind.MINISTRY, Text(fi="Harjoitusministeriö"))
    city = organisation_in(programme, "toinen-kaupunki", name=Text(fi="Vellamonlinnan kaupunki"))
    _agreements(programme, ministry, city, place)
    return programme


def borrower() -> Programme:
    """A third programme that gives parts to the organisations and places of the second."""
    programme = programme_of(BORROWER)
    ministry, city = (Organisation.objects.get(key=key) for key in ("toinen-ministerio", "toinen-kaupunki"))
    place = load.municipality(STRANGER, load.programme(STRANGER, NEIGHBOUR), "FI-901")
    _agreements(programme, ministry, city, place)
    return programme


def _agreements(programme: Programme, ministry: Organisation, city: Organisation, place: Any) -> None:
    theme = category_in(programme, "themes", "low-carbon", Text(fi="Vähähiilisyys", en="Low carbon"))
    kind = category_in(programme, "action_types", "environments", Text(fi="Kokeiluympäristöt"))
    for number in (1, 2):
        key = f"{programme.key}-{number:02d}"
        agreement = published_agreement(programme, key, number, ministry, city, place, cooperation_parties=[TakingPart(city)]).agreement
        priority = priority_of(agreement, themes=[theme], title=Text(fi="Vesitekniikka", en="Water technology"))
        commitment_in(CommitmentState.LATE, agreement, 1, ministry, city)
        measure_in(MeasureState.UNDER_WAY, priority, 1, kind, city, partners=[ministry])
        figure_of(programme, f"f-{number:03d}", number, Amount(exact=number), "sentti", agreement=agreement, group="start-national")
    give_feedback(by=STRANGER, programme=programme, topic="other", message="Hei", email="", language="fi", page="", attempt="x")


SEARCHES = [f"search/?q={quote(word)}" for word in ("vesi", "harjoitusministeriö", "water")]
"""Words that the others have as well."""

PAGES = {
    "",
    "agreements",
    "priorities",
    "commitments",
    "measures",
    "themes",
    "ecosystems",
    "organisations",
    "compare",
    "data",
    "accessibility",
    "feedback",
    "feed.atom",
}


def seen(programme: str) -> dict[str, Answer]:
    """Everything it shows."""
    prefix = "" if programme == NEIGHBOUR else f"p/{programme}/"
    return crawl(programme, [f"/{language}/{prefix}{search}" for language in LANGUAGES for search in SEARCHES])


def differing(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    return sorted(address for address in {*one, *other} if one.get(address) != other.get(address))


def assert_whole(found: dict[str, Answer], prefix: str) -> None:
    """It reaches every kind of page in every language, in frames too, and every list in every format; and every answer is there."""
    for language in LANGUAGES:
        below = f"/{language}/{prefix}"
        assert {address.removeprefix(below).split("/")[0] for address in found if address.startswith(below)} >= PAGES
    assert any(address.startswith("/embed/sv/") for address in found)
    assert any("?on=" in address for address in found)
    taken = {
        (urlsplit(address).path.rpartition("/")[2], parse_qs(urlsplit(address).query).get("format", [""])[0])
        for address in found
        if "/api/" in address
    }
    assert taken >= {(name, suffix) for name in LISTS for suffix in ("", "csv", "xlsx", "json")}
    assert [address for address, answer in found.items() if answer.status not in {200, 410}] == []


def test_the_training_programme_shows_the_same_beside_none_one_and_two_others() -> None:
    programme, _built = story.build()
    alone = seen(story.KEY)
    assert_whole(alone, f"p/{story.KEY}/")
    neighbour()
    assert differing(alone, seen(story.KEY)) == []
    # Now the others are there first, so that whatever is numbered by the database has other numbers.
    reset_training(by=SYSTEM, programme=programme)
    borrower()
    story.build()
    assert differing(alone, seen(story.KEY)) == []


def test_a_real_programme_shows_the_same_beside_training_and_one_that_borrows_from_it(settings: Any) -> None:
    settings.DEFAULT_PROGRAMME = NEIGHBOUR
    programme = neighbour()
    alone = seen(NEIGHBOUR)
    assert_whole(alone, "")
    story.build()
    assert differing(alone, seen(NEIGHBOUR)) == []
    borrower()
    assert differing(alone, seen(NEIGHBOUR)) == []

    # And it would notice: one word of its own changes its page, its list, its search and its feed.
    agreement = load.agreement(STRANGER, programme, "toinen-01")
    priority_of(agreement, 9, title=Text(fi="Vesiputous"))
    changed = differing(alone, seen(NEIGHBOUR))
    assert {
        "/fi/agreements/toinen-01/",
        "/embed/sv/agreements/toinen-01/",
        "/api/v1/priorities",
        "/sitemap.xml",
        "/fi/search/?q=vesi",
        "/fi/feed.atom",
    } <= set(changed)
    assert not [address for address in changed if "measures" in address]
