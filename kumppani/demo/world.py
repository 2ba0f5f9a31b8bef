"""The invented country of the story: its programme, classifications, places and organisations. Nothing in it exists.

Municipality and region codes carry a letter, which no real ones do; identifiers are of the scheme `training`; the country is ZZ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kumppani.access.viewer import SYSTEM
from kumppani.demo.telling import World, day, say
from kumppani.domain.parties.rules import OrganisationKind
from kumppani.domain.programmes.models import Category
from kumppani.kernel.text import Text
from kumppani.workflow.organisations import register_organisation, rename_organisation
from kumppani.workflow.programmes import create_programme, register_place, state_category

KEY = "harjoitus"


def create() -> World:
    """The programme itself, which the installation makes."""
    programme = create_programme(
        by=SYSTEM,
        key=KEY,
        name=say("Harjoitusohjelma", "Övningsprogrammet", "Training programme"),
        summary=say(
            "Keksitty sopimusohjelma harjoittelua varten: kolme keksittyä kaupunkiseutua ja keksitty valtio.",
            "Ett påhittat avtalsprogram för övning: tre påhittade stadsregioner och en påhittad stat.",
            "An invented agreement programme for practice: three invented city regions and an invented state.",
        ),
        country="ZZ",
        currency="EUR",
        time_zone="Europe/Helsinki",
        is_training=True,
    )
    return World(programme)


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    label: Text
    parent: str | None = None
    valid_to: date | None = None


_THEMES_TITLE = say("Läpileikkaavat teemat", "Genomgående teman", "Cross-cutting themes")
_THEMES = (
    _Kind("low-carbon", say("vähähiilisyys", "koldioxidsnålhet", "low carbon")),
    _Kind("circular", say("kiertotalous", "cirkulär ekonomi", "circular economy"), parent="low-carbon"),
    _Kind("digital", say("digitaalinen teknologia", "digital teknik", "digital technology")),
    _Kind("wellbeing", say("hyvinvointi ja terveys", "välfärd och hälsa", "wellbeing and health")),
)
_ACTION_TYPES_TITLE = say("Toimenpidetyypit", "Åtgärdstyper", "Action types")
_ACTION_TYPES = (
    _Kind("environments", say("Kokeiluympäristöt", "Försöksmiljöer", "Trial environments")),
    _Kind("procurement", say("Innovatiiviset julkiset hankinnat", "Innovativa offentliga upphandlingar", "Innovative public procurement")),
    _Kind("infrastructures", say("Yhteiskäyttöiset tutkimustilat", "Gemensamma forskningsinfrastrukturer", "Shared research facilities")),
    _Kind("startups", say("Uudet yritykset", "Nya företag", "New companies")),
    _Kind("competence", say("Osaamisen vahvistaminen", "Stärkande av kompetensen", "Strengthening of competence")),
    _Kind("studies", say("Esiselvitykset", "Förstudier", "Preliminary studies"), valid_to=day("2024-12-31")),
)


def classify(world: World) -> None:
    """Themes form a tree; one action type has since gone out of use."""
    world.themes = _state(world, "themes", _THEMES_TITLE, _THEMES)
    world.action_types = _state(world, "action_types", _ACTION_TYPES_TITLE, _ACTION_TYPES)


def _state(world: World, scheme: str, title: Text, kinds: Sequence[_Kind]) -> dict[str, Category]:
    made: dict[str, Category] = {}
    for position, kind in enumerate(kinds, start=1):
        made[kind.key] = state_category(
            by=world.cast["administrator"],
            programme=world.programme,
            scheme=scheme,
            scheme_title=title,
            key=kind.key,
            label=kind.label,
            position=position,
            parent=made.get(kind.parent or ""),
            valid_to=kind.valid_to,
        )
    return made


@dataclass(frozen=True, slots=True)
class _Place:
    key: str
    code: str
    name: Text
    latitude: str
    longitude: str
    region: str
    languages: Text


_REGIONS = {
    "T1": say("Vellamonmaa", "Vellamoland", "Vellamonmaa"),
    "T2": say("Tapionmaa", "Tapioland", "Tapionmaa"),
    "T3": say("Kullervonmaa", "Kullervoland", "Kullervonmaa"),
}
_FINNISH = say("Yksikielisesti suomenkielinen (keksitty)", "Enspråkigt finsk (påhittad)", "Finnish-speaking (invented)")
_BILINGUAL = say("Kaksikielinen (keksitty)", "Tvåspråkig (påhittad)", "Bilingual (invented)")
_PLACES = (
    _Place("vellamonlinna", "T01", say("Vellamonlinna", "Vellamoborg", "Vellamonlinna"), "63.60", "26.40", "T1", _FINNISH),
    _Place("ilmatarsaari", "T02", say("Ilmatarsaari", "Ilmatarö", "Ilmatarsaari"), "63.25", "26.90", "T1", _FINNISH),
    _Place("tapionsatama", "T03", say("Tapionsatama", "Tapiohamn", "Tapionsatama"), "62.20", "21.60", "T2", _BILINGUAL),
    _Place("louhenranta", "T04", say("Louhenranta", "Louhistrand", "Louhenranta"), "62.50", "21.90", "T2", _BILINGUAL),
    _Place("kullervonkoski", "T05", say("Kullervonkoski", "Kullervofors", "Kullervonkoski"), "67.30", "27.20", "T3", _FINNISH),
)


def settle(world: World) -> None:
    """Five municipalities in three regions, with points where no town stands."""
    for place in _PLACES:
        region = _REGIONS[place.region]
        world.places[place.key] = register_place(
            by=world.cast["administrator"],
            programme=world.programme,
            code=place.code,
            name=place.name,
            latitude=Decimal(place.latitude),
            longitude=Decimal(place.longitude),
            point_kind="town_centre",
            language_status=place.languages,
            regions=[
                ("region", "2024", place.region, region),
                ("sub_region", "2024", f"{place.region}1", region),
                ("nuts3", "2024", f"ZZ{place.region}", region),
            ],
        )


@dataclass(frozen=True, slots=True)
class _Body:
    key: str
    kind: OrganisationKind
    name: Text
    place: str | None = None
    parent: str | None = None
    successor: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


_ORGANISATIONS = (
    _Body("ministry", OrganisationKind.MINISTRY, say("Harjoitusministeriö", "Övningsministeriet", "Ministry of Training")),
    _Body(
        "funder",
        OrganisationKind.STATE_AGENCY,
        say("Kokeilurahoituskeskus", "Finansieringscentralen för försök", "Trial Funding Centre"),
        parent="ministry",
    ),
    _Body(
        "vellamonlinna", OrganisationKind.MUNICIPALITY, say("Vellamonlinnan kaupunki", "Vellamoborgs stad", "City of Vellamonlinna"), "vellamonlinna"
    ),
    _Body(
        "ilmatarsaari", OrganisationKind.MUNICIPALITY, say("Ilmatarsaaren kunta", "Ilmatarö kommun", "Municipality of Ilmatarsaari"), "ilmatarsaari"
    ),
    _Body("tapionsatama", OrganisationKind.MUNICIPALITY, say("Tapionsataman kaupunki", "Tapiohamns stad", "City of Tapionsatama"), "tapionsatama"),
    _Body("louhenranta", OrganisationKind.MUNICIPALITY, say("Louhenrannan kaupunki", "Louhistrands stad", "City of Louhenranta"), "louhenranta"),
    _Body(
        "kullervonkoski",
        OrganisationKind.MUNICIPALITY,
        say("Kullervonkosken kaupunki", "Kullervofors stad", "City of Kullervonkoski"),
        "kullervonkoski",
    ),
    _Body("vellamonmaa", OrganisationKind.REGIONAL_COUNCIL, say("Vellamonmaan liitto", "Vellamolands förbund", "Regional Council of Vellamonmaa")),
    _Body("tapionmaa", OrganisationKind.REGIONAL_COUNCIL, say("Tapionmaan liitto", "Tapiolands förbund", "Regional Council of Tapionmaa")),
    _Body("university", OrganisationKind.UNIVERSITY, say("Ilmattaren yliopisto", "Ilmatars universitet", "University of Ilmatar"), "vellamonlinna"),
    _Body(
        "uas",
        OrganisationKind.UNIVERSITY_OF_APPLIED_SCIENCES,
        say("Rannikon harjoitusammattikorkeakoulu", "Kustens övningsyrkeshögskola", "Coastal Training University of Applied Sciences"),
        "tapionsatama",
    ),
    _Body(
        "institute", OrganisationKind.RESEARCH_INSTITUTE, say("Kuuttaren tutkimuslaitos", "Forskningsinstitutet Kuutar", "Kuutar Research Institute")
    ),
    _Body(
        "county",
        OrganisationKind.OTHER,
        say("Tapionmaan hyvinvointialue", "Tapiolands välfärdsområde", "Wellbeing services county of Tapionmaa"),
        valid_from=day("2025-01-01"),
    ),
    _Body(
        "hospital",
        OrganisationKind.HOSPITAL_DISTRICT,
        say("Tapionmaan sairaanhoitopiiri", "Tapiolands sjukvårdsdistrikt", "Hospital District of Tapionmaa"),
        successor="county",
        valid_to=day("2024-12-31"),
    ),
    _Body(
        "developer",
        OrganisationKind.DEVELOPMENT_COMPANY,
        say("Vellamo Kehitys Oy", "Vellamo Utveckling Ab", "Vellamo Development Ltd"),
        parent="vellamonlinna",
    ),
    _Body("company", OrganisationKind.COMPANY, say("Merikaapeli Harjoitus Oy", "Havskabel Övning Ab", "Sea Cable Training Ltd"), "louhenranta"),
    _Body(
        "cooperative",
        OrganisationKind.COOPERATIVE,
        say("Osuuskunta Metsätieto", "Andelslaget Skogsdata", "Forest Data Co-operative"),
        "kullervonkoski",
    ),
)


def found(world: World) -> None:
    """Seventeen organisations, each before those that name it as parent or successor."""
    for number, body in enumerate(_ORGANISATIONS, start=1):
        world.organisations[body.key] = register_organisation(
            by=world.cast["coordinator"],
            programme=world.programme,
            key=f"{KEY}-org-{number:02d}",
            kind=body.kind,
            name=body.name,
            identifiers=[("training", f"TRAINING-{1000 + number}")],
            municipality=world.places[body.place] if body.place else None,
            parent=world.organisations[body.parent] if body.parent else None,
            successor=world.organisations[body.successor] if body.successor else None,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
        )


def rename(world: World) -> None:
    """The university of applied sciences takes a new name."""
    rename_organisation(
        by=world.cast["coordinator"],
        organisation=world.organisations["uas"],
        name=say("Aallotar-ammattikorkeakoulu", "Yrkeshögskolan Aallotar", "Aallotar University of Applied Sciences"),
        valid_from=day("2025-08-01"),
    )
