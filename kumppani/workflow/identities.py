"""Acts on who somebody is at a provider of sign-in: noted when they come, linked and unlinked by an administrator."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.parties.identities import CODE_HOLDS, check_not_linked, new_code, read_code
from kumppani.domain.parties.models import Identity, Person, UnlinkedIdentity, User
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_can_be_invited
from kumppani.kernel import clock
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import _
from kumppani.workflow._accounts import end_sessions, forget_password_left_alone
from kumppani.workflow._record import act, record, record_removal, row_of


@act
def note_identity(*, by: Viewer, provider: str, issuer: str, subject: str) -> UnlinkedIdentity:
    """Keeps, for a day, that somebody came who is linked to nobody: the code they tell an administrator. Who comes again that day has the same."""
    check_can(by, Permission.NOTE_IDENTITY, None)
    forget_codes(by=by)
    given = {"code": new_code(), "provider": provider, "seen_at": clock.now()}
    noted, _is_new = UnlinkedIdentity.objects.get_or_create(issuer=issuer, subject=subject, defaults=given)
    return noted


@act
def forget_codes(*, by: Viewer) -> int:
    """Deletes whom nobody has linked within a day: how many they were."""
    check_can(by, Permission.NOTE_IDENTITY, None)
    gone, _each = UnlinkedIdentity.objects.filter(seen_at__lte=clock.now() - CODE_HOLDS).delete()
    return gone


@act
def link_identity(*, by: Viewer, person: Person, code: str) -> Identity:
    """From now on whoever was told this code signs in as this person. The code is used up. Nobody does it for themselves."""
    check_can(by, Permission.LINK_IDENTITY, person.programme.key if person.programme else None)
    check_can_be_invited(by.key, person.key, is_system=person.is_system)
    known_since = clock.now() - CODE_HOLDS
    noted = UnlinkedIdentity.objects.select_for_update().filter(code=read_code(code)[:20], seen_at__gt=known_since).first()
    if noted is None:
        raise RuleBroken("unknown-code", _("There is no such code, or it is older than a day. Whoever has it signs in again and gets a new one."))
    held = Identity.objects.filter(person=person, provider=noted.provider).first()
    check_not_linked(held.provider if held else None)
    given = {"provider": noted.provider, "issuer": noted.issuer, "subject": noted.subject}
    identity = Identity.objects.create(person=person, linked_at=clock.now(), **given)
    noted.delete()
    record(by, "link_identity", identity, programme=person.programme)
    return identity


@act
def unlink_identity(*, by: Viewer, identity: Identity) -> None:
    """Whoever signs in at this provider is nobody here any more, nor by what they set up since the link: it may have been the wrong person.

    Their authenticators and passkeys of that time go, and every session; where no authenticator is left, the password goes too.
    """
    person = identity.person
    check_can(by, Permission.UNLINK_IDENTITY, person.programme.key if person.programme else None)
    for user in User.objects.select_for_update(of=("self",)).filter(person=person):
        Authenticator.objects.filter(user=user, created_at__gte=identity.linked_at).delete()
        forget_password_left_alone(user)
        end_sessions(user)
    remove_identity(by, "unlink_identity", identity)


def remove_identity(by: Viewer, event: str, identity: Identity) -> None:
    """A part of the acts that may do so."""
    record_removal(by, event, identity, programme=identity.person.programme, before=row_of(identity))
    identity.delete()
