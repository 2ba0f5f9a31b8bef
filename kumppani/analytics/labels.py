"""What search calls the kinds of thing it finds, the parts that organisations have, and the pages of the site."""

from __future__ import annotations

from collections.abc import Mapping

from kumppani.kernel.text import Message, _

KIND_NAMES: Mapping[str, Message] = {
    "agreement": _("Agreement"),
    "priority": _("Strategic priority"),
    "commitment": _("Commitment"),
    "measure": _("Measure"),
    "organisation": _("Organisation"),
    "theme": _("Cross-cutting theme"),
    "municipality": _("Municipality"),
    "figure": _("Published figure"),
    "goal": _("Stated goal"),
    "update": _("Known update"),
    "page": _("Page"),
}
"""Kind → one of them."""

ROLES = ("signatory", "negotiator", "cooperation_party", "decider")
"""Parts that an organisation has in an agreement as a whole, in the order in which they are told."""

LABELS: Mapping[str, Message] = {
    "signatory": _("Signatories"),
    "negotiator": _("Took part in the negotiations"),
    "cooperation_party": _("Cooperation parties"),
    "decider": _("Intermediate body"),
    "has_signatory": _("Has signed"),
    "has_negotiator": _("Negotiated"),
    "has_cooperation_party": _("Cooperates in"),
    "has_decider": _("Intermediate body for"),
    "municipalities": _("Municipalities"),
    "municipality": _("Municipality"),
    "regions": _("Region and sub-region"),
    "themes": _("Themes"),
    "priority": _("Strategic priority"),
    "promised_by": _("Promised by"),
    "promised_to": _("Promised to"),
    "action_type": _("Action type"),
    "lead": _("Lead"),
    "partners": _("Partners"),
    "other_names": _("Other names"),
    "part_of": _("Part of"),
    "successor": _("Succeeded by"),
    "source": _("Source"),
}
"""What stands before the names in a line of an excerpt."""

HOME = _("Home")

PAGES: Mapping[str, tuple[Message, Message]] = {
    "agreements": (_("Agreements"), _("All agreements between the state and the city regions, with their priorities and their validity.")),
    "themes": (_("Themes"), _("The cross-cutting themes and the strategic priorities under each of them.")),
    "organisations": (_("Organisations"), _("Everyone who signs, negotiates, decides or cooperates.")),
    "compare": (_("Compare"), _("Two to four agreements side by side, their differences marked.")),
    "data": (
        _("About the data"),
        _("Where the facts come from, how old they are, on what sources differ, what is not known; open data and interface."),
    ),
    "accessibility": (_("Accessibility statement"), _("How accessible these pages are, and how to tell us of an obstacle.")),
    "feedback": (_("Give feedback or report a mistake"), _("Write to whoever runs this service.")),
}
"""Name of the address → (title, what is there)."""
