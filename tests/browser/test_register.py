"""Every address is looked at or left out for a reason, and every page that is looked at has something to show."""

from __future__ import annotations

from tests.browser.crawl import Crawl
from tests.browser.register import NOT_PAGES, addresses, pages
from tests.browser.samples import SAMPLES, samples
from tests.browser.site import FACTS, TRAINING


def test_what_is_left_out_exists_and_says_why() -> None:
    names = {address.name for address in addresses()}
    assert NOT_PAGES.keys() <= names
    assert all(len(reason.split()) > 2 for reason in NOT_PAGES.values())


def test_what_is_asked_of_pages_is_asked_of_pages_that_exist() -> None:
    assert SAMPLES.keys() <= {address.name for address in addresses()}


def test_every_page_has_an_example(reached: Crawl) -> None:
    """A page that no link leads to and that no test names would never be looked at."""
    without = [page.name for page in pages() if not samples(page, "fi", reached)]
    assert without == []


def test_the_training_programme_shows_every_page(reached: Crawl) -> None:
    pages = {one.name for one in reached.answers.values() if one.programme == FACTS and one.status == 200}
    training = {one.name for one in reached.answers.values() if one.programme == TRAINING and one.status == 200}
    assert {"agreement", "priority", "commitment", "measure", "theme", "organisation"} <= training
    assert {"agreement", "priority", "theme", "organisation"} <= pages


def test_no_link_leads_nowhere(reached: Crawl) -> None:
    assert len(reached.answers) > 100
    assert reached.dead_ends() == {}
