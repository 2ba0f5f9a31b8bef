"""Writes both lock files anew: the newest versions that pyproject.toml allows, with hashes and without addresses.

.venv/bin/python -m tools.lock
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Universal: one lock for every Python from 3.11 on and for every system.
HOW = ["--quiet", "--upgrade", "--universal", "--generate-hashes", "--custom-compile-command=make lock"]
COMPILE = [str(ROOT / ".venv/bin/uv"), "pip", "compile", *HOW]


def main() -> None:
    """The second lock holds uv alone, which then installs the first; both name the same uv."""
    groups = ["--group=dev", "--group=bootstrap"]
    subprocess.run([*COMPILE, "--python-version=3.11", *groups, "pyproject.toml", "--output-file=requirements.lock"], cwd=ROOT, check=True)
    bootstrap = [*COMPILE, "--constraints=requirements.lock", "--no-annotate", "-", "--output-file=bootstrap.lock"]
    subprocess.run(bootstrap, cwd=ROOT, check=True, input=b"uv")


if __name__ == "__main__":
    main()
