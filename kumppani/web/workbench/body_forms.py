"""What the acts in bodies and meetings ask for. Rules stay with the acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from kumppani.kernel.text import Message, _
from kumppani.web.workbench.acting import ActForm, DayField

LINE, SOME, MANY = 1, 3, 6
"""Rows of a field for words."""


class EstablishBodyForm(ActForm):
    """A body of an organisation."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"name": (_("Name"), LINE)}
    at: ClassVar[Mapping[str, str]] = {
        "bad-key": "key",
        "body-exists": "key",
        "quorum-number": "quorum_number",
        "name-missing": "name",
    }

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    key = forms.CharField(label=gettext_lazy("Short name in addresses"), max_length=60)
    quorum_rule = forms.ChoiceField(label=gettext_lazy("Quorum"))
    quorum_number = forms.IntegerField(label=gettext_lazy("Number of members, where a number is needed"), required=False, min_value=1, max_value=999)


class EstablishSeatForm(ActForm):
    """A seat."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"title": (_("Role in the body"), LINE)}
    at: ClassVar[Mapping[str, str]] = {"deputy-of-nobody": "deputy_of", "name-missing": "title"}

    organisation = forms.ChoiceField(label=gettext_lazy("For which organisation"))
    is_chair = forms.BooleanField(label=gettext_lazy("Chairs the body"), required=False)
    deputy_of = forms.ChoiceField(label=gettext_lazy("As whose deputy"), required=False)


class FillSeatForm(ActForm):
    """Who sits in a seat."""

    at: ClassVar[Mapping[str, str]] = {"terms-overlap": "valid_from", "sits-twice": "person", "end-before-start": "valid_to"}

    seat = forms.ChoiceField(label=gettext_lazy("Seat"))
    person = forms.ChoiceField(label=gettext_lazy("Who sits in it"), required=False)
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_to = DayField(label=gettext_lazy("Last day, if it is known"), required=False)


class EndTermForm(ActForm):
    """The last day of a term."""

    at: ClassVar[Mapping[str, str]] = {"end-before-start": "on", "term-ended": "on"}

    term = forms.ChoiceField(label=gettext_lazy("Whose term ends"))
    on = DayField(label=gettext_lazy("Last day"))


class PlanMeetingForm(ActForm):
    """When and where."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"place": (_("Where"), LINE)}
    at: ClassVar[Mapping[str, str]] = {"meeting-ends-before-start": "ends", "words-too-long": "place"}

    day = DayField(label=gettext_lazy("Day"))
    starts = forms.TimeField(label=gettext_lazy("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=gettext_lazy("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}))
    is_remote = forms.BooleanField(label=gettext_lazy("Remote meeting"), required=False)


class ReasonForm(ActForm):
    """A reason in the languages at hand."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"reason": (_("Reason"), SOME)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "reason", "words-too-long": "reason"}


class TakeUpForm(ActForm):
    """What of what waits is put on the agenda."""

    at: ClassVar[Mapping[str, str]] = {"nothing-taken-up": "places"}

    places = forms.MultipleChoiceField(label=gettext_lazy("What waits"), required=False, widget=forms.CheckboxSelectMultiple)


class AddItemForm(ActForm):
    """A matter of the agenda."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"title": (_("Title"), LINE)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "title", "words-too-long": "title"}

    concerned = forms.MultipleChoiceField(label=gettext_lazy("Which organisations it concerns"), required=False, widget=forms.CheckboxSelectMultiple)
    is_public = forms.BooleanField(label=gettext_lazy("Public: everyone may read its title and what is resolved"), required=False)


class SeatForm(ActForm):
    """A seat of the day."""

    at: ClassVar[Mapping[str, str]] = {"presence-noted": "seat", "seat-not-held": "seat"}

    seat = forms.ChoiceField(label=gettext_lazy("Who is present"))


class LeavingForm(ActForm):
    """A seat whose holder is there."""

    at: ClassVar[Mapping[str, str]] = {"not-present": "seat"}

    seat = forms.ChoiceField(label=gettext_lazy("Who has left"))


class AttachPaperForm(ActForm):
    """A paper by its address."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"title": (_("Title"), LINE)}
    at: ClassVar[Mapping[str, str]] = {"paper-address": "address", "paper-nowhere": "address", "words-missing": "title"}

    address = forms.CharField(label=gettext_lazy("Web address"), widget=forms.URLInput, required=False)


class RecusalForm(ActForm):
    """Who is disqualified for an item, and on which ground."""

    at: ClassVar[Mapping[str, str]] = {"recusal-noted": "seat", "seat-not-held": "seat", "ground-of-another-kind": "ground"}

    seat = forms.ChoiceField(label=gettext_lazy("Who is disqualified"))
    ground = forms.ChoiceField(label=gettext_lazy("On which ground"))


class DiscussionForm(ActForm):
    """What was said."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"words": (_("What was said"), MANY)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "words", "words-too-long": "words"}


class ResolveForm(ActForm):
    """What was resolved."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"wording": (_("What was resolved"), SOME), "reasons": (_("Reasons"), SOME)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "wording", "words-too-long": "wording"}

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"))


class ActionPointForm(ActForm):
    """What is to be done, by whom, by when."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"what": (_("What is to be done"), SOME)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "what", "words-too-long": "what"}

    organisation = forms.ChoiceField(label=gettext_lazy("Who does it"))
    due_on = DayField(label=gettext_lazy("By which day"))


class WordForm(ActForm):
    """What became of an action point."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"word": (_("What became of it"), SOME)}
    at: ClassVar[Mapping[str, str]] = {"words-missing": "word", "words-too-long": "word"}
