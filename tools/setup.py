"""Installs what Kumppani needs, and only what is missing; says nothing when nothing is.

    python3 -m tools.setup [run | test]     test adds what only the test suite needs

Debian packages from apt.txt, Python packages from the hashed locks into .venv, npm packages from package-lock.json, then the
files made from them: vendored styles and fonts, compiled translations.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

from tools import assets

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = (3, 11)
NODE = 20
APT_LINE = re.compile(r"(?P<package>[a-z0-9][a-z0-9.+-]+)\s+# (?P<purpose>run|test): (?P<why>.+)")


class CannotGoOn(Exception):
    """Something is missing that this script may not or cannot install; the message is the remedy."""


def main(purpose: str) -> None:
    """Everything, in the order in which one step needs the other."""
    require_versions()
    install_debian_packages(missing_packages(wanted_packages(purpose)))
    install_python_packages()
    install_npm_packages()
    assets.copy()
    compile_translations()


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def run(*command: str | Path, **environment: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)


def require_versions() -> None:
    if sys.version_info < PYTHON:
        raise CannotGoOn(f"Python {sys.version.split()[0]} is too old: install Python 3.11 or newer, or name one: make run PYTHON=python3.11")
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise CannotGoOn("Node.js is missing: install Node.js 20 or newer with npm (https://nodejs.org), then try again.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < NODE:
        raise CannotGoOn(f"Node.js {version} is too old: install Node.js 20 or newer (https://nodejs.org), then try again.")


def wanted_packages(purpose: str) -> list[str]:
    """The Debian packages of apt.txt for a purpose; whoever tests also runs."""
    wanted = []
    for number, line in enumerate((ROOT / "apt.txt").read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            row = APT_LINE.fullmatch(line)
            if row is None:
                raise CannotGoOn(f"apt.txt:{number}: not “package  # run: why” or “package  # test: why”: {line}")
            if row["purpose"] in ("run", purpose):
                wanted.append(row["package"])
    return wanted


def missing_packages(wanted: Iterable[str]) -> list[str]:
    """Those that dpkg does not know as installed; on a system without dpkg its owner must see to them."""
    if shutil.which("dpkg-query") is None:
        say(f"This is no Debian: see to it yourself that these are there: {' '.join(wanted)}")
        return []
    known = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *wanted], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    return [package for package in wanted if f"{package} installed" not in known]


def install_debian_packages(missing: list[str]) -> None:
    if not missing:
        return
    install = ["apt-get", "-q", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise CannotGoOn(f"Debian packages are missing. Run this line once, then try again:\n  sudo apt-get update && sudo {' '.join(install)}")
    say(f"Debian packages: {' '.join(missing)}")
    waiting = ["-o", "DPkg::Lock::Timeout=300"]
    run("apt-get", "-q", *waiting, "update", DEBIAN_FRONTEND="noninteractive")
    run(*install, *waiting, DEBIAN_FRONTEND="noninteractive")


def install_python_packages() -> None:
    stamp = Stamp(VENV / "installed", ["bootstrap.lock", "requirements.lock"], f"{sys.version_info[:2]} {VENV}")
    if stamp.holds():
        return
    say("Python packages")
    _ensure_venv()
    python = VENV / "bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "bootstrap.lock")
    environment = {"VIRTUAL_ENV": str(VENV), "UV_PYTHON_DOWNLOADS": "never", **_index_of_pip(python)}
    uv = VENV / "bin/uv"
    run(uv, "pip", "sync", "--quiet", "--require-hashes", "requirements.lock", **environment)
    run(uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".", **environment)
    stamp.set()


def _ensure_venv() -> None:
    """Keeps a virtual environment that is of this Python and in its place; makes it anew otherwise."""
    python = VENV / "bin/python"
    if python.exists():
        probe = "import sys, pip; print(sys.version_info[:2], sys.prefix)"
        asked = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False)
        if asked.stdout.strip() == f"{sys.version_info[:2]} {VENV}":
            return
    venv.create(VENV, clear=True, with_pip=True)


def _index_of_pip(python: Path) -> dict[str, str]:
    """An operator who pointed pip to an index of their own need not say it again for uv."""
    if os.environ.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL"}:
        return {}
    asked = subprocess.run([python, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    url = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": url} if url else {}


def install_npm_packages() -> None:
    stamp = Stamp(ROOT / "node_modules/installed", ["package.json", "package-lock.json", ".npmrc"])
    if stamp.holds():
        return
    say("npm packages")
    run("npm", "ci", "--loglevel=error")
    stamp.set()


def compile_translations() -> None:
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            say(f"Translations: {source.relative_to(ROOT)}")
            run("msgfmt", "--check-format", "-o", target, source)


class Stamp:
    """Remembers from which contents of some files a folder was made."""

    def __init__(self, path: Path, made_from: list[str], extra: str = "") -> None:
        self.path = path
        digest = hashlib.sha256(extra.encode())
        for name in made_from:
            digest.update((ROOT / name).read_bytes())
        self.value = digest.hexdigest()

    def holds(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.value

    def set(self) -> None:
        self.path.write_text(self.value)


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"]):
        raise SystemExit(__doc__)
    try:
        main(sys.argv[1])
    except CannotGoOn as reason:
        raise SystemExit(f"setup: {reason}") from None
    except subprocess.CalledProcessError as failed:
        raise SystemExit(f"setup: this failed with exit code {failed.returncode}: {' '.join(map(str, failed.cmd))}") from None
