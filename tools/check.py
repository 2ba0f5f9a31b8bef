"""Everything that can be said of the code without running the product.

    .venv/bin/python -m tools.check [NAME …]     all checks, or only those named

Every check runs, whatever the others say; the exit code is 1 when one of them failed.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"


@dataclass(frozen=True)
class Check:
    """A command that is silent or prints what it found, and says with its exit code whether all is well."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def passes(self) -> bool:
        command = [str(BIN / self.command[0]), *self.command[1:]]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **self.environment}, check=False).returncode == 0


def checks() -> list[Check]:
    """In the order in which a person would want to hear of them."""
    # Made up here: the check asks whether the settings are safe, not whether a server answers.
    production = {
        "KUMPPANI_PRODUCTION": "1",
        "KUMPPANI_SECRET_KEY": secrets.token_urlsafe(64),
        "KUMPPANI_PUBLIC_URL": "https://kumppani.example",
        "KUMPPANI_DATABASE_URL": "postgresql://kumppani@127.0.0.1:1/kumppani",
        "KUMPPANI_OPERATOR": "Example authority",
        "KUMPPANI_DATA_LICENCE": "CC-BY-4.0",
    }
    return [
        Check("lint", ["ruff", "check", "."]),
        Check("types", ["mypy"]),
        Check("contracts", ["lint-imports"]),
        Check("translations", ["python", "-m", "tools.translations"]),
        Check("migrations", ["kumppani", "manage", "makemigrations", "--check", "--dry-run"]),
        Check("production", ["kumppani", "manage", "check", "--deploy", "--fail-level", "WARNING"], production),
        Check("licences", ["python", "-m", "tools.licences"]),
        Check("addresses", ["python", "-m", "tools.addresses"]),
    ]


def main(names: list[str]) -> int:
    known = {check.name: check for check in checks()}
    if unknown := set(names) - known.keys():
        print(f"check: no such check: {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or known:
        print(f"==> {name}", flush=True)
        if not known[name].passes():
            failed.append(name)
    print(f"check: failed: {', '.join(failed)}" if failed else "check: all is well")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
