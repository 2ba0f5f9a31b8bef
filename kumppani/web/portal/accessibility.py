"""The accessibility statement: what the law asks for, what we know of our own pages, and what only the operator can say."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from kumppani.web.page import page, show
from kumppani.web.place import Place

DRAWN_UP = date(2026, 11, 24)
"""The day the statement was last gone through. Change it together with what it says."""

ACT = "https://www.finlex.fi/fi/laki/ajantasa/2019/20190306"
SUPERVISION = "https://finlex.fi/fi/hallituksen-esitykset/2024/71"
RIGHTS = {
    "fi": "https://www.saavutettavuusvaatimukset.fi/",
    "sv": "https://www.tillganglighetskrav.fi/",
    "en": "https://www.webaccessibility.fi/rights-of-users/",
}
"""Where what the statement says of the law can be read."""


@page
def accessibility(request: HttpRequest, place: Place) -> HttpResponse:
    """The statement in the reader's language."""
    context = {"drawn_up": DRAWN_UP, "act": ACT, "supervision": SUPERVISION, "rights": RIGHTS[place.language]}
    return show(request, place, "portal/accessibility.html", context)
