"""The shared parts: each state has its look, sums are drawn to scale, and every colour can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kumppani.access.changes import SENTENCES as TOLD
from kumppani.access.completeness import Knowledge
from kumppani.access.overview import Changed
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Validity
from kumppani.domain.rounds.rules import Progress
from kumppani.domain.sources.rules import Mark, SourceKind
from kumppani.kernel.money import Amount, Qualifier
from kumppani.web.components import changes, contrast, drawn, share
from kumppani.web.components.marks import MARK_IN_SHORT, MARK_WORDS, SOURCE_KIND_WORDS
from kumppani.web.components.states import STATES
from kumppani.web.place import Place, find_place
from tests.builders import TODAY
from tests.universe import Universe
from tests.web.reading import get, words

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "kumppani/web/static/css"


def rendered(template: str, path: str = "/en/agreements/", place: Place | None = None, **context: object) -> str:
    """A template's words with the parts built in."""
    given = {"place": place, "language": "en", **context}
    return str(engines["django"].from_string(template).render(given, RequestFactory().get(path)))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_every_state_has_its_look() -> None:
    axes = {
        "validity": Validity,
        "commitment": CommitmentState,
        "measure": MeasureState,
        "known": Knowledge,
        "progress": Progress,
    }

    given = {f"{axis}.{state}" for axis, states in axes.items() for state in states}
    assert set(STATES) == given | {f"quorum.{answer}" for answer in ("holds", "fails", "unknown")}


def test_on_each_axis_every_state_has_its_own_shape_and_word() -> None:
    for axis in ("validity", "commitment", "measure", "known", "progress"):
        looks = [look for name, look in STATES.items() if name.startswith(f"{axis}.")]
        assert len({(look.shape, look.kind) for look in looks}) == len(looks)
        assert len({str(look.word) for look in looks}) == len(looks)


def test_every_mark_and_kind_of_source_has_words() -> None:
    assert set(MARK_WORDS) == set(MARK_IN_SHORT) == set(Mark)
    assert set(SOURCE_KIND_WORDS) == set(SourceKind)


def test_every_public_act_but_recording_is_counted_in_words() -> None:
    assert set(changes.SENTENCES) == {act for act, _kind in TOLD} - {"record_signed_elsewhere"}


def test_changes_are_told_by_the_day() -> None:
    told = changes.tell([Changed(TODAY, "publish", 1), Changed(TODAY, "state_priority", 32), Changed(date(2026, 1, 2), "publish", 2)])

    assert told == [
        changes.Told(TODAY, ("1 agreement was published.", "32 strategic priorities were added.")),
        changes.Told(date(2026, 1, 2), ("2 agreements were published.",)),
    ]


def test_completeness_counts_what_it_draws() -> None:
    row = drawn.blocks(["known", "partly", "missing", "known"])

    assert (row.known, row.partly, row.missing, row.total) == (2, 1, 1, 4)
    assert [block.left for block in row.blocks] == [0, 33, 66, 99]
    assert row.width == 99 + 30
    assert len({block.outline for block in row.blocks[:-1]}) == 1
    assert row.blocks[-1].outline != row.blocks[0].outline


def test_sums_share_one_scale() -> None:
    statements = [
        drawn.Statement("a", "5 000 000 €", Amount(exact=500_000_000)),
        drawn.Statement("b", "100 000 €", Amount(exact=10_000_000), "city"),
        drawn.Statement("c", "about 1–2 million", Amount(lower=100_000_000, upper=200_000_000, qualifier=Qualifier.ABOUT)),
        drawn.Statement("d", "at most 3 million", Amount(upper=300_000_000, qualifier=Qualifier.AT_MOST)),
        drawn.Statement("e", "at least 4 million", Amount(lower=400_000_000, qualifier=Qualifier.AT_LEAST)),
    ]

    assert [(bar.sure, bar.most) for bar in drawn.bars(statements)] == [
        ("100.0%", "100.0%"),
        ("2.0%", "2.0%"),
        ("20.0%", "40.0%"),
        ("0.0%", "60.0%"),
        ("80.0%", "80.0%"),
    ]
    assert drawn.bars([drawn.Statement("nothing", "0 €", Amount(exact=0))])[0].most == "0.0%"
    assert drawn.bars([]) == []


@given(st.integers(-500, 5000), st.integers(-10, 4000))
def test_a_share_is_a_whole_per_cent_between_none_and_all(part: int, whole: int) -> None:
    found = drawn.share(part, whole)

    assert 0 <= found <= 100
    if 0 < part < whole:
        assert found <= part * 100 / whole < found + 1


def test_bars_are_drawn_without_a_style(universe: Universe) -> None:
    statements = [
        drawn.Statement("a", "1 €", Amount(exact=100)),
        drawn.Statement("b", "0,50 €", Amount(lower=50, upper=75, qualifier=Qualifier.ABOUT)),
    ]
    text = rendered("{% bars rows %}", rows=statements)

    assert re.findall(r'<rect class="(fill|open)[^"]*"[^>]* width="([^"]+)"', text) == [("fill", "100.0%"), ("open", "75.0%"), ("fill", "50.0%")]
    assert "style" not in text


def test_what_is_unknown_says_when_it_was_looked_for_and_how_to_supply_it(universe: Universe) -> None:
    place = find_place("en", None)
    text = rendered('{% unknown day what="the start" %}', "/en/agreements/fi-2021-01/", place, day=date(2026, 1, 2))

    assert "not in our sources on 2 January 2026" in text
    assert 'href="/en/feedback/?topic=missing&amp;page=%2Fen%2Fagreements%2Ffi-2021-01%2F"' in text
    assert '<span class="vh">: the start</span>' in text
    assert "not in our sources on 24 November 2026" in rendered("{% unknown quiet=True %}", place=place)


def test_a_hollow_half_is_a_side_not_known() -> None:
    assert rendered("{% pair %}").count(" off") == 0
    assert rendered("{% pair state=row %}", row=[]).count('class="a off"') == 1
    assert rendered('{% pair city=False label="only one" %}').count('class="b off"') == 1
    assert 'role="img" aria-label="only one"' in rendered('{% pair city=False label="only one" %}')


def test_pages_of_a_list_keep_what_else_was_asked() -> None:
    text = rendered("{% pager 6 12 %}", "/en/search/?q=a%26b&page=6")

    assert re.findall(r'href="\?([^"]+)"', text) == [
        "q=a%26b&amp;page=5",
        "q=a%26b&amp;page=1",
        "q=a%26b&amp;page=5",
        "q=a%26b&amp;page=6",
        "q=a%26b&amp;page=7",
        "q=a%26b&amp;page=12",
        "q=a%26b&amp;page=7",
    ]
    assert text.count("…") == 2
    assert text.count('aria-current="page"') == 1
    assert rendered("{% pager 1 1 %}").strip() == ""


def test_downloads_are_the_same_list_as_the_page(universe: Universe) -> None:
    training = find_place("fi", "harjoitus")

    assert [(file.format, file.address) for file in share.downloads(find_place("fi", None), "agreements")] == [
        ("CSV", "/api/v1/agreements?format=csv"),
        ("XLSX", "/api/v1/agreements?format=xlsx"),
        ("JSON", "/api/v1/agreements?format=json"),
    ]
    assert share.downloads(training, "figures", {"on": ["2021-02-09"]})[0].address == "/api/v1/figures?programme=harjoitus&on=2021-02-09&format=csv"


def test_embedding_never_lets_a_title_out_of_its_attribute(universe: Universe) -> None:
    code = share.embed_code(find_place("sv", None), "agreements", 'A "title" <b>', "sort=name")

    assert code == (
        '<iframe src="http://127.0.0.1:8000/embed/sv/agreements/?sort=name" title="A &quot;title&quot; &lt;b&gt;"'
        ' width="100%" height="720" loading="lazy"></iframe>'
    )


def test_every_pair_of_colours_is_read_by_everybody() -> None:
    assert [pair for pair in contrast.contrasts() if not pair.is_enough] == []


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast.ratio("#000000", "#FFFFFF") == 21.0
    assert contrast.ratio("#FFFFFF", "#FFFFFF") == 1.0
    assert contrast.ratio("#767676", "#FFFFFF") == 4.5
    assert contrast.ratio("#777777", "#FFFFFF") == 4.4


def test_every_colour_has_a_name() -> None:
    """Outside tokens.css colours stand only where a panel keeps its own in both themes, and on paper."""
    own = {
        "#FFF",
        "#000",
        "#999",
        "#D5DCFF",
        "#F8C46C",
        "#141C24",
        "#080B0E",
        "#FFF8EA",
        "#231A0C",
        "#A8762B",
        "#8D6C36",
        "#1F2F80",
        "#C3CFFF",
        "#9A4E00",
        "#FFC773",
        "#47525C",
        "#C56A00",
    }
    used = {colour for name in ("components.css", "pages.css") for colour in re.findall(r"#[0-9A-Fa-f]{3,6}\b", (STYLES / name).read_text())}

    assert used <= own


def test_every_name_of_the_styles_is_given() -> None:
    styles = "".join(path.read_text() for path in STYLES.glob("*.css"))
    given_names = set(re.findall(r"(--[\w-]+) *:", styles))

    assert set(re.findall(r"var\((--[\w-]+)", styles)) <= given_names


def test_every_style_is_worn_by_something() -> None:
    styles = re.sub(r"/\*.*?\*/", "", "".join(path.read_text() for path in STYLES.glob("*.css")), flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)", styles))
    worn = "".join(path.read_text() for pattern in ("*.html", "*.py") for path in (ROOT / "kumppani").rglob(pattern))
    # The design system's own parts keep our shape wherever they are used next; of-SIDE is put together by the templates.
    given_elsewhere = {name for name in classes if name.startswith("hds-")} | {"of-state", "of-city", "on-light"}

    assert [name for name in sorted(classes - given_elsewhere) if not re.search(rf"(?<![\w-]){name}(?![\w-])", worn)] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_gallery_shows_every_part_in_every_state(universe: Universe, client: Client, language: str) -> None:
    page = get(client, f"/{language}/gallery/")
    text = page.content.decode()

    assert page.status_code == 200
    assert text.count("too low") == 0
    for axis, state in (name.split(".") for name in STATES):
        assert f"<td>{axis}</td><td>{state}</td>" in text
    for part in ("figure", "evidence", "known", "vow", "bar", "line", "asof", "share", "map", "pager", "empty"):
        assert re.search(rf'class="(?:[^"]* )?{part}(?: [^"]*)?"', text), part
    assert "Gallery of parts" in words(page)


def test_the_embed_code_is_shown_and_not_run(universe: Universe, client: Client) -> None:
    text = get(client, "/en/agreements/").content.decode()

    assert "&lt;iframe src=&quot;http://127.0.0.1:8000/embed/en/agreements/&quot;" in text
    assert "<iframe" not in text
