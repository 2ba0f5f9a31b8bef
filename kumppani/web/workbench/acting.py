"""Acts on a page: each is offered with its form, or with the reason why not; what is sent is done once, and a refusal stands at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy

from kumppani.kernel.days import read_day
from kumppani.kernel.errors import Conflict, Refusal, RuleBroken
from kumppani.kernel.text import LANGUAGES, Message, Text, _
from kumppani.web.forms import new_attempt
from kumppani.workflow.sending import once

IN_LANGUAGE: dict[str, Message] = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


class Choices(NamedTuple):
    """What a field offers at the moment the page is made: value and words, in their order."""

    field: str
    options: Sequence[tuple[str, str]]


class ActForm(forms.Form):
    """What an act asks for. Rules stay with the act; a form only reads.

    `localised`: names of fields asked in each language, with their label and rows (1: one line). `at`: code of a refusal → the field it concerns.
    """

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {}
    at: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, choices: Sequence[Choices] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices:
            _chosen(self.fields[name]).choices = list(options)
        for name, (label, rows) in self.localised.items():
            for language in LANGUAGES:
                self.fields[f"{name}_{language}"] = _words(f"{label}, {IN_LANGUAGE[language]}", rows, language)
        for asked in self.fields.values():
            kind = "choice" if isinstance(asked.widget, forms.RadioSelect | forms.CheckboxInput) else "field"
            asked.widget.attrs.setdefault("class", kind)

    def given(self) -> dict[str, Any]:
        """What was given, by the names of the act's parameters; words in several languages as one text."""
        found = dict(self.cleaned_data)
        for name in self.localised:
            said = {language: found.pop(f"{name}_{language}") for language in LANGUAGES}
            found[name] = Text({language: words for language, words in said.items() if words})
        return found


def _chosen(asked: forms.Field) -> forms.ChoiceField:
    if not isinstance(asked, forms.ChoiceField):
        raise TypeError("only a field that offers a choice is given options")
    return asked


def _words(label: str, rows: int, language: str) -> forms.CharField:
    attrs = {"lang": language, "rows": rows}
    widget = forms.Textarea(attrs=attrs) if rows > 1 else forms.TextInput(attrs={"lang": language})
    return LineField(label=label, required=False, widget=widget, strip=True)


class LineField(forms.CharField):
    """Words as their writer saw them: browsers send line ends as two characters."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class DayField(forms.CharField):
    """A day, or None where none is needed and none is given."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages: ClassVar[dict[str, Any]] = {"required": gettext_lazy("Give the day.")}

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        try:
            return read_day(written) if written else None
        except RuleBroken as refusal:
            raise ValidationError(str(refusal.reason)) from refusal


def initial_words(name: str, words: Mapping[str, str]) -> dict[str, str]:
    """What a form with words in several languages begins with."""
    return {f"{name}_{language}": words.get(language, "") for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on a page. `do` is given what the form read, acts, and returns the path on which it shows. `why_not`: the act is seen, not had."""

    key: str
    label: Message
    do: Callable[..., str]
    form: type[ActForm] = ActForm
    initial: Mapping[str, Any] = field(default_factory=dict)
    choices: Sequence[Choices] = ()
    seen: str | None = None
    why_not: str = ""
    is_primary: bool = False


class Mistake(NamedTuple):
    """What is wrong: where on the page (nowhere in particular: empty), and the sentence."""

    target: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer as the page shows it: its form, filled as it was sent, with what was wrong."""

    offer: Offer
    form: ActForm
    attempt: str
    mistakes: tuple[Mistake, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from the other acts of the page."""
        return self.offer.key


Show = Callable[[Mapping[str, Shown], int], HttpResponse]


def respond(request: HttpRequest, offers: Sequence[Offer], show: Show) -> HttpResponse:
    """The page with its acts; sent, the act is done and the page it leads to is loaded, or what was wrong is said and nothing has changed."""
    if request.method != "POST":
        return show({offer.key: _unsent(offer) for offer in offers}, 200)
    offer = next((one for one in offers if one.key == request.POST.get("act")), None)
    if offer is None:
        raise RuleBroken("unknown-act", _("This cannot be done on this page as it is now. Open it again and look."))
    form = _form(offer, request.POST)
    status = 400
    if form.is_valid():
        try:
            return _done(_do(offer, form, request.POST))
        except Refusal as refusal:
            status = refusal.status
            _say(form, refusal)
    attempt = new_attempt() if status == Conflict.status else request.POST.get("attempt", "")
    sent = Shown(offer, form, attempt, tuple(_mistakes(form)))
    return show({one.key: sent if one is offer else _unsent(one) for one in offers}, status)


def _do(offer: Offer, form: ActForm, sent: QueryDict) -> str:
    given = form.given()
    if offer.seen is not None:
        given["seen"] = sent.get("seen", "")
    return once(attempt=sent.get("attempt", ""), do=lambda: offer.do(**given))


def _done(path: str) -> HttpResponse:
    # See Other: whoever loads the page anew sends nothing twice.
    return HttpResponse(status=303, headers={"Location": path})


def _form(offer: Offer, sent: QueryDict | None) -> ActForm:
    return offer.form(sent, initial=dict(offer.initial), choices=offer.choices, auto_id=f"{offer.key}-%s")


def _unsent(offer: Offer) -> Shown:
    return Shown(offer, _form(offer, None), new_attempt())


def _say(form: ActForm, refusal: Refusal) -> None:
    where = form.at.get(refusal.code)
    name = f"{where}_{LANGUAGES[0]}" if where in form.localised else where
    form.add_error(name if name in form.fields else None, str(refusal.reason))


def _mistakes(form: ActForm) -> list[Mistake]:
    found = [Mistake(form[name].id_for_label if name in form.fields else "", str(words)) for name, said in form.errors.items() for words in said]
    return list(dict.fromkeys(found))
