"""What the invented press, ministry and councils have published. None of it exists, so none of it has an address."""

from __future__ import annotations

from kumppani.demo.telling import day, say
from kumppani.domain.sources.rules import SourceCard, SourceKind

_READ_ON = day("2026-03-10")

RELEASE = SourceCard(
    key="tiedote-2024-03-05",
    kind=SourceKind.PRESS_RELEASE,
    title=say(
        "Harjoitusministeriön tiedote 5.3.2024 (keksitty)",
        "Övningsministeriets pressmeddelande 5.3.2024 (påhittat)",
        "Press release of the Ministry of Training, 5 March 2024 (invented)",
    ),
    publisher=say("Harjoitusministeriö", "Övningsministeriet", "Ministry of Training"),
    language="fi",
    published=day("2024-03-05"),
    read_on=_READ_ON,
)
DECISION = SourceCard(
    key="paatos-2024-17",
    kind=SourceKind.DECISION,
    title=say("Rahoituspäätös 17/2024 (keksitty)", "Finansieringsbeslut 17/2024 (påhittat)", "Funding decision 17/2024 (invented)"),
    publisher=say("Kokeilurahoituskeskus", "Finansieringscentralen för försök", "Trial Funding Centre"),
    language="fi",
    published=day("2024-04-18"),
    read_on=_READ_ON,
)
PAPER = SourceCard(
    key="sanomat-2024-04-19",
    kind=SourceKind.NEWSPAPER,
    title=say(
        "Harjoitussanomien uutinen 19.4.2024 (keksitty)",
        "Nyhet i Övningsbladet 19.4.2024 (påhittad)",
        "News item in the Training Times, 19 April 2024 (invented)",
    ),
    publisher=say("Harjoitussanomat", "Övningsbladet", "Training Times"),
    language="sv",
    published=day("2024-04-19"),
    read_on=_READ_ON,
)
COUNCIL_PAGE = SourceCard(
    key="liiton-sivu",
    kind=SourceKind.WEB_PAGE,
    title=say(
        "Tapionmaan liiton sivu sopimuksesta (keksitty)",
        "Tapiolands förbunds sida om avtalet (påhittad)",
        "Page of the Regional Council of Tapionmaa on the agreement (invented)",
    ),
    publisher=say("Tapionmaan liitto", "Tapiolands förbund", "Regional Council of Tapionmaa"),
    language="sv",
    published=None,
    read_on=_READ_ON,
)
CITY_BUDGET = SourceCard(
    key="talousarvio-2026",
    kind=SourceKind.DOCUMENT,
    title=say("Kullervonkosken talousarvio 2026 (keksitty)", "Kullervofors budget 2026 (påhittad)", "Budget of Kullervonkoski 2026 (invented)"),
    publisher=say("Kullervonkosken kaupunki", "Kullervofors stad", "City of Kullervonkoski"),
    language="fi",
    published=day("2025-11-17"),
    read_on=_READ_ON,
)
