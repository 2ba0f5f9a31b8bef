"""What stays official elsewhere: this service replaces none of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kumppani.kernel.text import Message, Text, _


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A matter, the page that says who is responsible for it, in as many languages as it has, and when we read it."""

    matter: Message
    address: Text
    read_on: date


READ_ON = date(2026, 11, 24)

ELSEWHERE: Mapping[str, tuple[Elsewhere, ...]] = {
    "FI": (
        Elsewhere(
            _("The texts of the agreements, as signed, are kept by the ministry."),
            Text(fi="https://tem.fi/ekosysteemisopimukset", en="https://tem.fi/en/ecosystem-agreements"),
            READ_ON,
        ),
        Elsewhere(
            _("Applications, decisions, payment claims and reports for EU regional funding are made in EURA 2021."),
            Text(fi="https://rakennerahastot.fi/eura-2021-jarjestelma"),
            READ_ON,
        ),
        Elsewhere(
            _("The EU programme, its calls and its selection criteria are published at rakennerahastot.fi."),
            Text(
                fi="https://rakennerahastot.fi/kestava-kaupunkikehittaminen",
                sv="https://rakennerahastot.fi/sv/hallbar-stadsutveckling",
                en="https://rakennerahastot.fi/en/sustainable-urban-development",
            ),
            READ_ON,
        ),
    )
}
"""By country of the programme; an invented country has nothing official anywhere."""
