"""Letters in the words and the language of their reader. They say of what kind something is and where it is dealt with, never what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation

from kumppani.access.inbox import Kind
from kumppani.kernel.days import written_day
from kumppani.kernel.text import Message, _
from kumppani.web.place import Place
from kumppani.web.signin.accounts import account_of, link_parts
from kumppani.web.signin.by_mail import token_of
from kumppani.web.workbench.inbox import WHAT, WHERE
from kumppani.workflow.invitations import FORGOTTEN, INVITATION
from kumppani.workflow.links import SIGN_IN

if TYPE_CHECKING:
    from kumppani.domain.notices.models import Letter
    from kumppani.domain.parties.models import User


def words_of(letter: Letter, language: str) -> tuple[str, str]:
    """Subject and words of a letter, made when it is handed over: no link that it brings is kept anywhere."""
    place = Place(language, letter.programme)
    with translation.override(language):
        if letter.person is None:
            return str(_("Your feedback has been answered")), "\n".join(_answered(letter, place))
        if letter.things[0]["kind"] in OWN:
            title, lines = OWN[letter.things[0]["kind"]]
            return str(title), "\n".join(lines(letter, place))
        subject = str(_("Matters wait for you in Kumppani"))
        return subject, "\n".join(_lines(letter, place))


def _lines(letter: Letter, place: Place) -> Iterator[str]:
    yield from (str(_("These matters wait for you:")), "")
    for thing in letter.things:
        kind = Kind(thing["kind"])
        due = written_day(date.fromisoformat(thing["due_on"]), place.language) if thing["due_on"] else ""
        yield f"* {WHAT[kind]}" + (f", {_('due by {day}', day=due)}" if due else "")
        yield f"  {place.absolute(place.to(WHERE[kind], **thing['at']))}"
    yield from ("", str(_("All that waits for you:")), place.absolute(place.to("work-home")))
    yield from ("", str(_("Of what you are told by mail, and how soon, you choose yourself:")), place.absolute(place.to("work-preferences")))


def _account(letter: Letter) -> User:
    if letter.person is None:
        raise ValueError("a letter about signing in is to a person")
    return account_of(letter.person)


def _invited(letter: Letter, place: Place) -> Iterator[str]:
    user = _account(letter)
    yield str(_("You are invited to sign in to Kumppani. Your login: {login}", login=user.login))
    yield from (str(_("Choose your password here, within three days. The link works once:")), "")
    yield place.absolute(place.to("sign-in-first", **link_parts(user)))
    yield from ("", str(_("If you do not know what this is about, leave it alone: without you nothing happens.")))


def _forgotten(letter: Letter, _place: Place) -> Iterator[str]:
    yield str(_("Your authenticator, your passkeys, your recovery codes and your password for Kumppani have been deleted by an administrator."))
    yield str(_("The reason given: {reason}", reason=letter.things[0]["reason"]))
    yield from ("", str(_("You sign in again when you are invited anew. If you know nothing of this, tell who runs this service at once.")))


def _link(letter: Letter, place: Place) -> Iterator[str]:
    yield str(_("By this link you sign in to Kumppani as {login}, once, within a quarter of an hour:", login=_account(letter).login))
    yield from ("", place.absolute(place.to("sign-in-link", token=token_of(letter.things[0]["link"]))))
    yield from ("", str(_("Your code or passkey is asked for afterwards. If you did not ask for this link, leave it alone.")))


OWN: Mapping[str, tuple[Message, Callable[[Letter, Place], Iterator[str]]]] = {
    INVITATION: (_("Your invitation to Kumppani"), _invited),
    FORGOTTEN: (_("Your authenticator was forgotten"), _forgotten),
    SIGN_IN: (_("Your link to sign in to Kumppani"), _link),
}
"""Letters about signing in, by their kind: subject and words."""


def _answered(letter: Letter, place: Place) -> Iterator[str]:
    yield from (str(_("Your feedback has been answered. The answer stands here:")), "")
    for thing in letter.things:
        yield place.absolute(place.to("feedback-item", **thing["at"]))
    yield from ("", str(_("Your e-mail address has been deleted.")))
