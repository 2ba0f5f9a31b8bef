"""Open or withdrawn, and the acts between."""

from __future__ import annotations

from enum import StrEnum

from kumppani.domain.parties.permissions import Permission
from kumppani.kernel.acts import ActTable, Names, Step
from kumppani.kernel.text import _


class PublicationStatus(StrEnum):
    """Whether everyone may see a thing."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


PUBLICATION_ACTS: ActTable[PublicationStatus] = {
    (None, "publish"): Step(next=PublicationStatus.OPEN, turn="nobody", permission=Permission.PUBLISH, event="publish"),
    (None, "publish_figure"): Step(next=PublicationStatus.OPEN, turn="nobody", permission=Permission.PUBLISH_FIGURE, event="publish_figure"),
    (PublicationStatus.OPEN, "withdraw"): Step(next=PublicationStatus.WITHDRAWN, turn="publisher", permission=Permission.WITHDRAW, event="withdraw"),
    (PublicationStatus.WITHDRAWN, "publish"): Step(next=PublicationStatus.OPEN, turn="nobody", permission=Permission.PUBLISH, event="publish"),
}

PUBLICATION_NAMES: dict[PublicationStatus, Names] = {
    PublicationStatus.OPEN: Names(owner="publisher", staff=_("Open to everyone"), public=_("Published"), before=_("To be published")),
    PublicationStatus.WITHDRAWN: Names(owner="publisher", staff=_("Withdrawn from the public"), public=_("Withdrawn"), before=_("May be withdrawn")),
}
