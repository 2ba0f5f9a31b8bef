"""Refuses a dependency whose licence does not fit EUPL-1.2 software that is used by importing it: GPL, AGPL and unknown ones.

    .venv/bin/python -m tools.licences

Where a package leaves the choice between several licences, the freest counts. Development tools are held to the same rule.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FREE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|MPL|Mozilla Public|ISC|PSF|Python Software Foundation|LGPL|Lesser General Public|OFL|EUPL|Artistic|zlib|Unlicense|CC0"
    r"|Public Domain|BlueOak)",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\bA?GPL|(?<!Lesser )General Public|\bSSPL|\bBUSL|Commercial|Proprietary", re.IGNORECASE)


def allowed(expression: str) -> bool:
    """Whether an SPDX expression, or a licence's name in words, allows the use: one side of an OR, both sides of an AND."""
    for word, enough in (("OR", any), ("AND", all)):
        parts = _parts(expression, word)
        if len(parts) > 1:
            return enough(allowed(part) for part in parts)
    inner = expression.strip()
    if inner.startswith("(") and inner.endswith(")"):
        return allowed(inner[1:-1])
    return bool(FREE.search(inner)) and not REFUSED.search(inner)


def _parts(expression: str, word: str) -> list[str]:
    """Splits at a word that stands outside parentheses."""
    parts, depth = [""], 0
    for token in re.split(r"(\(|\)|\s+)", expression):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth == 0 and token.upper() == word:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def licences(package: metadata.PackageMetadata) -> list[str]:
    """What a Python package says of its licence, each entry one choice: its expression, else its classifiers, else its words."""
    expression = package.get_all("License-Expression") or []
    classifiers = [line.rpartition(" :: ")[2] for line in package.get_all("Classifier") or [] if line.startswith("License :: OSI Approved ::")]
    words = "\n".join(package.get_all("License") or []).strip().splitlines()
    return expression or classifiers or words[:1]


def findings(python: Iterable[tuple[str, list[str]]], npm: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """One sentence for each package that may not be used."""
    for registry, packages in (("Python", python), ("npm", npm)):
        for name, choices in packages:
            if not any(allowed(choice) for choice in choices):
                yield f"{registry} package {name}: licence {' / '.join(choices) or 'unknown'} is not one that Kumppani may import"


def installed_python() -> Iterator[tuple[str, list[str]]]:
    for package in metadata.distributions():
        if package.metadata["Name"] != "kumppani":
            yield package.metadata["Name"], licences(package.metadata)


def locked_npm() -> Iterator[tuple[str, list[str]]]:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    for path, package in lock["packages"].items():
        if path:
            yield path.removeprefix("node_modules/"), [package["license"]] if "license" in package else []


if __name__ == "__main__":
    found = sorted(findings(installed_python(), locked_npm()))
    if found:
        raise SystemExit("\n".join(found))
