"""The environment: what cannot be used is refused with a remedy."""

from pathlib import Path

import pytest

from kumppani.config.env import ROOT, Database, EnvironmentMistake, read_environment
from kumppani.ops.mail import MailServer

PRODUCTION = {"KUMPPANI_PRODUCTION": "1", "KUMPPANI_SECRET_KEY": "x" * 50, "KUMPPANI_PUBLIC_URL": "https://kumppani.example"}


def test_nothing_set_gives_a_trial_on_sqlite() -> None:
    environment = read_environment({})
    assert environment.database == Database("sqlite", str(ROOT / "var/kumppani.sqlite3"))
    assert (environment.operator, environment.data_licence, environment.production) == ("", "", False)


def test_a_postgresql_address_is_taken_apart() -> None:
    url = "postgresql://kumppani:p%40ss@db.example:5433/agreements"
    assert read_environment({"KUMPPANI_DATABASE_URL": url}).database == Database("postgresql", "agreements", "kumppani", "p@ss", "db.example", "5433")


def test_an_absolute_sqlite_path_is_kept() -> None:
    assert read_environment({"KUMPPANI_DATABASE_URL": "sqlite:////srv/k.sqlite3"}).database.name == "/srv/k.sqlite3"


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("KUMPPANI_DATABASE_URL", "mysql://x/y", "Write sqlite:"),
        ("KUMPPANI_DATABASE_URL", "postgresql://host:port/y", "Write e.g. postgresql:"),
        ("KUMPPANI_DATABASE_URL", "", "Write sqlite:"),
        ("KUMPPANI_DEFAULT_PROGRAMME", "FI 2021", "Use small letters"),
        ("KUMPPANI_PUBLIC_URL", "kumppani.fi", "Write e.g. https:"),
        ("KUMPPANI_PUBLIC_URL", "https://kumppani.fi/", "no slash at the end"),
        ("KUMPPANI_DATA_LICENCE", "free for all", "Write e.g. CC-BY-4.0"),
        ("KUMPPANI_MAIL_SERVER", "mail.example.org", "Write e.g. smtp"),
        ("KUMPPANI_MAIL_SERVER", "smtp://mail.example.org:port", "Write e.g. smtp"),
        ("KUMPPANI_MAIL_FROM", "kumppani", "Write e.g. kumppani@"),
        ("KUMPPANI_PRODUCTION", "yes", "Write 1 to turn it on"),
        ("KUMPPANI_DATABSE_URL", "sqlite:///x", "Known are: KUMPPANI_DATABASE_URL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name_with_a_remedy(name: str, value: str, remedy: str) -> None:
    with pytest.raises(EnvironmentMistake, match=name) as refused:
        read_environment({name: value})
    assert remedy in str(refused.value)


def test_production_needs_a_long_secret() -> None:
    with pytest.raises(EnvironmentMistake, match="openssl rand"):
        read_environment({**PRODUCTION, "KUMPPANI_SECRET_KEY": "short"})


def test_production_needs_https() -> None:
    with pytest.raises(EnvironmentMistake, match="must start with https"):
        read_environment({**PRODUCTION, "KUMPPANI_PUBLIC_URL": "http://kumppani.example"})


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525)),
        ("smtp+starttls://letters:p%40ss@mail.example", MailServer("mail.example", 587, "letters", "p@ss", "starttls")),
        ("smtps://mail.example", MailServer("mail.example", 465, tls="tls")),
    ],
)
def test_the_address_of_a_mail_server_is_taken_apart(url: str, server: MailServer) -> None:
    given = read_environment({"KUMPPANI_MAIL_SERVER": url, "KUMPPANI_MAIL_FROM": "kumppani@example.org"})
    assert (given.mail_server, given.mail_from) == (server, "kumppani@example.org")


def test_a_mail_server_that_cannot_be_used_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(EnvironmentMistake) as refused:
        read_environment({"KUMPPANI_MAIL_SERVER": "smpt://letters:geheim@mail.example", "KUMPPANI_MAIL_FROM": "kumppani@example.org"})
    assert "geheim" not in str(refused.value)


def test_a_mail_server_needs_an_address_that_letters_come_from() -> None:
    with pytest.raises(EnvironmentMistake, match="KUMPPANI_MAIL_FROM"):
        read_environment({"KUMPPANI_MAIL_SERVER": "smtp://mail.example"})


@pytest.fixture
def entra(tmp_path: Path) -> dict[str, str]:
    """The settings of one provider, as an operator gives them."""
    (tmp_path / "secret").write_text("a secret\n")
    given = {"ISSUER": "https://login.example/tenant", "CLIENT_ID": "kumppani", "SECRET_FILE": str(tmp_path / "secret")}
    return {"KUMPPANI_SECRET_KEY": "x" * 50} | {f"KUMPPANI_OIDC_ENTRA_{name}": value for name, value in given.items()}


def test_a_provider_is_there_where_it_is_set_and_nowhere_else(entra: dict[str, str]) -> None:
    assert read_environment({}).providers == ()
    (provider,) = read_environment(entra).providers
    assert (provider.key, provider.issuer, provider.client_id, provider.secret) == ("entra", "https://login.example/tenant", "kumppani", "a secret")
    assert (provider.scope, provider.claims, provider.assurance) == ("openid", ("tid", "oid"), frozenset())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KUMPPANI_OIDC_ENTRA_ISSUER", "http://login.example"),
        ("KUMPPANI_OIDC_ENTRA_ISSUER", "login.example"),
        ("KUMPPANI_OIDC_ENTRA_CLIENT_ID", ""),
        ("KUMPPANI_OIDC_ENTRA_SECRET_FILE", ""),
        ("KUMPPANI_OIDC_ENTRA_SECRET_FILE", "/nowhere/secret"),
        ("KUMPPANI_OIDC_ENTRA_SCOPE", "profile"),
        ("KUMPPANI_OIDC_ENTRA_CLAIMS", "email"),
        ("KUMPPANI_OIDC_ENTRA_CLAIMS", ""),
        ("KUMPPANI_SECRET_KEY", ""),
    ],
)
def test_a_provider_that_cannot_be_used_is_refused_by_the_name_of_the_setting(entra: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(EnvironmentMistake, match=name):
        read_environment(entra | {name: value})


def test_a_provider_on_this_machine_is_for_trials_only(entra: dict[str, str]) -> None:
    near = entra | {"KUMPPANI_OIDC_ENTRA_ISSUER": "http://127.0.0.1:9000"}
    assert len(read_environment(near).providers) == 1
    with pytest.raises(EnvironmentMistake, match="ENTRA_ISSUER"):
        read_environment(near | PRODUCTION)


def test_the_profile_that_asks_for_assurance_is_not_there_without_its_values(entra: dict[str, str]) -> None:
    suomi = {name.replace("ENTRA", "SUOMI_FI"): value for name, value in entra.items()}
    with pytest.raises(EnvironmentMistake, match="SUOMI_FI_ASSURANCE"):
        read_environment(suomi)
    (provider,) = read_environment(suomi | {"KUMPPANI_OIDC_SUOMI_FI_ASSURANCE": "one two"}).providers
    assert provider.assurance == {"one", "two"}
