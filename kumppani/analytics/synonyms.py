"""Names of one thing: the words of the glossary (reference/terms.yaml) that have several, and what each is called in the other languages.

The first name of a language is the one that pages print; the others must still find it. A reader of one language finds what is said only in
another. Words that mean several things (organ, party, term, actual …) are left out: they would find more than was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

Names = Mapping[str, tuple[str, ...]]


def _names(fi: str = "", sv: str = "", en: str = "") -> Names:
    """Names by language, several of them apart by a stroke."""
    given = {"fi": fi, "sv": sv, "en": en}
    return {language: tuple(name.strip() for name in names.split("|")) for language, names in given.items() if names}


CONCEPTS: Mapping[str, Names] = {
    # Agreement and partnership
    "ecosystem-agreement": _names("ekosysteemisopimus", "ekosystemavtal", "ecosystem agreement"),
    "city-region": _names("kaupunkiseutu", "stadsregion", "city region | urban area"),
    "university-city": _names(
        "yliopistokaupunki | yliopistokeskuskaupunki",
        "universitetsstad | stad med universitetscenter | universitetscentra",
        "university city | university-consortium city",
    ),
    "party": _names("osapuoli | sopijaosapuoli | sopimusosapuoli", "avtalspart"),
    "cooperation-party": _names("yhteistyötaho", "samarbetspart", "cooperation party"),
    "update": _names("sopimuksen päivittäminen | sopimuksen muuttaminen", "uppdatering av avtalet | ändring av avtalet"),
    "strategic-priority": _names(
        "strateginen painopiste | strateginen sisältö", "strategisk tyngdpunkt | strategiskt innehåll", "strategic priority | strategic content"
    ),
    "spearhead": _names("osaamiskärki", "spetskompetens", "competence spearhead"),
    "cluster": _names("osaamiskeskittymä", "kompetenskluster", "competence cluster"),
    "cross-cutting-theme": _names("läpileikkaava teema", "genomgående tema | omfattande tema", "cross-cutting theme"),
    "low-carbon": _names("vähähiilisyys | vähähiilinen", "koldioxidsnålhet | koldioxidsnål", "low carbon | low-carbon"),
    "digital-technology": _names("digitaalinen teknologia", "digital teknik | digital teknologi", "digital technology"),
    "wellbeing-and-health": _names("hyvinvointi ja terveys", "välfärd och hälsa", "wellbeing and health"),
    "innovation-ecosystem": _names(
        "innovaatiotoiminnan ekosysteemi | innovaatioekosysteemi", "ekosystem för innovationsverksamheten", "innovation ecosystem"
    ),
    "cooperation-network": _names("yhteistoimintaverkosto", "samarbetsnätverk", "cooperation network"),
    "rdi": _names(
        "TKI | tutkimus, kehittäminen, innovaatiot | tutkimus-, kehittämis- ja innovaatiotoiminta",
        "FUI | forskning, utveckling och innovation",
        "RDI | research, development and innovation",
    ),
    "commitment": _names("sitoumus", "åtagande"),
    "action-plan": _names("toimenpidesuunnitelma", "åtgärdsplan", "action plan"),
    "action-type": _names("toimenpidetyyppi", "åtgärdstyp", "action type"),
    "development-platform": _names("kehitysalusta", "utvecklingsplattform", "development platform"),
    "co-development": _names("yhteiskehittäminen", "samutveckling", "co-development"),
    "lead-project": _names("vetovastuuhanke", "ledande projekt", "lead project | lead-theme project"),
    "innocities": _names(
        "Innovoivat kaupungit ja yhteisöt | Innokaupungit | Innokaupunki",
        "Innovativa städer och samhällen | Innostäder | Innokaupungit",
        "Innovative Cities and Communities | InnoCities",
    ),
    # Programme and bodies
    "eu-programme": _names("Uudistuva ja osaava Suomi", "Ett förnybart och kompetent Finland", "Innovation and Skills in Finland"),
    "sustainable-urban-development": _names("kestävä kaupunkikehittäminen", "hållbar stadsutveckling", "sustainable urban development"),
    "iti": _names("kestävän kaupunkikehittämisen strategia | ITI", "strategi för hållbar stadsutveckling | ITI-strategi | ITI", "SUD strategy | ITI"),
    "erdf": _names(
        "Euroopan aluekehitysrahasto | EAKR", "Europeiska regionala utvecklingsfonden | Eruf", "European Regional Development Fund | ERDF"
    ),
    "jtf": _names("oikeudenmukaisen siirtymän rahasto | JTF", "Fonden för en rättvis omställning | FRO", "Just Transition Fund | JTF"),
    "managing-authority": _names("hallintoviranomainen", "förvaltningsmyndighet", "managing authority"),
    "intermediate-body": _names("välittävä toimielin", "förmedlande organ | förmedlande myndighet", "intermediate body"),
    "regional-council": _names("maakunnan liitto | maakuntaliitto", "landskapsförbund", "regional council"),
    "economic-development-centre": _names(
        "elinvoimakeskus | ELY-keskus", "livskraftscentral | NTM-central", "Economic Development Centre | ELY Centre"
    ),
    "regional-cooperation-group": _names("maakunnan yhteistyöryhmä | MYR", "landskapets samarbetsgrupp", "regional cooperation group"),
    "steering-group": _names("ohjausryhmä | johtoryhmä", "styrgrupp | ledningsgrupp", "steering group"),
    "wellbeing-services-county": _names("hyvinvointialue", "välfärdsområde", "wellbeing services county"),
    "ministry": _names(
        "Työ- ja elinkeinoministeriö | TEM", "Arbets- och näringsministeriet | ANM", "Ministry of Economic Affairs and Employment | MEAE"
    ),
    # Money
    "envelope": _names("rahoituskehys", "finansieringsram", "funding envelope"),
    "authorisation": _names("myöntövaltuus", "bevillningsfullmakt | beviljningsfullmakt", "authorisation to grant"),
    "akke": _names("alueiden kestävän kasvun ja elinvoiman tukeminen | AKKE", "stödjande av hållbar tillväxt och livskraft i regionerna"),
    "state-funding": _names("EU:n ja valtion rahoitus", "EU-finansiering och statlig finansiering", "EU and state funding"),
    "municipal-funding": _names("kuntarahoitus", "kommunal finansiering", "municipal funding"),
    "decommitment": _names("vapauttaminen | N+3", "tillbakadragande", "decommitment"),
    "de-minimis": _names("vähämerkityksinen tuki | de minimis", "stöd av mindre betydelse | de minimis", "de minimis aid"),
    "single-undertaking": _names("yhtenä yrityksenä pidettävä yritysryhmä | yksi yritys", "ett enda företag", "single undertaking"),
    "own-contribution": _names("omarahoitus | omarahoitusosuus", "egenfinansiering", "own contribution"),
    "start-up-money": _names("käynnistysraha | siemenrahoitus | alkurahoitus", "startpengar", "start-up money | seed funding"),
    # Call, application, choice
    "call": _names("haku | hankehaku", "ansökningsomgång"),
    "call-notice": _names("hakuilmoitus", "ansökningsannons | utlysning", "call notice"),
    "programme-priority": _names("toimintalinja", "insatsområde | prioritering"),
    "specific-objective": _names("erityistavoite", "särskilt mål | specifikt mål", "specific objective"),
    "intervention-field": _names("interventioala | toimien ala", "interventionsområde | insatsområde", "intervention field"),
    "group-project": _names("ryhmähanke | yhteishanke", "gruppprojekt | samprojekt", "group project"),
    "ranking": _names("paremmuusjärjestys | priorisointi", "rangordning | prioritering", "ranking"),
    "disqualification": _names("esteellisyys | jääviys", "jäv", "disqualification"),
    "funding-decision": _names("tukipäätös | rahoituspäätös", "stödbeslut | finansieringsbeslut", "funding decision"),
    "case-number": _names("asianumero | diaarinumero", "ärendenummer | diarienummer", "case number"),
    # Delivery, results, openness
    "flat-rate": _names("prosenttimääräinen korvaus | flat rate", "procentuell ersättning | flat rate", "flat rate"),
    "payment-claim": _names(
        "maksatushakemus | tuen maksamista koskeva hakemus", "ansökan om utbetalning av stöd | utbetalningsansökan", "payment claim"
    ),
    "mandate": _names("valtuus | Suomi.fi-valtuudet", "fullmakt | Suomi.fi-fullmakter", "mandate"),
    "impact-model": _names("vaikuttavuusmalli", "effektmodell | påverkansmodell", "impact model"),
    "procurement-notice": _names("hankintailmoitus | Hilma", "upphandlingsannons", "procurement notice"),
    "information-request": _names("tietopyyntö | asiakirjapyyntö", "begäran om information | begäran om handling", "information request"),
    "impact": _names("vaikuttavuus", "genomslag | verkningsfullhet", "impact"),
    "experiment": _names("kokeilu | pilotointi", "försök | pilotförsök", "experiment | pilot"),
    "testbed": _names("testialusta | kokeiluympäristö", "testbädd | försöksmiljö", "testbed | experimentation environment"),
    "procurement": _names("julkinen hankinta", "offentlig upphandling | anskaffning", "public procurement"),
    "snapshot": _names("aineistoversio", "dataversion", "snapshot"),
    "accessibility-statement": _names("saavutettavuusseloste", "tillgänglighetsutlåtande", "accessibility statement"),
    # Subjects that the agreements share
    "artificial-intelligence": _names("tekoäly", "artificiell intelligens | AI", "artificial intelligence | AI"),
    "circular-economy": _names("kiertotalous", "cirkulär ekonomi", "circular economy"),
    "photonics": _names("fotoniikka", "fotonik", "photonics"),
    "high-performance-computing": _names("suurteholaskenta", "högpresterande databehandling", "high-performance computing"),
    "data-centre": _names("datakeskus | konesali", "datacenter | datacentral", "data centre | data center"),
}
"""Key of the concept → its names by language."""
