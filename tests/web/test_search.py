"""The page of results, as a reader gets it."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kumppani.access.kept import PAGES
from kumppani.access.version import database_token
from kumppani.analytics import store
from kumppani.analytics.build import ensure_fresh, folder_of
from kumppani.analytics.documents import KINDS
from kumppani.analytics.questions.search import PER_PAGE
from kumppani.kernel import clock
from kumppani.kernel.text import LANGUAGES, Text
from kumppani.web.portal.search import KIND_PLURALS
from kumppani.workflow import guard
from kumppani.workflow.publishing import withdraw
from tests.builders import NOON, organisation_in, priority_of, published_agreement
from tests.universe import Universe, build_universe

MOST_QUERIES = 6


@pytest.fixture
def world(universe: Universe, tmp_path: Path, settings: Any) -> Universe:
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"
    PAGES.forget()
    return universe


@pytest.fixture
def committed(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Universe]:
    """Rows really committed, so that kept pages know of changes as they do for readers."""
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"
    PAGES.forget()
    with clock.stopped_at(NOON):
        yield build_universe()


def ask(words: str, language: str = "en", **more: object) -> Any:
    return Client().get(f"/{language}/search/", {"q": words, **more})


def main_of(response: HttpResponse) -> str:
    found = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert found is not None
    return found.group()


def text_of(response: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main_of(response))).split())


def paths(response: HttpResponse) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)"', main_of(response))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_in_any_form_and_language_leads_to_the_agreement(world: Universe, language: str) -> None:
    for words in ("akkukemian", "Batterikemi", "battery"):
        response = ask(words, language)
        assert response.status_code == 200
        assert f"/{language}/priorities/fi-2021-01-p1/" in paths(response)


def test_without_words_there_is_only_the_box(world: Universe) -> None:
    for address in ("/en/search/", "/en/search/?q=", "/en/search/?q=%20%20", "/en/search/?kind=agreement"):
        response = Client().get(address)
        assert response.status_code == 200
        assert 'name="q"' in main_of(response)
        assert not paths(response)
    assert not folder_of(world.programme).exists()


def test_the_words_stay_in_the_box_and_in_the_title(world: Universe) -> None:
    page = ask("akkukemia").content.decode()

    assert '<input id="q" name="q" type="search" maxlength="200" autocomplete="off" value="akkukemia">' in page
    assert "<title>Search: akkukemia" in page
    assert '<meta name="robots" content="noindex">' in page


def test_what_was_looked_for_is_marked(world: Universe) -> None:
    page = main_of(ask("akkukemian", "fi"))

    assert "<mark>Akkukemia</mark>" in page


def test_what_was_found_in_another_language_says_so(world: Universe) -> None:
    page = main_of(ask("batterikemi", "fi"))

    assert '<p class="snip" lang="sv"><mark>Batterikemi</mark> och cirkulär ekonomi</p>' in page


LEADS_TO = {
    "Suur-Pohjolan": "/en/organisations/city-north/",
    "TRAINING-0001": "/en/organisations/university/",
    "FI-902": "/en/agreements/fi-2021-01/#territory",
    "Lupaus 3": "/en/commitments/fi-2021-01-c3/",
    "Toimenpide 2": "/en/measures/fi-2021-01-m2/",
    "digitaalisuus": "/en/themes/digital/",
    "datakeskus": "/en/agreements/fi-2021-01/",
    "päivitetään": "/en/agreements/fi-2021-01/",
    "noin miljoona vuodessa": "/en/agreements/fi-2021-01/#money",
    '"Money start-release"': "/en/#money",
    "Programme fi-2021": "/en/",
    "accessibility": "/en/accessibility/",
}
"""Words → where one of the results leads."""


def test_everything_leads_to_the_page_where_it_stands(world: Universe) -> None:
    for words, page in LEADS_TO.items():
        assert page in paths(ask(words)), words
        assert Client().get(page.partition("#")[0]).status_code == 200


def test_kinds_are_links_with_counts(world: Universe) -> None:
    page = main_of(ask("akkukemia", "fi"))
    links = dict(re.findall(r'<a href="\?([^"]*)"[^>]*><span>[^<]*</span> <b>(\d+)</b>', page))

    assert unescape(next(iter(links))) == "q=akkukemia"
    assert int(links["q=akkukemia&amp;kind=priority"]) == 1
    assert sum(int(count) for count in links.values()) == 2 * int(links["q=akkukemia"])


def test_one_kind_shows_its_own_and_counts_all(world: Universe) -> None:
    everything, priorities = ask("akkukemia"), ask("akkukemia", kind="priority")

    assert len(paths(everything)) > 1
    assert paths(priorities) == ["/en/priorities/fi-2021-01-p1/"]
    assert re.findall(r"<b>\d+</b>", main_of(priorities)) == re.findall(r"<b>\d+</b>", main_of(everything))


def test_nothing_of_a_kind_says_that_there_is_something_else(world: Universe) -> None:
    text = text_of(ask("batterikemi", kind="figure"))

    assert "Nothing found for “batterikemi”" in text
    assert re.search(r"There is nothing of this kind, but \d+ results? of other kinds\. Show everything", text)


def test_nothing_at_all_says_what_to_try(world: Universe) -> None:
    text = text_of(ask("xyzzyx"))

    assert "Nothing found for “xyzzyx”" in text
    assert "Nothing has the word “xyzzyx”." in text
    assert "Try fewer words" in text
    assert "All agreements" in text


def test_how_words_were_taken_is_said(world: Universe) -> None:
    assert "Nothing has the word “akkukema”: shown are words that differ by one letter. (“akkukemia”)" in text_of(ask("akkukema", "en"))
    assert "Nothing has all of your words: shown is what has any of them." in text_of(ask("akkukemia digitaalisuus"))


REFUSED = {
    "q=" + "a" * 10_000: (400, "A search has at most 200 characters; this one has 10000."),
    "q=a&kind=nonsense": (400, "“nonsense” is not a kind of thing that can be searched for."),
    "q=a&kind=Agreement": (400, "“Agreement” is not a kind of thing that can be searched for."),
    "q=a&page=-1": (400, "“-1” is not a page number. Pages are numbered from 1."),
    "q=a&page=0": (400, "“0” is not a page number. Pages are numbered from 1."),
    "q=a&page=x": (400, "“x” is not a page number. Pages are numbered from 1."),
    "q=akkukemia&page=7": (404, "There is no page 7: the results end at page 1."),
    "q=akkukemia&page=999999": (404, "There is no page 999999: the results end at page 1."),
    "q=%FF%FE": (400, "The address has bytes that are not text (UTF-8)."),
    "q=a%00b": (400, "The address has characters that cannot be read."),
}
"""Query → what is answered."""


def test_what_cannot_be_asked_is_refused_with_a_sentence(world: Universe) -> None:
    for query, (status, sentence) in REFUSED.items():
        response = Client().get(f"/en/search/?{query}")
        assert response.status_code == status, query
        assert sentence in text_of(response)


ANYTHING = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "%s %(x)s {0}",
    "\\",
    "*:*",
    '"',
    "🦆",
    "\u0627",
    "a" * 200,
    "a b " * 50,
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_anything_may_be_looked_for(world: Universe, language: str) -> None:
    for words in ANYTHING:
        response = ask(words, language)
        assert response.status_code == 200, words
        assert "<script>alert" not in response.content.decode()
        assert "<img" not in response.content.decode()


def test_only_reading_is_possible(world: Universe) -> None:
    assert Client().post("/en/search/", {"q": "a"}).status_code == 405
    assert Client().head("/en/search/?q=akkukemia").status_code == 200


def test_markup_in_what_was_found_stays_text(world: Universe) -> None:
    priority_of(world.south, 2, title=Text(en="<b>Fotoniikka</b> & <script>alert(1)</script>"))
    page = main_of(ask("fotoniikka"))

    assert "&lt;b&gt;<mark>Fotoniikka</mark>&lt;/b&gt; &amp; &lt;script&gt;" in page
    assert "<script>" not in page


def test_pages_of_results(world: Universe) -> None:
    for number in range(2 * PER_PAGE):
        organisation_in(world.programme, f"mill-{number:02}", name=Text(en=f"Photonics mill {number}"))
    pages = [ask("photonics mill", page=page) for page in (1, 2)]

    assert [len(paths(page)) for page in pages] == [PER_PAGE, PER_PAGE]
    assert len({path for page in pages for path in paths(page)}) == 2 * PER_PAGE
    assert f"Results {PER_PAGE + 1}–{2 * PER_PAGE} of {2 * PER_PAGE}" in text_of(pages[1])
    assert f'<ol class="hits" start="{PER_PAGE + 1}">' in main_of(pages[1])
    assert ask("photonics mill", page=3).status_code == 404


def test_states_and_days_are_those_of_today(world: Universe) -> None:
    for words, state in (("Lupaus 3", "Late"), ("Lupaus 2", "Fulfilled"), ("Toimenpide 5", "Completed"), ("The North", "In force")):
        assert state in text_of(ask(f'"{words}"')), words


def test_the_snapshot_is_named_with_its_version_and_last_day(world: Universe) -> None:
    text = text_of(ask("akkukemia"))

    assert f"Search version {ensure_fresh(world.programme).snapshot.version}." in text
    assert "The last public change it knows is of 24 November 2026." in text


def queries(words: str) -> int:
    PAGES.forget()
    with CaptureQueriesContext(connection) as captured:
        assert ask(words, "fi").status_code == 200
    return len(captured)


def test_a_page_takes_few_queries_however_many_agreements(world: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_fresh(world.programme)
    before = _undisturbed(monkeypatch)
    for position in range(5, 25):
        parties = world.organisations.ministry, world.organisations.city_south
        published_agreement(world.programme, f"fi-2021-{position:02}", position, *parties, world.places["Etelä"])
    ensure_fresh(world.programme)

    assert _undisturbed(monkeypatch) == before <= MOST_QUERIES


def _undisturbed(monkeypatch: pytest.MonkeyPatch) -> int:
    """Queries of a page while nothing changes. On PostgreSQL other databases of the server move the token: it is asked for, and stays as it is."""
    known = database_token()

    def token() -> str:
        database_token()
        return known

    with monkeypatch.context() as patched:
        patched.setattr("kumppani.analytics.build.database_token", token)
        queries("Pohjola sopimus aihe raha seutu")
        return queries("Pohjola sopimus aihe raha seutu")


def test_a_programme_is_searched_by_itself(world: Universe) -> None:
    assert not paths(ask("Harjoitusseutu", "fi"))
    training = Client().get("/fi/p/harjoitus/search/?q=Harjoitusseutu")
    assert "/fi/p/harjoitus/agreements/harjoitus-01/" in paths(training)
    assert not [path for path in paths(Client().get("/fi/p/harjoitus/search/?q=Pohjola")) if "north" in path]


def test_every_kind_has_a_name() -> None:
    assert set(KIND_PLURALS) == set(KINDS)


# What anybody changes shows at once.


def behind_our_back(sql: str, *values: object) -> None:
    with guard.writing(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def test_a_day_changed_in_the_database_shows_in_the_next_answer(committed: Universe) -> None:
    assert "to 31 December 2027" in text_of(ask("The North"))
    behind_our_back("UPDATE agreements_agreementversion SET valid_to = %s WHERE agreement_id = %s", "2026-06-30", committed.north.pk)

    text = text_of(ask("The North"))
    assert "to 30 June 2026" in text
    assert "Ended" in text


def test_words_changed_in_the_database_are_found_by_the_next_search(committed: Universe) -> None:
    assert not paths(ask("vetytalous", "fi"))
    behind_our_back("UPDATE agreements_priority SET title = %s WHERE key = %s", '{"fi": "Vetytalous"}', "fi-2021-01-p1")

    assert "/fi/priorities/fi-2021-01-p1/" in paths(ask("vetytalouden", "fi"))


def test_what_is_withdrawn_vanishes_though_search_is_late(committed: Universe) -> None:
    assert paths(ask("akkukemia", "fi"))
    with (folder_of(committed.programme) / store.LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        withdraw(by=committed.cast.publisher, publication=committed.north.versions.get().publication, reason=Text(fi="Syy"))
        late = ask("akkukemia", "fi")

        assert late.status_code == 200
        assert not paths(late)
        assert "Something has changed since" in text_of(ask("akkukemia"))
        assert late["Cache-Control"] == "no-store"

    # What was late is not kept: nothing has changed in the database since, and the page is another one.
    assert ask("akkukemia", "fi")["Cache-Control"] == "public, no-cache"
    assert "Something has changed since" not in text_of(ask("akkukemia"))


def test_before_the_first_snapshot_the_page_says_that_it_is_being_prepared(committed: Universe) -> None:
    folder = folder_of(committed.programme)
    folder.mkdir(parents=True)
    with (folder / store.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        response = ask("akkukemia")

        assert response.status_code == 503
        assert response["Retry-After"]
        assert "Search is being prepared" in text_of(response)

    assert ask("akkukemia").status_code == 200


def test_an_unchanged_answer_is_not_sent_twice(committed: Universe) -> None:
    first = ask("akkukemia")
    again = Client(headers={"If-None-Match": first["ETag"]}).get(f"/en/search/?q={quote('akkukemia')}")

    assert again.status_code == 304


def test_the_page_is_the_same_from_a_snapshot_built_anew(committed: Universe, tmp_path: Path, settings: Any) -> None:
    first = ask("Pohjola", "fi").content
    settings.SNAPSHOT_FOLDER = tmp_path / "elsewhere"
    PAGES.forget()

    assert ask("Pohjola", "fi").content == first
