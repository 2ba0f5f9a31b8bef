"""A meeting from its agenda to a closed action point, with a recusal that was foreseen and the deputy who was called for it.

With a browser that runs no scripts: the whole journey works without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Watch, findings
from tests.browser.site import Site

PLACE = "/en/p/harjoitus"
BODY = f"{PLACE}/work/bodies/vellamonlinna-steering/"
TITLE = "A shared laboratory"


def _open_as(page: Page, site: Site, persona: str, path: str) -> None:
    """The page, opened by somebody who signs in for it."""
    page.context.clear_cookies()
    page.goto(f"{site.address}{path}")
    page.locator(f"button[value$={persona}]").click()
    expect(page).to_have_url(f"{site.address}{path}")


def _do(page: Page, act: str) -> None:
    """Sends an act's form and sees that it was taken."""
    with page.expect_navigation():
        page.locator(f"form#{act} button[type=submit]").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def _unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).click()


def _plan(page: Page) -> None:
    _unfold(page, "Plan a meeting")
    for label, value in (("Day", "2027-01-12"), ("Begins at", "10:00"), ("Ends at", "12:00")):
        page.get_by_label(label, exact=True).fill(value)
    _do(page, "plan_meeting")


def _make_agenda(page: Page) -> None:
    page.get_by_role("link", name="Make the agenda").click()
    late = page.get_by_label(re.compile("Promise past its date")).first
    late.check()
    _do(page, "take_up")
    page.get_by_label("Title, in English").fill(TITLE)
    page.get_by_label("University of Ilmatar").check()
    page.get_by_label("Public").check()
    _do(page, "add_item")
    page.get_by_role("link", name="To the meeting").click()
    _do(page, "call_meeting")


@pytest.mark.postgres_journey
def test_from_the_agenda_to_a_closed_action_point_with_a_recusal(site: Site, read: Callable[..., Page]) -> None:
    page = read(scripts=False)
    watch = Watch(site).on(page)
    _open_as(page, site, "secretary", BODY)
    _plan(page)
    meeting = page.url.removeprefix(site.address)
    _make_agenda(page)

    # Before the meeting: who must leave, and whom to call.
    line = page.locator("ol.docs > li", has_text=TITLE)
    expect(line).to_contain_text("Must leave: 2. University of Ilmatar")
    expect(line).to_contain_text("Call: 4. Kuutar Research Institute")
    expect(line).to_contain_text("Quorum holds")
    line.get_by_role("link", name=TITLE).click()
    item = page.url.removeprefix(site.address)

    _open_as(page, site, "member", item)
    _unfold(page, "Declare yourself disqualified")
    page.get_by_label("On which ground").select_option("community")
    _do(page, "declare_recusal")
    expect(page.locator("main")).to_contain_text("declared by the member")

    _open_as(page, site, "secretary", meeting)
    _do(page, "open_meeting")
    _note_presence(page, "vellamonlinna-steering/1")
    page.goto(f"{site.address}{item}")
    _resolve(page)
    page.locator("form#resolve_item button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no quorum for this item: 1 may decide, 2 are needed.")

    page.goto(f"{site.address}{meeting}")
    _note_presence(page, "vellamonlinna-steering/4")
    page.goto(f"{site.address}{item}")
    expect(page.locator("main")).to_contain_text("Stands in: 4. Kuutar Research Institute")
    _resolve(page)
    _do(page, "resolve_item")
    _unfold(page, "State an action point")
    page.get_by_label("Who does it").select_option(label="University of Ilmatar")
    page.get_by_label("By which day").fill("2027-02-01")
    page.get_by_label("What is to be done, in English").fill("The university settles the rent.")
    _do(page, "state_action_point")
    page.goto(f"{site.address}{meeting}")
    _do(page, "close_meeting")

    _open_as(page, site, "chair", meeting)
    page.get_by_role("link", name="Read the minutes").click()
    expect(page.locator("main")).to_contain_text("The holder of seat 2 was out: a position in an organisation concerned (declared by the member)")
    _do(page, "approve_minutes")
    expect(page.locator("main")).to_contain_text("The minutes are approved")

    _open_as(page, site, "member", item)
    _unfold(page, "Done")
    page.get_by_label("What became of it, in English").fill("The rent is agreed.")
    _do(page, "finish-1")
    expect(page.locator("#points + ul")).to_contain_text("The rent is agreed.")

    page.context.clear_cookies()
    page.goto(f"{site.address}{PLACE}/bodies/vellamonlinna-steering/")
    expect(page.locator("main")).to_contain_text("The laboratory is founded.")
    assert "The rent is agreed." not in page.content()
    assert [one for one in watch.taken() if "400" not in one] == []
    assert site.complaints() == []


def _note_presence(page: Page, seat: str) -> None:
    page.get_by_label("Who is present").select_option(seat)
    _do(page, "note_presence")


def _resolve(page: Page) -> None:
    page.get_by_label("Outcome").select_option("decided")
    page.get_by_label("What was resolved, in English").fill("The laboratory is founded.")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_a_body_are_accessible_and_stay_in_their_width(site: Site, read: Callable[..., Page], width: int) -> None:
    page = read(width=width)
    _open_as(page, site, "secretary", f"{PLACE}/work/bodies/")
    found = findings(page)
    for path in ("", "meetings/1/", "meetings/1/items/1/", "meetings/1/minutes/", "meetings/2/", "meetings/2/items/1/"):
        page.goto(f"{site.address}{BODY}{path}")
        for folded in page.locator("main details").all():
            folded.evaluate("one => { one.open = true }")
        found += [f"{path} {finding}" for finding in findings(page)]
    page.goto(f"{site.address}{BODY}")
    _unfold(page, "Plan a meeting")
    page.get_by_label("Day", exact=True).fill("2027-03-01")
    page.locator("form#plan_meeting button[type=submit]").click()
    found += [f"refused {finding}" for finding in findings(page)]
    assert found == []
