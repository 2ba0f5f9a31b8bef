"""Forms of the pages. They read what was sent and leave every rule to `domain.*.rules`; a refusal becomes the error beside its field."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from kumppani.domain.dialogue.rules import Topic, check_message, check_topic
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message, _

TOPIC_WORDS: dict[Topic, Message] = {
    Topic.MISTAKE: _("There is a mistake in the data"),
    Topic.MISSING: _("I can supply something that is missing"),
    Topic.ACCESSIBILITY: _("Something is hard or impossible to use"),
    Topic.OTHER: _("Something else"),
}
"""Topic → what it is called, in the order in which the form offers them."""

LONGEST_PAGE = 500
"""Characters of the address that feedback is about."""


def new_attempt() -> str:
    """What tells one opening of a form from another, so that sending it twice is noticed."""
    return secrets.token_hex(16)


def check_page(path: str) -> None:
    """Refuses anything that is not a path of this site; no path at all is fine."""
    if path and (not path.startswith("/") or path.startswith("//") or "\\" in path or len(path) > LONGEST_PAGE or not path.isprintable()):
        raise RuleBroken("bad-page-path", _("“{path}” is not the address of a page of this site.", path=path[:60]))


def _kept_to(check: Callable[[str], None], value: str) -> str:
    try:
        check(value)
    except RuleBroken as refusal:
        raise ValidationError(str(refusal.reason), code=refusal.code) from refusal
    return value


class FeedbackForm(forms.Form):
    """Topic, words, and if somebody wants an answer their address. `page` is what it is about, `attempt` this opening of the form."""

    # Empty topic and words are for the rules to refuse, in one place and with one sentence.
    topic = forms.CharField(required=False)
    message = forms.CharField(required=False, strip=False)
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Write the e-mail address in the form name@example.org, or leave it empty."),
            "max_length": gettext_lazy("The e-mail address is too long."),
        },
    )
    page = forms.CharField(required=False)
    attempt = forms.CharField(required=False)

    def clean_topic(self) -> str:
        return _kept_to(check_topic, self.cleaned_data["topic"])

    def clean_message(self) -> str:
        # Browsers send line ends as two characters; the reader was promised room for what they see.
        return _kept_to(check_message, self.cleaned_data["message"].replace("\r\n", "\n").strip())

    def clean_page(self) -> str:
        return _kept_to(check_page, self.cleaned_data["page"])

    def clean_attempt(self) -> str:
        attempt = self.cleaned_data["attempt"]
        if not re.fullmatch(r"[0-9a-f]{32}", attempt):
            raise ValidationError(str(_("The form came in pieces. Open this page again and send it anew.")), code="bad-attempt")
        return str(attempt)
