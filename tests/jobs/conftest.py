"""Jobs keep their files beside the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def jobs_folder(tmp_path: Path, settings: Any) -> Path:
    """The folder of jobs, in a data folder of its own."""
    settings.JOBS_FOLDER = tmp_path / "jobs"
    return tmp_path / "jobs"
