"""A few documents as search knows them, free of any database: the words of some agreements, as printed."""

from __future__ import annotations

from pathlib import Path

from kumppani.analytics import store
from kumppani.analytics.documents import Document, Words
from kumppani.analytics.questions.search import Found, Question, search


def agreement(key: str, title: Words, content: Words, **more: tuple[Words, ...]) -> Document:
    """An agreement with its content statement."""
    return Document("agreement", key, title, agreement=key, body=(content,), context=({"fi": "Sopimus", "sv": "Avtal", "en": "Agreement"},), **more)


def priority(agreement: Document, number: int, title: Words) -> Document:
    """A priority of it."""
    return Document("priority", f"{agreement.key}-p{number}", title, agreement=agreement.key, of=agreement.title)


HELSINKI = agreement(
    "helsinki",
    {"fi": "Helsinki, Espoo ja Vantaa", "sv": "Helsingfors, Esbo och Vanda", "en": "Helsinki, Espoo and Vantaa"},
    {"fi": "Älykkäät ja kestävät kaupunkiratkaisut, hyvinvointi ja terveysteknologia", "en": "Smart and sustainable urban solutions"},
)
TAMPERE = agreement(
    "tampere",
    {"fi": "Tampere", "sv": "Tammerfors", "en": "Tampere"},
    {"fi": "Rakennukset, energia ja infrastruktuuri sekä digitaaliset terveysratkaisut", "sv": "Byggnader, energi samt digitala hälsolösningar"},
)
VAASA = agreement(
    "vaasa",
    {"fi": "Vaasa", "sv": "Vasa", "en": "Vaasa"},
    {"fi": "Kestävät ja älykkäät energiajärjestelmät", "sv": "Hållbara och smarta energisystem"},
)
JOENSUU = agreement(
    "joensuu",
    {"fi": "Joensuu"},
    {"fi": "Bio- ja kiertotalouden uudet liiketoiminnat sekä fotoniikka-liiketoiminta", "en": "Forest bioeconomy, photonics"},
)
REGIONS = Document("page", "home", {"fi": "Kaupunkiseutujen sopimukset", "sv": "Stadsregionernas avtal", "en": "Agreements of city regions"})
LAPPEENRANTA = Document("municipality", "FI-405", {"fi": "Lappeenranta", "sv": "Villmanstrand"}, agreement="lappeenranta", names=("FI-405", "405"))
JYVASKYLA = Document("municipality", "FI-179", {"fi": "Jyväskylä", "en": "Jyväskylä"}, agreement="jyvaskyla", names=("FI-179", "179"))
COUNCIL = Document(
    "organisation",
    "council",
    {"fi": "Uudenmaan liitto", "sv": "Nylands förbund", "en": "Helsinki-Uusimaa Regional Council"},
    body=({"fi": "Välittävä toimielin: Helsinki", "sv": "Förmedlande organ: Helsingfors", "en": "Intermediate body for: Helsinki"},),
    names=("0250362-2",),
)
FIGURE = Document("figure", "start", {"fi": "Käynnistysraha", "en": "Start-up money"}, body=({"fi": "yhteensä 100 000 euroa"},))
MENTION = Document("goal", "vaasa/goal/1", {}, agreement="vaasa", of=VAASA.title, body=({"fi": "Vähintään kaksi datakeskusta Vaasaan"},))

LIBRARY = (
    HELSINKI,
    TAMPERE,
    VAASA,
    JOENSUU,
    priority(HELSINKI, 1, {"fi": "Älykkäät ja kestävät kaupunkiratkaisut"}),
    priority(VAASA, 1, {"fi": "Kestävät ja älykkäät energiajärjestelmät", "sv": "Hållbara och smarta energisystem"}),
    priority(JOENSUU, 1, {"fi": "Fotoniikka-liiketoiminta"}),
    LAPPEENRANTA,
    JYVASKYLA,
    COUNCIL,
    FIGURE,
    MENTION,
    REGIONS,
)


class Shelf:
    """The library in a snapshot, ready to be asked."""

    def __init__(self, folder: Path, documents: tuple[Document, ...] = LIBRARY) -> None:
        self.path = store.put(folder, documents, None).path

    def ask(self, words: str, language: str = "fi", *, kind: str = "", page: int = 1) -> Found:
        """The whole answer."""
        return search(self.path, Question(words, language, kind, page))

    def keys(self, words: str, language: str = "fi") -> list[str]:
        """Keys of what is found, in order."""
        return [hit.key for hit in self.ask(words, language).hits]
