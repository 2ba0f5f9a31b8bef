"""What the tests of pages look for is found where it is: each defect is planted once, beside a page that has none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import accessibility, layout, read_axe

SOUND = """
<a class="skip" href="#content">Skip</a>
<h1>A heading that is long enough to break into several lines on a phone, closely set</h1>
<p>Words with <a href="#content">a link</a> among them, and a little more of the same so that lines break.</p>
<p class="heard">Only heard</p>
<div class="scrolls" tabindex="0"><p class="wide">This is wider than the page but lies in a box of its own that scrolls</p></div>
<details><summary>More</summary><p class="wide">Not shown</p></details>
<form><label for="box">Yes</label> <input id="box" type="checkbox"></form>
<p><a href="#content">Alone</a></p>
<svg viewBox="0 0 200 60" width="200" height="60"><a href="#one"><circle cx="20" cy="20" r="16"/><text x="40" y="25">Pori</text></a></svg>
"""
STYLE = """<style>
body { margin: 0; padding: 16px; font: 16px/1.4 sans-serif; overflow-wrap: break-word } h1 { line-height: 1.02 }
.skip { position: absolute; left: -999px } .heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.scrolls { overflow-x: auto } .wide { width: 900px } .cut { overflow: hidden; height: 12px } .aside { margin-left: -40px }
.narrow { width: 120px } .up { margin-top: -36px } .tight { width: 30px; white-space: nowrap }
.under { height: 24px } .over { position: relative; top: -36px; height: 40px; background: #fff }
button, summary { min-height: 24px; min-width: 24px } .small { min-height: 0; min-width: 0; height: 12px; width: 12px; padding: 0; display: block }
.over-button { position: relative; left: -12px } input { width: 24px; height: 24px }
</style>"""

DEFECTS = {
    "scrolls sideways": '<div class="wide">wide</div>',
    "outside the page": '<p class="aside">Too far to the left</p>',
    "cut off": '<p class="cut">Half of this cannot be read</p>',
    "out of its box": '<div class="tight">Wider than its own box</div>',
    "word cut in two": '<h2 class="narrow">Ekosysteemisopimus</h2>',
    "texts overlap": '<p>The first line</p><p class="up">The second line on it</p>',
    "covered": '<p class="under">Hidden below</p><div class="over"></div>',
    "small target": '<button class="small">x</button><button class="small">y</button>',
    "controls overlap": '<button>One</button><button class="over-button">Two</button>',
    "no picture": '<img alt="Nothing" src="data:image/png;base64,AA==">',
}
IN_SVG = {
    "texts overlap": '<svg viewBox="0 0 200 60" width="200" height="60"><text x="10" y="25">Tampere</text><text x="30" y="27">Lahti</text></svg>',
    "cut off": '<svg viewBox="0 0 200 60" width="200" height="60"><text x="170" y="25">Lappeenranta</text></svg>',
}


@pytest.fixture
def page_with(read: Callable[..., Page]) -> Callable[[str], Page]:
    page = read(width=360)

    def show(more: str) -> Page:
        page.set_content(
            f'<!doctype html><html lang="en"><head><title>A page</title>{STYLE}</head><body><main id="content">{SOUND}{more}</main></body></html>'
        )
        return page

    return show


def test_a_sound_page_has_no_findings(page_with: Callable[[str], Page]) -> None:
    page = page_with("")
    assert layout(page) == []
    read_axe(page)
    assert accessibility(page) == []


@pytest.mark.parametrize(("kind", "defect"), [*DEFECTS.items(), *IN_SVG.items()])
def test_a_defect_of_the_layout_is_found(kind: str, defect: str, page_with: Callable[[str], Page]) -> None:
    assert kind in {finding.split(":")[0] for finding in layout(page_with(defect))}


def test_a_defect_of_accessibility_is_found(page_with: Callable[[str], Page]) -> None:
    page = page_with('<input type="text">')
    read_axe(page)
    assert [finding.split(":")[0] for finding in accessibility(page)] == ["axe label"]
