"""An administrator invites somebody on the page of people: the letter arrives at a real mail server, and its link leads in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kumppani.access.viewer import SYSTEM
from kumppani.domain.journal.models import Event
from kumppani.domain.notices.models import Letter
from kumppani.ops.cli import main
from kumppani.workflow.people import admit_person, grant_role
from tests.ops.test_send_mail import Post, post
from tests.web.signin.test_password import HOME, PASSWORD, code_of, give_password
from tests.web.signin.test_password import set_up as follow
from tests.web.workbench.test_meetings import done, refused
from tests.working import PLACE, Office, open_office, sign_in

__all__ = ["post"]

PEOPLE = f"{PLACE}/work/people/"
EMAIL = "somebody@ministry.example"
INVITE = {"person": "official", "email": EMAIL, "language": "en"}


@pytest.fixture
def boss(db: None, client: Client, settings: Any) -> Client:
    settings.SECRET_LASTS = True
    office: Office = open_office()
    person = admit_person(by=SYSTEM, key="administrator", name="Administrator Practising", programme=office.programme)
    grant_role(by=SYSTEM, person=person, role="administrator", programme=office.programme)
    sign_in(client, "administrator")
    return client


def arrived(post: Post) -> list[str]:
    """The words of the letters about signing in, once they have been handed over."""
    post.taken.clear()
    assert main(["send-mail"]) == 0
    words = [str(letter.get_content()) for letter in post.taken]
    return [one for one in words if "These matters wait" not in one]


def link_in(words: str) -> str:
    found = re.search(r"http\S+/sign-in/first/\S+", words)
    assert found
    return f"/{found[0].split('/', 3)[3]}"


def test_an_invitation_arrives_and_its_link_leads_in(boss: Client, post: Post) -> None:
    done(boss, PEOPLE, "invite_person", **INVITE)
    assert "A letter with the invitation is on its way." in boss.get(f"{PEOPLE}?invited=1").content.decode()
    (words,) = arrived(post)
    assert "Your login: official" in words
    other = Client()
    secret, _codes = follow(other, link_in(words))
    assert other.get(HOME).status_code == 200
    third = Client()
    give_password(third)
    assert third.post(f"{PLACE}/sign-in/code/", {"code": code_of(secret)}).status_code == 303
    assert EMAIL not in "".join(Event.objects.values_list("text", flat=True))


def test_inviting_again_ends_the_link_before(boss: Client, post: Post) -> None:
    done(boss, PEOPLE, "invite_person", **INVITE)
    (first,) = arrived(post)
    done(boss, PEOPLE, "invite_person", **INVITE | {"email": ""})
    (second,) = arrived(post)
    assert Client().get(link_in(first)).status_code == 404
    assert Client().get(link_in(second)).status_code == 200


def test_a_forgotten_authenticator_ends_everything_and_its_owner_is_told_why(boss: Client, post: Post) -> None:
    done(boss, PEOPLE, "invite_person", **INVITE)
    owner = Client()
    follow(owner, link_in(arrived(post)[0]))
    done(boss, PEOPLE, "forget_authenticator", person="official", reason="The phone sank.")
    (words,) = arrived(post)
    assert "The reason given: The phone sank." in words
    assert owner.get(HOME).status_code == 302
    assert give_password(Client(), PASSWORD).status_code == 400


def test_refusals_stand_at_their_fields(boss: Client, post: Post) -> None:
    refused(boss, PEOPLE, "invite_person", "another administrator has to do it", **INVITE | {"person": "administrator"})
    refused(boss, PEOPLE, "invite_person", "No e-mail address of this person is known", **INVITE | {"email": ""})
    refused(boss, PEOPLE, "invite_person", "This is not an e-mail address", **INVITE | {"email": "nobody"})
    refused(boss, PEOPLE, "forget_authenticator", "another administrator has to do it", person="administrator", reason="x")
    refused(boss, PEOPLE, "forget_authenticator", "This field is required", person="official", reason="   ")
    assert not Letter.objects.exists()


def test_who_does_not_administer_sends_none(boss: Client, post: Post) -> None:
    other = Client()
    sign_in(other, "coordinator")
    for act, fields in (("invite_person", INVITE), ("forget_authenticator", {"person": "official", "reason": "x"})):
        assert f'name="act" value="{act}"' not in other.get(PEOPLE).content.decode()
        assert other.post(PEOPLE, {"act": act, "attempt": "0" * 32, **fields}).status_code == 400
    assert not Letter.objects.exists()


def test_where_no_mail_is_sent_the_page_says_how_else(boss: Client) -> None:
    assert "the operator invites by “kumppani invite”" in boss.get(PEOPLE).content.decode()
