"""The operators' command: what it offers, and that what goes wrong is said in a sentence."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import OperationalError
from django.test import override_settings

from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Message
from kumppani.ops import cli, static
from kumppani.ops.commands import serve

ROOT = Path(__file__).resolve().parents[2]
KUMPPANI = Path(sys.executable).with_name("kumppani")


def test_the_list_of_commands_names_each_and_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, summary in cli.COMMANDS.items():
        assert f"{name}  " in shown
        assert summary in shown


@pytest.mark.parametrize("name", [name for name in cli.COMMANDS if name != "manage"])
def test_each_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    assert f"usage: kumppani {name}" in capsys.readouterr().out


def test_without_a_command_it_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "usage: kumppani COMMAND" in capsys.readouterr().out


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["srve"]) == 2
    assert "there is no command “srve”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RuleBroken("order", Message("The end is before the start.")), "The end is before the start."),
        (
            RuleBroken("order", Message("The end is before the start.", file="reference/agreements.yaml", line=12)),
            "reference/agreements.yaml:12: The end is before the start.",
        ),
        (RuleBroken("order", Message("{file}:{line}: no such code.", file="a.csv", line=3)), "a.csv:3: no such code."),
        (RuleBroken("shape", Message("It is empty.", file="a.csv")), "a.csv: It is empty."),
        (FileNotFoundError(2, "No such file or directory", "reference/x.yaml"), "No such file or directory: reference/x.yaml"),
        (CommandError("Run it first."), "Run it first."),
    ],
)
def test_an_expected_error_is_one_sentence_with_its_place(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_name: str, _arguments: list[str]) -> None:
        raise error

    monkeypatch.setattr(cli, "_run", broken)
    assert cli.main(["migrate"]) == 1
    assert capsys.readouterr().err == f"kumppani migrate: {sentence}\n"


def test_a_database_that_does_not_answer_is_named_with_a_remedy() -> None:
    said = cli.sentence(OperationalError("connection refused\n  more"))
    assert said == "The database cannot be used: connection refused. Is KUMPPANI_DATABASE_URL right, and “kumppani migrate” done?"


def test_a_wrong_setting_is_a_sentence(tmp_path: Path) -> None:
    done = _kumppani("migrate", KUMPPANI_DATABASE_URL="mysql://x/y")
    assert done.returncode == 1
    assert done.stderr.startswith("kumppani migrate: KUMPPANI_DATABASE_URL: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_unreachable_database_is_a_sentence() -> None:
    done = _kumppani("migrate", KUMPPANI_DATABASE_URL="postgresql://kumppani@127.0.0.1:1/kumppani")
    assert done.returncode == 1
    assert done.stderr.startswith("kumppani migrate: The database cannot be used: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8000.0", "²"])
def test_a_port_that_is_none_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["serve", f"--port={text}"])
    assert left.value.code == 2
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_port_that_is_taken_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(static, "collect", lambda: False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["serve", f"--port={port}"]) == 1
    assert capsys.readouterr().err == f"kumppani serve: Port {port} is taken by another program: choose another one with --port.\n"


def test_tables_that_are_out_of_date_are_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "tables", SimpleNamespace(out_of_date=lambda: True))
    with pytest.raises(CommandError, match="run “kumppani prepare”"):
        serve.run(SimpleNamespace(host="127.0.0.1", port=8000, workers=1))  # type: ignore[arg-type]


def test_static_files_are_collected_when_they_changed(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "static"
    source.mkdir()
    (source / "page.css").write_text("body { color: black }")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATIC_ROOT=target, STATICFILES_DIRS=[source], STATICFILES_FINDERS=finders, STORAGES=storages):
        assert static.collect()
        assert not static.collect()
        (source / "page.css").write_text("body { color: navy; }")
        assert static.collect()
        assert not static.collect()
        assert "navy" in next(target.glob("page.*.css")).read_text()
        (source / "page.css").rename(source / "other.css")
        assert static.collect()
    assert not list(target.glob("page.*"))


def test_all_our_static_files_can_be_collected(tmp_path: Path) -> None:
    """Under names with digests, every reference from a style to a font or a picture must lead somewhere."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=tmp_path / "static", STORAGES=storages):
        assert static.collect()
    names = {path.name.split(".")[0] for path in (tmp_path / "static/vendor").iterdir()}
    assert {"hds", "alpine", "fonts"} <= names


def _environment(**environment: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KUMPPANI_", "DJANGO_"))}
    return {**kept, **environment}


def _kumppani(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KUMPPANI, *arguments], cwd=ROOT, env=_environment(**environment), capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose database, in a folder that did not exist, has its tables."""
    environment = {"KUMPPANI_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('site')}/new/kumppani.sqlite3"}
    done = _kumppani("migrate", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return environment


@pytest.fixture
def site(migrated: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [KUMPPANI, "serve", f"--port={port}"]
    with subprocess.Popen(command, cwd=ROOT, env=_environment(**migrated), stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_site_answers_and_stops_with_all_it_started(site: tuple[subprocess.Popen[str], str], how: signal.Signals) -> None:
    process, address = site
    assert process.stdout is not None
    assert process.stdout.readline() == f"Kumppani answers on {address}/ (Ctrl-C stops it).\n"
    # Nothing is loaded into this database, so the site has no home page yet, and says so.
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{address}/fi/", timeout=20)
    assert answer.value.code == 404
    assert b"<html" in answer.value.read()
    process.send_signal(how)
    assert process.wait(20) == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address}/fi/", timeout=2)
    assert _none_left(process.pid)


def _none_left(session: int) -> bool:
    """Whether no process of the server's session is alive."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_links_lead_to_the_port_that_is_served_unless_the_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUMPPANI_PUBLIC_URL", "")
    monkeypatch.delenv("KUMPPANI_PUBLIC_URL")
    cli.tell_settings(["--port", "8123"])
    assert os.environ["KUMPPANI_PUBLIC_URL"] == "http://127.0.0.1:8123"
    monkeypatch.setenv("KUMPPANI_PUBLIC_URL", "https://kumppani.example")
    cli.tell_settings(["--port=8124"])
    assert os.environ["KUMPPANI_PUBLIC_URL"] == "https://kumppani.example"


def test_an_option_without_its_value_is_left_for_the_command_to_refuse() -> None:
    cli.tell_settings(["--port"])
