"""Every contract of the house is broken here once on purpose, in a copy of the tree, and must be reported as broken.

A contract that matches no module reports "kept", so a green import linter alone says nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BREACHES = [
    pytest.param("layers", "kumppani/kernel/planted.py", "import kumppani.domain.journal", id="a lower room knows a higher one"),
    pytest.param("layers", "kumppani/web/planted.py", "import kumppani.api", id="rooms side by side know each other"),
    pytest.param("layers", "kumppani/attic/__init__.py", "", id="a room outside the plan"),
    pytest.param("rendering", "kumppani/web/planted.py", "import xlsxwriter", id="a page writes a spreadsheet"),
    pytest.param("concepts", "kumppani/domain/parties/planted.py", "import kumppani.domain.agreements.models", id="a concept knows a newer one"),
    pytest.param("concepts", "kumppani/domain/notices/planted.py", "import kumppani.domain.documents.models", id="siblings know each other"),
    pytest.param("concepts", "kumppani/domain/attic/__init__.py", "", id="a concept outside the plan"),
    pytest.param("questions", "kumppani/analytics/snapshot.py", "import django.conf", id="the snapshot knows Django"),
    pytest.param("questions", "kumppani/analytics/questions/planted.py", "import kumppani.domain.journal", id="a question knows a concept"),
    pytest.param("rules", "kumppani/domain/agreements/states.py", "import django.db", id="states know Django"),
    pytest.param("rules", "kumppani/domain/agreements/rules.py", "import kumppani.domain.agreements.models", id="rules know Django through a model"),
    pytest.param("rules", "kumppani/kernel/text.py", "import django.utils.translation", id="texts know Django"),
    pytest.param("edges", "kumppani/web/planted.py", "import kumppani.domain.agreements.models", id="a page knows a model"),
    pytest.param("edges", "kumppani/api/planted.py", "import kumppani.domain.parties.models", id="the interface for machines knows a model"),
    pytest.param("columnar", "kumppani/web/planted.py", "import tantivy", id="a page searches by itself"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "kumppani", copy / "kumppani", ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    return copy


def _lint(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--config", "pyproject.toml", *arguments]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_the_house_keeps_its_contracts(tree: Path) -> None:
    done = _lint(tree)
    assert done.returncode == 0, done.stdout
    assert f"{len({breach.values[0] for breach in BREACHES})} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_breach_is_seen(tree: Path, contract: str, module: str, line: str) -> None:
    planted = tree / module
    before = planted.read_text() if planted.exists() else None
    made = not planted.parent.exists()
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{before or ''}\n{line}\n")
    try:
        done = _lint(tree, "--contract", contract)
        assert done.returncode == 1, done.stdout
        assert "0 kept, 1 broken" in done.stdout
    finally:
        if made:
            shutil.rmtree(planted.parent)
        elif before is None:
            planted.unlink()
        else:
            planted.write_text(before)
