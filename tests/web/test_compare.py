"""Comparing agreements: the same rows for each, differences marked, a choice that cannot be compared refused with a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kumppani.access import beside, load
from kumppani.access.kept import PAGES
from kumppani.access.viewer import STRANGER
from kumppani.domain.agreements.rules import version_on
from kumppani.kernel import clock
from kumppani.web.evidence import EvidenceBook
from kumppani.web.portal.compare import Column, Row, rows
from kumppani.workflow.publishing import withdraw
from tests.builders import NOON, TODAY, programme_of
from tests.universe import Universe, build_universe

BOTH = "?with=fi-2021-01&with=fi-2021-02"


@pytest.fixture
def universe(db: None) -> Universe:
    PAGES.forget()
    return build_universe()


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, query: str, language: str = "en") -> Any:
    # What a test changes is not committed, so that kept pages would not know of it.
    PAGES.forget()
    with clock.stopped_at(NOON):
        return client.get(f"/{language}/compare/{query}")


def compared(universe: Universe, *keys: str) -> dict[str, Row]:
    found = beside.agreements(STRANGER, universe.programme, keys)
    columns = [Column(one, EvidenceBook(one.evidence), version_on(one.versions, TODAY), TODAY, "en") for one in found]
    with translation.override("en"):
        return {row.heading: row for row in rows(columns)}


def row_of(html: str, heading: str) -> str:
    return next(
        row for row in re.findall(r'<tr class="(?:diff|same)">.*?</tr>', html, re.DOTALL) if re.search(rf'scope="row">{re.escape(heading)}\s', row)
    )


def test_rows_stand_beside_each_other_in_the_order_asked(universe: Universe, client: Client) -> None:
    html = page(client, BOTH).content.decode()
    assert re.findall(r'<a class="ch" href="([^"]+)"', html) == ["/en/agreements/fi-2021-01/", "/en/agreements/fi-2021-02/"]
    turned = page(client, "?with=fi-2021-02&with=fi-2021-01").content.decode()
    assert re.findall(r'<a class="ch" href="([^"]+)"', turned) == ["/en/agreements/fi-2021-02/", "/en/agreements/fi-2021-01/"]


def test_every_thing_asked_for_is_a_row(universe: Universe) -> None:
    assert set(compared(universe, "fi-2021-01", "fi-2021-02")) >= {
        "State of the agreement today",
        "Signed on",
        "Start of the term",
        "End of the term",
        "Strategic content",
        "Strategic priorities",
        "Cross-cutting themes",
        "Municipalities",
        "Region",
        "Regional council that decides",
        "Signed for the state by",
        "Signed for the city region by",
        "Money north-start",
        "Commitments",
        "Measures",
        "How much is known",
    }


def test_differences_are_marked_by_word_and_shape_and_counted(universe: Universe, client: Client) -> None:
    html = page(client, BOTH).content.decode()
    different, alike = row_of(html, "Municipalities"), row_of(html, "Signed on")
    assert 'class="diff"' in different
    assert re.search(r'<span class="dm"><svg.*</svg>Differs</span>', different)
    assert 'class="same"' in alike
    assert "Differs" not in alike
    marked = html.count('<tr class="diff">')
    assert f">{marked} things differ</h1>" in html
    unmarked = html.count('<tr class="same">')
    assert f"{unmarked} things are alike" in html
    assert html.count('<span class="dm">') == marked


def test_what_neither_knows_is_alike_and_said(universe: Universe) -> None:
    start = compared(universe, "fi-2021-01", "fi-2021-02")["Start of the term"]
    assert not start.differs
    assert all(cell.compared is None and cell.looked_on == TODAY for _column, cell in start.cells)


def test_states_are_counted_for_the_day(universe: Universe, client: Client) -> None:
    commitments = compared(universe, "fi-2021-01", "fi-2021-02")["Commitments"]
    north, south = (cell for _column, cell in commitments.cells)
    assert north.content == [("commitment", state, 1) for state in ("owed", "late", "fulfilled", "released")]
    assert south.compared is None
    cell = row_of(page(client, BOTH).content.decode(), "Commitments")
    assert "Late" in cell
    assert "not in our sources on 24 November 2026" in cell


def test_money_is_printed_as_each_source_states_it_and_never_summed(universe: Universe, client: Client) -> None:
    html = page(client, BOTH).content.decode()
    assert "about €900,000 – €1,100,000" in html
    assert "€100,000" in row_of(html, "Money north-start")
    assert "5,000,000" not in html


def test_who_decides_carries_its_mark(universe: Universe, client: Client) -> None:
    assert "Background knowledge, not confirmed from a source" in row_of(page(client, BOTH).content.decode(), "Regional council that decides")


def test_only_differences_are_chosen_on_the_server(universe: Universe, client: Client) -> None:
    html = page(client, f"{BOTH}&only=differences").content.decode()
    assert 'class="same"' not in html
    assert 'class="diff"' in html
    assert 'href="?with=fi-2021-01&amp;with=fi-2021-02#row-by-row"' in html
    assert "only=differences#row-by-row" in page(client, BOTH).content.decode()


def test_without_a_choice_the_form_is_there_and_nothing_is_wrong(universe: Universe, client: Client) -> None:
    for query in ("", "?with=&with=&with=&with="):
        response = page(client, query)
        html = response.content.decode()
        assert response.status_code == 200
        assert html.count('<select class="field"') == 4
        assert html.count('value="fi-2021-01"') == 4
        assert "fi-2021-03" not in html
        assert "<table" not in html


def test_the_choice_stays_in_the_form(universe: Universe, client: Client) -> None:
    html = page(client, BOTH).content.decode()
    assert re.findall(r'value="([^"]*)" selected', html) == ["fi-2021-01", "fi-2021-02"]


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?with=fi-2021-01", 400, "Choose at least 2 agreements"),
        ("?with=fi-2021-01&with=fi-2021-01", 400, "“fi-2021-01” was chosen twice"),
        ("?with=a&with=b&with=c&with=d&with=e", 400, "At most 4 agreements"),
        ("?with=fi-2021-01&with=nowhere", 404, "There is no agreement “nowhere” here"),
        ("?with=fi-2021-01&with=fi-2021-04", 404, "“fi-2021-04”"),
        ("?with=fi-2021-01&with=fi-2021-03", 404, "“fi-2021-03”"),
        ("?with=fi-2021-01&with=harjoitus-01", 404, "“harjoitus-01”"),
        (f"{BOTH}&only=all", 400, "is not a way to narrow"),
        ("?only=<b>", 400, "“&lt;b&gt;” is not a way to narrow"),
        ("?with=fi-2021-01&with=<script>x</script>", 404, "&lt;script&gt;"),
        ("?with=fi-2021-01&with=" + "x" * 10_000, 404, "“" + "x" * 60 + "”"),
        ("?with=%C3%28&with=b", 400, "not text"),
    ],
)
def test_what_cannot_be_compared_is_said(universe: Universe, client: Client, query: str, status: int, sentence: str) -> None:
    response = page(client, query)
    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert "<table" not in html
    assert "<script>x" not in html


def test_a_refusal_keeps_the_form_and_leads_to_it(universe: Universe, client: Client) -> None:
    html = page(client, "?with=fi-2021-01").content.decode()
    assert 'role="alert"' in html
    assert 'href="#with-1"' in html
    assert 'value="fi-2021-01" selected' in html


def test_a_withdrawn_agreement_leaves_the_comparison(universe: Universe, client: Client) -> None:
    assert page(client, BOTH).status_code == 200
    publication = universe.south.versions.get().publication
    withdraw(by=universe.cast.publisher, publication=publication, reason=universe.south.name)
    assert page(client, BOTH).status_code == 404


def test_names_of_the_reader_s_language(universe: Universe, client: Client) -> None:
    assert "Norden" in page(client, BOTH, "sv").content.decode()


def test_it_may_stand_in_a_frame_without_its_form(universe: Universe, client: Client) -> None:
    with clock.stopped_at(NOON):
        response = client.get(f"/embed/en/compare/{BOTH}")
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "<select" not in response.content.decode()
    assert "<table" in response.content.decode()


@pytest.mark.parametrize("query", [BOTH, f"{BOTH}&only=differences"])
def test_the_number_of_queries_is_pinned(universe: Universe, client: Client, query: str) -> None:
    page(client, "")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(client, query)
    assert len(queries) <= 12


def test_an_installation_without_agreements_says_so(db: None, client: Client) -> None:
    programme_of(settings.DEFAULT_PROGRAMME)
    html = page(client, "").content.decode()
    assert "No agreement has been published here yet" in html
    assert '<form class="cpick"' not in html


def test_the_loader_refuses_an_agreement_of_another_programme(universe: Universe) -> None:
    other = load.programme(STRANGER, "harjoitus")
    assert [one.agreement.key for one in beside.agreements(STRANGER, other, ["harjoitus-01"])] == ["harjoitus-01"]
