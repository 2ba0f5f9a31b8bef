"""Acts on links by mail, by which somebody signs in without their password. Each works once, and asking changes nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.notices.models import Letter
from kumppani.domain.parties.models import AskedLink, User
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import LINKS_FROM_ONE, LINKS_OF_ONE
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.workflow._record import act

SIGN_IN = "sign_in_link"
"""Kind of the letter that brings a link."""

LINK_LASTS = timedelta(minutes=15)
"""From the letter's being handed over; and so long it is tried to hand it over."""

KEPT = timedelta(days=1)
"""How long it is known that a link was asked for."""


@act
def ask_link(*, by: Viewer, programme: Programme, accounts: Iterable[User], browser: str, client: str) -> bool:
    """Writes to each of these accounts a letter with a link, unless that was done often just now. False: this client has asked too often."""
    check_can(by, Permission.WRITE_LETTERS, None)
    now = clock.now()
    lately = AskedLink.objects.filter(asked_at__gt=now - LINK_LASTS)
    if lately.filter(account=None, client=client).count() >= LINKS_FROM_ONE:
        return False
    asked = {"asked_at": now, "browser": browser, "client": client}
    # One row for who is not here as well: the next asking is counted alike.
    AskedLink.objects.create(account=None, **asked)
    for account in User.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in accounts]).order_by("pk"):
        if lately.filter(account=account).count() < LINKS_OF_ONE:
            link = AskedLink.objects.create(account=account, **asked)
            things = [{"kind": SIGN_IN, "link": link.pk}]
            Letter.objects.create(programme=programme, person_id=account.person_id, things=things, written_at=now, good_until=now + LINK_LASTS)
    return True


@act
def use_link(*, by: Viewer, number: int) -> User | None:
    """Uses a link up: whose it is. None: it was used before, or is not known any more."""
    check_can(by, Permission.WRITE_LETTERS, None)
    # The update says itself whether it was first, on either database.
    if not AskedLink.objects.filter(pk=number, used_at=None, account__isnull=False).update(used_at=clock.now()):
        return None
    return User.objects.select_related("person").get(asked_links__pk=number)


@act
def forget_links(*, by: Viewer) -> int:
    """Deletes what is known of links asked for more than a day ago: how many they were."""
    check_can(by, Permission.WRITE_LETTERS, None)
    return AskedLink.objects.filter(asked_at__lt=clock.now() - KEPT).delete()[0]
