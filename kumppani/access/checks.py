"""May they? `check_can` refuses with a sentence; `can` only asks, so that a page can show the reason beside a disabled button."""

from __future__ import annotations

from kumppani.access.viewer import Viewer
from kumppani.domain.parties.permissions import FOR_EVERYONE, Permission
from kumppani.kernel.errors import NotAllowed
from kumppani.kernel.text import _


def check_can(by: Viewer, permission: Permission, programme: str | None) -> None:
    """Refuses somebody who is not permitted this act in this programme."""
    if permission in FOR_EVERYONE or by.may(permission, programme):
        return
    raise NotAllowed("not-permitted", _("You are not permitted to do this: it takes the permission “{permission}”.", permission=permission))


def can(by: Viewer, permission: Permission, programme: str | None) -> bool:
    """Whether `check_can` would let it pass."""
    try:
        check_can(by, permission, programme)
    except NotAllowed:
        return False
    return True
