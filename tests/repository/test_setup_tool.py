"""What is installed: only what is listed, only what is missing, and from locks that name no address."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parents[2]


def test_whoever_tests_also_runs() -> None:
    running, testing = setup.wanted_packages("run"), setup.wanted_packages("test")
    assert set(running) < set(testing)
    assert {"libvoikko1", "voikko-fi", "gettext"} <= set(running)
    assert {"chromium", "postgresql-15"} <= set(testing) - set(running)


@pytest.mark.parametrize("line", ["chromium", "chromium # because", "chromium # prod: because", "Chro mium # run: because", "chromium # run:"])
def test_a_line_of_apt_txt_that_is_not_understood_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "apt.txt").write_text(f"# packages\ngettext # run: texts\n{line}\n")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    with pytest.raises(setup.CannotGoOn, match=r"apt\.txt:3"):
        setup.wanted_packages("run")


def test_only_what_dpkg_does_not_have_is_missing() -> None:
    assert setup.missing_packages(["dpkg", "no-such-package-anywhere"]) == ["no-such-package-anywhere"]


def test_who_is_not_root_gets_the_line_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(setup.CannotGoOn) as refused:
        setup.install_debian_packages(["chromium", "gettext"])
    assert str(refused.value).splitlines()[1:] == ["  sudo apt-get update && sudo apt-get -q install -y --no-install-recommends chromium gettext"]


def test_packages_are_installed_once_for_each_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bootstrap.lock", "requirements.lock", "package.json", "package-lock.json", ".npmrc", ".venv/x", "node_modules/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one")
    ran: list[str] = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "_ensure_venv", lambda: ran.append("venv"))
    monkeypatch.setattr(setup, "_index_of_pip", lambda _python: {})
    monkeypatch.setattr(setup, "run", lambda *command, **_: ran.append(Path(command[0]).name))

    def installs() -> list[str]:
        ran.clear()
        setup.install_debian_packages([])
        setup.install_python_packages()
        setup.install_npm_packages()
        return list(ran)

    assert installs() == ["venv", "python", "uv", "uv", "npm"]
    assert installs() == []
    (tmp_path / "package-lock.json").write_text("two")
    assert installs() == ["npm"]
    (tmp_path / "requirements.lock").write_text("two")
    assert installs() == ["venv", "python", "uv", "uv"]


def test_an_old_python_is_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    with pytest.raises(setup.CannotGoOn, match=r"install Python 3\.11"):
        setup.require_versions()


@pytest.mark.parametrize(("version", "problem"), [("v18.19.0", "too old"), (None, "missing")])
def test_an_old_or_missing_node_is_refused_with_a_remedy(version: str | None, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("node", "npm") if version else ():
        (tmp_path / program).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(setup.CannotGoOn, match=rf"{problem}.*install Node\.js 20|Node\.js is {problem}: install Node\.js 20"):
        setup.require_versions()


def test_a_stamp_holds_until_what_it_was_made_from_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    (tmp_path / "lock").write_text("one")
    assert not setup.Stamp(tmp_path / "stamp", ["lock"]).holds()
    setup.Stamp(tmp_path / "stamp", ["lock"]).set()
    assert setup.Stamp(tmp_path / "stamp", ["lock"]).holds()
    (tmp_path / "lock").write_text("two")
    assert not setup.Stamp(tmp_path / "stamp", ["lock"]).holds()


@pytest.mark.parametrize("name", ["requirements.lock", "bootstrap.lock"])
def test_every_locked_package_has_a_version_and_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    requirements = re.findall(r"^[^\s#].*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_both_locks_name_the_same_uv() -> None:
    uv = [re.findall(r"^uv==\S+", (ROOT / name).read_text(), re.MULTILINE) for name in ("bootstrap.lock", "requirements.lock")]
    assert len(uv[0]) == 1
    assert uv[0] == uv[1]


def test_npm_packages_are_locked_with_digests_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path, package in packages.items():
        assert "resolved" not in package, path
        assert not path or package["integrity"].startswith("sha512-"), path
