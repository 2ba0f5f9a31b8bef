"""How firmly a value stands, in plain words."""

from __future__ import annotations

from kumppani.domain.sources.rules import Mark, SourceKind
from kumppani.kernel.text import Message, _

MARK_WORDS: dict[str, Message] = {
    Mark.SEEN: _("Printed by an authority"),
    Mark.THIRD_PARTY: _("Printed, but not by an authority"),
    Mark.INFERRED: _("Follows from what the source says"),
    Mark.BACKGROUND: _("Background knowledge, not confirmed from a source"),
    Mark.OURS: _("Our own division, translation or mapping"),
    Mark.ENTERED: _("Entered here by the one responsible"),
    Mark.UNKNOWN: _("Not in our sources"),
}

MARK_IN_SHORT: dict[str, Message] = {
    Mark.SEEN: _("confirmed"),
    Mark.THIRD_PARTY: _("not from an authority"),
    Mark.INFERRED: _("inferred"),
    Mark.BACKGROUND: _("not confirmed"),
    Mark.OURS: _("ours"),
    Mark.ENTERED: _("entered here"),
    Mark.UNKNOWN: _("not known"),
}
"""For tables, where the whole sentence would crowd out the value."""

SOURCE_KIND_WORDS: dict[str, Message] = {
    SourceKind.PRESS_RELEASE: _("press release"),
    SourceKind.WEB_PAGE: _("web page"),
    SourceKind.DECISION: _("decision"),
    SourceKind.DATASET: _("data set"),
    SourceKind.REGISTER: _("register"),
    SourceKind.NEWSPAPER: _("newspaper"),
    SourceKind.DOCUMENT: _("document"),
    SourceKind.THIRD_PARTY_PAGE: _("somebody else’s page"),
}
