"""Text in several languages, and messages that are translated only when somebody reads them.

Free of Django: `config` installs the translator, so rules can speak without knowing who listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

LANGUAGES = ("fi", "sv", "en")
"""Languages of the interface, in the order in which a missing one falls back."""


class Picked(NamedTuple):
    """What is printed, and in which language it really is (for the `lang` attribute)."""

    value: str
    language: str


class Text(Mapping[str, str]):
    """The same words in one or more languages: language code → words. Immutable; empty words are left out."""

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[str, str] | None = None, /, **more: str) -> None:
        merged = {**(words or {}), **more}
        for language, value in merged.items():
            if not isinstance(value, str):
                raise TypeError(f"words in {language} are {type(value).__name__}, not str")
        self._words = {language: merged[language] for language in sorted(merged) if merged[language]}

    def __getitem__(self, language: str) -> str:
        return self._words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __hash__(self) -> int:
        return hash(tuple(self._words.items()))

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __repr__(self) -> str:
        return f"Text({self._words!r})"

    def pick(self, language: str) -> Picked:
        """The words in `language`, else in the first interface language there is, else in any; empty when there are none."""
        for candidate in (language, *LANGUAGES, *self._words):
            if candidate in self._words:
                return Picked(self._words[candidate], candidate)
        return Picked("", language)

    def with_(self, language: str, value: str) -> Text:
        """A copy in which the words of one language are other ones."""
        return Text({**self._words, language: value})


def _untranslated(template: str) -> str:
    return template


_translate: Callable[[str], str] = _untranslated


def install_translator(translate: Callable[[str], str]) -> None:
    """Give messages their translator: a function from the English template to the reader's language."""
    global _translate  # noqa: PLW0603 the one hook by which the kernel, free of Django, reaches gettext
    _translate = translate


class Message:
    """A sentence with named places, translated when it is read: str(Message("Not before {start}.", start=…))."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return _translate(self.template).format(**{name: str(value) for name, value in self.values.items()})

    def __repr__(self) -> str:
        return f"Message({self.template!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash(self.template)


_ = Message
"""Marks a sentence for translation where it stands, as gettext expects."""
