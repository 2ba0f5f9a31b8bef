"""The commands of the README lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from kumppani.ops.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_target_is_listed_and_declared() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    declared = set(re.findall(r"^\.PHONY: (.*)", MAKEFILE, re.MULTILINE)[0].split())
    assert targets == declared
    # Under ``make test`` the inner make would otherwise inherit the outer one's flags and say which folder it enters.
    alone = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    shown = subprocess.run(["make", "help"], cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in shown.splitlines()} == targets


def test_every_program_it_calls_is_there() -> None:
    commands = set(re.findall(r"\$\(BIN\)/kumppani ([a-z-]+)", MAKEFILE))
    assert commands <= COMMANDS.keys()
    modules = set(re.findall(r" -m ([a-z.]+)", MAKEFILE))
    assert modules
    for module in modules:
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "set -euo pipefail"
    assert lines[-2:] == ["make test", "make check"]
