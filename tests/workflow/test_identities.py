"""Who is linked to somebody at a provider of sign-in: by an administrator, with a code of a day, and how the journal tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from kumppani.access.people import identities, person_at
from kumppani.access.viewer import STRANGER, SYSTEM, Viewer, viewer_of
from kumppani.domain.journal.models import Event
from kumppani.domain.parties.identities import shown_code
from kumppani.domain.parties.models import Identity, Person, UnlinkedIdentity
from kumppani.domain.parties.permissions import SEPARATED, Permission
from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.domain.programmes.models import Programme
from kumppani.kernel import clock
from kumppani.kernel.errors import Refusal
from kumppani.web.signin.accounts import account_of
from kumppani.workflow import guard
from kumppani.workflow.identities import link_identity, note_identity, unlink_identity
from kumppani.workflow.invitations import forget_authenticator
from kumppani.workflow.people import admit_person, establish_roles, grant_role
from tests.builders import programme_of

pytestmark = pytest.mark.django_db

ISSUER = "https://provider.example"
SUBJECT = "ab" * 32


@pytest.fixture
def person() -> Person:
    establish_roles(by=SYSTEM)
    return admit_person(by=SYSTEM, key="new", name="Uusi Ihminen", programme=programme_of())


def administrator(programme: Programme) -> Viewer:
    who = admit_person(by=SYSTEM, key=f"administrator-{programme.key}", name="", programme=programme)
    grant_role(by=SYSTEM, person=who, role="administrator", programme=programme)
    return viewer_of(who)


def came(subject: str = SUBJECT, provider: str = "entra") -> UnlinkedIdentity:
    return note_identity(by=SYSTEM, provider=provider, issuer=ISSUER, subject=subject)


def refused(act: Callable[[], Any], code: str) -> None:
    before = (Identity.objects.count(), UnlinkedIdentity.objects.count(), Event.objects.count())
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code
    assert (Identity.objects.count(), UnlinkedIdentity.objects.count(), Event.objects.count()) == before


def test_an_administrator_links_by_the_code_which_is_then_used_up(person: Person) -> None:
    code = came().code
    link_identity(by=SYSTEM, person=person, code=f" {shown_code(code).lower()} ")
    assert person_at(ISSUER, [SUBJECT]) == person
    assert person_at("https://another.example", [SUBJECT]) is None
    assert person_at(ISSUER, ["cd" * 32]) is None
    refused(lambda: link_identity(by=SYSTEM, person=person, code=code), "unknown-code")


def test_a_code_is_the_same_for_a_day_and_then_another(person: Person) -> None:
    first = came().code
    assert came().code == first
    assert came("cd" * 32).code != first
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        refused(lambda: link_identity(by=SYSTEM, person=person, code=first), "unknown-code")
        assert came().code != first
        assert UnlinkedIdentity.objects.count() == 1, "what is too old is deleted"


def test_one_identity_at_each_provider(person: Person) -> None:
    link_identity(by=SYSTEM, person=person, code=came().code)
    second = came("cd" * 32)
    refused(lambda: link_identity(by=SYSTEM, person=person, code=second.code), "identity-linked")
    link_identity(by=SYSTEM, person=person, code=came("ef" * 32, "virtu").code)
    assert [one.provider for one in identities(person.programme)] == ["entra", "virtu"]


def test_nobody_but_an_administrator_of_the_programme_links_and_unlinks(person: Person) -> None:
    noted = came()
    own, other = administrator(person.programme), administrator(programme_of("another"))
    for stranger in (STRANGER, viewer_of(person), other):
        refused(lambda by=stranger: link_identity(by=by, person=person, code=noted.code), "not-permitted")
    identity = link_identity(by=own, person=person, code=noted.code)
    for stranger in (STRANGER, viewer_of(person), other):
        refused(lambda by=stranger: unlink_identity(by=by, identity=identity), "not-permitted")
    unlink_identity(by=own, identity=identity)
    assert person_at(ISSUER, [SUBJECT]) is None


def test_nobody_links_themselves_and_nothing_links_the_account_for_emergencies(person: Person) -> None:
    boss = administrator(person.programme)  # type: ignore[arg-type] admitted to one
    code = came().code
    refused(lambda: link_identity(by=boss, person=Person.objects.get(key=boss.key), code=code), "invites-oneself")
    emergency = admit_person(by=SYSTEM, key=BREAK_GLASS, name="", programme=None)
    refused(lambda: link_identity(by=SYSTEM, person=emergency, code=code), "not-to-be-invited")


def test_nobody_notes_who_came_but_sign_in_itself() -> None:
    refused(lambda: note_identity(by=STRANGER, provider="entra", issuer=ISSUER, subject=SUBJECT), "not-permitted")


def test_accounts_of_the_installation_are_linked_to_nobody() -> None:
    account = admit_person(by=SYSTEM, key="machine", name="", programme=None, is_system=True)
    noted = came()
    refused(lambda: link_identity(by=SYSTEM, person=account, code=noted.code), "not-to-be-invited")


def test_the_journal_tells_the_link_and_never_whose_it_is_at_the_provider(person: Person) -> None:
    noted = came()
    identity = link_identity(by=SYSTEM, person=person, code=noted.code)
    unlink_identity(by=SYSTEM, identity=identity)
    linked, unlinked = Event.objects.filter(kind="identity").order_by("number")
    assert (linked.act, linked.key, linked.root, linked.chain) == ("link_identity", "new/entra", "new", person.programme.key)
    assert (unlinked.act, unlinked.key) == ("unlink_identity", "new/entra")
    for event in (linked, unlinked):
        assert SUBJECT not in event.text
        assert "Uusi" not in event.text
        assert noted.code not in event.text


def test_who_links_people_decides_nothing() -> None:
    assert (Permission.LINK_IDENTITY, Permission.PUBLISH) in SEPARATED


def has(person: Person, added: datetime) -> Authenticator:
    """An authenticator added at a moment, beside a password."""
    user = account_of(person)
    user.set_password("a long password of mine")
    user.save()
    found = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.filter(pk=found.pk).update(created_at=added)
    return found


@pytest.mark.parametrize("later", [True, False])
def test_what_was_set_up_since_a_link_goes_with_it_and_with_the_last_of_it_the_password(person: Person, later: bool) -> None:
    identity = link_identity(by=SYSTEM, person=person, code=came().code)
    with guard.writing():
        own = has(person, identity.linked_at + timedelta(minutes=1 if later else -1))
    unlink_identity(by=SYSTEM, identity=identity)
    assert Authenticator.objects.filter(pk=own.pk).exists() is not later
    assert account_of(person).has_usable_password() is not later


def test_a_sign_in_that_waits_for_its_second_step_ends_with_the_link(person: Person) -> None:
    identity = link_identity(by=SYSTEM, person=person, code=came().code)
    waits = account_of(person).get_session_auth_hash()
    unlink_identity(by=SYSTEM, identity=identity)
    assert account_of(person).get_session_auth_hash() != waits


def test_who_lost_their_authenticator_comes_in_from_no_provider_either(person: Person) -> None:
    link_identity(by=SYSTEM, person=person, code=came().code)
    forget_authenticator(by=SYSTEM, person=person, programme=None, reason="The phone is at the bottom of the sea.")
    assert person_at(ISSUER, [SUBJECT]) is None
    assert Event.objects.filter(act="forget_authenticator", kind="identity").count() == 1
