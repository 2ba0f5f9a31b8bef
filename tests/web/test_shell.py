"""What stands around every page: languages, the menu, permanent addresses, the banner of invented data, and nothing a strict policy would block."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from kumppani.kernel.errors import Missing
from kumppani.kernel.text import LANGUAGES, _
from kumppani.web.errors import refusal_page, server_error
from kumppani.web.nav import BELOW, SECTIONS, WORK_SECTIONS, in_language, permanent_address
from kumppani.web.portal.urls import EMBEDDABLE, urlpatterns
from kumppani.web.templatetags.parts import json_ld
from kumppani.web.workbench import urls as workbench_urls
from tests.universe import Universe
from tests.web.reading import get, links, words

PLAIN = sorted(str(pattern.pattern) for pattern in urlpatterns if "<" not in str(pattern.pattern))
"""Pages that need nothing but their address."""

PAGES = [path for path in PLAIN if not path.endswith(".atom")]
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\")")


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/fi/", "sv", "/sv/"),
        ("/fi/agreements/?theme=digital&sort=name", "en", "/en/agreements/?theme=digital&sort=name"),
        ("/sv/p/harjoitus/data/", "fi", "/fi/p/harjoitus/data/"),
        ("/embed/fi/agreements/", "sv", "/embed/sv/agreements/"),
        ("/en", "fi", "/fi"),
        ("/first/", "sv", "/sv/"),
        ("/nothing/fi/", "en", "/en/"),
    ],
)
def test_a_page_in_another_language_is_the_same_page(path: str, language: str, expected: str) -> None:
    assert in_language(path, language) == expected


def test_every_page_offers_itself_in_each_language(universe: Universe, client: Client) -> None:
    page = get(client, "/fi/agreements/?sort=name")
    text = page.content.decode()

    assert {f"/{language}/agreements/?sort=name" for language in LANGUAGES} <= links(page)
    assert '<link rel="canonical" href="http://127.0.0.1:8000/fi/agreements/?sort=name">' in text
    for language in LANGUAGES:
        assert f'<link rel="alternate" hreflang="{language}" href="http://127.0.0.1:8000/{language}/agreements/?sort=name">' in text
    assert re.search(r'<a href="/fi/agreements/\?sort=name" lang="fi" hreflang="fi" aria-current="true">', text)


def test_a_frame_is_cited_by_the_page_it_shows() -> None:
    assert permanent_address(RequestFactory().get("/embed/fi/agreements/?sort=name")) == "http://127.0.0.1:8000/fi/agreements/?sort=name"


@pytest.mark.parametrize(("path", "current"), [("/en/", "Home"), ("/en/agreements/", "Agreements"), ("/en/agreements/fi-2021-01/", "Agreements")])
def test_the_menu_marks_where_one_is(universe: Universe, client: Client, path: str, current: str) -> None:
    text = get(client, path).content.decode()
    menu = text[text.index('<nav class="nav"') : text.index("</nav>")]

    assert re.findall(r'aria-current="(?:page|true)">([^<]+)', menu) == [current]


def test_every_section_and_what_lies_below_it_is_a_page() -> None:
    names = {pattern.name for pattern in (*urlpatterns, *workbench_urls.urlpatterns)}
    sections = {name for name, _label in (*SECTIONS, *WORK_SECTIONS)}

    assert sections | set(BELOW) <= names
    assert set(BELOW.values()) <= sections


def test_invented_data_says_so_on_every_page_and_real_data_on_none(universe: Universe, client: Client) -> None:
    for path in PAGES:
        invented, real = get(client, f"/en/p/harjoitus/{path}"), get(client, f"/en/{path}")
        assert (path, invented.status_code, real.status_code) == (path, 200, 200)
        assert "<b>TRAINING</b>" in invented.content.decode(), path
        assert "<title>TRAINING: " in invented.content.decode(), path
        assert "<b>TRAINING</b>" not in real.content.decode(), path


def test_a_frame_has_the_content_and_its_source_and_nothing_around(universe: Universe, client: Client) -> None:
    for name in sorted(EMBEDDABLE & {pattern.name for pattern in urlpatterns if "<" not in str(pattern.pattern)}):
        path = reverse(f"embed-{name}", kwargs={"lang": "en"})
        page = get(client, path)
        text = page.content.decode()
        assert (name, page.status_code) == (name, 200)
        assert "<header" not in text, name
        assert "<form" not in text, name
        assert f'<a href="http://127.0.0.1:8000{path.removeprefix("/embed")}" target="_top">' in text, name
        assert 'class="training"' in get(client, reverse(f"embed-{name}", kwargs={"lang": "fi", "programme": "harjoitus"})).content.decode(), name


def test_nothing_stands_inline_that_the_policy_would_block(universe: Universe, client: Client) -> None:
    for path in (*PAGES, "agreements/fi-2021-01/", "nothing/"):
        page = get(client, f"/sv/{path}")
        assert "'unsafe" not in page["Content-Security-Policy"], path
        assert INLINE.search(page.content.decode()) is None, path


def test_the_search_for_inline_things_finds_them() -> None:
    for bad in ('<p style="width:1%">', "<script>1</script>", '<a onclick="x()">', "<style>p{}</style>"):
        assert INLINE.search(bad)
    for good in ('<script src="/static/a.js"></script>', '<script type="application/ld+json">{}</script>', '<p class="style">one=two</p>'):
        assert INLINE.search(good) is None


def test_who_runs_it_and_the_licence_are_named_or_said_to_be_not_set(universe: Universe, client: Client) -> None:
    assert get(client, "/en/").content.decode().count("<dd>not set</dd>") == 2
    with override_settings(OPERATOR="The Operator Ltd", DATA_LICENCE="CC-BY-4.0"):
        text = get(client, "/en/").content.decode()
    assert "<dd>The Operator Ltd</dd>" in text
    assert "<dd>CC-BY-4.0</dd>" in text
    assert "Kumppani, The Operator Ltd. http://127.0.0.1:8000/en/" in text


def test_linked_data_cannot_close_its_block() -> None:
    block = json_ld({"name": "</script><script>alert(1)</script> & “ä”"})

    assert block.count("<script") == 1
    assert block.count("</script>") == 1
    assert "\\u003c/script\\u003e" in block
    assert "“ä”" in block


def test_a_refusal_is_a_page_with_a_sentence_and_a_way_on(universe: Universe, client: Client) -> None:
    page = get(client, "/en/agreements/nowhere/")

    assert page.status_code == 404
    assert "There is no agreement “nowhere” here." in words(page)
    assert {"/en/", "/fi/agreements/nowhere/"} <= links(page)
    assert 'action="/en/search/"' in page.content.decode()
    assert 'rel="canonical"' not in page.content.decode()


def test_a_refusal_within_invented_data_says_so_too(universe: Universe, client: Client) -> None:
    page = get(client, "/en/p/harjoitus/agreements/nowhere/")

    assert page.status_code == 404
    assert "<b>TRAINING</b>" in page.content.decode()
    assert 'action="/en/p/harjoitus/search/"' in page.content.decode()


@pytest.mark.parametrize("path", ["/fi/p/nowhere/", "/xx/", "/", "/p/"])
def test_a_refusal_where_no_programme_is_known_still_has_its_page(db: None, path: str) -> None:
    page = refusal_page(RequestFactory().get(path), Missing("no-such-page", _("There is no page at this address.")))

    assert page.status_code == 404
    assert b"There is no page" in page.content or b"Kumppani" in page.content


def test_a_mistake_of_ours_asks_the_database_for_nothing() -> None:
    # No database fixture: a query would fail the test.
    page = server_error(RequestFactory().get("/en/p/harjoitus/"))

    assert page.status_code == 500
    assert b'<main id="content"' in page.content


@pytest.mark.parametrize(("path", "status"), [("agreements/none/", 404), ("nothing/", 404), ("agreements/?sort=x", 400), ("p/nobody/", 404)])
def test_a_refusal_in_a_frame_can_be_read_there(universe: Universe, client: Client, path: str, status: int) -> None:
    framed, whole = client.get(f"/embed/sv/{path}"), client.get(f"/sv/{path}")
    assert framed.status_code == whole.status_code == status
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert not framed.has_header("X-Frame-Options")
    assert '<base target="_top">' in framed.content.decode()
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert whole["X-Frame-Options"] == "DENY"
