"""May they? `check_…` refuses with a sentence; `can` only asks, so that a page can show the reason beside a disabled button."""

from __future__ import annotations

from collections.abc import Collection

from kumppani.access.viewer import Viewer
from kumppani.domain.parties.permissions import FOR_EVERYONE, Permission
from kumppani.kernel.errors import NotAllowed
from kumppani.kernel.text import _


def check_can(by: Viewer, permission: Permission, programme: str | None, *, of: Collection[str] = ()) -> None:
    """Refuses somebody who is not permitted this act in this programme.

    `of`: keys of the organisations whose thing it is. Roles held for an organisation permit acts only on what is that organisation's.
    """
    if permission in FOR_EVERYONE or by.may(permission, programme, of):
        return
    for one in by.lapsed:
        if one.grant.covers(permission, programme, of):
            reason = _(
                "Your mandate for “{organisation}” ended on {day}: ask for a new one.", organisation=one.grant.organisation, day=str(one.until)
            )
            raise NotAllowed("mandate-ended", reason)
    raise NotAllowed("not-permitted", _("You are not permitted to do this: it takes the permission “{permission}”.", permission=permission))


def party_of(by: Viewer, permission: Permission, programme: str, parties: Collection[str]) -> str:
    """Key of the one party in whose name somebody does this, however far their other roles reach; refuses who acts for none of them, or for two."""
    found = sorted(by.acts_for(permission, programme) & set(parties))
    if len(found) > 1:
        raise NotAllowed("for-two-parties", _("You act for both “{one}” and “{other}”: nobody acts for two parties.", one=found[0], other=found[1]))
    if not found:
        raise NotAllowed("for-no-party", _("You act for none of the parties: this is done in the name of one of them."))
    return found[0]


def can(by: Viewer, permission: Permission, programme: str | None, *, of: Collection[str] = ()) -> bool:
    """Whether `check_can` would let it pass."""
    try:
        check_can(by, permission, programme, of=of)
    except NotAllowed:
        return False
    return True
