"""The columns of lists: named for machines, labelled for people, and made of open fields only."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kumppani.access import columns
from kumppani.access.column import Column, Kind, Row
from kumppani.api.listings import LISTINGS, Listing
from kumppani.api.rows import all_rows
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.text import _
from tests.api.asking import given_for
from tests.api.watching import not_open, watched
from tests.builders import TODAY
from tests.universe import Universe

TYPES = {Kind.TEXT: str, Kind.WHOLE: int, Kind.FLAG: bool}


def _rows(listing: Listing, universe: Universe) -> list[Row]:
    programme = None if listing.name == "programmes" else universe.programme
    return list(all_rows(listing, programme, listing.find(programme, given_for(listing)), TODAY))


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_names_are_plain_words_given_once_and_every_column_is_labelled(listing: Listing) -> None:
    names = [column.name for column in listing.columns]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    assert all(str(column.label).strip() for column in listing.columns)


def test_columns_read_open_fields_only(universe: Universe) -> None:
    for listing in LISTINGS:
        with watched() as read:
            for row in _rows(listing, universe):
                for column in listing.columns:
                    column.get(row)
        assert not_open(read) == set(), listing.name
        assert read, f"nothing was watched in {listing.name}"


def test_a_column_that_reads_an_internal_field_would_be_seen(universe: Universe) -> None:
    evidence = Evidence.objects.first()
    planted = Column("entered_by", _("Entered by"), lambda row: row.thing.entered_by)
    with watched() as read:
        planted.get(Row(universe.programme, evidence, TODAY))
    assert not_open(read) == {("sources.Evidence", "entered_by")}


def test_a_column_holds_what_it_says_it_holds(universe: Universe) -> None:
    for listing in LISTINGS:
        rows = _rows(listing, universe)
        assert rows
        for column in listing.columns:
            expected = TYPES.get(column.kind)
            found = [value for row in rows if (value := column.get(row)) is not None]
            assert all(value != "" for value in found), column.name
            assert expected is None or all(isinstance(value, expected) for value in found), column.name


def test_every_list_of_a_programme_says_which_and_whether_it_is_for_training() -> None:
    for listing in LISTINGS:
        names = [column.name for column in listing.columns]
        assert "training" in names
        assert listing.name == "programmes" or names[:2] == ["programme", "training"]


def test_a_day_changes_what_is_shown(universe: Universe) -> None:
    listing = next(one for one in LISTINGS if one.name == "organisations")
    row = next(row for row in _rows(listing, universe) if row.thing.key == "city-north")
    name = next(column for column in columns.ORGANISATIONS if column.name == "name_fi")
    assert name.get(row) == "Suur-Pohjolan kaupunki"
    assert name.get(replace(row, day=TODAY.replace(year=2022))) == "Pohjolan kaupunki"


def test_evidence_stands_in_two_columns(universe: Universe) -> None:
    listing = next(one for one in LISTINGS if one.name == "agreements")
    row = next(row for row in _rows(listing, universe) if row.thing.key == "fi-2021-01")
    evidence, missing = columns.PROVEN
    assert "version.signed_on=seen:release" in str(evidence.get(row)).split()
    assert missing.get(row) == f"version.valid_from={TODAY}"
