"""The facts as they stand in `reference/`: complete, each with its source or mark, and word for word what the sources print."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kumppani.domain.sources.rules import Mark
from kumppani.imports.reference.facts import Agreement, ReferenceSet, every_fact
from kumppani.imports.reference.load import load
from kumppani.kernel.money import Qualifier

CHECKOUT = Path(__file__).parents[3]

RELEASE = {
    "Helsinki, Espoo ja Vantaa": "Älykkäät ja kestävät kaupunkiratkaisut, hyvinvointi ja terveysteknologia"
    " sekä uudet oppimisympäristöt ja osaamisen digitaaliset ratkaisut",
    "Tampere": "Sustainable industry X (SIX), rakennukset, energia ja infrastruktuuri sekä digitaaliset terveysratkaisut",
    "Turku": "Uudistuva teollisuus ja Life Science -ala",
    "Oulu": "Digitalisaatio kaupunkiympäristön muutoksessa, OuluHealth – Digitaaliset hyvinvoinnin ja terveyden ratkaisut"
    " sekä kestävä kiertotalous ja puhtaat ratkaisut",
    "Jyväskylä": "Liikunta, terveyden edistäminen ja hyvinvointi sekä uudistuva teollisuus",
    "Lahti": "Hiilineutraali kiertotalous ja urheiluliiketoiminta",
    "Lappeenranta ml. Imatra": "Vihreä sähköistäminen",
    "Kuopio": "Terveys ja hyvinvointiteknologia sekä vesiosaaminen",
    "Joensuu": "Bio- ja kiertotalouden uudet liiketoiminnat sekä fotoniikka-liiketoiminta",
    "Vaasa": "Kestävät ja älykkäät energiajärjestelmät",
    "Seinäjoki": "Ruokaekosysteemin kestävä uudistuminen ja älykkäästi uudistuva teollisuus",
    "Pori": "Teknologiametallit ja kiertotalous sekä automaatio ja robotiikka",
    "Mikkeli": "Yhdyskuntavesien kiertotalous",
    "Kokkola": "Akkukemia sekä kiertotalous ja teollisuutta tukevat älykkäät ratkaisut",
    "Kajaani ml. Sotkamo": "Mittaustekniikka sekä suurteholaskenta, tekoäly ja datakeskukset",
    "Rovaniemi": "Arktinen matkailu sekä tulevaisuuden hyvinvointipalvelut ja etäisyyksien hallinta",
}
"""The release of 9 February 2021, city by city."""


@pytest.fixture(scope="module")
def reference() -> ReferenceSet:
    return load(CHECKOUT / "reference")


def agreement(reference: ReferenceSet, number: int) -> Agreement:
    return next(one for one in reference.agreements if one.key == f"fi-2021-{number:02d}")


def test_there_are_sixteen_agreements_twenty_municipalities_and_thirty_two_priorities(reference: ReferenceSet) -> None:
    assert [one.key for one in reference.agreements] == [f"fi-2021-{number:02d}" for number in range(1, 17)]
    assert len(reference.municipalities) == 20
    assert sum(len(one.priorities) for one in reference.agreements) == 32
    members = [member.code for one in reference.agreements for member in one.members.value or ()]
    assert sorted(members) == sorted(municipality.code for municipality in reference.municipalities)


def test_every_value_names_its_source_or_is_marked_ours_and_every_unknown_one_says_when_it_was_looked_for(reference: ReferenceSet) -> None:
    facts = list(every_fact(reference))
    assert len(facts) > 1200
    for fact in facts:
        if fact.known:
            assert fact.value not in {None, ""}, fact.place
            assert fact.source in reference.sources or fact.mark is Mark.OURS, fact.place
            assert fact.as_of, fact.place
        else:
            assert fact.value is None, fact.place
            assert fact.looked_on, fact.place


def test_every_source_is_cited_by_something(reference: ReferenceSet) -> None:
    cited = {fact.source for fact in every_fact(reference)} | {other.source for fact in every_fact(reference) for other in fact.also}
    assert set(reference.sources) - cited == set()


def test_content_in_finnish_is_the_release_word_for_word(reference: ReferenceSet) -> None:
    printed = {one.name.text["fi"]: one.versions[0].content.by_language["fi"] for one in reference.agreements}
    assert {name: fact.value for name, fact in printed.items()} == RELEASE
    assert {(fact.mark, fact.source) for fact in printed.values()} == {(Mark.SEEN, "tem-release-2021-02-09")}


def test_content_is_shown_in_three_languages_and_ours_only_where_no_authority_printed_it(reference: ReferenceSet) -> None:
    ours = {
        (one.key[-2:], language)
        for one in reference.agreements
        for language, fact in one.versions[0].content.by_language.items()
        if fact.mark is Mark.OURS
    }
    assert ours == {("01", "sv"), ("03", "sv"), ("06", "sv"), ("08", "sv"), ("09", "sv"), ("09", "en"), ("10", "sv"), ("10", "en"), ("16", "en")}
    assert all(set(one.versions[0].content.text) == {"fi", "sv", "en"} for one in reference.agreements)


def test_the_priorities_of_an_agreement_are_the_release_sentence_divided(reference: ReferenceSet) -> None:
    for one in reference.agreements:
        titles = [priority.title.text["fi"] for priority in one.priorities]
        rest = one.versions[0].content.text["fi"]
        for title in titles:
            assert title in rest, (one.key, title)
            rest = rest.replace(title, "", 1)
        assert set(rest.replace("sekä", "").replace("ja", "").replace(",", "").split()) == set(), (one.key, rest)
        assert {priority.title.by_language["fi"].mark for priority in one.priorities} == {Mark.OURS}


def test_all_were_signed_on_one_day_until_2027_and_no_source_says_from_when(reference: ReferenceSet) -> None:
    versions = [version for one in reference.agreements for version in one.versions]
    assert {version.signed_on.value for version in versions} == {date(2021, 2, 9)}
    assert {version.valid_to.value for version in versions} == {date(2027, 12, 31)}
    assert not any(version.valid_from.known or version.text.known for version in versions)


def test_a_council_that_no_source_names_is_marked_background(reference: ReferenceSet) -> None:
    background = {one.key[-2:] for one in reference.agreements if one.decider.mark is Mark.BACKGROUND}
    assert background == {"10", "13", "14", "16"}
    assert {one.decider.mark for one in reference.agreements} == {Mark.SEEN, Mark.BACKGROUND}


def test_cooperation_parties_stand_only_where_a_page_lists_them(reference: ReferenceSet) -> None:
    listed = {one.key[-2:]: len(one.cooperation_parties) for one in reference.agreements if one.cooperation_parties}
    assert listed == {"08": 9, "15": 8, "16": 5}
    assert all("cooperation_parties" in one.gaps for one in reference.agreements if not one.cooperation_parties)


def test_an_approval_stands_only_where_a_source_gives_body_and_day(reference: ReferenceSet) -> None:
    given = [(one.key, signatory.approval) for one in reference.agreements for signatory in one.versions[0].signatories if signatory.approval]
    assert [(key, approval.body_name["en"], approval.decided_on.value) for key, approval in given] == [
        ("fi-2021-01", "Mayor of Helsinki", date(2021, 1, 25))
    ]


def test_the_later_wording_of_joensuu_and_the_fourth_priority_of_helsinki_stand_beside_the_release(reference: ReferenceSet) -> None:
    joensuu = agreement(reference, 9).versions[0].content.by_language
    assert "forest bioeconomy" not in (joensuu["en"].value or "")
    assert any(other.wording == "forest bioeconomy and photonics" for other in joensuu["en"].also)
    helsinki = agreement(reference, 1)
    assert len(helsinki.priorities) == 3
    assert any("Uudet avaukset" in other.wording for other in helsinki.versions[0].content.by_language["fi"].also)


def test_kajaani_states_its_goals_and_its_swedish_page_lacks_at_least(reference: ReferenceSet) -> None:
    goals = agreement(reference, 15).stated_goals
    assert [goal.wording.text["en"] for goal in goals][-1] == "at least two new data centre operators"
    assert goals[-1].wording.text["sv"] == "två nya datacenteraktörer"
    assert goals[-1].wording.by_language["sv"].note["en"] == "The Swedish wording lacks “at least”."
    assert all("stated_goals" in one.gaps for one in reference.agreements if not one.stated_goals)


def test_the_start_up_money_is_told_by_disagreeing_sources_side_by_side(reference: ReferenceSet) -> None:
    told = [(figure.measures, figure.amount.exact, figure.fact.source) for figure in reference.figures if figure.group == "start-national"]
    assert told == [
        ("start_money", 500_000_000, "tem-release-2021-02-09"),
        ("start_money_councils", 500_000_000, "tem-release-2021-02-04"),
        ("start_money_councils", 492_500_000, "tem-decision-2021-15"),
        ("start_money_ministry", 7_500_000, "tem-decision-2021-15"),
    ]
    cities = {(figure.agreement, figure.amount.exact) for figure in reference.figures if figure.measures == "start_money" and figure.agreement}
    assert cities == {("fi-2021-08", 20_000_000), ("fi-2021-09", 30_000_000), ("fi-2021-10", 40_000_000), ("fi-2021-14", 10_000_000)}


def test_about_and_nearly_are_kept_as_bounds(reference: ReferenceSet) -> None:
    yearly = {(figure.fact.source, figure.group): figure.amount for figure in reference.figures if figure.measures == "national_year"}
    about, nearly = yearly["government-news-2022-02-11", "year-2022"], yearly["innokaupungit-funding-en", "year-2023"]
    assert (about.exact, about.lower, about.upper, about.qualifier) == (None, 2_155_000_000, 2_165_000_000, Qualifier.ABOUT)
    assert (nearly.exact, nearly.lower, nearly.upper, nearly.qualifier) == (None, None, 1_300_000_000, Qualifier.NEARLY)
    assert all((figure.amount.exact is None) == (figure.amount.qualifier is not None) for figure in reference.figures)


def test_a_sum_with_a_word_before_it_is_never_exact(reference: ReferenceSet) -> None:
    words = ("noin ", "cirka ", "approximately ", "nearly ")
    exact = [figure for figure in reference.figures if figure.amount.exact is not None]
    # Joensuu's call prints an exact sum and, in the same sentence, about 400,000 of the city's own.
    assert [figure.key for figure in exact if any(word in figure.wording for word in words)] == [
        next(figure.key for figure in reference.figures if figure.fact.source == "joensuu-call-2023")
    ]


def test_two_programmes_of_codes_give_eight_municipalities_another_nuts_code(reference: ReferenceSet) -> None:
    codes = {
        municipality.code: {area.version: area.code for area in municipality.areas if area.level == "nuts3"}
        for municipality in reference.municipalities
    }
    moved = {code for code, versions in codes.items() if versions["2021"].value != versions["2024"].value}
    assert len(moved) == 8
    assert {code for code, versions in codes.items() if versions["2024"].mark is Mark.INFERRED} == moved


def test_city_centres_lie_in_finland_and_two_points_are_the_middle_of_the_area(reference: ReferenceSet) -> None:
    for municipality in reference.municipalities:
        assert municipality.latitude.value is not None
        assert municipality.longitude.value is not None
        assert 59 < municipality.latitude.value < 71
        assert 19 < municipality.longitude.value < 32
    kinds = {municipality.name.text["fi"]: municipality.point_kind.value for municipality in reference.municipalities}
    assert {name for name, kind in kinds.items() if kind == "area_centre"} == {"Imatra", "Sotkamo"}


def test_the_state_signs_every_agreement_and_each_municipality_its_own(reference: ReferenceSet) -> None:
    codes = {organisation.key: organisation.municipality for organisation in reference.organisations}
    for one in reference.agreements:
        sides = Counter(signatory.side.value for signatory in one.versions[0].signatories)
        cities = {codes[signatory.organisation.value or ""] for signatory in one.versions[0].signatories if signatory.side == "city"}
        assert sides["state"] == 1, one.key
        assert cities == {member.code for member in one.members.value or ()}, one.key


def test_the_three_themes_and_five_action_types_stand_in_three_languages(reference: ReferenceSet) -> None:
    schemes = {scheme.key: [category.key for category in scheme.categories] for scheme in reference.schemes}
    assert schemes["themes"] == ["low-carbon", "digital", "wellbeing"]
    assert len(schemes["action_types"]) == 5
    assert all(set(category.label.text) == {"fi", "sv", "en"} for scheme in reference.schemes for category in scheme.categories)


def test_grounds_of_disqualification_are_known_for_bodies_under_the_law_and_for_no_steering_group(reference: ReferenceSet) -> None:
    grounds = {(ground.body_kind, ground.key) for ground in reference.grounds}
    assert {kind for kind, _key in grounds} == {"council", "board", "office_holder"}
    assert len(grounds) == 13
    assert all(set(ground.wording.text) == {"fi", "sv", "en"} and ground.law.source for ground in reference.grounds)


def test_the_completeness_meter_counts_what_is_missing_everywhere_too(reference: ReferenceSet) -> None:
    assert {"commitments", "action-plan", "approvals", "valid-from", "text", "yearly-envelope", "projects", "results"} <= {
        item.key for item in reference.completeness
    }
    assert all({"commitments", "action_plan", "yearly_envelope", "projects", "results"} <= one.gaps.keys() for one in reference.agreements)
