"""No address of a package registry may stand in the repository: packages are asked for by name.

python3 -m tools.addresses
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written so that this file does not contain what it looks for.
HOSTS = [r"pypi[.]org", r"files[.]pythonhosted[.]org", r"registry[.]npmjs[.]org", r"registry[.]yarnpkg[.]com", r"deb[.]debian[.]org"]
OPTIONS = [r"--(?:extra-)?index-url", r"--find-links", r'"resolved": "']
ADDRESS = re.compile("|".join(HOSTS + OPTIONS).encode())
LOCK_ADDRESS = re.compile(rb"https?://|file:|git\+")
LOCKS = {"requirements.lock", "bootstrap.lock"}


def findings() -> Iterator[str]:
    """Every line of a tracked or new file that names a registry, and every address in a lock."""
    for path in _files():
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if ADDRESS.search(line) or (path.name in LOCKS and LOCK_ADDRESS.search(line)):
                yield f"{path.relative_to(ROOT)}:{number}: {line.decode(errors='replace').strip()[:120]}"


def _files() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (path := ROOT / name).is_file() and path != Path(__file__).resolve():
            yield path


if __name__ == "__main__":
    found = list(findings())
    if found:
        raise SystemExit("\n".join(found))
