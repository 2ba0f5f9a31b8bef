"""Inviting somebody, and forgetting a second step that was lost: who may, whom, what the journal keeps and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from kumppani.access.viewer import STRANGER, SYSTEM, Grant, Viewer
from kumppani.domain.journal.models import Event
from kumppani.domain.notices.models import Letter, Recipient
from kumppani.domain.parties.models import Invitation, Person
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.parties.rules import BREAK_GLASS
from kumppani.kernel.errors import NotAllowed, Refusal, RuleBroken
from kumppani.web.signin.accounts import account_of, account_of_link, link_parts
from kumppani.web.signin.authenticator import has_second_step
from kumppani.workflow.invitations import forget_authenticator, invite_person
from kumppani.workflow.people import admit_person
from tests.working import Office, open_office

EMAIL = "somebody@ministry.example"
ADMINISTERS = Viewer("boss", (Grant("harjoitus", frozenset({Permission.INVITE_PERSON, Permission.FORGET_AUTHENTICATOR})),))


@pytest.fixture
def office(db: None, noon: None) -> Office:
    return open_office()


def person(key: str = "official") -> Person:
    return Person.objects.get(key=key)


def invite(office: Office, by: Viewer = ADMINISTERS, whom: str = "official", email: str = EMAIL, language: str = "sv") -> Invitation:
    return invite_person(by=by, person=person(whom), programme=office.programme, email=email, language=language)


def forget(office: Office, by: Viewer = ADMINISTERS, whom: str = "official", reason: str = "The phone is at the bottom of the sea.") -> Invitation:
    return forget_authenticator(by=by, person=person(whom), programme=office.programme, reason=reason)


def refused(act: Callable[[], Any], code: str, kind: type[Refusal] = RuleBroken) -> None:
    before = (Event.objects.count(), Letter.objects.count(), Recipient.objects.count(), Invitation.objects.count())
    with pytest.raises(kind) as refusal:
        act()
    assert refusal.value.code == code
    assert (Event.objects.count(), Letter.objects.count(), Recipient.objects.count(), Invitation.objects.count()) == before


def told_by_the_journal() -> str:
    return "".join(Event.objects.values_list("text", flat=True))


def test_an_invitation_is_a_letter_and_an_event_that_does_not_know_the_address(office: Office) -> None:
    invite(office)
    (letter,) = Letter.objects.all()
    assert (letter.things, letter.person) == ([{"kind": "invitation"}], person())
    assert Recipient.objects.get().email == EMAIL
    kinds = list(Event.objects.filter(act="invite_person", actor="boss").values_list("kind", flat=True))
    assert sorted(kinds) == ["invitation", "recipient"]
    assert EMAIL not in told_by_the_journal()


def test_a_second_invitation_goes_where_the_first_went_and_ends_its_link(office: Office) -> None:
    invite(office)
    first = link_parts(account_of(person()))
    assert account_of_link(**first) is not None
    invite(office, email="")
    assert account_of_link(**first) is None
    assert account_of_link(**link_parts(account_of(person()))) is not None
    assert Letter.objects.count() == 2


def test_forgetting_leaves_nothing_to_sign_in_with_and_tells_why(office: Office) -> None:
    user = account_of(person())
    user.set_password("korkea kuusi lumessa")
    user.save()
    for kind in ("totp", "webauthn", "recovery_codes"):
        Authenticator.objects.create(user=user, type=kind, data={})
    invite(office)
    link = link_parts(user)
    forget(office)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not has_second_step(user)
    assert not Authenticator.objects.filter(user=user).exists()
    assert account_of_link(**link) is None
    assert Letter.objects.order_by("pk").last().things[0]["kind"] == "authenticator_forgotten"  # type: ignore[union-attr]  # one was just written
    assert Event.objects.filter(act="forget_authenticator", actor="boss").exists()
    assert "at the bottom of the sea" in told_by_the_journal()


def test_who_has_no_address_is_not_told_but_forgotten_all_the_same(office: Office) -> None:
    forget(office)
    assert not Letter.objects.exists()
    assert Invitation.objects.get().forgets


@pytest.mark.parametrize("act", [invite, forget])
def test_only_who_administers_the_persons_programme_may(office: Office, act: Callable[..., Any]) -> None:
    others = Viewer("others", (Grant(None, frozenset(Permission) - {Permission.INVITE_PERSON, Permission.FORGET_AUTHENTICATOR}),))
    elsewhere = Viewer("elsewhere", (Grant("fi-2021", frozenset(Permission)),))
    for by in (STRANGER, others, elsewhere, office.people["coordinator"]):
        refused(lambda by=by: act(office, by=by), "not-permitted", NotAllowed)  # type: ignore[misc]  # mypy cannot infer a lambda's default


@pytest.mark.parametrize("act", [invite, forget])
def test_nobody_does_it_for_themselves_nor_for_what_is_no_person(office: Office, act: Callable[..., Any]) -> None:
    oneself = Viewer("official", ADMINISTERS.grants)
    refused(lambda: act(office, by=oneself), "invites-oneself")
    admit_person(by=SYSTEM, key=BREAK_GLASS, name="Break glass", programme=None)
    admit_person(by=SYSTEM, key="machine", name="Machine", programme=None, is_system=True)
    for whom in (BREAK_GLASS, "machine"):
        refused(lambda whom=whom: act(office, by=SYSTEM, whom=whom), "not-to-be-invited")  # type: ignore[misc]  # likewise


def test_what_cannot_be_is_refused_in_a_sentence(office: Office) -> None:
    refused(lambda: invite(office, email=""), "no-address-known")
    refused(lambda: invite(office, email="nobody"), "no-email")
    refused(lambda: invite(office, email="a@b.example\nBcc: c@d.example"), "no-email")
    refused(lambda: invite(office, email="somebody@city.fi"), "address-of-a-real-person")
    refused(lambda: invite(office, language="de"), "unknown-language")
    for reason in ("", "   "):
        refused(lambda reason=reason: forget(office, reason=reason), "reason-missing")  # type: ignore[misc]  # likewise
    refused(lambda: forget(office, reason="x" * 501), "reason-too-long")
