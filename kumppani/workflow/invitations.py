"""Acts by which somebody comes to sign in: an invitation, with a link by mail or handed over, and forgetting a second step that was lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator

from kumppani.access.checks import check_can
from kumppani.access.viewer import Viewer
from kumppani.domain.notices.models import Letter, Recipient
from kumppani.domain.notices.rules import check_email, check_language, check_reserved
from kumppani.domain.parties.models import Identity, Invitation, Person, User
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import check_can_be_invited, check_has_address, check_reason
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.workflow._accounts import end_sessions, forget_password_left_alone
from kumppani.workflow._record import act, record, row_of
from kumppani.workflow.identities import remove_identity

INVITATION = "invitation"
FORGOTTEN = "authenticator_forgotten"
"""Kinds of letters that are written here."""


@act
def invite_person(*, by: Viewer, person: Person, programme: Programme | None, email: str, language: str) -> Invitation:
    """Sends somebody a link by which they choose a password; no link given before leads anywhere.

    `email`: where it goes; empty: where their mail goes already. `programme` None: no letter is written, the link is handed over.
    """
    person = _whom(by, person, Permission.INVITE_PERSON)
    if programme is not None:
        _write(programme, _address(by, person, email, language), {"kind": INVITATION})
    return _made(by, "invite_person", person)


@act
def forget_authenticator(*, by: Viewer, person: Person, programme: Programme | None, reason: str) -> Invitation:
    """Forgets the authenticator, passkeys, recovery codes, password and links to providers of somebody who has lost them, and ends their sessions.

    Only an invitation lets them in again. They are told by mail, if it is known where their mail goes and in which `programme` to say so.
    """
    person = _whom(by, person, Permission.FORGET_AUTHENTICATOR)
    check_reason(reason)
    for user in User.objects.select_for_update(of=("self",)).filter(person=person):
        _forget(user)
    for identity in Identity.objects.select_related("person__programme").filter(person=person):
        remove_identity(by, "forget_authenticator", identity)
    recipient = Recipient.objects.filter(person=person).exclude(email="").first()
    if programme is not None and recipient is not None:
        _write(programme, recipient, {"kind": FORGOTTEN, "reason": reason})
    return _made(by, "forget_authenticator", person, forgets=True, reason=reason)


def _whom(by: Viewer, person: Person, permission: Permission) -> Person:
    person = Person.objects.select_for_update(of=("self",)).select_related("programme").get(pk=person.pk)
    check_can(by, permission, person.programme.key if person.programme else None)
    check_can_be_invited(by.key, person.key, is_system=person.is_system)
    return person


def _forget(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    forget_password_left_alone(user)
    end_sessions(user)


def _address(by: Viewer, person: Person, email: str, language: str) -> Recipient:
    """Where the letter goes; noted for all later letters."""
    found = Recipient.objects.select_related("person__programme").filter(person=person).first()
    check_has_address(email or (found.email if found else ""))
    check_email(email)
    if person.programme is not None and person.programme.is_training:
        check_reserved(email)
    check_language(language)
    before = row_of(found) if found else None
    recipient = found or Recipient(person=person)
    recipient.email, recipient.language = email or recipient.email, language
    recipient.save()
    record(by, "invite_person", recipient, programme=person.programme, before=before)
    return recipient


def _write(programme: Programme, to: Recipient, thing: dict[str, str], good_until: datetime | None = None) -> None:
    Letter.objects.create(programme=programme, person=to.person, things=[thing], written_at=clock.now(), good_until=good_until)


def _made(by: Viewer, act: str, person: Person, **more: object) -> Invitation:
    number = Invitation.objects.filter(person=person).count() + 1
    invitation = Invitation.objects.create(person=person, number=number, made_at=clock.now(), **more)
    record(by, act, invitation, programme=person.programme)
    return invitation
