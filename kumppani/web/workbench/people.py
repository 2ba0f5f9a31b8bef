"""People and roles: who has which role in the programme, what roles permit, and for who administers the acts by which they come and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kumppani.access import people as known
from kumppani.access.checks import can
from kumppani.domain.notices.rules import LONGEST_EMAIL
from kumppani.domain.parties.permissions import SEPARATED, Permission, Reach
from kumppani.domain.parties.rules import LONGEST_REASON
from kumppani.kernel import clock
from kumppani.kernel.text import LANGUAGES, Message, Text, _
from kumppani.web.nav import LANGUAGE_NAMES
from kumppani.web.page import show
from kumppani.web.place import Place
from kumppani.web.signin.entry import are_links_sent
from kumppani.web.signin.oidc import providers
from kumppani.web.signin.profiles import provider_name
from kumppani.web.templatetags.kumppani import plain
from kumppani.web.workbench.acting import ActForm, Choices, DayField, LineField, Offer, respond
from kumppani.web.workbench.frame import work_page
from kumppani.web.workbench.permission_words import PERMITTED
from kumppani.web.workbench.sitting import name_of, organisation_choices
from kumppani.workflow.identities import link_identity, unlink_identity
from kumppani.workflow.invitations import forget_authenticator, invite_person
from kumppani.workflow.people import admit_person, define_role, end_role, grant_role

REACH_WORDS: Mapping[str, Message] = {
    Reach.PROGRAMME: _("On everything in the programme."),
    Reach.ORGANISATION: _("Only on what is the organisation’s for which the role is held."),
}
NOBODY = ("", "–")


class AdmitForm(ActForm):
    """Who is let in."""

    at: ClassVar[Mapping[str, str]] = {"bad-key": "key", "person-exists": "key"}

    key = LineField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters, digits and hyphens. It never changes."),
        max_length=60,
    )
    name = LineField(label=gettext_lazy("Name"), help_text=gettext_lazy("Personal data: seen only by who administers."), max_length=200)


class GrantForm(ActForm):
    """Who gets which role, for whom, and when."""

    at: ClassVar[Mapping[str, str]] = {
        "powers-to-oneself": "person",
        "powers-not-separate": "role",
        "role-held": "role",
        "role-without-organisation": "organisation",
        "end-before-start": "valid_to",
    }

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    organisation = forms.ChoiceField(label=gettext_lazy("For which organisation"), required=False)
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_to = DayField(label=gettext_lazy("Last day, if it is known"), required=False)


class LinkForm(ActForm):
    """Whose way in a code from the sign-in page becomes."""

    at: ClassVar[Mapping[str, str]] = {"unknown-code": "code", "identity-linked": "person", "invites-oneself": "person"}

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    code = LineField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Make sure that it was this very person who gave you the code: whoever it was shown to signs in as them from now on."),
        max_length=20,
    )


class UnlinkForm(ActForm):
    """Which link is removed."""

    identity = forms.ChoiceField(label=gettext_lazy("Whose link is removed"))


class RoleForm(ActForm):
    """A role and what it permits."""

    localised: ClassVar[Mapping[str, tuple[Message, int]]] = {"title": (_("Name of the role"), 1)}
    at: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("bad-key", "role-known-otherwise"), "key"),
        **dict.fromkeys(("unknown-permission", "powers-not-separate"), "permissions"),
        "name-missing": "title_fi",
    }

    key = LineField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy(
            "Small letters, digits and hyphens. The key of a role that is there gives it further permissions; none is taken away."
        ),
        max_length=60,
    )
    reach = forms.ChoiceField(label=gettext_lazy("On what it holds"))
    permissions = forms.MultipleChoiceField(label=gettext_lazy("What it permits"), widget=forms.CheckboxSelectMultiple)


class EndForm(ActForm):
    """The last day of a role."""

    at: ClassVar[Mapping[str, str]] = {"end-before-start": "on"}

    membership = forms.ChoiceField(label=gettext_lazy("Whose role ends"))
    on = DayField(label=gettext_lazy("Last day"))


class InviteForm(ActForm):
    """Who is sent a link, where, and in which language."""

    at: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("invites-oneself", "not-to-be-invited"), "person"),
        **dict.fromkeys(("no-address-known", "no-email", "address-of-a-real-person"), "email"),
    }

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Left empty, the letter goes where their mail goes already."),
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"))


class ForgetForm(ActForm):
    """Whose second step is forgotten, and why."""

    at: ClassVar[Mapping[str, str]] = {"invites-oneself": "person", "reason-missing": "reason"}

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    reason = LineField(
        label=gettext_lazy("Reason"), help_text=gettext_lazy("It stands in the journal and in the letter to them."), max_length=LONGEST_REASON
    )


@work_page
def people(request: HttpRequest, place: Place) -> HttpResponse:
    """Everybody's roles. Names only for who administers."""
    administers = can(place.viewer, Permission.GRANT_ROLE, place.programme.key)
    members, roles = known.members(place.programme), known.roles()
    admitted = known.people(place.programme) if administers else []
    identities = known.identities(place.programme) if administers else []
    today = clock.today(place.programme.time_zone)
    having = {member.person.key for member in members}
    context = {
        "administers": administers,
        "invited": request.method == "GET" and "invited" in request.GET,
        "members": [(one, _when(one, today)) for one in members],
        "idle": [one for one in admitted if one.key not in having],
        "linked": [(one, provider_name(one.provider)) for one in identities],
        "separated": sorted((str(PERMITTED[one]), str(PERMITTED[other])) for one, other in SEPARATED),
        "roles": [(one, _permitted(one.permissions), REACH_WORDS[one.reach]) for one in roles],
    }

    def shown(acts: Mapping[str, Any], status: int) -> HttpResponse:
        return show(request, place, "workbench/people.html", {**context, "acts": acts}, status=status)

    offers = [*_offers(place, members, admitted, roles, today), *_links(place, admitted, identities)] if administers else []
    if can(place.viewer, Permission.DEFINE_ROLE, None):
        offers.append(_roles(place))
    return respond(request, offers, shown)


def _when(member: Any, today: date) -> str:
    """Whether a role is held today, was, or will be."""
    if today in member.period:
        return "now"
    return "ended" if member.valid_to and member.valid_to < today else "later"


def _permitted(permissions: Sequence[str]) -> list[Message | str]:
    # A role keeps what an earlier release knew of: by its code, the page still stands.
    words: Mapping[str, Message] = {permission.value: said for permission, said in PERMITTED.items()}
    return [words.get(one, one) for one in permissions]


def _offers(place: Place, members: Sequence[Any], admitted: Sequence[Any], roles: Sequence[Any], today: date) -> list[Offer]:
    here = place.to("work-people")
    by, programme = place.viewer, place.programme
    organisations = known.organisations(programme)

    def admit(key: str, name: str) -> str:
        admit_person(by=by, key=key, name=name, programme=programme)
        return here

    def grant(person: str, role: str, organisation: str, **terms: Any) -> str:
        for_whom = next((one for one in organisations if one.key == organisation), None)
        grant_role(by=by, person=_named(admitted, person), role=role, programme=programme, organisation=for_whom, **terms)
        return here

    def end(membership: str, on: date) -> str:
        end_role(by=by, membership=next(one for one in members if one.key == membership), on=on)
        return here

    def invite(person: str, email: str, language: str) -> str:
        invite_person(by=by, person=_named(admitted, person), programme=programme, email=email, language=language)
        return f"{here}?invited=1"

    def forget(person: str, reason: str) -> str:
        forget_authenticator(by=by, person=_named(admitted, person), programme=programme, reason=reason)
        return here

    whom = Choices("person", [(one.key, f"{one.name} ({one.key})") for one in admitted])
    languages = Choices("language", [(one, LANGUAGE_NAMES[one]) for one in LANGUAGES])
    unsent = "" if are_links_sent() else str(_("Here no mail is sent: the operator invites by “kumppani invite”."))
    ending = Choices("membership", [_membership(place, one) for one in members if _when(one, today) != "ended"])
    given = [
        whom,
        Choices("role", sorted(((one.key, plain(Text(one.title))) for one in roles), key=lambda option: option[1])),
        Choices("organisation", [NOBODY, *organisation_choices(place, "organisation", organisations).options]),
    ]
    return [
        Offer("admit_person", _("Admit a person"), admit, AdmitForm),
        Offer("invite_person", _("Invite a person"), invite, InviteForm, {"language": place.language}, [whom, languages], why_not=unsent),
        Offer("forget_authenticator", _("Forget an authenticator"), forget, ForgetForm, choices=[whom]),
        Offer("grant_role", _("Give a role"), grant, GrantForm, {"valid_from": today.isoformat()}, given),
        Offer("end_role", _("End a role"), end, EndForm, {"on": today.isoformat()}, [ending]),
    ]


def _roles(place: Place) -> Offer:
    """Roles are one register for all programmes: only who administers the installation adds to it."""

    def define(key: str, title: Text, reach: str, permissions: Sequence[str]) -> str:
        define_role(by=place.viewer, key=key, title=title, permissions=permissions, reach=reach)
        return f"{place.to('work-people')}#roles"

    permitted = sorted(((one.value, str(words)) for one, words in PERMITTED.items()), key=lambda option: option[1])
    reaches = [(reach, str(words)) for reach, words in REACH_WORDS.items()]
    return Offer("define_role", _("Define a role"), define, RoleForm, choices=[Choices("permissions", permitted), Choices("reach", reaches)])


def _links(place: Place, admitted: Sequence[Any], identities: Sequence[Any]) -> list[Offer]:
    """Ways in from a provider, where one is set or was; no page asks for what cannot come."""
    here, by = place.to("work-people"), place.viewer

    def link(person: str, code: str) -> str:
        link_identity(by=by, person=next(one for one in admitted if one.key == person), code=code)
        return here

    def unlink(identity: str) -> str:
        unlink_identity(by=by, identity=next(one for one in identities if one.key == identity))
        return here

    persons = Choices("person", [(one.key, f"{one.name} ({one.key})") for one in admitted])
    held = Choices("identity", [(one.key, f"{one.person.name}: {provider_name(one.provider)}") for one in identities])
    linking = [Offer("link_identity", _("Link a person to a provider of sign-in"), link, LinkForm, choices=[persons])] if providers() else []
    unlinking = [Offer("unlink_identity", _("Remove a link to a provider of sign-in"), unlink, UnlinkForm, choices=[held])] if identities else []
    return [*linking, *unlinking]


def _named(admitted: Sequence[Any], key: str) -> Any:
    return next(one for one in admitted if one.key == key)


def _membership(place: Place, member: Any) -> tuple[str, str]:
    whom = f", {name_of(place, member.organisation)}" if member.organisation else ""
    return member.key, f"{member.person.name}: {plain(Text(member.role.title))}{whom}"
