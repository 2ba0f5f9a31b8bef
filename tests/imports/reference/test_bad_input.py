"""Whatever is wrong in `reference/` is told with its file and line, all of it at once, before anything is entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from kumppani.imports.reference.load import load
from kumppani.imports.reference.read import ReferenceRefused
from kumppani.kernel.errors import RuleBroken
from tests.imports.reference.files import change, copy_to


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder to plant mistakes in."""
    return copy_to(tmp_path / "reference", monkeypatch)


def told(folder: Path) -> list[str]:
    """What is told of the folder, one line each."""
    with pytest.raises(ReferenceRefused) as refused:
        load(folder)
    return str(refused.value).splitlines()


MISTAKES = [
    pytest.param(
        "agreements.yaml", "value: 2021-02-09", "value: 2021-02-30", "2021-02-30 is not a day of the calendar", id="a day that does not exist"
    ),
    pytest.param(
        "agreements.yaml",
        "signed_on: {value: 2021-02-09",
        'signed_on: {value: "soon"',
        "a day such as 2021-02-09 is expected here",
        id="words for a day",
    ),
    pytest.param(
        "agreements.yaml", "value: 2027-12-31", "value: 2020-12-31", "The end 2020-12-31 is before the start 2021-02-09", id="an end before the start"
    ),
    pytest.param("agreements.yaml", "mark: ours", "mark: certain", "unknown mark “certain”", id="an unknown mark"),
    pytest.param("agreements.yaml", "language: fi", "language: no", "text is expected here", id="a language that YAML takes for false"),
    pytest.param("agreements.yaml", "language: fi", "language: de", "unknown language “de”", id="an unknown language"),
    pytest.param("agreements.yaml", "summary:\n    fi:", "summary:\n    se:", "unknown field “se”", id="an unknown language of a name"),
    pytest.param("agreements.yaml", 'code: "091"', 'code: "991"', "unknown municipality “991”", id="an unknown municipality"),
    pytest.param("agreements.yaml", 'code: "049"', "code: 023", "text is expected here, not “23”", id="a code that lost its quotes"),
    pytest.param(
        "agreements.yaml",
        "deciding_council: {value: org-041",
        "deciding_council: {value: org-999",
        "unknown organisation “org-999”",
        id="an unknown council",
    ),
    pytest.param("agreements.yaml", "organisation: org-002", "organisation: org-998", "unknown organisation “org-998”", id="an unknown negotiator"),
    pytest.param("agreements.yaml", "side: city", "side: moon", "unknown side “moon”", id="an unknown side"),
    pytest.param("agreements.yaml", "side: state", "side: city", "one side is missing", id="an agreement signed by one side"),
    pytest.param("agreements.yaml", "[low-carbon]", "[low-karbon]", "unknown theme “low-karbon”", id="an unknown theme"),
    pytest.param("agreements.yaml", "key: fi-2021-02", "key: fi-2021-01", "the agreement “fi-2021-01” stands twice", id="a key twice"),
    pytest.param(
        "agreements.yaml", "- number: 2", "- number: 3", "priorities are numbered in their order: 2 is expected here", id="a number left out"
    ),
    pytest.param(
        "agreements.yaml",
        "time_zone: Europe/Helsinki",
        "time_zone: Europe/Atlantis",
        "unknown time zone “Europe/Atlantis”",
        id="an unknown time zone",
    ),
    pytest.param("agreements.yaml", "looked_on: 2026-11-24}", "}", "needs looked_on", id="unknown without the day it was looked for"),
    pytest.param("agreements.yaml", "{unknown: true, ", "{unknown: true, value: 1, ", "what is unknown has no value", id="unknown beside a value"),
    pytest.param("agreements.yaml", "{unknown: true, ", "{unknown: false, ", "unknown can only be true", id="unknown that is false"),
    pytest.param(
        "agreements.yaml",
        "signed_on: {value: 2021-02-09, source: tem-release-2021-02-09, ",
        "signed_on: {value: 2021-02-09, ",
        "a value needs a source",
        id="no source and no mark",
    ),
    pytest.param(
        "agreements.yaml",
        "source: tem-release-2021-02-09, as_of: 2021-02-09}",
        "source: tem-release-2021-02-09}",
        "a value needs as_of",
        id="a source without its day",
    ),
    pytest.param("agreements.yaml", "source: rakennerahastot-oulu-en", "source: hearsay", "unknown source “hearsay”", id="an unknown source"),
    pytest.param("agreements.yaml", "role: core", "rolle: core", "unknown field “rolle”", id="a typing error in a field"),
    pytest.param("agreements.yaml", "kind: office_holder", "kind: king", "unknown kind of body “king”", id="an unknown kind of body"),
    pytest.param(
        "organisations.yaml", '"0201256-6"', '"0201256-7"', "“0201256-7” is not a valid business_id", id="a wrong check digit of a business ID"
    ),
    pytest.param("organisations.yaml", '"008d1xp69"', '"008d1xp68"', "“008d1xp68” is not a valid ror", id="a wrong check digit of a ROR"),
    pytest.param(
        "organisations.yaml",
        '"0101263-6"',
        '"0201256-6"',
        "the identifier “business_id 0201256-6” stands twice",
        id="one identifier of two organisations",
    ),
    pytest.param("organisations.yaml", "scheme: ror", "scheme: rorr", "unknown kind of identifier “rorr”", id="an unknown kind of identifier"),
    pytest.param(
        "organisations.yaml", "kind: ministry", "kind: minstry", "unknown kind of organisation “minstry”", id="an unknown kind of organisation"
    ),
    pytest.param("organisations.yaml", "key: org-002", "key: org-001", "the organisation “org-001” stands twice", id="an organisation twice"),
    pytest.param(
        "organisations.yaml", 'municipality: "091"', 'municipality: "990"', "unknown municipality “990”", id="the government of no municipality"
    ),
    pytest.param("organisations.yaml", 'region: "01"', 'region: "99"', "unknown region “99”", id="the council of no region"),
    pytest.param(
        "organisations.yaml", "parent: {value: org-061", "parent: {value: org-062", "unknown organisation (or itself) “org-062”", id="its own parent"
    ),
    pytest.param("organisations.yaml", 'value: "Uudenmaan liitto"', "value: 7", "text is expected here, not “7”", id="a number for a name"),
    pytest.param(
        "classifications.yaml", "key: digital", "key: low-carbon", "the category of themes “low-carbon” stands twice", id="a category twice"
    ),
    pytest.param("classifications.yaml", "parent: null", "parent: digital", "unknown parent “digital”", id="a parent after its child"),
    pytest.param(
        "classifications.yaml",
        "valid_from: null\n      valid_to: null",
        "valid_from: 2022-01-01\n      valid_to: 2021-01-01",
        "is before the start",
        id="a category that ends first",
    ),
    pytest.param("sources.yaml", "kind: press_release", "kind: gossip", "unknown kind of source “gossip”", id="an unknown kind of source"),
    pytest.param(
        "sources.yaml",
        "key: tem-release-2021-02-04",
        "key: tem-release-2021-02-09",
        "the source “tem-release-2021-02-09” stands twice",
        id="a source twice",
    ),
    pytest.param(
        "sources.yaml",
        "address: https://tem.fi/ekosysteemisopimukset",
        "address: javascript:alert(1)",
        "is not a web address",
        id="an address that is none",
    ),
    pytest.param("figures.yaml", "exact_cents: 500000000", "exact_cents: 5.0", "a whole number is expected here", id="cents with a point"),
    pytest.param("figures.yaml", "exact_cents: 500000000", "exact_cents: -5", "a whole number is expected here", id="negative cents"),
    pytest.param(
        "figures.yaml",
        "exact_cents: 500000000",
        "exact_cents: 500000000\n    bounds: {lower_cents: 1, upper_cents: 2, qualifier: about}",
        "A sum is either exact, or bounds",
        id="exact and bounds together",
    ),
    pytest.param(
        "figures.yaml",
        "lower_cents: 50000000",
        "lower_cents: 950000000",
        "upper bound of a sum is below its lower bound",
        id="bounds the wrong way round",
    ),
    pytest.param("figures.yaml", "qualifier: about", "qualifier: roughly", "unknown word before a sum “roughly”", id="an unknown word before a sum"),
    pytest.param(
        "figures.yaml", "measures: start_money\n", "measures: stardust\n", "unknown kind of figure “stardust”", id="an unknown kind of figure"
    ),
    pytest.param("figures.yaml", "group: start-national", "group: stop-national", "“stop-national” groups one figure only", id="a group of one"),
    pytest.param("figures.yaml", "agreement: fi-2021-08", "agreement: fi-2021-88", "unknown agreement “fi-2021-88”", id="a figure of no agreement"),
    pytest.param(
        "figures.yaml", "from: 2021-06-01, to: 2023-12-31", "from: 2024-06-01, to: 2023-12-31", "is before the start", id="a period that ends first"
    ),
    pytest.param("completeness.yaml", "version.signed_on", "version.singed_on", "unknown fact “version.singed_on”", id="an item that counts no fact"),
    pytest.param("municipalities.csv", "091,latitude,,60.16952", "091,latitude,,north", "“north” is not a number of degrees", id="words for degrees"),
    pytest.param("municipalities.csv", "091,latitude,,60.16952", "091,latitude,,160.1", "“160.1” is not a number of degrees", id="off the Earth"),
    pytest.param("municipalities.csv", "091,name,fi", "091,name,se", "unknown language “se”", id="an unknown language in the table"),
    pytest.param("municipalities.csv", "091,name,fi", "091,nimi,fi", "unknown field “nimi”", id="an unknown field in the table"),
    pytest.param("municipalities.csv", "091,name,sv", "091,name,fi", "091 has “name” “fi” twice", id="a fact twice in the table"),
    pytest.param(
        "municipalities.csv", "2025-01-01", "2025-02-30", "2025-02-30 is not a day of the calendar", id="a day that does not exist in the table"
    ),
    pytest.param(
        "municipalities.csv", "091,name,fi,Helsinki,statfin", "091,name,fi,Helsinki,unseen", "unknown source", id="an unknown source in the table"
    ),
    pytest.param("municipalities.csv", "091,name,fi,Helsinki", '091,name,fi,"Hel"sinki', "malformed CSV", id="a stray quote in the table"),
    pytest.param("municipalities.csv", "091,name,fi,Helsinki,", "091,name,fi,", "7 cells instead of 8", id="a missing cell"),
    pytest.param("municipalities.csv", "municipality,field", "kunta,field", "the columns must be", id="another column"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_its_file_and_line(copy: Path, file: str, right: str, wrong: str, sentence: str) -> None:
    place = change(copy, file, right, wrong)
    lines = told(copy)
    about_it = [line for line in lines if sentence in line]
    assert about_it, lines
    assert about_it[0].startswith(f"{file}:")
    told_line = int(about_it[0].split(":")[1])
    # What holds within one thing is told where the thing starts, or where the second of two stands; never in another thing.
    assert abs(told_line - place.line) <= 25, (told_line, place.line)


def test_all_mistakes_are_told_at_once_sorted_by_file_and_line(copy: Path) -> None:
    second = change(copy, "organisations.yaml", '"0201256-6"', '"0201256-7"')
    first = change(copy, "figures.yaml", "exact_cents: 500000000", "exact_cents: 5.0")
    third = change(copy, "organisations.yaml", '"0937073-7"', '"0937073-8"')
    assert [line.split(": ")[0] for line in told(copy)] == [f"{place.file}:{place.line}" for place in (first, second, third)]


def test_two_versions_in_force_on_one_day_are_refused(copy: Path) -> None:
    path = copy / "agreements.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("      - number: 1\n        signed_on")
    end = text.index("    cooperation_parties:")
    version = text[start:end]
    second = version.replace("number: 1", "number: 2", 1).replace("{value: 2021-02-09", "{value: 2025-01-01", 1)
    path.write_text(text[:end] + second + text[end:], encoding="utf-8")
    assert any("Two versions of the agreement would be in force on 2025-01-01" in line for line in told(copy))


def test_an_update_that_starts_after_the_first_version_ended_is_taken(copy: Path) -> None:
    path = copy / "agreements.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("      - number: 1\n        signed_on"), text.index("    cooperation_parties:")
    second = (
        text[start:end]
        .replace("number: 1", "number: 2", 1)
        .replace("{value: 2021-02-09", "{value: 2028-01-10", 1)
        .replace("{value: 2027-12-31", "{value: 2034-12-31", 1)
    )
    path.write_text(text[:end] + second + text[end:], encoding="utf-8")
    assert [version.number for version in load(copy).agreements[0].versions] == [1, 2]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"programme: {key: x\n", "malformed YAML"),
        (b"a: 1\n\tb: 2\n", "malformed YAML"),
        (b"--- a\n--- b\n", "malformed YAML"),
        (b"a: \x01\n", "malformed YAML: character U+0001 is not allowed"),
        (b"", "the file is empty"),
        (b"[]\n", "a mapping with programme, agreements is expected here"),
        (b"programme: &a {key: x}\nagreements: [*a]\n", "aliases (*name) are not used here"),
        (b"programme: &a [*a]\n", "aliases (*name) are not used here"),
        (b"a: 1\na: 2\n", "“a” stands twice in the same mapping"),
        ("programme: Jyväskylä\n".encode("latin-1"), "not UTF-8: byte 0xe4"),
        (b"[" * 5000, "malformed YAML: nested too deeply"),
    ],
)
def test_a_file_that_is_no_yaml_of_ours_is_refused(copy: Path, content: bytes, sentence: str) -> None:
    (copy / "agreements.yaml").write_bytes(content)
    lines = told(copy)
    assert any(line.startswith("agreements.yaml:") and sentence in line for line in lines), lines


def test_bytes_that_are_not_utf8_are_named_with_their_line(copy: Path) -> None:
    path = copy / "municipalities.csv"
    path.write_bytes(path.read_bytes().replace(b"Uusimaa", b"Uusima\xe4", 1))
    assert told(copy) == ["municipalities.csv:6: not UTF-8: byte 0xe4 cannot be read; save the file in UTF-8"]


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "figures.yaml").unlink()
    assert told(copy) == ["figures.yaml:1: the file is missing"]


def test_the_refusal_is_a_broken_rule_whose_sentence_starts_with_file_and_line(copy: Path) -> None:
    change(copy, "figures.yaml", "group: start-national", "group: stop-national")
    with pytest.raises(RuleBroken) as refused:
        load(copy)
    assert isinstance(refused.value, ReferenceRefused)
    assert str(refused.value).startswith("figures.yaml:")
    assert refused.value.problems[0].place.line > 1


def test_a_byte_order_mark_does_no_harm(copy: Path) -> None:
    for path in copy.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load(copy).agreements) == 16
