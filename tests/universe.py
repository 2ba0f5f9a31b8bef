"""One small world for tests, built through acts by the fixed cast, with the clock stopped at builders.NOON.

Programme `fi-2021` (the default one): agreement `north` has everything a page can show, in every state; `south` has the least that can be;
`withdrawn` was open once; `unpublished` never was. Programme `harjoitus` (training) has an agreement of its own that must never show elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Agreement, AgreementVersion, Commitment, Measure, Priority
from kumppani.domain.agreements.rules import CommitmentState, MeasureState, Side
from kumppani.domain.bodies.rules import BodyKind
from kumppani.domain.documents.models import File
from kumppani.domain.ecosystems.models import Ecosystem
from kumppani.domain.ecosystems.rules import Tie
from kumppani.domain.parties.models import Municipality, Organisation, Person
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Category, Programme
from kumppani.domain.sources.rules import Mark, SourceKind, Wording
from kumppani.kernel import clock
from kumppani.kernel.money import Amount, Qualifier
from kumppani.kernel.text import Text
from kumppani.workflow.agreements import ApprovalGiven, Said, Signing, TakingPart
from kumppani.workflow.contact_points import state_contact_point
from kumppani.workflow.documents import keep_text
from kumppani.workflow.ecosystems import establish_ecosystem, join_ecosystem, state_ecosystem_priority
from kumppani.workflow.heads import publish_heads
from kumppani.workflow.notices import set_notices
from kumppani.workflow.organisations import rename_organisation
from kumppani.workflow.publishing import publish, withdraw
from tests.builders import (
    NOON,
    TODAY,
    card,
    category_in,
    commitment_in,
    figure_of,
    marked,
    measure_in,
    organisation_in,
    place_in,
    priority_of,
    programme_of,
    published_agreement,
    seen,
    signed_agreement,
    unknown,
)
from tests.people import Cast, cast_of

KEY = Ed25519PrivateKey.from_private_bytes(b"the key of this little world ***")
"""With which the heads of its journal are signed."""

CITY_PAGE = card("city-page", kind=SourceKind.WEB_PAGE, published=None, title=Text(fi="Kaupungin sivu", en="The city's page"))
NEWSPAPER = card("newspaper", kind=SourceKind.NEWSPAPER, title=Text(sv="Tidningen"), language="sv", published=date(2021, 2, 10))
DECISION = card("decision", kind=SourceKind.DECISION, title=Text(fi="Päätös 2021/15"), published=date(2021, 2, 4))

RENAMED_ON = date(2023, 1, 1)
"""When the city of the north took its new name."""

AGREEMENT_TEXT = b"%PDF-1.4 the text of the agreement"


@dataclass(frozen=True, slots=True)
class Organisations:
    """Who takes part."""

    ministry: Organisation
    other_ministry: Organisation
    council: Organisation
    city_north: Organisation
    city_south: Organisation
    university: Organisation
    laboratory: Organisation
    hospital: Organisation
    county: Organisation


@dataclass(frozen=True, slots=True)
class Universe:
    """The world: ask it for what a test speaks of."""

    programme: Programme
    cast: Cast
    organisations: Organisations
    places: dict[str, Municipality]
    themes: dict[str, Category]
    action_types: dict[str, Category]
    north: Agreement
    south: Agreement
    withdrawn: Agreement
    unpublished: Agreement
    text: File
    priorities: tuple[Priority, ...]
    commitments: dict[CommitmentState, Commitment]
    measures: dict[MeasureState, Measure]
    ecosystem: Ecosystem
    training: Programme
    training_agreement: Agreement


def build_universe() -> Universe:
    """Builds the world. Takes a database; writes only through acts."""
    with clock.stopped_at(NOON):
        programme = programme_of("fi-2021")
        cast = cast_of(programme)
        places = {name: place_in(programme, code, name, by=cast.keeper) for code, name in (("901", "Pohjola"), ("902", "Harjula"), ("903", "Etelä"))}
        organisations = _organisations(programme, cast)
        themes, action_types = _classifications(programme, cast)
        text = keep_text(by=cast.keeper, programme=programme, content=AGREEMENT_TEXT, media_type="application/pdf", name="sopimus.pdf", language="fi")
        north = _north(programme, cast, organisations, places, text)
        south = published_agreement(programme, "fi-2021-02", 2, organisations.ministry, organisations.city_south, places["Etelä"])
        priorities = _priorities(north.agreement, cast, themes)
        priority_of(south.agreement, 1, by=cast.keeper)
        training, training_agreement = _training()
        _figures(programme, cast, north.agreement)
        ecosystem = _ecosystem(north.agreement, cast, organisations, priorities)
        state_contact_point(
            by=SYSTEM,
            agreement=north.agreement,
            organisation=organisations.city_north,
            role=Text(fi="Kirjaamo", sv="Registratorskontoret", en="Registry"),
            address="registry@north.example",
            valid_from=date(2021, 2, 9),
        )
        universe = Universe(
            programme=programme,
            cast=cast,
            organisations=organisations,
            places=places,
            themes=themes,
            action_types=action_types,
            north=north.agreement,
            south=south.agreement,
            withdrawn=_withdrawn(programme, cast, organisations, places["Etelä"]),
            unpublished=signed_agreement(
                programme, "fi-2021-04", 4, organisations.ministry, organisations.city_south, places["Etelä"], by=cast.keeper
            ).agreement,
            text=text,
            priorities=priorities,
            commitments=_commitments(north.agreement, cast, organisations, priorities),
            measures=_measures(priorities, cast, organisations, action_types),
            ecosystem=ecosystem,
            training=training,
            training_agreement=training_agreement,
        )
        set_notices(by=cast.keeper, person=Person.objects.get(key=cast.keeper.key), email="", language="fi", how={})
        publish_heads(by=SYSTEM, key=KEY)
        return universe


def _organisations(programme: Programme, cast: Cast) -> Organisations:
    by = cast.keeper
    kinds = OrganisationKind
    university = organisation_in(
        programme,
        "university",
        kinds.UNIVERSITY,
        Text(fi="Pohjolan yliopisto", sv="Nordens universitet", en="University of the North"),
        by=by,
        identifiers=[("training", "TRAINING-0001")],
        evidence={"identifier.training": seen(CITY_PAGE)},
    )
    county = organisation_in(
        programme, "county", kinds.OTHER, Text(fi="Hyvinvointialue", en="Wellbeing services county"), by=by, valid_from=RENAMED_ON
    )
    city_north = organisation_in(
        programme, "city-north", kinds.MUNICIPALITY, Text(fi="Pohjolan kaupunki", sv="Staden Norden", en="City of the North"), by=by
    )
    rename_organisation(by=by, organisation=city_north, name=Text(fi="Suur-Pohjolan kaupunki", en="City of the Great North"), valid_from=RENAMED_ON)
    return Organisations(
        ministry=organisation_in(
            programme, "ministry", kinds.MINISTRY, Text(fi="Elinkeinoministeriö", sv="Näringsministeriet", en="Ministry"), by=by
        ),
        other_ministry=organisation_in(programme, "other-ministry", kinds.MINISTRY, Text(fi="Kulttuuriministeriö", en="Ministry of Culture"), by=by),
        council=organisation_in(programme, "council", kinds.REGIONAL_COUNCIL, Text(fi="Pohjolan liitto", en="Council of the North"), by=by),
        city_north=city_north,
        city_south=organisation_in(programme, "city-south", kinds.MUNICIPALITY, Text(fi="Etelän kaupunki", en="City of the South"), by=by),
        university=university,
        laboratory=organisation_in(
            programme, "laboratory", kinds.RESEARCH_INSTITUTE, Text(fi="Mittauslaboratorio", en="Laboratory"), by=by, parent=university
        ),
        hospital=organisation_in(
            programme,
            "hospital",
            kinds.HOSPITAL_DISTRICT,
            Text(fi="Sairaanhoitopiiri", en="Hospital district"),
            by=by,
            successor=county,
            valid_to=date(2022, 12, 31),
        ),
        county=county,
    )


def _classifications(programme: Programme, cast: Cast) -> tuple[dict[str, Category], dict[str, Category]]:
    labels = {
        "low_carbon": ("Vähähiilisyys", "Low carbon"),
        "digital": ("Digitaalisuus", "Digital technology"),
        "wellbeing": ("Hyvinvointi", "Wellbeing"),
    }
    kinds = {"environments": ("Kokeiluympäristöt", "Experimentation environments"), "competence": ("Osaaminen", "Local competence")}
    themes = {
        key: category_in(programme, "themes", key, Text(fi=fi, en=en), by=cast.keeper, position=position)
        for position, (key, (fi, en)) in enumerate(labels.items(), start=1)
    }
    types = {
        key: category_in(programme, "action_types", key, Text(fi=fi, en=en), by=cast.keeper, position=position)
        for position, (key, (fi, en)) in enumerate(kinds.items(), start=1)
    }
    return themes, types


def _north(programme: Programme, cast: Cast, organisations: Organisations, places: dict[str, Municipality], text: File) -> AgreementVersion:
    content = Text(fi="Akkukemia sekä kiertotalous", sv="Batterikemi och cirkulär ekonomi")
    differing = Wording("akkukemia ja älykäs kiertotalous", "fi", CITY_PAGE, TODAY, Text(en="The city prints it so"))
    approval = ApprovalGiven(
        "city-north-board",
        BodyKind.BOARD,
        Text(fi="Kaupunginhallitus", en="City board"),
        date(2021, 1, 25),
        "123/2021",
        {"decided_on": seen(CITY_PAGE)},
    )
    version = signed_agreement(
        programme,
        "fi-2021-01",
        1,
        organisations.ministry,
        organisations.city_north,
        places["Pohjola"],
        by=cast.keeper,
        name=Text(fi="Pohjola", sv="Norden", en="The North"),
        municipalities=[(places["Pohjola"], True), (places["Harjula"], False)],
        decider=organisations.council,
        content=content,
        signings=[
            Signing(organisations.ministry, Side.STATE, evidence={"organisation": seen()}),
            Signing(organisations.city_north, Side.CITY, (approval,), {"organisation": marked(Mark.INFERRED)}),
        ],
        negotiators=[TakingPart(organisations.other_ministry, evidence={"organisation": seen()})],
        cooperation_parties=[
            TakingPart(organisations.university, Text(fi="Tutkimus", en="Research"), evidence={"organisation": seen(CITY_PAGE)}),
            TakingPart(organisations.hospital, valid_to=date(2022, 12, 31), evidence={"organisation": seen(CITY_PAGE)}),
        ],
        stated_goals=[Said(Text(fi="Vähintään kaksi datakeskusta", en="At least two data centres"), evidence={"wording.fi": seen(CITY_PAGE)})],
        known_updates=[Said(Text(fi="Sopimusta päivitetään", en="The agreement is being updated"), date(2025, 2, 3), {"what.fi": seen(CITY_PAGE)})],
        authentic_language="fi",
        text=text,
        evidence={"name.fi": seen(), "territory": seen(), "decider": marked(Mark.BACKGROUND, CITY_PAGE)},
        version_evidence={
            "signed_on": seen(),
            "valid_from": unknown(),
            "valid_to": seen(),
            "content.fi": seen(also=(differing,)),
            "content.sv": marked(Mark.THIRD_PARTY, NEWSPAPER),
        },
    )
    publish(by=cast.publisher, version=version)
    return version


def _withdrawn(programme: Programme, cast: Cast, organisations: Organisations, place: Municipality) -> Agreement:
    version = published_agreement(programme, "fi-2021-03", 3, organisations.ministry, organisations.city_south, place)
    withdraw(
        by=cast.publisher, publication=version.publication, reason=Text(fi="Sopimus purettiin", sv="Avtalet hävdes", en="The agreement was dissolved")
    )
    return version.agreement


def _priorities(agreement: Agreement, cast: Cast, themes: dict[str, Category]) -> tuple[Priority, ...]:
    ours = {"themes": marked(Mark.OURS), "title.en": marked(Mark.OURS)}
    return (
        priority_of(
            agreement,
            1,
            by=cast.keeper,
            title=Text(fi="Akkukemia", sv="Batterikemi", en="Battery chemistry"),
            description=Text(fi="Kokkola johtaa", en="It leads"),
            themes=[themes["low_carbon"]],
            evidence=ours | {"title.fi": marked(Mark.OURS), "title.sv": marked(Mark.THIRD_PARTY, NEWSPAPER), "description.fi": seen(CITY_PAGE)},
        ),
        priority_of(
            agreement,
            2,
            by=cast.keeper,
            title=Text(fi="Hyvinvoinnin ratkaisut", en="Solutions for wellbeing"),
            themes=[themes["wellbeing"], themes["digital"]],
            valid_from=date(2023, 1, 1),
            evidence=ours,
        ),
    )


def _commitments(
    agreement: Agreement, cast: Cast, organisations: Organisations, priorities: tuple[Priority, ...]
) -> dict[CommitmentState, Commitment]:
    ministry, city = organisations.ministry, organisations.city_north
    states = CommitmentState
    dialogue = Text(fi="Vuoropuhelu", sv="Dialog", en="Dialogue")
    return {
        states.OWED: commitment_in(states.OWED, agreement, 1, ministry, city, by=cast.keeper, subject=dialogue, evidence={"promise.fi": seen()}),
        states.FULFILLED: commitment_in(states.FULFILLED, agreement, 2, city, ministry, by=cast.keeper, subject=dialogue),
        states.LATE: commitment_in(states.LATE, agreement, 3, city, ministry, by=cast.keeper, priority=priorities[0]),
        states.RELEASED: commitment_in(states.RELEASED, agreement, 4, ministry, city, by=cast.keeper),
        states.NOT_YET_MADE: commitment_in(states.NOT_YET_MADE, agreement, 5, city, ministry, by=cast.keeper),
    }


def _measures(
    priorities: tuple[Priority, ...], cast: Cast, organisations: Organisations, action_types: dict[str, Category]
) -> dict[MeasureState, Measure]:
    first, second = priorities
    types = action_types["environments"], action_types["competence"]
    return {
        state: measure_in(
            state,
            first if number % 2 else second,
            number,
            types[number % 2],
            organisations.university,
            by=cast.keeper,
            partners=[organisations.city_north] if number == 1 else [],
        )
        for number, state in enumerate(MeasureState, start=1)
    }


def _figures(programme: Programme, cast: Cast, north: Agreement) -> None:
    by = cast.publisher
    figure_of(programme, "start-release", 1, Amount(exact=500_000_000), "5 miljoonaa euroa", by=by)
    figure_of(programme, "start-decision", 2, Amount(exact=492_500_000), "4 925 000 euroa", by=by, cited=seen(DECISION))
    figure_of(programme, "north-start", 3, Amount(exact=10_000_000), "100 000 euroa", by=by, agreement=north, cited=seen(CITY_PAGE))
    figure_of(
        programme,
        "north-year",
        4,
        Amount(lower=90_000_000, upper=110_000_000, qualifier=Qualifier.ABOUT),
        "noin miljoona euroa vuodessa",
        by=by,
        agreement=north,
        measures="indicative_year",
        group="north-year",
        basis=Text(fi="EAKR", en="ERDF"),
        period_from=date(2021, 1, 1),
        period_to=date(2022, 12, 31),
    )


def _ecosystem(agreement: Agreement, cast: Cast, organisations: Organisations, priorities: tuple[Priority, ...]) -> Ecosystem:
    """Orchestrated by the city; the university is tied to it twice, the hospital was until it ended."""
    by, city_page = cast.keeper, seen(CITY_PAGE)
    ecosystem = establish_ecosystem(
        by=by,
        agreement=agreement,
        key="north-batteries",
        name=Text(fi="Akkuekosysteemi", sv="Batteriekosystemet", en="Battery ecosystem"),
        orchestrator=organisations.city_north,
        evidence={"orchestrator": city_page},
    )
    for organisation, tie, valid_to, evidence in (
        (organisations.university, Tie.PROJECT, None, {"tie": city_page}),
        (organisations.university, Tie.CONTRACT, date(2027, 12, 31), {}),
        (organisations.hospital, Tie.MEMBERSHIP, date(2022, 12, 31), {}),
    ):
        join_ecosystem(
            by=by, ecosystem=ecosystem, organisation=organisation, tie=tie, valid_from=date(2022, 1, 1), valid_to=valid_to, evidence=evidence
        )
    state_ecosystem_priority(by=by, ecosystem=ecosystem, priority=priorities[0])
    return ecosystem


def _training() -> tuple[Programme, Agreement]:
    programme = programme_of("harjoitus", is_training=True, country="ZZ")
    place = place_in(programme, "T01", "Harjoituskaupunki")
    ministry = organisation_in(programme, "training-ministry", OrganisationKind.MINISTRY, Text(fi="Harjoitusministeriö"))
    city = organisation_in(programme, "training-city", OrganisationKind.MUNICIPALITY, Text(fi="Harjoituksen kaupunki"))
    version = published_agreement(programme, "harjoitus-01", 1, ministry, city, place, name=Text(fi="Harjoitusseutu"))
    priority_of(version.agreement)
    return programme, version.agreement
