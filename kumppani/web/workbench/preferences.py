"""What somebody sets for themselves: where their mail goes, of what they are told and how soon; and the roles they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import recipients, work
from kumppani.access.inbox import Kind
from kumppani.domain.notices.rules import LONGEST_EMAIL, How
from kumppani.kernel.text import LANGUAGES, Message, _
from kumppani.web.nav import LANGUAGE_NAMES
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.workbench.acting import ActForm, Offer, Shown, respond
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.inbox import WHAT
from kumppani.workflow.notices import renew_feed, set_notices

HOW: Mapping[How, Message] = {How.AT_ONCE: _("At once"), How.DAILY: _("Once a day"), How.NEVER: _("Never")}
"""How soon, in words."""


FEED = "feed"
"""Where a new secret waits, in the session, to be shown once."""


class NoticesForm(ActForm):
    """Address, language, and one choice for each kind of matter."""

    at: ClassVar[Mapping[str, str]] = {"no-email": "email"}

    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Letters say that something waits and where, never what. Leave it empty to get none."),
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(one, LANGUAGE_NAMES[one]) for one in LANGUAGES]
        for kind, label in WHAT.items():
            asked = forms.ChoiceField(label=str(label), choices=[(how.value, str(words)) for how, words in HOW.items()])
            asked.widget.attrs["class"] = "field"
            self.fields[kind.value] = asked

    def given(self) -> dict[str, Any]:
        """Address and language, and the choices together."""
        found = super().given()
        return {"email": found["email"], "language": found["language"], "how": {kind.value: found[kind.value] for kind in Kind}}


@work_page
def preferences(request: HttpRequest, place: Place) -> HttpResponse:
    """The form, filled with what holds now; and the roles held."""
    person, recipient = recipients.own(place.viewer)
    here = place.to("work-preferences")
    held = recipient.how if recipient else {}
    initial = {
        "email": recipient.email if recipient else "",
        "language": recipient.language if recipient else place.language,
        **{kind.value: held.get(kind.value, How.DAILY.value) for kind in Kind},
    }

    def do(**given: Any) -> str:
        set_notices(by=place.viewer, person=person, **given)
        return f"{here}?saved=1"

    def renew() -> str:
        request.session[FEED] = renew_feed(by=place.viewer, person=person)
        return f"{here}#feed"

    def page(acts: Mapping[str, Shown], status: int) -> HttpResponse:
        secret = request.session.pop(FEED, "") if request.method == "GET" else ""
        feed = place.absolute(place.to("calendar-feed", secret=secret)) if secret else ""
        context = {
            "feed": feed,
            "acts": acts,
            "saved": request.method == "GET" and "saved" in request.GET,
            "roles": work.roles(place.viewer, place.programme),
        }
        return show(request, place, "workbench/preferences.html", context, status=status)

    offers = [
        Offer("set_notices", _("Save"), do, NoticesForm, initial=initial, is_primary=True),
        Offer("renew_feed", _("Make a new secret address"), renew),
    ]
    return respond(request, offers, page)
