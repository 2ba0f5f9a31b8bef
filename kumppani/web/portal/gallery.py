"""The gallery: every shared part in all its states, with what a template writes to get it. Its names and sums are examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from kumppani.domain.sources.rules import Mark
from kumppani.kernel import clock
from kumppani.kernel.money import Amount, Qualifier
from kumppani.kernel.text import Text
from kumppani.web.asked import as_of
from kumppani.web.components import atlas, contrast, drawn
from kumppani.web.components.states import STATES
from kumppani.web.components.vow import Promise, Vow
from kumppani.web.page import page, show
from kumppani.web.place import Place

NO_WORDS = Text()
A_DAY = date(2021, 2, 9)


@dataclass(frozen=True, slots=True)
class SampleSource:
    """A source as the parts see it."""

    title: Text
    publisher: Text
    address: str
    published: date | None
    read_on: date


@dataclass(frozen=True, slots=True)
class SampleEvidence:
    """A row of evidence as the parts see it."""

    mark: str
    source: SampleSource | None = None
    as_of: date | None = None
    looked_on: date | None = None
    wording: str = ""
    wording_language: str = ""
    note: Text = NO_WORDS


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """A point of a timeline."""

    day: date
    words: str
    when: str = "past"
    path: str = ""
    evidence: SampleEvidence | None = None


RELEASE = SampleSource(
    Text(fi="Esimerkkitiedote", sv="Ett pressmeddelande", en="A sample release"),
    Text(fi="Esimerkkiministeriö", sv="Exempelministeriet", en="Sample Ministry"),
    "https://example.org/release",
    A_DAY,
    A_DAY,
)
UNDATED = SampleSource(Text(fi="Esimerkkisivu", sv="En sida", en="A sample page"), Text(), "", None, A_DAY)
SEEN = SampleEvidence(Mark.SEEN, RELEASE, A_DAY)
OTHERWISE = SampleEvidence(Mark.SEEN, UNDATED, A_DAY, wording="noin miljoona euroa", wording_language="fi")
MARKS = (
    SEEN,
    SampleEvidence(Mark.THIRD_PARTY, UNDATED, A_DAY),
    SampleEvidence(Mark.INFERRED, RELEASE, A_DAY),
    SampleEvidence(Mark.BACKGROUND, UNDATED, A_DAY),
    SampleEvidence(Mark.OURS, as_of=A_DAY),
    SampleEvidence(Mark.ENTERED, as_of=A_DAY),
    SampleEvidence(Mark.UNKNOWN, looked_on=A_DAY),
)
DIALOGUE = Text(fi="Vuoropuhelu", sv="Dialog", en="Dialogue")
GOES_ON = Text(fi="Jatkaa vuoropuhelua", sv="Fortsätter dialogen", en="Continues the dialogue")
VOWS = (
    Vow(DIALOGUE, [Promise(GOES_ON, "#vow", "owed", date(2027, 12, 31), SEEN)], [Promise(GOES_ON, "#vow", "fulfilled", None, SEEN, [OTHERWISE])]),
    Vow(DIALOGUE, [Promise(GOES_ON, state="late")], [], A_DAY),
    Vow(DIALOGUE, [], [Promise(GOES_ON, state="released")], A_DAY),
    Vow(DIALOGUE, [], [], A_DAY),
)
LEVELS = ("known", "known", "known", "partly", "known", "partly", "missing", "missing", "missing")
MONEY = (
    drawn.Statement("A", "5 000 000 €", Amount(exact=500_000_000), "state"),
    drawn.Statement("B", "4 000 000 – 4 500 000 €", Amount(lower=400_000_000, upper=450_000_000, qualifier=Qualifier.ABOUT)),
    drawn.Statement("C", "100 000 €", Amount(exact=10_000_000), "city"),
)
SPOTS = (
    atlas.Spot("a", "Aavala", " + Beeniemi", 24.0, 62.0),
    atlas.Spot("b", "Ceeranta", "", 25.4, 62.1),
    atlas.Spot("c", "Deekoski", "", 25.0, 61.2),
)
SHAPES = (("good", "check"), ("warn", "triangle"), ("bad", "cross"), ("plain", "half"), ("none", "none"), ("strong", "square"), ("plain", "dot"))


@page
def gallery(request: HttpRequest, place: Place) -> HttpResponse:
    """Shows the parts."""
    today = clock.today(place.programme.time_zone)
    return show(
        request,
        place,
        "portal/gallery.html",
        {
            "contrasts": contrast.contrasts(),
            "colours": [(name, *pair) for name, pair in contrast.tokens().items()],
            "shapes": SHAPES,
            "states": [tuple(name.split(".")) for name in STATES],
            "marks": MARKS,
            "otherwise": [OTHERWISE],
            "source": RELEASE,
            "vows": VOWS,
            "names": {"state": str(Text(fi="Valtio", sv="Staten", en="The state").pick(place.language).value), "city": "Aavala"},
            "levels": [drawn.Item(f"{number}.", level, A_DAY) for number, level in enumerate(LEVELS, start=1)],
            "money": MONEY,
            "events": [
                SampleEvent(A_DAY, "…", evidence=SEEN),
                SampleEvent(today, "", "now"),
                SampleEvent(today + timedelta(days=400), "…", "next", "#timeline"),
            ],
            "asof": as_of(request.GET, place.programme),
            "a_day": A_DAY,
            "maps": [_sample_map(country) for country in ("FI", "ZZ")],
        },
    )


def _sample_map(country: str) -> tuple[atlas.Atlas, list[dict[str, object]]]:
    drawing = atlas.draw(country, SPOTS)
    return drawing, [{"marked": marked, "path": "#map", "title": marked.spot.name} for marked in drawing.marks]
