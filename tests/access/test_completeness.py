"""How much of an agreement is known, told from evidence alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kumppani.access.completeness import FIRM, Item, Knowledge, items, meter, read_items
from kumppani.domain.sources.rules import Mark
from kumppani.kernel.text import LANGUAGES, Text

LOOKED = date(2026, 11, 24)
EARLIER = date(2025, 1, 1)


@dataclass
class Row:
    kind: str
    key: str
    field: str
    mark: str
    chosen: bool = True
    looked_on: date | None = None


def item(*facts: str) -> Item:
    return Item("item", Text(en="Item"), frozenset(facts), LOOKED)


def knowledge_of(*rows: Row, facts: tuple[str, ...] = ("version.content",)) -> Knowledge:
    return meter([item(*facts)], rows, {}).found[0].knowledge


@given(st.lists(st.sampled_from(list(Mark)), max_size=6))
def test_known_partly_or_missing_by_the_marks_alone(marks: list[Mark]) -> None:
    knowledge = knowledge_of(*(Row("version", "a/1", f"content.{number}", mark) for number, mark in enumerate(marks)))

    if all(mark is Mark.UNKNOWN for mark in marks):
        assert knowledge is Knowledge.MISSING
    elif all(mark in FIRM for mark in marks):
        assert knowledge is Knowledge.KNOWN
    else:
        assert knowledge is Knowledge.PARTLY


@pytest.mark.parametrize("mark", [Mark.INFERRED, Mark.OURS, Mark.BACKGROUND, Mark.THIRD_PARTY])
def test_what_no_authority_printed_is_known_in_part_only(mark: Mark) -> None:
    assert knowledge_of(Row("version", "a/1", "content.fi", mark)) is Knowledge.PARTLY


def test_a_differing_source_does_not_make_it_less_known() -> None:
    assert (
        knowledge_of(Row("version", "a/1", "content.fi", Mark.SEEN), Row("version", "a/1", "content.fi", Mark.OURS, chosen=False)) is Knowledge.KNOWN
    )


def test_other_facts_do_not_count() -> None:
    assert knowledge_of(Row("version", "a/1", "contents", Mark.SEEN), Row("priority", "p", "content", Mark.SEEN)) is Knowledge.MISSING


def test_a_figure_counts_by_what_it_measures() -> None:
    rows = [Row("figure", "f-1", "amount", Mark.SEEN), Row("figure", "f-2", "amount", Mark.SEEN)]
    measured = {"f-1": "start_money", "f-2": "call"}

    assert meter([item("figure.start_money")], rows, measured).known == 1
    assert meter([item("figure.indicative_year")], rows, measured).missing == 1


def test_the_day_it_was_last_looked_for() -> None:
    unknown = Row("version", "a/1", "text", Mark.UNKNOWN, looked_on=EARLIER)

    assert meter([item("version.text")], [unknown], {}).found[0].looked_on == EARLIER
    assert meter([item("version.text")], [], {}).found[0].looked_on == LOOKED


def test_known_items_come_first_and_all_are_counted() -> None:
    wanted = [item("a.missing"), item("a.partly"), item("a.known")]
    found = meter(wanted, [Row("a", "1", "partly", Mark.OURS), Row("a", "1", "known", Mark.SEEN)], {})

    assert [one.knowledge for one in found.found] == [Knowledge.KNOWN, Knowledge.PARTLY, Knowledge.MISSING]
    assert (found.known, found.partly, found.missing) == (1, 1, 1)


def test_the_list_of_this_installation_can_be_read() -> None:
    found = read_items(settings.REFERENCE_FOLDER / "completeness.yaml")

    assert found == items()
    assert all(set(one.label) == set(LANGUAGES) and one.facts for one in found)
    assert len({one.key for one in found}) == len(found)
