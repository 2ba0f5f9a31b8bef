"""About the data: sources with their age, gaps counted, disagreements side by side, and every list to take along; only of what is published."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kumppani.access import completeness, load, provenance, visible
from kumppani.access.kept import PAGES
from kumppani.access.viewer import STRANGER
from kumppani.api import listings
from kumppani.demo import story
from kumppani.domain.sources.rules import SourceKind
from kumppani.kernel import clock
from kumppani.kernel.money import Amount
from kumppani.kernel.text import Text
from kumppani.web.portal.data import LISTS, age
from kumppani.workflow.publishing import withdraw
from tests.builders import NOON, card, figure_of, programme_of, published_agreement, seen, signed_agreement, unknown
from tests.universe import Universe, build_universe


@pytest.fixture
def universe(db: None) -> Universe:
    PAGES.forget()
    return build_universe()


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, path: str = "/en/data/") -> str:
    # What a test changes is not committed, so that kept pages would not know of it.
    PAGES.forget()
    with clock.stopped_at(NOON):
        response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def section(html: str, heading: str) -> str:
    """From a heading to the next section."""
    return html.split(f'id="{heading}"', 1)[1].split("<section", 1)[0]


def found(universe: Universe) -> provenance.Provenance:
    return provenance.of(STRANGER, universe.programme)


# Sources


def test_sources_are_told_with_publisher_date_age_and_what_was_taken(universe: Universe, client: Client) -> None:
    row = re.search(r'<tr id="source-newspaper">.*?</tr>', page(client), re.DOTALL)
    assert row is not None
    assert "10 February 2021" in row[0]
    assert "5 years" in row[0]
    assert "newspaper" in row[0]
    assert "not stated" in row[0]
    assert "<b>2</b>" in row[0]


def test_a_page_without_a_date_says_so_and_has_no_age(universe: Universe, client: Client) -> None:
    row = re.search(r'<tr id="source-city-page">.*?</tr>', page(client), re.DOTALL)
    assert row is not None
    assert "the page bears no date" in row[0]
    assert "not known" in row[0]


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (date(2021, 2, 9), "5 years"),
        (date(2024, 11, 24), "2 years"),
        (date(2024, 11, 25), "23 months"),
        (date(2026, 9, 24), "2 months"),
        (date(2026, 9, 25), "60 days"),
        (date(2026, 11, 23), "1 day"),
        (date(2026, 11, 24), "0 days"),
        (date(2027, 1, 1), "0 days"),
    ],
)
def test_age_is_told_in_the_largest_unit_that_says_something(published: date, words: str) -> None:
    with translation.override("en"):
        assert str(age(published, date(2026, 11, 24))) == words


def test_sources_of_what_is_not_published_are_not_told(universe: Universe, client: Client) -> None:
    hidden = card("hidden-page", kind=SourceKind.WEB_PAGE, title=Text(en="Hidden page"))
    o, by = universe.organisations, universe.cast.keeper
    signed_agreement(
        universe.programme, "fi-2021-07", 7, o.ministry, o.city_south, universe.places["Etelä"], by=by, version_evidence={"signed_on": seen(hidden)}
    )
    version = published_agreement(
        universe.programme,
        "fi-2021-08",
        8,
        o.ministry,
        o.city_south,
        universe.places["Etelä"],
        evidence={"decider": unknown(), "territory": seen(hidden)},
    )
    assert "Hidden page" in page(client)
    withdraw(by=universe.cast.publisher, publication=version.publication, reason=Text(en="No"))
    assert "Hidden page" not in page(client)


def test_a_withdrawn_figure_s_source_goes_with_it(universe: Universe, client: Client) -> None:
    lonely = card("lonely", title=Text(en="Lonely source"))
    figure = figure_of(universe.programme, "lonely", 9, Amount(exact=1), "1 sentti", by=universe.cast.publisher, cited=seen(lonely))
    assert "Lonely source" in page(client)
    withdraw(by=universe.cast.publisher, publication=figure.publication, reason=Text(en="No"))
    assert "Lonely source" not in page(client)


# Gaps


def test_gaps_are_counted_over_all_published_agreements(universe: Universe) -> None:
    whole = found(universe)
    assert [gap.item.key for gap in whole.gaps] == [item.key for item in completeness.items()]
    assert whole.agreements == 2
    assert all(gap.known + gap.partly + gap.missing == 2 for gap in whole.gaps)


def test_gaps_agree_with_the_meters_of_the_agreements(universe: Universe) -> None:
    """The slow second answer: each agreement's own meter, counted by hand."""
    measured = {figure.key: figure.measures for figure in visible.figures(STRANGER, universe.programme)}
    counted: dict[str, list[str]] = {}
    for agreement in visible.agreements(STRANGER, universe.programme):
        evidence = visible.evidence(STRANGER, universe.programme, root=agreement.key)
        for one in completeness.meter(completeness.items(), evidence, measured).found:
            counted.setdefault(one.item.key, []).append(one.knowledge)
    for gap in found(universe).gaps:
        assert (gap.known, gap.partly, gap.missing) == tuple(counted[gap.item.key].count(level) for level in ("known", "partly", "missing"))


def test_the_first_sentence_is_the_sum_of_the_table(universe: Universe, client: Client) -> None:
    html = page(client)
    rows = re.findall(r'data-k="Known">(\d+)/2</td><td class="num" data-k="In part">(\d+)</td><td class="num" data-k="Missing">(\d+)', html)
    known, partly, missing = (sum(int(row[place]) for row in rows) for place in range(3))
    assert f"{known} of {known + partly + missing} things that should be known are known from a source" in html
    assert f"Counted for 2 agreements: {partly} more are known in part, {missing} are missing." in html


# Disagreements


def test_a_differing_source_stands_beside_the_value_shown(universe: Universe, client: Client) -> None:
    html = section(page(client), "disagreements")
    assert "Akkukemia sekä kiertotalous" in html
    assert '<q lang="fi">akkukemia ja älykäs kiertotalous</q>' in html
    assert "The city prints it so" in html
    assert 'href="/en/agreements/fi-2021-01/"' in html


def test_money_that_disagrees_is_shown_statement_by_statement(universe: Universe, client: Client) -> None:
    html = section(page(client), "disagreements")
    assert "€5,000,000" in html
    assert "€4,925,000" in html
    assert "9,925,000" not in html


def test_sources_that_say_the_same_do_not_disagree(universe: Universe) -> None:
    by = universe.cast.publisher
    for key in ("same-1", "same-2"):
        figure_of(universe.programme, key, 50, Amount(exact=100), "1 euro", by=by, group="same")
    assert all(figure.group != "same" for group in found(universe).money for figure in group)


def test_a_total_and_its_parts_do_not_disagree(universe: Universe) -> None:
    by = universe.cast.publisher
    for position, measured in enumerate(("total", "part", "rest"), start=60):
        figure_of(universe.programme, measured, position, Amount(exact=position), "senttiä", by=by, group="whole", measures=measured)
    assert all(figure.group != "whole" for group in found(universe).money for figure in group)
    figure_of(universe.programme, "rest-again", 70, Amount(exact=70), "senttiä", by=by, group="whole", measures="rest")
    assert [figure.key for group in found(universe).money for figure in group if figure.group == "whole"] == ["total", "part", "rest", "rest-again"]


# Terms, downloads, what the operator must say


def test_swedish_terms_in_doubt_are_listed_with_their_languages(universe: Universe, client: Client) -> None:
    html = section(page(client), "terms")
    assert '<th scope="row" lang="fi">läpileikkaava teema</th><td lang="sv" data-k="Printed in Swedish">genomgående tema</td>' in html
    assert html.count('<th scope="row" lang="fi">') == 15


def test_every_list_of_the_interface_can_be_taken_in_every_format(universe: Universe, client: Client) -> None:
    offered = set(re.findall(r'href="/api/v1/([a-z-]+)\?format=([a-z]+)"', page(client)))
    assert offered == {(name, suffix) for name in LISTS for suffix in ("csv", "xlsx", "json")}
    assert set(LISTS) == {one.name for one in vars(listings).values() if isinstance(one, listings.Listing)} - {"programmes"}
    for name, suffix in sorted(offered):
        assert client.get(f"/api/v1/{name}?format={suffix}").status_code == 200, name


def test_downloads_of_another_programme_name_it(universe: Universe, client: Client) -> None:
    html = page(client, "/en/p/harjoitus/data/")
    assert 'href="/api/v1/agreements?programme=harjoitus&amp;format=csv"' in html
    assert "every download says so" in html


def test_licence_and_operator_are_told_or_said_to_be_missing(universe: Universe, client: Client) -> None:
    with override_settings(OPERATOR="", DATA_LICENCE=""):
        html = section(page(client), "download")
        assert html.count("not set") == 2
    PAGES.forget()
    with override_settings(OPERATOR="City", DATA_LICENCE="CC-BY-4.0"):
        html = section(page(client), "download")
        assert "CC-BY-4.0" in html
        assert "not set" not in html


def test_mistakes_and_missing_facts_have_a_way_in(universe: Universe, client: Client) -> None:
    html = page(client)
    assert 'href="/en/feedback/?topic=mistake"' in html
    assert 'href="/en/feedback/?topic=missing"' in html


def test_the_last_signed_head_of_each_chain_is_told(universe: Universe, client: Client) -> None:
    (signed,) = re.findall(r'<section[^>]+aria-labelledby="journal">.*?</section>', page(client), re.DOTALL)
    heads = [head for head in visible.heads(STRANGER, universe.programme) if head.chain in {"", "fi-2021"}]
    assert len(heads) == 2
    assert all(head.digest in signed for head in heads)
    assert "24 November 2026 10:00 UTC" in signed


# Sizes


def test_the_number_of_queries_is_pinned(universe: Universe, client: Client) -> None:
    page(client)
    PAGES.forget()
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) <= 12


def test_the_training_programme_shows_its_own_disagreements(db: None, client: Client) -> None:
    programme_of(settings.DEFAULT_PROGRAMME)
    programme, _built = story.build()
    whole = provenance.of(STRANGER, load.programme(STRANGER, programme.key))
    assert [(one.kind, one.field, one.value) for one in whole.disagreements] == [
        ("version", "signed_on", date(2024, 3, 5)),
        ("version", "signed_on", date(2024, 5, 21)),
    ]
    assert [[figure.key for figure in group] for group in whole.money] == [["f-001", "f-002"], ["f-004", "f-005"]]


def test_with_nothing_published_it_says_so(db: None, client: Client) -> None:
    programme_of(settings.DEFAULT_PROGRAMME)
    PAGES.forget()
    html = page(client)
    assert "Nothing has been published here yet" in html
    assert "No source has been cited here yet" in html
    assert "no two sources disagree" in html
    assert "No head of the journal has been signed" in html
