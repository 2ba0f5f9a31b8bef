"""`kumppani demo`."""

from __future__ import annotations

import pytest

from kumppani.domain.agreements.models import Agreement
from kumppani.ops import cli
from kumppani.ops.commands import demo
from tests.demo.dumps import rows_in


@pytest.mark.django_db
def test_it_builds_once_and_anew_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo"]) == 0
    assert "was built." in capsys.readouterr().out
    told = rows_in("harjoitus")
    assert cli.main(["demo"]) == 0
    assert "is there already" in capsys.readouterr().out
    assert cli.main(["demo", "--reset"]) == 0
    assert "built anew" in capsys.readouterr().out
    assert rows_in("harjoitus") == told
    assert Agreement.objects.filter(programme__key="harjoitus").count() == 9  # four signed, two at the negotiating table, three of the next round


@pytest.mark.django_db
def test_tables_that_are_out_of_date_are_said_with_a_remedy(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "out_of_date", lambda: True)
    assert cli.main(["demo"]) == 1
    assert "kumppani migrate" in capsys.readouterr().err
