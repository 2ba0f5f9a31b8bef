"""Single things: their values, the evidence behind each, what is unknown, money as stated; and what was valid on a day."""

from __future__ import annotations

import pytest

from tests.api.asking import ask, keys
from tests.universe import Universe

pytestmark = pytest.mark.usefixtures("world")


def test_an_agreement_is_told_with_the_version_that_counts() -> None:
    north = ask("agreements/fi-2021-01")
    assert north["name"] == {"fi": "Pohjola", "sv": "Norden", "en": "The North"}
    assert [(place["key"], place["is_core"]) for place in north["municipalities"]] == [("FI-901", True), ("FI-902", False)]
    assert north["decider"]["key"] == "council"
    assert north["validity"] == "in_force"
    assert north["version"]["signed_on"] == "2021-02-09"
    assert north["version"]["content"] == {"fi": "Akkukemia sekä kiertotalous", "sv": "Batterikemi och cirkulär ekonomi", "en": None}
    assert north["priorities"][1]["themes"] == ["digital", "wellbeing"]
    assert (north["programme"], north["training"], north["notice"], north["on"]) == ("fi-2021", False, None, "2026-11-24")


def test_evidence_says_how_each_value_is_known() -> None:
    evidence = ask("agreements/fi-2021-01")["evidence"]
    assert evidence["name.fi"] == {
        "mark": "seen",
        "source": "release",
        "as_of": "2021-02-09",
        "looked_on": None,
        "source_address": "https://example.test/release",
        "note": {"fi": None, "sv": None, "en": None},
        "also": [],
    }
    assert evidence["version.content.fi"]["also"] == [
        {
            "wording": "akkukemia ja älykäs kiertotalous",
            "language": "fi",
            "source": "city-page",
            "source_address": "https://example.test/city-page",
            "as_of": "2026-11-24",
            "note": {"fi": None, "sv": None, "en": "The city prints it so"},
        }
    ]
    assert evidence["decider"]["mark"] == "background"


def test_unknown_is_null_and_the_evidence_says_when_it_was_looked_for() -> None:
    for answer in (ask("agreements/fi-2021-01"), ask("agreements")["items"][0]):
        assert answer["version"]["valid_from"] is None
        assert answer["evidence"]["version.valid_from"]["mark"] == "unknown"
        assert answer["evidence"]["version.valid_from"]["looked_on"] == "2026-11-24"
    south = ask("agreements/fi-2021-02")
    assert south["decider"] is None
    assert south["evidence"]["decider"]["mark"] == "unknown"


def test_in_lists_evidence_is_brief() -> None:
    brief = ask("agreements")["items"][0]["evidence"]["name.fi"]
    assert brief == {"mark": "seen", "source": "release", "as_of": "2021-02-09", "looked_on": None}


@pytest.mark.parametrize(
    "name", ["agreements", "priorities", "commitments", "measures", "figures", "ecosystems", "organisations", "municipalities", "sources"]
)
def test_every_item_of_a_list_has_an_address_that_says_the_same(name: str) -> None:
    for item in ask(name)["items"]:
        alone = ask(f"{name}/{item['key']}")
        assert {field: alone[field] for field in item if field != "evidence"} == {field: item[field] for field in item if field != "evidence"}
        assert set(alone.get("evidence", {})) == set(item.get("evidence", {}))


def test_versions_and_categories_have_addresses_of_two_parts() -> None:
    version = ask("versions/fi-2021-01/1")
    assert (version["agreement"], version["number"], version["validity"]) == ("fi-2021-01", 1, "in_force")
    assert version["text"]["media_type"] == "application/pdf"
    assert version["evidence"]["valid_from"]["mark"] == "unknown"
    assert ask("versions/fi-2021-02/1")["text"] is None
    assert ask("categories/themes/digital")["label"]["en"] == "Digital technology"


def test_a_programme_has_an_address() -> None:
    programme = ask("programmes/harjoitus")
    assert (programme["key"], programme["training"], programme["default"]) == ("harjoitus", True, False)
    assert "invented" in programme["notice"]["en"]
    assert programme["evidence"]["name.fi"]["mark"] == "entered"


def test_money_is_whole_cents_as_stated_and_never_summed() -> None:
    figures = {item["key"]: item for item in ask("figures")["items"]}
    assert figures["start-release"]["amount"] == {"exact": 500_000_000, "lower": None, "upper": None, "qualifier": None, "currency": "EUR"}
    assert figures["start-decision"]["amount"]["exact"] == 492_500_000
    assert figures["north-year"]["amount"] == {"exact": None, "lower": 90_000_000, "upper": 110_000_000, "qualifier": "about", "currency": "EUR"}
    assert figures["start-release"]["group"] == figures["start-decision"]["group"]
    assert (figures["north-year"]["wording"], figures["north-year"]["wording_language"]) == ("noin miljoona euroa vuodessa", "fi")
    assert figures["start-decision"]["source"]["address"] == "https://example.test/decision"
    assert ask("figures/north-year")["evidence"]["amount"]["source"] == "release"
    assert not [field for field in ask("figures") if "sum" in field or "amount" in field]


@pytest.mark.parametrize(
    ("day", "validity"), [("2021-02-08", "not_signed"), ("2021-02-09", "in_force"), ("2027-12-31", "in_force"), ("2028-01-01", "ended")]
)
def test_a_day_decides_validity_by_what_is_known_now(day: str, validity: str) -> None:
    for answer in (ask("agreements", on=day), ask("agreements/fi-2021-01", on=day), ask("versions/fi-2021-01/1", on=day), ask("versions", on=day)):
        assert answer["on"] == day
        for item in answer.get("items", [answer]):
            assert item["validity"] == validity
    assert {item["agreement_validity"] for item in ask("priorities", on=day)["items"]} == {validity}
    assert len(keys("agreements", on=day)) == 2


def test_a_day_decides_the_states_of_commitments_and_measures(world: Universe) -> None:
    assert {item["key"]: item["state"] for item in ask("commitments")["items"]} == {
        commitment.key: state.value for state, commitment in world.commitments.items()
    }
    assert {item["key"]: item["state"] for item in ask("measures")["items"]} == {
        measure.key: state.value for state, measure in world.measures.items()
    }
    assert {item["state"] for item in ask("commitments", on="2021-01-01")["items"]} == {"not_yet_made"}
    assert ask("commitments/fi-2021-01-c2", on="2022-01-01")["state"] == "owed"
    assert ask("measures/fi-2021-01-m5", on="2025-06-29")["state"] == "under_way"
    assert ask("measures/fi-2021-01-m5", on="2025-06-30")["state"] == "completed"


def test_a_day_decides_names_of_organisations_wherever_they_stand() -> None:
    before, after = "2022-12-31", "2023-01-01"
    assert ask("organisations/city-north", on=before)["name"]["fi"] == "Pohjolan kaupunki"
    assert ask("organisations/city-north", on=after)["name"]["fi"] == "Suur-Pohjolan kaupunki"
    assert ask("commitments/fi-2021-01-c2", on=before)["promised_by"]["name"]["fi"] == "Pohjolan kaupunki"
    assert ask("parties", on=before)["items"][1]["organisation"]["name"]["fi"] == "Pohjolan kaupunki"
    names = ask("organisations/city-north")["names"]
    assert [(name["valid_from"], name["valid_to"]) for name in names] == [(None, "2022-12-31"), ("2023-01-01", None)]
    assert "names.2023-01-01.name.fi" in ask("organisations/city-north")["evidence"]


def test_a_day_decides_what_is_valid_at_all() -> None:
    assert ask("organisations/hospital", on="2022-12-31")["valid"]
    assert not ask("organisations/hospital", on="2023-01-01")["valid"]
    assert not ask("organisations/county", on="2022-12-31")["valid"]
    assert ask("organisations/hospital")["successor"]["key"] == "county"
    assert [item["valid"] for item in ask("priorities", on="2022-12-31")["items"]] == [True, False, True]


def test_a_municipality_is_told_with_its_regions_of_each_code_version() -> None:
    place = ask("municipalities/FI-901")
    assert (place["latitude"], place["longitude"], place["point_kind"]) == (63.84, 23.13, "town")
    assert [(region["level"], region["version"], region["code"]) for region in place["regions"]] == [
        ("nuts3", "2021", "FI1D5"),
        ("nuts3", "2024", "FI1D9"),
        ("region", "2025", "16"),
        ("sub_region", "2025", "162"),
    ]


def test_an_organisation_is_told_with_its_identifiers() -> None:
    university = ask("organisations/university")
    assert university["identifiers"] == [{"scheme": "training", "value": "TRAINING-0001"}]
    assert university["evidence"]["identifier.training"]["mark"] == "seen"
    assert ask("organisations/laboratory")["parent"]["name"]["sv"] == "Nordens universitet"
