"""A city coordinator's way with the workbook: downloaded, filled in, refused with its places, mended, loaded, seen on the page and in the journal.

With a browser that runs no scripts: the whole journey works without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Watch, findings
from tests.browser.site import Site
from tests.imports.workbook.filling import Filling

PLACE = "/en/p/harjoitus"
AGREEMENT = "harjoitus-01"


@pytest.mark.postgres_journey
def test_downloaded_filled_refused_mended_loaded_and_seen(site: Site, read: Callable[..., Page], tmp_path: Path) -> None:
    page = read(scripts=False)
    watch = Watch(site).on(page)
    page.goto(f"{site.address}{PLACE}/work/workbooks/")
    page.locator("button[value$=vellamo]").click()
    page.locator(f"main a[href*='{AGREEMENT}/workbook']").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the workbook").click()
    assert download.value.suggested_filename == f"{AGREEMENT}.xlsx"
    file = tmp_path / "filled.xlsx"
    download.value.save_as(file)

    filling = Filling(file.read_bytes())
    parties = {name: _city_promise(filling, name) for name in ("promised_by", "promised_to")}
    promise = {"side": "city", "promised_on": date(2026, 11, 2), **parties}
    row = filling.add("commitments", number=90, promise__en="The city opens its water data.", due_on=45000, **promise)
    file.write_bytes(filling.saved())
    _hand_in(page, file)
    expect(page.get_by_role("alert")).to_contain_text("1 place in the file needs mending")
    expect(page.locator("#problems tbody tr")).to_have_count(1)
    expect(page.locator("#problems")).to_contain_text(f"{row}")
    expect(page.locator("#problems")).to_contain_text("is a number and no day")

    file.write_bytes(filling.write("commitments", row, "due_on", date(2027, 6, 30)).saved())
    _hand_in(page, file)
    page.get_by_role("button", name="Load what was checked").click()
    # No script looks again by itself here: the reader does, until the worker beside the server is done.
    for _look in range(100):
        if not page.get_by_role("link", name="Look again").count():
            break
        page.get_by_role("link", name="Look again").click()
        page.wait_for_timeout(100)
    expect(page.locator("h1")).to_contain_text(re.compile(r"Load \d+ of the workbook"))
    page.get_by_role("link", name=f"{AGREEMENT}-c90: commitment added").click()
    expect(page.locator("main")).to_contain_text("The city opens its water data.")
    page.goto(f"{site.address}{PLACE}/history/commitment/{AGREEMENT}-c90/")
    expect(page.locator("main")).to_contain_text("The city opens its water data.")
    expect(page.locator("main")).to_contain_text("30 June 2027")
    told = page.request.get(f"{site.address}{PLACE}/feed.atom")
    assert "a commitment was added: The city opens its water data." in told.text()
    assert [one for one in watch.taken() if "400" not in one] == []
    assert site.complaints() == []


def _city_promise(filling: Filling, column: str) -> str:
    """What stands in a column of the first promise of the city."""
    cells, side = filling.sheet("commitments").cells, filling.column("commitments", "side")
    row = min(row for (row, place), value in cells.items() if place == side and value == "city")
    return str(cells[row, filling.column("commitments", column)])


def _hand_in(page: Page, file: Path) -> None:
    page.get_by_label("The filled-in workbook").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_follow_up_and_workbook_are_accessible_and_stay_in_their_width(
    site: Site, read: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    page = read(width=width)
    page.goto(f"{site.address}{PLACE}/work/workbooks/")
    page.locator("button[value$=vellamo]").click()
    found = findings(page)
    work = f"{site.address}{PLACE}/work/agreements/{AGREEMENT}"
    for path in ("follow-up/", "commitments/1/", "measures/1/", "workbook/"):
        page.goto(f"{work}/{path}")
        found += findings(page)
    file = tmp_path / "wrong.xlsx"
    file.write_bytes(b"no workbook")
    _hand_in(page, file)
    found += findings(page)
    page.goto(f"{work}/workbook/1/")
    found += findings(page)
    assert found == []
