"""The environment, typed: every setting an operator can give, its meaning and its default. What is wrong is said with a remedy."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kumppani.ops.mail import MailServer
from kumppani.web.signin.profiles import PROFILES, Profile, Provider

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout."""


class EnvironmentMistake(ImproperlyConfigured):
    """A setting that cannot be used: which, why, and what to write instead."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem} {remedy}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Database:
    """Where the database is: an SQLite file or a PostgreSQL database."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """All settings. See docs/reference/environment.md, which is written from `SETTINGS`."""

    database: Database
    default_programme: str
    public_url: str
    operator: str
    data_licence: str
    production: bool
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    data_folder: Path
    journal_key: Path | None
    mail_server: MailServer | None
    mail_from: str
    providers: tuple[Provider, ...]


SETTINGS: dict[str, tuple[str, str]] = {
    "KUMPPANI_DATABASE_URL": (
        "sqlite:///var/kumppani.sqlite3",
        "sqlite:///path (relative to the checkout), or postgresql://user:password@host:port/name",
    ),
    "KUMPPANI_DEFAULT_PROGRAMME": ("fi-2021", "key of the programme served at /fi/, /sv/ and /en/"),
    "KUMPPANI_PUBLIC_URL": (
        "http://127.0.0.1:8000",
        "address under which the public reaches this service, without a slash at the end; on trial: the port that is served",
    ),
    "KUMPPANI_OPERATOR": ("", "who runs this service; empty is shown as “not set”"),
    "KUMPPANI_DATA_LICENCE": ("", "licence of the open data, as an SPDX identifier such as CC-BY-4.0; empty is shown as “not set”"),
    "KUMPPANI_PRODUCTION": ("0", "1 turns on HTTPS-only cookies and redirects, and refuses a missing secret"),
    "KUMPPANI_SECRET_KEY": ("", "at least 50 random characters; needed in production, made up at each start otherwise"),
    "KUMPPANI_SECRET_KEY_FALLBACKS": (
        "",
        "secrets before the present one, with spaces between: what was made with them (sessions, links, authenticators) is still known",
    ),
    "KUMPPANI_JOURNAL_KEY": (
        "",
        "file of the private key (Ed25519, PEM) by which `kumppani heads` signs the journal, relative to the checkout or absolute",
    ),
    "KUMPPANI_MAIL_SERVER": (
        "",
        "where `kumppani send-mail` hands letters over: smtps://user:password@host:465, smtp+starttls://user:password@host:587 or smtp://host:25",
    ),
    "KUMPPANI_MAIL_FROM": ("", "address that letters come from; needed with a mail server"),
    "KUMPPANI_DATA_FOLDER": ("var", "folder of files, snapshots and collected static files, relative to the checkout or absolute"),
}
"""Name → (default, meaning)."""

for _profile in PROFILES:
    _here = f"KUMPPANI_OIDC_{_profile.setting}"
    _secret_is = "private key (RSA, PEM)" if _profile.auth_method == "private_key_jwt" else "secret"
    _needed = "; needed" if _profile.needs_assurance else "; without one of them our own second step follows"
    SETTINGS |= {
        f"{_here}_ISSUER": ("", f"address of the provider for “{_profile.name.template}” (not certified), as it names itself; empty: not offered"),
        f"{_here}_CLIENT_ID": ("", "what the provider calls this service"),
        f"{_here}_SECRET_FILE": ("", f"file of the {_secret_is} by which this service proves itself there, relative to the checkout or absolute"),
        f"{_here}_SCOPE": ("openid", "what is asked for there, with spaces between"),
        f"{_here}_CLAIMS": (" ".join(_profile.claims), "claims of the ID token that together identify somebody, with spaces between"),
        f"{_here}_ASSURANCE": ("", f"values of the claim “{_profile.assurance_claim}” that stand for two factors, with spaces between{_needed}"),
    }


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """The settings in the environment given (the process's own by default); raises EnvironmentMistake for one that cannot be used."""
    environment = os.environ if given is None else given
    values = {name: environment.get(name, default).strip() for name, (default, _meaning) in SETTINGS.items()}
    if unknown := sorted(name for name in environment if name.startswith("KUMPPANI_") and name not in SETTINGS):
        raise EnvironmentMistake(unknown[0], "there is no such setting.", "Known are: " + ", ".join(SETTINGS) + ".")
    production = _flag("KUMPPANI_PRODUCTION", values)
    return Environment(
        database=_database(values["KUMPPANI_DATABASE_URL"]),
        default_programme=_key("KUMPPANI_DEFAULT_PROGRAMME", values),
        public_url=_public_url(values["KUMPPANI_PUBLIC_URL"], production=production),
        operator=values["KUMPPANI_OPERATOR"],
        data_licence=_licence(values["KUMPPANI_DATA_LICENCE"]),
        production=production,
        secret_key=_secret(values["KUMPPANI_SECRET_KEY"], production=production),
        secret_key_fallbacks=tuple(values["KUMPPANI_SECRET_KEY_FALLBACKS"].split()),
        data_folder=ROOT / values["KUMPPANI_DATA_FOLDER"],
        journal_key=ROOT / values["KUMPPANI_JOURNAL_KEY"] if values["KUMPPANI_JOURNAL_KEY"] else None,
        mail_server=_mail_server(values["KUMPPANI_MAIL_SERVER"]),
        mail_from=_mail_from(values["KUMPPANI_MAIL_FROM"], needed=bool(values["KUMPPANI_MAIL_SERVER"])),
        providers=tuple(_provider(one, values) for one in PROFILES if values[f"KUMPPANI_OIDC_{one.setting}_ISSUER"]),
    )


def _flag(name: str, values: Mapping[str, str]) -> bool:
    if values[name] not in {"0", "1"}:
        raise EnvironmentMistake(name, f"“{values[name]}” is neither 0 nor 1.", "Write 1 to turn it on, 0 to turn it off.")
    return values[name] == "1"


def _key(name: str, values: Mapping[str, str]) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", values[name]):
        raise EnvironmentMistake(name, f"“{values[name]}” is not a key.", "Use small letters, digits and hyphens, e.g. fi-2021.")
    return values[name]


def _public_url(value: str, *, production: bool) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise EnvironmentMistake(
            "KUMPPANI_PUBLIC_URL", f"“{value}” is not an address of a site.", "Write e.g. https://kumppani.example.fi, no slash at the end."
        )
    if production and parts.scheme != "https":
        raise EnvironmentMistake("KUMPPANI_PUBLIC_URL", "in production the address must start with https.", "Write e.g. https://kumppani.example.fi.")
    return value


def _licence(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9.+-]{2,60}", value):
        raise EnvironmentMistake("KUMPPANI_DATA_LICENCE", f"“{value}” is not an SPDX identifier.", "Write e.g. CC-BY-4.0, or leave it out.")
    return value


def _secret(value: str, *, production: bool) -> str:
    if production and len(value) < 50:
        raise EnvironmentMistake("KUMPPANI_SECRET_KEY", "production needs a secret of at least 50 characters.", "Make one: openssl rand -base64 48.")
    return value


TLS = {"smtp": ("", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
"""Scheme of a mail server's address → how the way is kept secret, and the usual port."""


def _mail_server(url: str) -> MailServer | None:
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in TLS or not parts.hostname or parts.path or port == -1:
        # The address may hold a password: it is not repeated.
        remedy = "Write e.g. smtp+starttls://user:password@mail.example.org:587 or smtp://127.0.0.1:25."
        raise EnvironmentMistake("KUMPPANI_MAIL_SERVER", "this is not the address of a mail server.", remedy)
    tls, usual = TLS[parts.scheme]
    return MailServer(parts.hostname, port or usual, unquote(parts.username or ""), unquote(parts.password or ""), tls)


def _mail_from(value: str, *, needed: bool) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value) and (value or needed):
        raise EnvironmentMistake("KUMPPANI_MAIL_FROM", f"“{value}” is not an e-mail address.", "Write e.g. kumppani@example.org.")
    return value


FORBIDDEN_CLAIMS = frozenset({"email", "preferred_username", "upn", "unique_name", "name"})
"""They change hands: nobody is identified by them."""


def _provider(profile: Profile, values: Mapping[str, str]) -> Provider:
    here = f"KUMPPANI_OIDC_{profile.setting}_"
    given = {name.removeprefix(here): value for name, value in values.items() if name.startswith(here)}
    _check_issuer(f"{here}ISSUER", given["ISSUER"], production=values["KUMPPANI_PRODUCTION"] == "1")
    if not values["KUMPPANI_SECRET_KEY"]:
        raise EnvironmentMistake("KUMPPANI_SECRET_KEY", "who people are at a provider is kept as a digest made with it.", "Set it, and keep it.")
    if not given["CLIENT_ID"]:
        raise EnvironmentMistake(f"{here}CLIENT_ID", "is missing.", "Write what the provider calls this service.")
    claims, assurance = tuple(given["CLAIMS"].split()), frozenset(given["ASSURANCE"].split())
    if not claims or FORBIDDEN_CLAIMS & set(claims):
        raise EnvironmentMistake(f"{here}CLAIMS", "names and addresses change hands.", f"Write e.g. {' '.join(profile.claims)}.")
    if profile.needs_assurance and not assurance:
        raise EnvironmentMistake(f"{here}ASSURANCE", "is missing.", "Write the values that your agreement with the provider names.")
    if "openid" not in given["SCOPE"].split():
        raise EnvironmentMistake(f"{here}SCOPE", "“openid” must be among them.", "Write e.g. openid.")
    secret = _read_secret(f"{here}SECRET_FILE", given["SECRET_FILE"])
    return Provider(profile, given["ISSUER"], given["CLIENT_ID"], secret, given["SCOPE"], claims, assurance)


def _check_issuer(name: str, value: str, *, production: bool) -> None:
    parts = urlsplit(value)
    is_near = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"} and not production
    if not parts.hostname or parts.query or parts.fragment or len(value) > 200 or not (parts.scheme == "https" or is_near):
        raise EnvironmentMistake(name, f"“{value[:60]}” is not the address of a provider.", "Write e.g. https://login.example.org/tenant.")


def _read_secret(name: str, path: str) -> str:
    try:
        secret = (ROOT / path).read_text().strip() if path else ""
    except (OSError, ValueError) as error:
        raise EnvironmentMistake(name, "the file cannot be read.", "Write the path of a file that this service may read.") from error
    if not secret:
        raise EnvironmentMistake(name, "is missing, or its file is empty.", "Write the path of the file.")
    return secret


def _database(url: str) -> Database:
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name and not parts.netloc:
        return Database("sqlite", str(ROOT / name))
    try:
        port = str(parts.port or "")
    except ValueError as error:
        raise EnvironmentMistake(
            "KUMPPANI_DATABASE_URL", "its port is not a number.", "Write e.g. postgresql://user:password@host:5432/name."
        ) from error
    if parts.scheme in {"postgresql", "postgres"} and name:
        return Database("postgresql", name, unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.hostname or ""), port)
    remedy = "Write sqlite:///var/kumppani.sqlite3 or postgresql://user:password@host:port/name."
    raise EnvironmentMistake("KUMPPANI_DATABASE_URL", "this is not a database address.", remedy)
