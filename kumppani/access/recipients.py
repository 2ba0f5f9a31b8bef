"""Who is written to, and what somebody has chosen of their mail."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from kumppani.access.viewer import Viewer, viewer_of
from kumppani.domain.notices.models import Letter, Recipient
from kumppani.domain.notices.rules import digest_of_secret
from kumppani.domain.parties.models import Membership, Person
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import _


def recipients() -> Iterator[tuple[Programme, Person]]:
    """Everybody with an address for mail, once in every programme in which they have a role."""
    rows = Membership.objects.filter(person__recipient__email__gt="").order_by("person__key")
    everywhere = list(Programme.objects.order_by("key"))
    found: dict[tuple[int, int], tuple[Programme, Person]] = {}
    for member in rows.select_related("person", "programme"):
        for programme in [member.programme] if member.programme else everywhere:
            found.setdefault((programme.pk, member.person.pk), (programme, member.person))
    yield from found.values()


def links_wait() -> bool:
    """Whether a letter that brings a link to sign in is still to be sent."""
    brings = Q(things__0__kind="invitation") | Q(things__0__kind="sign_in_link")
    return Letter.objects.filter(brings, taken_at__isnull=True).exclude(good_until__lt=clock.now()).exists()


def own(viewer: Viewer) -> tuple[Person, Recipient | None]:
    """Who asks, and where their mail goes (None: they have not said). One query."""
    person = Person.objects.select_related("recipient", "programme").get(key=viewer.key)
    return person, getattr(person, "recipient", None)


def of_feed(secret: str) -> Viewer:
    """Whose calendar feed has this secret in its address, with what they may do today."""
    found = Recipient.objects.select_related("person").filter(feed=digest_of_secret(secret)).exclude(feed="").first()
    if found is None:
        raise Missing("no-such-feed", _("There is no such calendar. Its address may have been renewed."))
    return viewer_of(found.person)
