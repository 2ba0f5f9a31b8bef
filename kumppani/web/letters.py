"""Letters in the words and the language of their reader. They say of what kind something is and where it is dealt with, never what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation

from kumppani.access.inbox import Kind
from kumppani.kernel.days import written_day
from kumppani.kernel.text import _
from kumppani.web.place import Place
from kumppani.web.workbench.inbox import WHAT, WHERE

if TYPE_CHECKING:
    from kumppani.domain.notices.models import Letter


def words_of(letter: Letter, language: str) -> tuple[str, str]:
    """Subject and words of a letter about what waits for its reader."""
    place = Place(language, letter.programme)
    with translation.override(language):
        if letter.person is None:
            return str(_("Your feedback has been answered")), "\n".join(_answered(letter, place))
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


def _answered(letter: Letter, place: Place) -> Iterator[str]:
    yield from (str(_("Your feedback has been answered. The answer stands here:")), "")
    for thing in letter.things:
        yield place.absolute(place.to("feedback-item", **thing["at"]))
    yield from ("", str(_("Your e-mail address has been deleted.")))
