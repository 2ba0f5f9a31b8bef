"""The generated pages say what the code says now."""

import pytest

from kumppani.config.env import SETTINGS
from kumppani.ops.commands.reference import FOLDER
from kumppani.ops.reference_pages import PAGES, acts_page, environment_page, written


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_committed_page_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == written()[name], "run: make reference"


def test_every_setting_is_documented() -> None:
    page = environment_page()
    assert all(f"`{name}`" in page for name in SETTINGS)


def test_the_diagram_has_an_arrow_for_every_row_of_an_act_table() -> None:
    assert "    withdrawn --> open: publish" in acts_page()
    assert "    [*] --> signed: record_signed_elsewhere" in acts_page()
