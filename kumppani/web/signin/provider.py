"""One sign-in at a provider, as OpenID Connect has it: authorization code with PKCE, state and nonce, and an ID token checked to its last claim.

Everything is asked anew at each sign-in: the provider's description, its keys. Nothing of the answer is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from requests import RequestException

from kumppani.kernel import clock
from kumppani.kernel.errors import NotAllowed, RuleBroken, Unreachable
from kumppani.kernel.text import Message, _
from kumppani.web.signin.profiles import Provider

PATIENCE = 5
"""Seconds for each question to a provider."""
LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures by a key that only the provider has: never “none”, never a secret that we have too."""

WRONG_CLAIM: dict[str, tuple[str, Message]] = {
    "iss": ("issuer-wrong", _("The answer does not come from the provider you signed in at.")),
    "aud": ("audience-wrong", _("The provider’s answer was given for another service.")),
    "azp": ("audience-wrong", _("The provider’s answer was given for another service.")),
    "nonce": ("nonce-wrong", _("The provider’s answer belongs to another sign-in than yours.")),
}
"""Claim of an ID token that is not as it must be → code and sentence."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What tells one sign-in from every other; kept in the session of whoever began it."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))


def address_to(provider: Provider, given: Secrets, back: str, language: str) -> str:
    """Where a browser is sent to sign in. `back`: the address to which the provider sends it afterwards."""
    with _session(provider, back) as session:
        described = _described(session, provider)
        more = {"acr_values": " ".join(sorted(provider.assurance))} if provider.assurance and provider.profile.assurance_claim == "acr" else {}
        address, _state = session.create_authorization_url(
            described["authorization_endpoint"], given.state, given.verifier, nonce=given.nonce, ui_locales=language, **more
        )
    return str(address)


def claims_for(provider: Provider, given: Secrets, back: str, code: str) -> dict[str, Any]:
    """The claims of the ID token that the provider gives for a code, every one checked that can be."""
    with _session(provider, back) as session:
        described = _described(session, provider)
        token = _token(session, provider, described["token_endpoint"], code, given.verifier)
        keys = _asked(session, provider, described["jwks_uri"])
    return _checked(provider, token, keys, given.nonce)


def _session(provider: Provider, back: str) -> Any:
    method = provider.profile.auth_method
    session = OAuth2Session(
        provider.client_id,
        provider.secret,
        token_endpoint_auth_method=method,
        scope=provider.scope,
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )
    session.register_client_auth_method(PrivateKeyJWT())
    return session


def _unreachable(provider: Provider, cause: object) -> NoReturn:
    reason = _("{provider} does not answer as it should just now. Try again in a moment, or sign in another way.", provider=provider.name)
    raise Unreachable("provider-unreachable", reason) from (cause if isinstance(cause, Exception) else None)


def _asked(session: Any, provider: Provider, address: str) -> dict[str, Any]:
    """An answer of the provider that is an object of JSON."""
    try:
        answer = session.get(address, withhold_token=True, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (RequestException, ValueError) as error:
        _unreachable(provider, error)
    if not isinstance(found, dict):
        _unreachable(provider, None)
    return found


def _described(session: Any, provider: Provider) -> dict[str, str]:
    """How the provider describes itself: it must be the one that was named, and its addresses as well kept as its own."""
    found = _asked(session, provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    scheme = urlsplit(provider.issuer).scheme
    addresses = {name: found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    if found.get("issuer") != provider.issuer or not all(isinstance(one, str) and one.startswith(f"{scheme}://") for one in addresses.values()):
        _unreachable(provider, None)
    return {name: str(address) for name, address in addresses.items()}


def _token(session: Any, provider: Provider, address: str, code: str, verifier: str) -> str:
    try:
        answer = session.fetch_token(address, grant_type="authorization_code", code=code, code_verifier=verifier, allow_redirects=False)
    except OAuthError as error:
        if error.error == "invalid_grant":
            raise RuleBroken("code-refused", _("This sign-in has been used already or took too long. Start again.")) from error
        _unreachable(provider, error)
    except (RequestException, ValueError, TypeError) as error:
        _unreachable(provider, error)
    token = answer.get("id_token") if isinstance(answer, dict) else None
    if not isinstance(token, str):
        _unreachable(provider, None)
    return token


def _checked(provider: Provider, token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]  # what is no set of keys is refused
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotAllowed("signature-wrong", _("The provider’s answer is not signed as it must be.")) from error
    must = jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        azp={"value": provider.client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        must.validate(claims)
    except ExpiredTokenError as error:
        raise NotAllowed("answer-expired", _("The provider’s answer is too old. Start again.")) from error
    except (InvalidClaimError, MissingClaimError) as error:
        code, reason = WRONG_CLAIM.get(error.claim, ("claim-wrong", _("The provider’s answer lacks what it must say.")))
        raise NotAllowed(code, reason) from error
    except JoseError as error:
        raise NotAllowed("claim-wrong", _("The provider’s answer lacks what it must say.")) from error
    return claims
