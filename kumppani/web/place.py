"""Where the reader is: language, programme, embedded or not; and from there every address of the portal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from kumppani.access import load
from kumppani.access.viewer import STRANGER, Viewer
from kumppani.kernel.errors import Missing
from kumppani.kernel.text import LANGUAGES, _

if TYPE_CHECKING:
    from kumppani.domain.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Place:
    """A reader's place. The default programme is served without its key in the address, any other at p/KEY/."""

    language: str
    programme: Programme
    viewer: Viewer = STRANGER
    embedded: bool = False
    reader: str = ""
    """What somebody who is signed in is called; only pages of theirs know it."""

    @property
    def is_default(self) -> bool:
        """Whether the programme is the one served at /fi/, /sv/ and /en/."""
        return self.programme.key == settings.DEFAULT_PROGRAMME

    def to(self, name: str, **kwargs: object) -> str:
        """The path of a page of this programme in this language."""
        return reverse(name, kwargs=self._kwargs(kwargs))

    def to_embed(self, name: str, **kwargs: object) -> str:
        """The path of the same view for a frame on somebody else's page."""
        return reverse(f"embed-{name}", kwargs=self._kwargs(kwargs))

    def absolute(self, path: str) -> str:
        """The public address of a path."""
        return f"{settings.PUBLIC_URL}{path}"

    def in_language(self, language: str) -> Place:
        """The same place for a reader of another language."""
        return replace(self, language=language)

    def _kwargs(self, kwargs: dict[str, object]) -> dict[str, object]:
        where = {"lang": self.language} if self.is_default else {"lang": self.language, "programme": self.programme.key}
        return {**where, **kwargs}


_WHERE = re.compile(rf"^(?:/embed)?/(?P<language>{'|'.join(LANGUAGES)})/(?:p/(?P<programme>[-a-zA-Z0-9_]+)/)?")


def place_of(path: str) -> Place | None:
    """The place a path lies in, for pages of refusals: they too belong to a programme, and say so if it is an invented one."""
    where = _WHERE.match(path)
    try:
        return find_place(where["language"], where["programme"]) if where else None
    except Missing:
        return None


def find_place(language: str, programme: str | None, *, viewer: Viewer = STRANGER, embedded: bool = False) -> Place:
    """The place an address names; refuses a language the interface does not speak and a programme that is not here."""
    if language not in LANGUAGES:
        raise Missing("unknown-language", _("“{language}” is not a language of this site.", language=language))
    return Place(language, load.programme(viewer, programme), viewer, embedded)
