"""The folder `reference/` and copies of it with changes. Files without a change are read from text once: that takes a while."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from kumppani.imports.reference.facts import Place
from kumppani.imports.reference.read import Node, Problems, read_yaml

REFERENCE = Path(__file__).parents[3] / "reference"


@cache
def _as_it_stands(name: str) -> Node | None:
    return read_yaml(REFERENCE / name, Problems())


def _read(path: Path, problems: Problems) -> Node | None:
    unchanged = path.exists() and path.read_bytes() == (REFERENCE / path.name).read_bytes()
    return _as_it_stands(path.name) if unchanged else read_yaml(path, problems)


def copy_to(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(REFERENCE, folder)
    patch.setattr("kumppani.imports.reference.load.read_yaml", _read)
    return folder


def change(folder: Path, file: str, old: str, new: str) -> Place:
    """Changes the first occurrence; where it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file} any more: choose another place for the change"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Place(file, text[: text.index(old)].count("\n") + 1)
