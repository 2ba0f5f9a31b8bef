"""Providers of sign-in by OpenID Connect: what is known of each beforehand, and what an operator adds. Plain data; nothing here asks anybody.

None of these profiles is certified, and none has been tried against the service it is named after: docs/subjects/sign-in.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kumppani.kernel.text import Message, _


@dataclass(frozen=True, slots=True)
class Profile:
    """What is the same in every installation. `claims`: which claims of the ID token identify somebody, unless the operator names others.

    `auth_method`: how this service proves to the provider who it is. `assurance_claim`: where the provider says how well it made sure of somebody.
    `needs_assurance`: nobody comes in without one of the values that the operator names.
    """

    key: str
    setting: str
    name: Message
    claims: tuple[str, ...]
    auth_method: str
    assurance_claim: str
    needs_assurance: bool = False


PROFILES: tuple[Profile, ...] = (
    Profile("entra", "ENTRA", _("Microsoft Entra ID"), ("tid", "oid"), "client_secret_post", "acrs"),
    Profile("virtu", "VIRTU", _("Virtu"), ("virtuHomeOrganization", "virtuLocalID"), "client_secret_basic", "acr"),
    Profile("suomi-fi", "SUOMI_FI", _("Suomi.fi e-Identification"), ("sub",), "private_key_jwt", "acr", needs_assurance=True),
)


@dataclass(frozen=True, slots=True)
class Provider:
    """A profile that an installation uses. `secret`: the client's secret, or its private key (PEM) where it proves itself by one.

    `assurance`: values by which the provider says that somebody was made sure of by two factors; then ours is not asked.
    """

    profile: Profile
    issuer: str
    client_id: str
    secret: str
    scope: str
    claims: tuple[str, ...]
    assurance: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What it is called in addresses and in the journal."""
        return self.profile.key

    @property
    def name(self) -> Message:
        """What people call it."""
        return self.profile.name

    def is_sure(self, claims: Mapping[str, object]) -> bool:
        """Whether an ID token says that somebody was made sure of as well as the operator asked."""
        said = claims.get(self.profile.assurance_claim)
        values = said if isinstance(said, list) else [said]
        return any(isinstance(value, str) and value in self.assurance for value in values)


def provider_name(key: str) -> Message | str:
    """What people call a provider, whether it is set now or not."""
    return next((one.name for one in PROFILES if one.key == key), key)
